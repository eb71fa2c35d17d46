"""What calendars write who propose another time: what is read of it, and what is for people to look at."""

import pytest

from ats.calendars.actions.take_answers import take
from ats.mail import inbound
from ats.mail.models import IncomingMail
from tests.candidates.helpers import mails
from tests.candidates.interviews.builders import at
from tests.candidates.scheduling.counters import LATER, counter, states, the_one

pytestmark = [pytest.mark.django_db, pytest.mark.ordinary_day]


@pytest.mark.parametrize(
    "facts",
    [
        {"begins": "DTSTART:20261126T160000Z"},  # ends before it begins
        {"begins": "DTSTART;VALUE=DATE:20261126", "ends": "DTEND;VALUE=DATE:20261127"},
        {"begins": ""},
        {
            "begins": "DTSTART;TZID=Europe/Berlin:20270328T023000",
            "ends": "DTEND;TZID=Europe/Berlin:20270328T033000",
        },
        {"begins": "DTSTART:20261124T080000Z", "ends": "DTEND:20261124T090000Z"},  # has passed
        {"begins": "DTSTART:20291126T140000Z", "ends": "DTEND:20291126T150000Z"},
        {"begins": "DTSTART:00011126T140000Z", "ends": "DTEND:00011126T150000Z"},
        {"begins": "DTSTART:99991231T235900Z", "ends": "DTEND:99991231T235959Z"},
        {"sequence": 7},
        {"by": "stranger@example.com"},
        {"by": "robin@example.com", "reader": 0},
        {"attendees": []},
    ],
)
def test_what_is_no_time_of_somebody_of_this_interview_is_for_people_to_look_at(interview, facts):
    head = b"From: stranger@example.com\r\nContent-Type: text/calendar; method=COUNTER\r\n\r\n"
    inbound.take_in(head + counter(interview, **facts), LATER)
    assert states() == []
    row = IncomingMail.objects.get()
    assert (row.state, row.why, row.application_id) == ("open", "answer", interview.application_id)
    assert mails("interviewer.time_proposed") == []


def test_a_file_that_no_calendar_writes_is_for_people_to_look_at(interview):
    head = b"From: ada@example.com\r\nContent-Type: text/calendar; method=COUNTER\r\n\r\n"
    inbound.take_in(head + counter(interview, "DTSTART:nonsense"), LATER)
    assert (states(), IncomingMail.objects.get().state) == ([], "open")


@pytest.mark.parametrize(
    ("begins", "ends"),
    [
        ('DTSTART;TZID="(UTC+01:00) Amsterdam, Berlin, Bern, Rome, Stockholm, Vienna":20261126T150000', ""),
        (
            "DTSTART;TZID=W. Europe Standard Time:20261126T150000",
            "DTEND;TZID=W. Europe Standard Time:20261126T160000",
        ),
        ("DTSTART;TZID=tzone://Microsoft/Utc:20261126T140000", ""),
        ("DTSTART;TZID=America/New_York:20261126T090000", ""),
        ("DTSTART:20261126T150000", "DTEND:20261126T160000"),  # by their own clock
    ],
)
def test_zones_are_read_as_their_programs_write_them(interview, ada, begins, ends):
    ada.time_zone = "Europe/Berlin"
    ada.save()
    take(counter(interview, begins, ends), LATER)
    assert (the_one().starts_at, the_one().ends_at) == (at(14, day=26), at(15, day=26))


@pytest.mark.parametrize("attendees", [[], ["ATTENDEE:mailto:ada@home.test"], None])
def test_who_it_is_says_the_address_or_who_sent_it_or_the_method_in_the_head(interview, ada, attendees):
    head = b"From: Ada <ADA@example.com>\r\nContent-Type: text/calendar; method=COUNTER\r\n\r\n"
    inbound.take_in(head + counter(interview, attendees=attendees, method=""), LATER)
    assert the_one().seat.user == ada
    assert IncomingMail.objects.get().state == "settled"


def test_of_several_attendees_it_is_whose_file_it_is(interview, ada):
    both = [f"ATTENDEE;PARTSTAT=ACCEPTED:mailto:{each}" for each in ("ada@example.com", "robin@example.com")]
    take(counter(interview, by="robin@example.com", attendees=both), LATER)
    assert the_one().seat is None
    interview.refresh_from_db()
    assert (interview.candidate_reply, interview.seats.get().reply) == ("accepted", "needs-action")
