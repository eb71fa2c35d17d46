"""Looking through a role for a reason to meet sooner; a check-in is brought forward for it, in nobody's name."""

from datetime import datetime, timedelta

from django.db import transaction

from ats.activity.record import record
from ats.kernel.access import lock
from ats.organisation.domain import working_time
from ats.organisation.models import WorkingCalendar
from partners.checkins import mails, workflow
from partners.checkins.actions.fetch import WHOLE, calendar_of
from partners.checkins.domain import schedule
from partners.checkins.domain.reasons import Found, reasons
from partners.checkins.models import CheckIn, CheckInReason
from partners.checkins.queries.reasons import figures
from partners.partnerships.actions import rules_of
from partners.partnerships.models import Partnership, PartnershipState
from requisitions.models import RequisitionState

LOOK = "checkins.look"
"""The kind of due work that looks through a role at once, for something has happened."""


def next_look(calendar: WorkingCalendar, now: datetime) -> datetime:
    """The beginning of the next working day."""
    day = working_time.next_working_day(calendar, now.astimezone(calendar.zone).date())
    return datetime.combine(day, calendar.day_starts, tzinfo=calendar.zone)


@transaction.atomic
def look(*, partnership_id: int, now: datetime) -> CheckIn | None:
    """The check-in that is ahead, where something speaks for it that no check-in was raised for; for the tick.

    It is brought forward, unless it is near: then it speaks about that as well.
    """
    lock(Partnership, partnership_id)
    rows = CheckIn.objects.select_related(*WHOLE).filter(partnership=partnership_id)
    check_in = rows.filter(state__in=workflow.AHEAD).first()
    if check_in is None:
        return None
    check_in.look_at = next_look(calendar_of(check_in), now)
    check_in.save(update_fields=["look_at"])
    found = _new(check_in, now=now)
    if not found:
        return None
    CheckInReason.objects.bulk_create(
        CheckInReason(partnership_id=partnership_id, check_in=check_in, raised_at=now, **vars(reason))
        for reason in found
    )
    data = {"number": check_in.number, "why": " ".join(reason.said for reason in found)}
    record("checkin.raised", subject=check_in, by=None, now=now, data=data)
    _bring_forward(check_in, now=now)
    return check_in


def _new(check_in: CheckIn, *, now: datetime) -> list[Found]:
    partnership, role = check_in.partnership, check_in.partnership.requisition
    if partnership.state != PartnershipState.ACTIVE or role.state != RequisitionState.OPEN:
        return []
    found = list(reasons(figures(partnership, now=now), rules_of(role.organisation_id)))
    keys = [reason.key for reason in found]
    known = CheckInReason.objects.filter(partnership=partnership, key__in=keys).values_list("key", flat=True)
    met_about = set(known)
    return [reason for reason in found if reason.key not in met_about]


def _bring_forward(check_in: CheckIn, *, now: datetime) -> None:
    """To the first day that leaves time for its agenda, and both are told why; no other check-in is made."""
    calendar = calendar_of(check_in)
    soonest = schedule.soonest(calendar, check_in.scheduled_at, now)
    if check_in.scheduled_at - soonest.scheduled_at < timedelta(hours=12):
        return
    check_in.rhythm_at = check_in.rhythm_at or check_in.scheduled_at
    for name, value in vars(soonest).items():
        setattr(check_in, name, value)
    check_in.save(update_fields=["rhythm_at", *vars(soonest)])
    mails.send_raised(check_in, now=now)
