"""When a step is due, what a journey brings, and what a made-up candidate would get: without a database."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as some

from ats.organisation.models import HiringOrganisation, WorkingCalendar
from candidates.follow_ups.domain.journeys import OWED
from candidates.journeys.domain import planning, simulating
from candidates.journeys.domain.planning import Occasion, Standing
from candidates.journeys.models import JourneyStep, Trigger, Way
from candidates.journeys.seeds import shipped

TUESDAY = datetime(2026, 11, 24, 10, 0, tzinfo=UTC)
CALENDAR = WorkingCalendar(name="Office", time_zone="UTC", day_starts=time(9), day_ends=time(17))


def step(trigger: str = "applied", amount: int = 0, unit: str = "days", **facts: object) -> JourneyStep:
    return JourneyStep(key="own-1", name="A word", trigger=trigger, amount=amount, unit=unit, **facts)


def occasion(trigger: str = "applied", at: datetime = TUESDAY, **facts: object) -> Occasion:
    return Occasion(trigger=trigger, at=at, which="1", **facts)


@pytest.mark.parametrize(
    ("amount", "unit", "at", "due"),
    [
        (0, "days", (24, 10), (24, 10)),
        (0, "days", (24, 22), (25, 8)),
        (0, "days", (28, 12), (30, 8)),  # a Saturday
        (1, "days", (24, 10), (25, 10)),
        (3, "days", (26, 16), (1, 16)),  # over the weekend
        (2, "hours", (24, 16), (25, 10)),
        (4, "calendar", (24, 10), (30, 8)),  # a Saturday
        (1, "calendar", (24, 21), (26, 8)),  # the next evening, and so the morning after
    ],
)
def test_the_delay_is_counted_in_working_time_and_ends_at_a_civil_hour(
    amount: int, unit: str, at: tuple[int, int], due: tuple[int, int]
) -> None:
    began = datetime(2026, 11, at[0], at[1], tzinfo=UTC)
    month = 12 if due[0] < at[0] else 11
    expected = datetime(2026, month, due[0], due[1], tzinfo=UTC)
    assert planning.due(step(amount=amount, unit=unit), occasion(at=began), "UTC", CALENDAR) == expected


def test_on_any_day_also_means_the_weekend() -> None:
    saturday = datetime(2026, 11, 28, 12, 0, tzinfo=UTC)
    assert planning.due(step(hours="awake"), occasion(at=saturday), "UTC", CALENDAR) == saturday


def test_a_task_waits_for_the_office_and_not_for_the_candidate() -> None:
    evening = datetime(2026, 11, 24, 18, 0, tzinfo=UTC)
    task = step(act="task", task="Ring.")
    assert planning.due(task, occasion(at=evening), "Asia/Tokyo", CALENDAR) == datetime(
        2026, 11, 25, 9, tzinfo=UTC
    )


@pytest.mark.parametrize(("amount", "unit", "day"), [(2, "days", 20), (1, "calendar", 23), (8, "hours", 23)])
def test_what_lies_ahead_is_counted_back_from(amount: int, unit: str, day: int) -> None:
    found = planning.due(
        step("before_interview", amount, unit), occasion("before_interview"), "UTC", CALENDAR
    )
    assert found == datetime(2026, 11, day, 10, 0, tzinfo=UTC)


moments = some.integers(0, 2_000_000).map(lambda minutes: TUESDAY + timedelta(minutes=minutes))
ZONES = some.sampled_from(["UTC", "Europe/Berlin", "America/Los_Angeles", "Asia/Kolkata", "Pacific/Auckland"])


@given(moments, ZONES, some.integers(0, 30), some.sampled_from(["hours", "days", "calendar"]))
def test_nobody_is_written_to_at_night_and_never_before_it_is_due(
    at: datetime, zone: str, amount: int, unit: str
) -> None:
    from zoneinfo import ZoneInfo

    one = step(amount=amount, unit=unit)
    due = planning.due(one, occasion(at=at), zone, CALENDAR)
    local = due.astimezone(ZoneInfo(zone))
    assert time(8) <= local.time() < time(20)
    assert local.weekday() < 5
    assert due >= planning.after(one, at, CALENDAR)


def standing(**facts: object) -> Standing:
    given: dict = {
        "application_id": 7,
        "state": "active",
        "stage_kind": "applied",
        "occasions": (occasion(),),
    }
    return Standing(**(given | facts))


def keys(*steps: JourneyStep, **facts: object) -> list[str]:
    return [each.key for each in planning.plan(steps, standing(**facts), CALENDAR)]


def test_a_step_is_planned_once_for_each_occasion() -> None:
    two = (occasion("booked"), Occasion(trigger="booked", at=TUESDAY, which="2"))
    assert keys(step("booked"), occasions=two) == ["journey:7:own-1:1", "journey:7:own-1:2"]


def test_what_is_switched_off_or_planned_elsewhere_brings_nothing() -> None:
    house = JourneyStep(key="thanks", name="Thanks", trigger="withdrew")
    assert keys(step(is_active=False), house) == []


@pytest.mark.parametrize("state", ["active", "rejected", "withdrawn", "hired"])
@pytest.mark.parametrize("trigger", [each for each in Trigger if each not in {"promise", "decided"}])
def test_each_trigger_is_true_in_its_states_alone(trigger: str, state: str) -> None:
    wanted = planning.IN.get(trigger, planning.ACTIVE)
    found = keys(step(trigger), state=state, occasions=(occasion(trigger),))
    assert bool(found) == (state in wanted)
    assert (planning.why_not(step(trigger), standing(state=state)) == "") == (state in wanted)


# The time line


def line(way: str, *more: JourneyStep, most: int = 2) -> list[tuple[int, str]]:
    """On which day of the calendar what comes, steps alone."""
    _, steps = shipped(HiringOrganisation(name="Example"))
    shown = simulating.simulate(
        [*steps, *more], way=way, calendar=CALENDAR, start=TUESDAY, most=most, zone="UTC"
    )
    start = TUESDAY.date()
    return [((each.at.date() - start).days, each.what) for each in shown if each.step]


def test_who_is_told_a_no_gets_what_ships_today() -> None:
    assert line(Way.REJECTED) == [
        (0, "Acknowledgement"),
        (6, "Decision, by the stage they reached"),
        (8, "Survey"),
    ]


def test_who_is_hired_is_welcomed_before_the_first_day() -> None:
    first = date(2027, 1, 1)
    found = line(Way.HIRED)
    assert found == [
        (0, "Acknowledgement"),
        (17, "Decision, by the stage they reached"),
        (20, "Survey"),
        (31, "Welcome, a week before the first day"),
        (37, "Welcome, the day before the first day"),
    ]
    assert TUESDAY.date() + timedelta(days=38) == first


def test_who_withdraws_is_thanked() -> None:
    assert line(Way.WITHDREW) == [(0, "Acknowledgement"), (7, "Thanks after a withdrawal")]


def test_who_hears_nothing_is_told_that_it_takes_longer() -> None:
    assert [what for _, what in line(Way.SILENCE)] == ["Acknowledgement"] + ["Note that it takes longer"] * 4


def test_a_step_of_ones_own_shows_where_it_is_true() -> None:
    own = step("stage", 1, stage_kind="interview")
    assert (7, "A word") in line(Way.HIRED, own)
    # On the day on which it would come they have withdrawn.
    assert "A word" not in [what for _, what in line(Way.WITHDREW, step("stage", 2, stage_kind="interview"))]
    assert "A word" not in [what for _, what in line(Way.REJECTED, own)]


def test_too_many_for_a_day_go_to_the_next() -> None:
    own = [
        JourneyStep(key=f"own-{number}", name=f"Word {number}", trigger="applied", amount=1)
        for number in range(3)
    ]
    found = [each for each in line(Way.SILENCE, *own) if each[1].startswith("Word")]
    assert found == [(1, "Word 0"), (1, "Word 1"), (2, "Word 2")]


@pytest.mark.parametrize("way", Way.values)
def test_what_is_owed_stands_on_every_way_whatever_else_is_off(way: str) -> None:
    _, steps = shipped(HiringOrganisation(name="Example"))
    owed = [each for each in steps if each.key in OWED]
    shown = simulating.simulate(owed, way=way, calendar=CALENDAR, start=TUESDAY, most=1, zone="UTC")
    assert "Acknowledgement" in [each.what for each in shown]
