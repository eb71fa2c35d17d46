"""What a calendar answers, read out of a message."""

from datetime import UTC, datetime

import pytest

from ats.mail import incoming
from ats.mail.incoming import calendars
from ats.mail.incoming.calendars import Attendee, CalendarAnswer
from tests.ats.mail.incoming.others import SAYS_NOTHING, calendar, with_calendar
from tests.ats.mail.incoming.shapes import ROBIN

SAID = CalendarAnswer(
    method="reply",
    uid="interview-1@example.org",
    sequence=2,
    attendees=(Attendee(ROBIN, "declined"), Attendee("ada@example.com", "accepted")),
    comment="Later, please",
    begins=datetime(2026, 12, 10, 9, tzinfo=UTC),
    ends=datetime(2026, 12, 10, 10, tzinfo=UTC),
)


def answers(part: str) -> tuple[CalendarAnswer, ...]:
    return calendars.answers(incoming.parsed(with_calendar(part)))


def test_an_answer_is_read_with_all_it_says() -> None:
    assert answers(calendar()) == (SAID,)
    assert answers(calendar(SAYS_NOTHING, "text/calendar; method=REPLY")) == (SAID,)
    assert answers(calendar("METHOD:COUNTER"))[0].method == "counter"
    assert answers(calendar("METHOD:REQUEST")) == answers(calendar(SAYS_NOTHING)) == ()


def test_what_is_said_in_the_file_counts_before_the_head_of_its_part() -> None:
    assert answers(calendar("METHOD:REQUEST", "text/calendar; method=REPLY")) == ()


def test_two_calendars_in_one_file_are_both_read() -> None:
    file = calendar().partition("\n\n")[2]
    second = file.replace("interview-1", "interview-2")
    assert [each.uid for each in calendars.read((file + second).encode())] == [
        "interview-1@example.org",
        "interview-2@example.org",
    ]


@pytest.mark.parametrize(
    "file",
    [
        "",
        "x" * 200_000,
        "BEGIN:A\r\n" * 9_000,
        "BEGIN:VCALENDAR\nMETHOD:REPLY",
        calendar().partition("\n\n")[2].replace("UID:interview-1@example.org\n", ""),
        calendar().partition("\n\n")[2].replace("SEQUENCE:2", "SEQUENCE:two"),
    ],
)
def test_nonsense_answers_nothing(file: str) -> None:
    assert calendars.read(file.encode()) == ()
