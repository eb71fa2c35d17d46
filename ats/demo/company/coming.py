"""The next check-ins of the demo company: one confirmed, one that a calendar has said no to, others further off."""

from datetime import datetime, time, timedelta
from functools import partial

from ats.calendars.domain import answers
from ats.demo.company.timeline import Role, Timeline
from ats.mail.incoming.calendars import Attendee, CalendarAnswer
from ats.organisation.domain import working_time
from ats.organisation.domain.due_days import why_not
from partners.checkins import actions
from partners.checkins.domain.calendar_file import PREFIX
from partners.models import CheckIn, CheckInState


def tell(story: Timeline, role: Role) -> None:
    """Both are brought forward to a day so near that the agenda is written."""
    if role.plan.key in {"data", "design"}:
        yesterday = story.morning(1)
        story.at(yesterday + timedelta(hours=2), partial(_bring_forward, story, role))
        answer = _confirm if role.plan.key == "data" else _decline
        story.at(yesterday + timedelta(hours=5), partial(answer, story, role))


def _ahead(role: Role, now: datetime) -> CheckIn | None:
    rows = CheckIn.objects.filter(partnership__requisition=role.requisition, scheduled_at__gt=now)
    return rows.filter(state__in=[CheckInState.PLANNED, CheckInState.READY]).first()


def _bring_forward(story: Timeline, role: Role, now: datetime) -> None:
    check_in = _ahead(role, now)
    if check_in is None or check_in.state == CheckInState.READY:
        return
    by = story.house[role.plan.recruiter]
    actions.reschedule(check_in_id=check_in.pk, at=_soonest(story), by=by, now=now)


def _soonest(story: Timeline) -> datetime:
    """A time that lies ahead and of which the day before, when agendas are written, lies behind."""
    calendar = story.house.calendar
    local = story.now.astimezone(calendar.zone)
    today = local.date()
    afternoon = datetime.combine(today, time(16), tzinfo=calendar.zone)
    if local.hour < 15 and not why_not(calendar, afternoon):
        return afternoon
    return datetime.combine(working_time.next_working_day(calendar, today), time(10), tzinfo=calendar.zone)


def _confirm(story: Timeline, role: Role, now: datetime) -> None:
    if check_in := _ahead(role, now):
        actions.confirm(check_in_id=check_in.pk, by=story.house[role.plan.manager], now=now)


def _decline(story: Timeline, role: Role, now: datetime) -> None:
    """As the manager's calendar answers the invitation."""
    if check_in := _ahead(role, now):
        who = story.house[role.plan.manager]
        own = answers.uid_of(PREFIX, check_in.uid, check_in.calendar_secret, who.pk)
        no = Attendee(who.email, answers.DECLINED)
        actions.take(CalendarAnswer("reply", own, check_in.sequence, (no,)), now, who.email)
