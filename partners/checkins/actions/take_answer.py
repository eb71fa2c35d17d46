"""What a partner's calendar answers to the invitation: by mail, and believed as one to an interview is."""

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction

from ats.accounts.models import User
from ats.calendars.actions.take_answers import locates, takes
from ats.calendars.domain import answers
from ats.calendars.domain.answers import Answer
from ats.kernel.access import lock
from ats.mail.incoming.calendars import CalendarAnswer
from partners.checkins import mails
from partners.checkins.actions.confirm import lies_ahead, mark_said, record_said
from partners.checkins.actions.fetch import WHOLE
from partners.checkins.domain.calendar_file import PREFIX
from partners.checkins.models import CheckIn
from partners.partnerships.models import Partnership, PartnerSide


@takes
def take(found: CalendarAnswer, now: datetime, sender: str) -> bool:
    """Keep what a calendar answered, for each whom it names; False if nobody of a check-in answered anything.

    It is believed if it holds what stands in its reader's own file, or if `sender`, whom our mail server found true,
    is whom it speaks for. One to an older version of the check-in changes nothing, nor does one by somebody who leads
    no side of it any more.
    """
    said = answers.read(found, PREFIX)
    place = CheckIn.objects.filter(uid=said[0].uid).values_list("pk", "partnership").first() if said else None
    if place is None:
        return False
    with transaction.atomic():
        lock(Partnership, place[1])
        lock(CheckIn, place[0])
        check_in = CheckIn.objects.select_related(*WHOLE).get(pk=place[0])
        if found.sequence != check_in.sequence or not lies_ahead(check_in, now):
            return True
        believed = [_believe(check_in, each, sender=sender, now=now) for each in said]
    return any(believed)


@locates
def locate(found: CalendarAnswer) -> Mapping[str, int]:
    """Which role an answer is about, also where it cannot be kept."""
    uid = answers.meeting_in(found.uid, PREFIX)
    check_in = CheckIn.objects.filter(uid=uid).select_related("partnership").first() if uid else None
    if check_in is None:
        return {}
    return {"requisition_id": check_in.partnership.requisition_id, "partnership_id": check_in.partnership_id}


def _believe(check_in: CheckIn, answer: Answer, *, sender: str, now: datetime) -> bool:
    leaders = mails.leaders(check_in)
    sides = [side for side, who in leaders.items() if who.is_active and who.email.lower() == answer.address]
    if not sides:
        return False
    who = leaders[sides[0]]
    if sender != answer.address and not answers.is_mark_of(check_in.calendar_secret, answer.mark, who.pk):
        return False
    _keep(check_in, sides, answer.said, by=who, now=now)
    return True


def _keep(check_in: CheckIn, sides: list[PartnerSide], said: str, *, by: User, now: datetime) -> None:
    """A yes confirms; a no is told to the other side, once for each time; a perhaps takes either of them back."""
    if said == answers.ACCEPTED:
        if mark_said(check_in, sides, confirmed=check_in.scheduled_at, cannot=None):
            record_said("checkin.confirmed", check_in, by=by, now=now)
    elif said == answers.DECLINED:
        if mark_said(check_in, sides, confirmed=None, cannot=check_in.scheduled_at):
            record_said("checkin.refused", check_in, by=by, now=now)
            mails.send_refused(check_in, by=by, now=now)
    elif said == answers.TENTATIVE and mark_said(check_in, sides, confirmed=None, cannot=None):
        record_said("checkin.unsure", check_in, by=by, now=now)
