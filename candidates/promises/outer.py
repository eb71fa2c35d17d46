"""Dates that law sets: by when whoever was interviewed has to be told whether a decision was made.

Which place wants it of whom is `ats.organisation.domain.duties`. No promise is given or put off past such a date, and
none so shortly before it that the note about a broken one, which says that no decision has been made, came too late.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.utils import timezone

from ats.organisation.domain import duties, working_time
from ats.organisation.domain.duty import Duty
from ats.organisation.models import HiringOrganisation, WorkingCalendar
from candidates.applications.models import Application
from candidates.interviews.models import Interview, InterviewState
from candidates.promises.models import PromiseKind
from requisitions.models import Requisition, Side

NOTE_TAKES = 2
"""Working days before the outer date on which the last promise runs out: the note about it leaves in that time."""
COUNTS = (InterviewState.BOOKED, InterviewState.HELD)


@dataclass(frozen=True)
class OuterDate:
    """By the end of `day`, where the office is, somebody has to know whether it was decided about them."""

    duty: Duty
    day: date
    calendar: WorkingCalendar

    @property
    def over_at(self) -> datetime:
        midnight = datetime.min.time()
        return datetime.combine(self.day + timedelta(days=1), midnight, tzinfo=self.calendar.zone)

    @property
    def last_due(self) -> datetime:
        """The latest moment at which a promise to them may run out."""
        day = self.day
        for _ in range(NOTE_TAKES):
            day = working_time.previous_working_day(self.calendar, day)
        return working_time.end_of(self.calendar, day)

    def latest(self, now: datetime) -> datetime | None:
        """Until when a promise may be given now; None once the day is over, for then law has nothing more to say.

        Where so little time is left that no note could come in time, by the end of the last day.
        """
        return next((each for each in (self.last_due, self.over_at) if each > now), None)


def duty_for(requisition: Requisition, *, on: date) -> Duty | None:
    """The duty to tell the interviewed in time, where the role's place and the employer's size make it one."""
    if requisition.location_id is None:
        return None
    return duty_at(requisition.jurisdiction, requisition.organisation, on=on)


def duty_at(place: str, organisation: HiringOrganisation, *, on: date) -> Duty | None:
    """The duty at a place, by the code of whose law holds there; None where it names no day."""
    duty = duties.outer_date_duty(place, employees=organisation.employees, on=on)
    return duty if duty is not None and duty.days else None


def last_interview(ends: Iterable[datetime], days: int) -> datetime | None:
    """The one from which the days count: the last before which the days of the one before it were not over."""
    last = None
    for end in sorted(ends):
        if last is not None and end > last + timedelta(days=days):
            break
        last = end
    return last


def outer_date(application: Application, *, now: datetime) -> OuterDate | None:
    """Until when this candidate has to be told by law; None where no law says so, or there was no interview."""
    duty = duty_for(application.requisition, on=timezone.localdate(now))
    if duty is None:
        return None
    found = Interview.objects.filter(application=application.pk, state__in=COUNTS)
    days = duty.days or 0
    last = last_interview(found.values_list("ends_at", flat=True), days)
    if last is None:
        return None
    calendar = application.calendar
    return OuterDate(duty, last.astimezone(calendar.zone).date() + timedelta(days=days), calendar)


def within(application: Application, due_at: datetime, *, kind: str, side: str, now: datetime) -> datetime:
    """`due_at`, or the last moment before it that an outer date allows.

    Not for a debt, of which no candidate is told a date. Whose own move it is have to be told as well that nothing is
    decided: the reminder says so, in time.
    """
    if kind == PromiseKind.DEBT:
        return due_at
    outer = outer_date(application, now=now)
    if outer is not None and side == Side.CANDIDATE:
        return min(due_at, outer.last_due) if outer.last_due > now else due_at
    latest = outer.latest(now) if outer else None
    return min(due_at, latest) if latest else due_at
