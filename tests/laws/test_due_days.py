"""Nothing that we promise a candidate or a partner falls due when nobody is there to keep it.

Not on weekends and holidays, not on a day of the office's own, and on a half day not after it has shut. A promise
goes through its whole table, from moments around Christmas; what is only counted is tried on any calendar and day.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime, time, timedelta
from itertools import product

import pytest
from django.db import transaction
from hypothesis import given
from hypothesis import strategies as st

from ats.kernel.errors import Invalid
from ats.organisation.domain import working_time
from ats.organisation.domain.due_days import why_not
from ats.organisation.models import WorkingCalendar
from candidates.models import Application, Promise
from candidates.offers.actions import set_clocks
from candidates.promises import deadlines
from candidates.promises.actions import change_promise
from candidates.promises.policy import Event
from partners.checkins.domain import schedule
from partners.commitments.domain import measuring
from tests.ats.organisation.test_working import BERLIN, CALENDARS, MOMENTS, at
from tests.candidates.promises.cases import ANSWER, CHOICE, NEWS, NEWS_AFTER, TIME, happen
from tests.factories import (
    make_application,
    make_calendar,
    make_interview,
    make_organisation,
    make_requisition,
)

HOLIDAY_SEASON = [
    at(text)
    for text in (
        "2026-12-22 16:30", "2026-12-23 10:00", "2026-12-23 19:00", "2026-12-24 11:30", "2026-12-24 12:00",
        "2026-12-24 15:00", "2026-12-25 10:00", "2026-12-26 23:30", "2026-12-30 10:00", "2026-12-31 12:30",
    )
]  # fmt: skip
NEXT = ": the next working day is Tuesday 29 December."
EVENTS = [value for name, value in vars(Event).items() if name.isupper() and name != "OFFERED"]


def is_kept(calendar: WorkingCalendar, due: datetime) -> bool:
    """Whether somebody is at work until then, told without the words that refuse a date."""
    local = due.astimezone(calendar.zone)
    shuts_at = working_time.closing(calendar, local.date())
    return shuts_at is not None and local.time() <= shuts_at


def berlin() -> WorkingCalendar:
    return make_calendar(
        "Europe/Berlin",
        holiday_country="DE",
        holiday_region="BE",
        holidays={date(2026, 12, 28): "The office is moved", date(2027, 1, 4): "Still"},
    )


@contextmanager
def undone() -> Iterator[None]:
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def of(application: Application) -> set[datetime]:
    return {promise.due_at.astimezone(BERLIN) for promise in Promise.objects.filter(application=application)}


@pytest.mark.django_db
@pytest.mark.parametrize("now", HOLIDAY_SEASON, ids=lambda now: f"{now:%d-%H:%M}")
def test_whatever_happens_the_next_promise_is_due_when_somebody_is_there(now: datetime) -> None:
    calendar = berlin()
    role = make_requisition(organisation=make_organisation(calendar=calendar))
    begun, due = at("2026-12-21 09:00"), at("2026-12-29 17:00")
    one = make_application(requisition=role, stage_kind="interview", now=begun, due_at=due)
    make_interview(one, starts_at=at("2026-12-30 18:30"))
    seen: set[datetime] = set()
    for waits, event in product((TIME, CHOICE, NEWS_AFTER, NEWS, ANSWER), EVENTS):
        kind, what, side = waits
        with undone():
            one.promises.update(kind=kind, what=what, side=side)
            happen(event, one, now)
            seen |= of(one)
    assert len(seen) > 1
    assert [when for when in seen if not is_kept(calendar, when)] == []


@pytest.mark.django_db
@pytest.mark.parametrize("side", ["recruiter", "candidate"])
def test_what_ran_out_is_promised_anew_for_a_day_on_which_somebody_is_there(side: str) -> None:
    calendar = berlin()
    role = make_requisition(organisation=make_organisation(calendar=calendar))
    one = make_application(requisition=role, now=at("2026-12-21 09:00"), due_at=at("2026-12-22 12:00"))
    one.promises.update(side=side)
    for now in HOLIDAY_SEASON:
        with undone():
            promise = Promise.objects.get(application=one)
            promise.application = Application.objects.whole().get(pk=one.pk)
            deadlines.run_out(promise, now)
            assert (one.promises.count(), [when for when in of(one) if not is_kept(calendar, when)]) == (
                2,
                [],
            )


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("due", "said"),
    [
        ("2026-12-25 17:00", f"Nobody is at work on Friday 25 December{NEXT}"),
        ("2026-12-27 17:00", f"Nobody is at work on Sunday 27 December{NEXT}"),
        ("2026-12-28 17:00", f"Nobody is at work on Monday 28 December{NEXT}"),
        ("2026-12-24 17:00", f"On Thursday 24 December work ends at 12:00{NEXT}"),
        ("2026-12-24 12:00", ""),
        ("2026-12-23 18:00", ""),
    ],
)  # fmt: skip
def test_a_date_that_a_person_gives_is_one_on_which_somebody_is_there(due: str, said: str) -> None:
    role = make_requisition(organisation=make_organisation(calendar=berlin()))
    one = make_application(requisition=role, now=at("2026-12-21 09:00"), due_at=at("2026-12-22 17:00"))
    by, refused = role.recruiter, ""
    try:
        change_promise(
            application_id=one.pk, due_at=at(due), reason="We move.", by=by, now=at("2026-12-21 10:00")
        )
    except Invalid as error:
        refused = str(error)
    assert refused == said


WAITS = st.lists(
    st.tuples(st.timedeltas(timedelta(), timedelta(days=9)), st.timedeltas(timedelta(minutes=1), timedelta(days=5))),
    max_size=3,
)  # fmt: skip


@given(CALENDARS, MOMENTS, st.integers(0, 12), st.integers(1, 60), WAITS)
def test_a_commitment_is_due_when_somebody_is_there(
    office: WorkingCalendar, start: datetime, days: int, hours: int, away: list[tuple[timedelta, timedelta]]
) -> None:
    waits = measuring.merged(
        [(start + after, start + after + lasts) for after, lasts in away], start=start, end=None
    )
    for due in (
        measuring.due_at(office, start, days, waits),
        measuring.due_in_hours(office, start, hours, waits),
        set_clocks.agreed_by(office, start),
    ):
        assert is_kept(office, due)
        assert why_not(office, due) == ""
        until = measuring.counts_until(office, due, 1, waits)
        assert until >= due
        assert is_kept(office, working_time.resumes(office, until))


@given(CALENDARS, MOMENTS, st.integers(1, 4), st.integers(0, 6), st.times(time(7), time(18)))
def test_partners_meet_when_the_office_is_open(
    office: WorkingCalendar, start: datetime, weeks: int, weekday: int, chosen: time
) -> None:
    rhythm = schedule.Rhythm(weeks, weekday, min(max(chosen, office.day_starts), office.day_ends))
    first = schedule.first(office, start, weeks * 7)
    for times in (
        first,
        schedule.in_rhythm(office, rhythm, None, start),
        schedule.in_rhythm(office, rhythm, first.scheduled_at, start),
        schedule.following(office, first.scheduled_at, weeks * 7, start),
    ):
        assert is_kept(office, times.scheduled_at)
        assert is_kept(office, times.agenda_at)
        assert is_kept(office, times.skipped_at)
        assert start < times.scheduled_at < times.skipped_at
