"""When partners meet: the check-in that is ahead, and its rhythm."""

from datetime import datetime, time, timedelta

from django.db import transaction
from django.utils.dates import WEEKDAYS
from django.utils.formats import date_format

from ats.accounts.models import User
from ats.activity.record import CanAct, record
from ats.kernel.access import get_for, lock
from ats.kernel.errors import Invalid, WrongState
from ats.kernel.languages import ours
from ats.kernel.staff_words import gettext, ngettext
from ats.organisation.domain.due_days import why_not
from ats.organisation.models import WorkingCalendar
from partners.checkins import mails, workflow
from partners.checkins.actions.confirm import mark_confirmed, mark_said
from partners.checkins.actions.fetch import WHOLE, calendar_of, fetch
from partners.checkins.actions.look import next_look
from partners.checkins.domain import schedule
from partners.checkins.models import CheckIn, CheckInState
from partners.partnerships.models import Partnership, PartnershipState, PartnerSide
from requisitions.models import RequisitionState

WEEKS = (1, 2, 3, 4)
DAYS = tuple(WEEKDAYS[day] for day in range(7))


@transaction.atomic
def plan(*, partnership: Partnership, now: datetime) -> CheckIn | None:
    """Plan the next check-in, unless one is ahead, or the role stands still or has ended."""
    lock(Partnership, partnership.pk)
    locked = Partnership.objects.get(pk=partnership.pk)
    requisition = partnership.requisition
    ahead = CheckIn.objects.filter(partnership=locked, state__in=workflow.AHEAD).exists()
    if ahead or locked.state != PartnershipState.ACTIVE or requisition.state != RequisitionState.OPEN:
        return None
    last = CheckIn.objects.filter(partnership=locked).order_by("-number").first()
    calendar = requisition.organisation.calendar
    return CheckIn.objects.create(
        partnership=locked,
        number=(last.number if last else 0) + 1,
        look_at=next_look(calendar, now),
        **vars(_next_times(locked, calendar, last, now=now)),
    )


def _next_times(
    partnership: Partnership, calendar: WorkingCalendar, last: CheckIn | None, *, now: datetime
) -> schedule.Times:
    """As the rhythm has it; after one that was brought forward, where it stood, unless less than half of it is left."""
    if last is None or last.rhythm_at is None:
        return _following(partnership, calendar, last.scheduled_at if last else None, now)
    every = timedelta(days=partnership.check_in_every_days)
    times = _following(partnership, calendar, last.rhythm_at - every, now)
    if times.scheduled_at - now < every / 2:
        return _following(partnership, calendar, last.rhythm_at, now)
    return times


def _following(
    partnership: Partnership, calendar: WorkingCalendar, before: datetime | None, now: datetime
) -> schedule.Times:
    if rhythm := rhythm_of(partnership):
        return schedule.in_rhythm(calendar, rhythm, before, now)
    if before is None:
        return schedule.first(calendar, now, partnership.check_in_every_days)
    return schedule.following(calendar, before, partnership.check_in_every_days, now)


def rhythm_of(partnership: Partnership) -> schedule.Rhythm | None:
    """The rhythm that the partners chose; None while it is as it came."""
    if partnership.check_in_weekday is None or partnership.check_in_time is None:
        return None
    return schedule.Rhythm(
        partnership.check_in_every_days // 7, partnership.check_in_weekday, partnership.check_in_time
    )


@transaction.atomic
def change_rhythm(
    *, partnership_id: int, weeks: int, weekday: int, at: time, by: User, now: datetime
) -> Partnership:
    """Meet every so many weeks on this day at this time; who leads a side decides, the other is told.

    The one that is ahead moves along: to the first such day that lies ahead.
    """
    rows = Partnership.objects.select_related(
        *(name.removeprefix("partnership__") for name in WHOLE), "requisition__organisation"
    )
    partnership = get_for(rows, partnership_id, user=by, permission="partners.agree", for_update=True)
    if partnership.state != PartnershipState.ACTIVE:
        raise WrongState(gettext("The role has ended."))
    if weeks not in WEEKS:
        raise Invalid(gettext("Choose how often."), field="weeks")
    calendar = partnership.requisition.organisation.calendar
    if weekday not in calendar.working_days:
        raise Invalid(gettext("Choose a working day."), field="weekday")
    rhythm = schedule.Rhythm(weeks, weekday, at)
    if rhythm == rhythm_of(partnership):
        return partnership
    partnership.check_in_every_days = weeks * 7
    partnership.check_in_weekday, partnership.check_in_time = weekday, at
    partnership.save(update_fields=["check_in_every_days", "check_in_weekday", "check_in_time"])
    said = ours(in_words)(rhythm)
    data = {"rhythm": said}
    record("checkin.rhythm_changed", subject=partnership, by=by, now=now, data=data)
    mails.send_rhythm(partnership, rhythm=said, by=by, now=now)
    ahead = CheckIn.objects.filter(partnership=partnership, state__in=workflow.AHEAD).first()
    if ahead is not None:
        moved = schedule.in_rhythm(calendar, rhythm, None, now)
        reschedule(check_in_id=ahead.pk, at=moved.scheduled_at, by=by, now=now)
    return partnership


def in_words(rhythm: schedule.Rhythm) -> str:
    said = ngettext(
        "every week on %(day)s at %(time)s", "every %(number)s weeks on %(day)s at %(time)s", rhythm.weeks
    )
    return said % {"number": rhythm.weeks, "day": DAYS[rhythm.weekday], "time": f"{rhythm.at:%H:%M}"}


@transaction.atomic
def reschedule(*, check_in_id: int, at: datetime, by: User, now: datetime) -> CheckIn:
    """Move it to another time. Where the invitation is out, both get the file that moves it.

    If the new agenda day lies ahead, the agenda is written anew then.
    """
    check_in = fetch(check_in_id, by)
    workflow.check_ahead(check_in.state)
    if at <= now:
        raise Invalid(gettext("Choose a time that lies ahead."), field="at")
    if (at - now).days > 366:
        raise Invalid(gettext("Choose a time within a year."), field="at")
    if closed := why_not(calendar_of(check_in), at):
        raise Invalid(closed, field="at")
    if at == check_in.scheduled_at:
        return check_in
    written, sent = check_in.agenda_written_at is not None, is_sent(check_in)
    for name, value in vars(schedule.times(calendar_of(check_in), at)).items():
        setattr(check_in, name, value)
    check_in.sequence += sent
    if written:
        ahead = check_in.agenda_at > now
        check_in.state = CheckInState.PLANNED if ahead else CheckInState.READY
    check_in.save(update_fields=["scheduled_at", "agenda_at", "skipped_at", "sequence", "state"])
    mark_confirmed(check_in, by)  # who chose the time will be there
    if sent:
        mails.send_moved(check_in, now=now)
    local = at.astimezone(calendar_of(check_in).zone)
    when = date_format(local, "l j F, H:i T")
    data = {"number": check_in.number, "when": when, "at": at.isoformat()}
    record("checkin.moved", subject=check_in, by=by, now=now, data=data)
    return check_in


@transaction.atomic
def cancel_ahead(*, partnership: Partnership, why: str, by: CanAct | None, now: datetime) -> CheckIn | None:
    """Take back the one that is ahead; whoever has it in a calendar is told."""
    rows = CheckIn.objects.select_related(*WHOLE).filter(partnership=partnership, state__in=workflow.AHEAD)
    lock(Partnership, partnership.pk)
    check_in = rows.first()
    if check_in is None:
        return None
    check_in.state = CheckInState.CANCELLED
    people = mails.invited(check_in)
    if people:
        check_in.sequence += 1
    check_in.save(update_fields=["state", "sequence"])
    mails.send_cancelled(check_in, why=why, to=people, now=now)
    data = {"number": check_in.number, "why": why}
    record("checkin.cancelled", subject=check_in, by=by, now=now, data=data)
    return check_in


@transaction.atomic
def invite_successor(*, partnership: Partnership, now: datetime) -> CheckIn | None:
    """Another person leads one side: the invitation that is out goes to them, and off the other's calendar."""
    rows = CheckIn.objects.select_related(*WHOLE).filter(partnership=partnership, state__in=workflow.AHEAD)
    lock(Partnership, partnership.pk)
    check_in = rows.first()
    if check_in is None or not is_sent(check_in):
        return None
    now_partners = set(mails.leaders(check_in).values())
    left = [person for person in mails.invited(check_in) if person not in now_partners]
    check_in.sequence += 1
    # They hear of it anew, and the one who is new has not said yes.
    mark_said(check_in, PartnerSide, confirmed=None, cannot=None)
    check_in.save(update_fields=["sequence"])
    mails.send_cancelled(check_in, why="somebody else has taken over your part", to=left, now=now)
    if check_in.agenda_written_at is None:
        mails.send_raised(check_in, now=now)
    else:
        mails.send_agenda(check_in, now=now)
    return check_in


def is_sent(check_in: CheckIn) -> bool:
    """Whether it stands in somebody's calendar: its agenda is out, or it was brought forward."""
    return check_in.agenda_written_at is not None or check_in.rhythm_at is not None
