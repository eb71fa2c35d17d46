"""Calendars that are read for busy times, by the lane that reads them."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db.models import F

from ats.accounts.models import Role
from ats.calendars.actions import read_calendars
from ats.calendars.models import BusyTime, CalendarSubscription
from ats.kernel.errors import Conflict, Invalid, Missing
from tests import factories as make
from tests.ats.calendars.servers import in_turn, says, serving
from tests.ats.calendars.test_busy import calendar
from tests.candidates.helpers import mails, run_lane
from tests.factories import NOW

pytestmark = pytest.mark.django_db
BODY = calendar("DTSTART:20261125T100000Z\nDTEND:20261125T110000Z\nSUMMARY:A secret meeting")
OTHER = calendar("DTSTART:20261126T100000Z\nDTEND:20261126T110000Z")


@pytest.fixture(autouse=True)
def _allowed(settings):
    settings.CALENDAR_ALLOWED_ADDRESSES = frozenset({"127.0.0.1"})


@pytest.fixture
def ada():
    return make.make_user(Role.INTERVIEWER, name="Ada Example", email="ada@example.com")


def subscribed(url, user):
    return read_calendars.subscribe(url=url, by=user, now=NOW)


def busy_hours(user):
    return [
        (each.period.lower, each.period.upper) for each in BusyTime.objects.filter(user=user).order_by("pk")
    ]


def hour(day):
    return (datetime(2026, 11, day, 10, tzinfo=UTC), datetime(2026, 11, day, 11, tzinfo=UTC))


@pytest.mark.ordinary_day
def test_a_calendar_is_read_again_and_again_and_only_when_is_kept(ada):
    by_hand = BusyTime.objects.create(user=ada, period=hour(30), label="By hand")
    answers = in_turn(says(BODY, ETag='"v1"'), says(b"", status="304 Not Modified"), says(OTHER))
    with serving(answers) as server:
        mine = subscribed(server.url, ada)
        assert run_lane("calendars", NOW) == 1
        mine.refresh_from_db()
        assert (mine.read_at, mine.due_at, mine.etag, mine.problem) == (
            NOW,
            NOW + read_calendars.EVERY,
            '"v1"',
            "",
        )
        assert busy_hours(ada) == [hour(30), hour(25)]
        assert BusyTime.objects.get(subscription=mine).label == ""
        assert run_lane("calendars", NOW) == 0
        assert run_lane("calendars", NOW + timedelta(minutes=15)) == 1
        assert busy_hours(ada) == [hour(30), hour(25)]
        assert run_lane("calendars", NOW + timedelta(days=1)) == 1
        assert busy_hours(ada) == [hour(30), hour(26)]
        assert ["If-None-Match" in each for each in server.requests] == [False, True, False]
    read_calendars.unsubscribe(subscription_id=mine.pk, by=ada, now=NOW)
    assert list(BusyTime.objects.all()) == [by_hand]


@pytest.mark.ordinary_day
def test_trouble_is_kept_in_words_waits_longer_and_is_told(ada):
    gone = [says(b"", status="404 Gone")] * 8
    with serving(in_turn(says(BODY), *gone, says(OTHER))) as server:
        mine = subscribed(server.url, ada)
        run_lane("calendars", NOW)
        waits = []
        for failures in range(1, 9):
            moment = NOW + timedelta(days=failures)
            assert run_lane("calendars", moment) == 1
            mine.refresh_from_db()
            assert mine.attempts == failures
            waits.append(mine.retry_at and (mine.retry_at - moment) // timedelta(minutes=1))
            told = len(mails("interviewer.calendar_unreadable"))
            assert told == (failures > 5) + (failures > 7)
        assert waits == [1, 5, 15, 60, 240, 480, 720, None]
        assert mine.problem == "There is no calendar at this address any more (404)."
        assert busy_hours(ada) == [hour(25)]  # what was known stays
        told = mails("interviewer.calendar_unreadable")
        assert [mail.to for mail in told] == ["ada@example.com"] * 2
        assert mine.problem in told[0].text
        assert run_lane("calendars", NOW + timedelta(days=30)) == 0
        read_calendars.read_again(subscription_id=mine.pk, by=ada, now=NOW + timedelta(days=1))
        assert run_lane("calendars", NOW + timedelta(days=1)) == 1
        assert busy_hours(ada) == [hour(26)]


def test_an_address_inside_is_given_up_at_once(ada, settings):
    settings.CALENDAR_ALLOWED_ADDRESSES = frozenset()
    with serving(says(BODY)) as server:
        mine = subscribed(server.url, ada)
        run_lane("calendars", NOW)
        assert server.requests == []
    mine.refresh_from_db()
    assert mine.problem == "This address is not on the open internet; for safety it is not read."
    assert run_lane("calendars", NOW + timedelta(days=1)) == 0
    assert len(mails("interviewer.calendar_unreadable")) == 1


@pytest.mark.ordinary_day
def test_a_reader_that_died_is_followed_by_another(ada):
    with serving(says(BODY)) as server:
        mine = subscribed(server.url, ada)
        token = "9d2d4b5c-1f7a-4b0e-9df5-6a3a3b0f1f11"
        rows = CalendarSubscription.objects.filter(pk=mine.pk)
        far = datetime(2099, 1, 1, tzinfo=UTC)
        rows.update(lease_token=token, lease_until=far)
        assert run_lane("calendars", NOW) == 0
        rows.update(lease_until=F("created_at") - timedelta(hours=1))
        assert run_lane("calendars", NOW) == 1
        assert busy_hours(ada) == [hour(25)]


def test_what_may_be_given(ada):
    mine = subscribed("webcal://calendar.example/ada.ics", ada)
    assert mine.url == "https://calendar.example/ada.ics"
    with pytest.raises(Conflict):
        subscribed("https://calendar.example/ada.ics", ada)
    with pytest.raises(Invalid):
        subscribed("file:///etc/passwd", ada)
    stranger = make.make_user(Role.ADMIN)
    with pytest.raises(Missing):
        read_calendars.read_again(subscription_id=mine.pk, by=stranger, now=NOW)
    with pytest.raises(Missing):
        read_calendars.unsubscribe(subscription_id=mine.pk, by=stranger, now=NOW)
    for number in range(9):
        subscribed(f"https://calendar.example/{number}.ics", ada)
    with pytest.raises(Conflict):
        subscribed("https://calendar.example/more.ics", ada)
