"""One's availability: hours, blocked times, calendars that are read, and the private feed."""

from datetime import UTC, datetime, timedelta

import icalendar
import pytest

from ats.accounts.models import Role
from ats.calendars.actions import change, publish
from ats.calendars.models import BusyTime, CalendarLink, CalendarSubscription, WorkingHours
from ats.kernel.errors import Invalid
from candidates.interviews.queries import calendar_files
from tests import factories as make
from tests.factories import NOW

pytestmark = pytest.mark.django_db
PAGE = "/settings/availability/"


@pytest.fixture
def ada(client):
    user = make.make_user(Role.INTERVIEWER, name="Ada Example", time_zone="Europe/Berlin")
    client.force_login(user)
    return user


def hours(**given):
    data = {
        f"day_{day}_{end}_{part}": "" for day in range(7) for end in ("opens", "closes") for part in (1, 2)
    }
    return data | {"buffer_minutes": "10"} | given


def test_hours_are_kept_by_weekday_and_given_back(client, ada):
    assert "As the office works" in client.get(PAGE).content.decode()
    answer = client.post(
        f"{PAGE}hours/",
        hours(
            day_0_opens_1="13:00",
            day_0_closes_1="17:00",
            day_0_opens_2="08:30",
            day_0_closes_2="12:00",
            day_4_opens_1="18:00",
            day_4_closes_1="00:00",
        ),
    )
    assert answer.url == PAGE
    mine = WorkingHours.objects.get(user=ada)
    assert mine.days == {"0": [["08:30", "12:00"], ["13:00", "17:00"]], "4": [["18:00", "24:00"]]}
    assert mine.buffer_minutes == 10
    page = client.get(PAGE).content.decode()
    assert 'value="08:30"' in page
    client.post(f"{PAGE}hours/office/")
    assert WorkingHours.objects.count() == 0


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"day_1_opens_1": "17:00", "day_1_closes_1": "09:00"}, "The end must come after the beginning."),
        ({"day_1_opens_1": "09:00"}, "Give both the beginning and the end."),
        (
            {
                "day_1_opens_1": "09:00",
                "day_1_closes_1": "12:00",
                "day_1_opens_2": "11:00",
                "day_1_closes_2": "13:00",
            },
            "These hours overlap.",
        ),
        ({}, "Give the hours of one day at least."),
        (
            {"day_1_opens_1": "09:00", "day_1_closes_1": "12:00", "buffer_minutes": "999"},
            "Give 120 or less.",
        ),
    ],
)
def test_hours_that_do_not_hold_are_said_beside_the_day(client, ada, given, words):
    answer = client.post(f"{PAGE}hours/", hours(**given))
    assert answer.status_code == 422
    assert words in answer.content.decode()
    assert WorkingHours.objects.count() == 0


def test_times_are_blocked_where_one_is(client, ada):
    year = datetime.now(UTC).year + 1
    given = {
        "block-starts_at": f"{year}-02-01T10:00",
        "block-ends_at": f"{year}-02-01T12:00",
        "block-label": "Dentist",
    }
    assert client.post(f"{PAGE}blocks/", given).url == PAGE
    block = BusyTime.objects.get(user=ada)
    assert (block.period.lower, block.period.upper) == (
        datetime(year, 2, 1, 9, tzinfo=UTC),
        datetime(year, 2, 1, 11, tzinfo=UTC),
    )
    assert "Dentist" in client.get(PAGE).content.decode()
    wrong = client.post(f"{PAGE}blocks/", given | {"block-ends_at": f"{year}-02-01T09:00"})
    assert (wrong.status_code, BusyTime.objects.count()) == (422, 1)
    with pytest.raises(Invalid):
        change.block(
            starts_at=NOW - timedelta(days=2), ends_at=NOW - timedelta(days=1), label="", by=ada, now=NOW
        )
    client.force_login(make.make_user(Role.ADMIN))
    client.post(f"{PAGE}blocks/{block.pk}/remove/")
    assert BusyTime.objects.count() == 1
    client.force_login(ada)
    client.post(f"{PAGE}blocks/{block.pk}/remove/")
    assert BusyTime.objects.count() == 0


def test_a_calendar_is_shown_by_its_host_alone(client, ada, django_assert_num_queries):
    assert client.post(f"{PAGE}calendars/", {"calendar-url": "nonsense"}).status_code == 422
    client.post(f"{PAGE}calendars/", {"calendar-url": "webcal://calendar.example/secret-path.ics"})
    page = client.get(PAGE).content.decode()
    assert "calendar.example" in page
    assert "secret-path" not in page
    subscription = CalendarSubscription.objects.get()
    CalendarSubscription.objects.create(
        user=ada, url="https://b.example/", due_at=NOW, problem="It was away."
    )
    with django_assert_num_queries(5):
        assert "It was away." in client.get(PAGE).content.decode()
    client.post(f"{PAGE}calendars/{subscription.pk}/remove/")
    assert CalendarSubscription.objects.count() == 1


def test_the_feed_speaks_the_language_of_whose_it_is(ada):
    """Programs fetch it, and ask for no language."""
    ada.language = "de"
    ada.save()
    publish.make(by=ada, now=NOW)
    link = CalendarLink.objects.select_related("user").get()
    feed = icalendar.Calendar.from_ical(publish.feed(link, now=link.expires_at - timedelta(days=3)))
    (event,) = feed.walk("VEVENT")
    assert (str(feed["X-WR-CALNAME"]), str(event["SUMMARY"])) == (
        "Gespräche",
        "Ab morgen stehen Ihre Gespräche nicht mehr hier: Machen Sie in Accord eine neue Adresse",
    )


def test_the_feed_has_ones_interviews_and_no_secrets(client, ada):
    client.post("/accounts/reauthenticate/", {"password": make.PASSWORD})
    made = client.post(f"{PAGE}feed/").content.decode()
    address = made.partition("http://testserver")[2].partition("<")[0]
    assert CalendarLink.objects.get().token_hash not in made
    assert "/calendar/feed/" not in client.get(PAGE).content.decode()
    candidate = make.make_candidate(first_name="Robin", last_name="Example")
    application = make.make_application(candidate=candidate, stage_kind="interview")
    soon = datetime.now(UTC) + timedelta(days=1)
    mine = make.make_interview(
        application,
        people=[ada],
        starts_at=soon,
        video_link="https://video.example.com/SECRET",
        accessibility="SECRET",
        preparation="SECRET",
        kit={"questions": ["SECRET"]},
    )
    make.make_interview(starts_at=soon)
    make.make_interview(people=[ada], starts_at=soon, state="cancelled")
    client.logout()
    answer = client.get(address)
    assert answer["Content-Type"] == "text/calendar; charset=utf-8"
    assert b"SECRET" not in answer.content
    (event,) = icalendar.Calendar.from_ical(answer.content).walk("VEVENT")
    assert str(event["SUMMARY"]) == "Robin Example: Technical conversation"
    assert str(event["UID"]) == calendar_files.uid(mine, ada.pk)
    assert str(event["URL"]).endswith(f"/calendar/interviews/{mine.pk}/")
    assert CalendarLink.objects.get().read_at is not None

    renewed = publish.make(by=ada, now=NOW).removeprefix("http://testserver")
    assert [client.get(each).status_code for each in (address, renewed, "/calendar/feed/x.ics")] == [
        404,
        200,
        404,
    ]
    ada.is_active = False
    ada.save()
    assert client.get(renewed).status_code == 404
    ada.is_active = True
    ada.save()
    client.force_login(ada)
    client.post(f"{PAGE}feed/revoke/")
    assert client.get(renewed).status_code == 404
