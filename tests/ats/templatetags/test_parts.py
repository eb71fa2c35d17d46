from datetime import UTC, date, datetime, timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from django.utils import timezone

from ats.web import markup, parts

NOW = datetime(2026, 11, 24, 10, 0, tzinfo=UTC)


def promise(hours: float, **facts: Any) -> dict[str, Any]:
    given = {"what": "First answer", "state": "open", "owner": None, "side": "recruiter"}
    return given | {"due_at": NOW + timedelta(hours=hours)} | facts


@pytest.mark.parametrize(
    ("given", "tone", "words"),
    [
        (promise(60), "calm", "in 2 days"),
        (promise(24), "soon", "tomorrow"),
        (promise(3), "soon", "today by 13:00"),
        (promise(-25), "broken", "1 day late"),
        (promise(60, side="candidate"), "waiting", "in 2 days"),
        (promise(3, side="candidate"), "waiting", "today by 13:00"),
        (promise(-3, side="candidate"), "broken", "3 hours late"),
        (promise(-3, state="kept"), "kept", "kept"),
        (promise(9, state="released"), "released", "no longer owed"),
        (promise(9, state="broken"), "broken", "today by 19:00"),
    ],
)
def test_the_tone_of_a_promise(given: dict[str, Any], tone: str, words: str) -> None:
    chip = parts.chip_of(given, now=NOW)

    assert (chip.tone, chip.when) == (tone, words)


def test_whose_move_it_is() -> None:
    hugo = SimpleNamespace(name="Hugo van der Sample")
    sides = [
        parts.chip_of(promise(9, owner=hugo, side="manager"), now=NOW),
        parts.chip_of(promise(9, owner=hugo, side="candidate"), now=NOW),
        parts.chip_of(promise(9, side="scheduling"), now=NOW),
        parts.chip_of(promise(9), now=NOW),
    ]

    assert [(chip.initials, chip.move) for chip in sides] == [
        ("HS", "Hugo van der Sample's move"),
        ("HS", "Candidate's move"),
        ("", "Scheduling"),
        ("", "Recruiter's move"),
    ]


@pytest.mark.parametrize(
    ("person", "initials"),
    [
        ("Ana Placeholder", "AP"),
        ("Ana", "A"),
        ("Carla von der Vorlage", "CV"),
        ("محمد مثال", "مم"),
        ("😀 Ana", "A"),
        ("  ", "?"),
        (None, "?"),
        (SimpleNamespace(full_name="Bo Testcase"), "BT"),
        ({"name": "Bo Testcase"}, "BT"),
    ],
)
def test_initials(person: Any, initials: str) -> None:
    assert parts.initials_of(person) == initials


@pytest.mark.parametrize(
    ("value", "before", "change"),
    [(3, 2, "up"), ("2.5", 3, "down"), (2, 2.0, "same"), (2, None, ""), ("none", 1, "")],
)
def test_how_a_figure_changed(value: Any, before: Any, change: str) -> None:
    assert parts.Figure("Days", value, before=before).change == change


def test_too_few_cases_are_said() -> None:
    assert parts.Figure("Days", 2.4, cases=4).too_few is True
    assert parts.Figure("Days", 2.4, cases=5).too_few is False
    assert parts.Figure("Days", 2.4).too_few is False
    assert parts.Figure("Days", None, cases=50).too_few is True


def test_both_sides_grow_from_the_middle_on_one_scale() -> None:
    left, right = parts.two_sides(
        {"kept": 6, "late": 2, "missed": 2}, {"kept": 5}, left_name="Recruiter", right_name="Manager"
    )

    assert [(s.kind, s.x, s.width) for s in left.segments] == [
        ("kept", 40.0, 60.0),
        ("late", 20.0, 20.0),
        ("missed", 0.0, 20.0),
    ]
    assert [(s.kind, s.x, s.width) for s in right.segments] == [("kept", 0.0, 50.0)]
    assert (left.said, right.said) == ("6 kept, 2 late, 2 missed", "5 kept")


def test_nothing_due_yet() -> None:
    left, _ = parts.two_sides({}, {}, left_name="Recruiter", right_name="Manager")

    assert (left.total, left.segments, left.said) == (0, [], "nothing due yet")


def test_entries_are_grouped_by_the_days_of_the_viewer() -> None:
    entries = [{"at": NOW}, {"at": NOW - timedelta(hours=10, minutes=30)}, {"at": NOW - timedelta(days=2)}]

    assert [(day, len(items)) for day, items in parts.by_day(entries)] == [
        (date(2026, 11, 24), 1),
        (date(2026, 11, 23), 1),
        (date(2026, 11, 22), 1),
    ]
    with timezone.override("Europe/Berlin"):
        assert [len(items) for _, items in parts.by_day(entries)] == [2, 1]


@pytest.mark.parametrize(
    ("current", "last", "numbers"),
    [
        (1, 1, [1]),
        (1, 3, [1, 2, 3]),
        (4, 20, [1, 2, 3, 4, 5, 6, None, 20]),
        (10, 20, [1, None, 8, 9, 10, 11, 12, None, 20]),
        (20, 20, [1, None, 18, 19, 20]),
    ],
)
def test_the_pages_around_this_one(current: int, last: int, numbers: list[int | None]) -> None:
    assert parts.around(current, last) == numbers


def test_an_open_promise_behind_broken_dates_is_red_and_says_how_long_somebody_waits() -> None:
    now = timezone.now()
    promise = {
        "what": "First answer",
        "due_at": now + timedelta(days=3),
        "broken_before": 3,
        "waiting_since": now - timedelta(days=26),
    }
    made = parts.chip_of(promise, now=now)
    assert (made.tone, made.waits) == ("broken", "3 broken dates, waiting 26 days")
    chip = markup.chip(promise, now=now)
    assert (
        chip.index("3 broken dates, waiting 26 days") < chip.index("First answer") < chip.index("in 3 days")
    )
    assert '<span class="chip-next">next date <' in markup.chip(promise, now=now, short=True)
    late = markup.chip(promise | {"due_at": now - timedelta(days=1)}, now=now, short=True)
    assert "1 day late" in late
    assert "next date" not in late
    for state in ("kept", "released", "changed", "broken"):
        assert parts.chip_of(promise | {"state": state}, now=now).waits == ""
