"""Quiet hours where the candidate is."""

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo, available_timezones

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ats.organisation.models import WorkingCalendar
from candidates.compose import quiet_hours
from candidates.models import Candidate

ZONES = sorted(available_timezones() - {"localtime", "Factory"})
BERLIN = ZoneInfo("Europe/Berlin")


@given(st.datetimes(datetime(2024, 1, 1), datetime(2030, 1, 1)), st.sampled_from(ZONES))  # noqa: DTZ001
def test_nobody_is_woken_and_nobody_waits_longer_than_a_night(moment: datetime, zone: str) -> None:
    moment = moment.replace(tzinfo=UTC)
    when = quiet_hours.awake(moment, ZoneInfo(zone))
    local = when.astimezone(ZoneInfo(zone))
    assert time(7) <= local.time() < time(20)  # seven: where a zone skips the hour from eight to nine
    assert timedelta(0) <= when - moment <= timedelta(hours=26)
    assert quiet_hours.awake(when, ZoneInfo(zone)).astimezone(UTC) == when.astimezone(UTC)


@pytest.mark.parametrize(
    ("moment", "expected"),
    [
        (
            datetime(2026, 3, 28, 21, tzinfo=BERLIN),
            datetime(2026, 3, 29, 6, tzinfo=UTC),
        ),  # the night loses an hour
        (datetime(2026, 10, 24, 21, tzinfo=BERLIN), datetime(2026, 10, 25, 7, tzinfo=UTC)),  # and gains one
        (datetime(2026, 11, 24, 5, tzinfo=BERLIN), datetime(2026, 11, 24, 7, tzinfo=UTC)),
        (datetime(2026, 11, 24, 8, tzinfo=BERLIN), datetime(2026, 11, 24, 7, tzinfo=UTC)),
        (datetime(2026, 11, 24, 19, 59, tzinfo=BERLIN), datetime(2026, 11, 24, 18, 59, tzinfo=UTC)),
        (datetime(2026, 11, 24, 20, tzinfo=BERLIN), datetime(2026, 11, 25, 7, tzinfo=UTC)),
    ],
)
def test_the_morning_is_the_local_one(moment: datetime, expected: datetime) -> None:
    assert quiet_hours.awake(moment, BERLIN).astimezone(UTC) == expected


@pytest.mark.parametrize("zone", ["", "Nowhere/Land", "../../etc/passwd", "\x00"])
def test_who_does_not_say_where_they_are_is_where_the_office_is(zone: str) -> None:
    calendar = WorkingCalendar(time_zone="Europe/Berlin")
    assert quiet_hours.zone_of(Candidate(time_zone=zone), calendar) == BERLIN


def test_a_zone_that_is_known_is_theirs() -> None:
    calendar = WorkingCalendar(time_zone="Europe/Berlin")
    assert quiet_hours.zone_of(Candidate(time_zone="Asia/Tokyo"), calendar) == ZoneInfo("Asia/Tokyo")
