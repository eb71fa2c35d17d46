"""Quiet hours where the candidate is."""

import re
from datetime import UTC, datetime, time, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo, available_timezones

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import given
from hypothesis import strategies as st

from ats.organisation.models import WorkingCalendar
from candidates.compose import quiet_hours
from candidates.interviews.queries.facts import candidate_zone
from candidates.models import Application, Candidate
from tests.factories import make_application, make_location, make_requisition

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
    assert quiet_hours.zone_of(Candidate(time_zone=zone), calendar, "") == BERLIN


def test_a_zone_that_is_known_is_theirs() -> None:
    calendar = WorkingCalendar(time_zone="Europe/Berlin")
    assert quiet_hours.zone_of(Candidate(time_zone="Asia/Tokyo"), calendar, "") == ZoneInfo("Asia/Tokyo")


# --- One way to say where a candidate is

OF_MANY = {"candidates/compose/delayed_delivery.py"}
"""Where the zones of many are read at once, without their applications."""


def test_everybody_asks_for_the_zone_of_an_application() -> None:
    """Nobody leaves the post's place out: it is read with the application, and a zone by other words is refused."""
    asked = re.compile(r"quiet_hours\.(zone_of|place_of)\(|ZoneInfo\([^)]*candidate\.time_zone")
    root = Path(__file__).parents[3]
    found = {
        str(path.relative_to(root))
        for package in ("ats", "candidates", "partners", "requisitions")
        for path in (root / package).rglob("*.py")
        if asked.search(path.read_text())
    }
    assert found == OF_MANY


@pytest.mark.django_db
def test_where_they_said_nothing_the_posts_place_counts_and_costs_no_query() -> None:
    role = make_requisition()
    role.location = make_location(role.organisation, time_zone="Asia/Tokyo")
    role.save()
    application = make_application(requisition=role)
    for rows in (Application.objects.whole(), Application.objects.to_move()):
        read = rows.get(pk=application.pk)
        with CaptureQueriesContext(connection) as asked:
            assert quiet_hours.zone_for(read) == candidate_zone(read) == ZoneInfo("Asia/Tokyo")
        assert len(asked) == 0
    Candidate.objects.update(time_zone="America/Lima")
    assert quiet_hours.zone_for(Application.objects.whole().get()) == ZoneInfo("America/Lima")
