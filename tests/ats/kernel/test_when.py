from datetime import UTC, datetime, timedelta

import pytest
from django.utils import timezone

from ats.kernel import when

NOW = datetime(2026, 11, 24, 10, 0, tzinfo=UTC)  # a Tuesday


@pytest.mark.parametrize(
    ("hours", "words"),
    [
        (0, "just now"),
        (-0.1, "6 min ago"),
        (-1, "1 hour ago"),
        (-9, "9 hours ago"),
        (-11, "yesterday"),  # yesterday by the calendar, though not a day ago
        (-24 * 3, "3 days ago"),
        (-24 * 20, "4 Nov"),
        (-24 * 400, "20 Oct 2025"),
        (2, "in 2 hours"),
        (20, "tomorrow"),
        (24 * 4, "in 4 days"),
    ],
)
def test_how_long_ago(hours: float, words: str) -> None:
    assert when.ago(NOW + timedelta(hours=hours), now=NOW) == words


@pytest.mark.parametrize(
    ("hours", "words"),
    [
        (7, "today by 17:00"),
        (20, "tomorrow"),
        (48, "in 2 days"),
        (24 * 14, "in 14 days"),
        (24 * 15, "by 9 Dec"),
        (-0.5, "30 min late"),
        (-3, "3 hours late"),
        (-24, "1 day late"),
        (-24 * 5, "5 days late"),
    ],
)
def test_when_due(hours: float, words: str) -> None:
    assert when.due(NOW + timedelta(hours=hours), now=NOW) == words


def test_days_are_those_of_the_viewer() -> None:
    late_evening = datetime(2026, 11, 24, 23, 30, tzinfo=UTC)

    assert when.due(late_evening, now=NOW) == "today by 23:30"
    with timezone.override("Asia/Tokyo"):
        assert when.due(late_evening, now=NOW) == "tomorrow"
        assert when.absolute(late_evening) == "Wednesday 25 November 2026, 08:30 JST"


def test_the_day_says_its_year_only_when_it_is_another() -> None:
    assert when.day(NOW, now=NOW) == "Tuesday 24 November"
    assert when.day(NOW + timedelta(days=60), now=NOW) == "Saturday 23 January 2027"
