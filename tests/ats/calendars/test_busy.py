"""What a subscribed calendar says about when its owner is busy."""

from datetime import UTC, datetime, timedelta

import pytest

from ats.calendars.domain import busy
from ats.calendars.domain.busy import Question

SINCE = datetime(2026, 3, 23, tzinfo=UTC)  # the week before Berlin's clocks go forward
UNTIL = SINCE + timedelta(days=14)


def question(**facts):
    given = {
        "since": int(SINCE.timestamp()),
        "until": int(UNTIL.timestamp()),
        "zone": "Europe/Berlin",
        "owner": "ada@example.com",
        "own_prefix": "interview-",
        "own_suffix": "@example.org",
    }
    return Question(**(given | facts))


def calendar(*events):
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Example//EN"]
    for number, event in enumerate(events):
        kind = "VFREEBUSY" if "FREEBUSY" in event else "VEVENT"
        facts = [] if "UID:" in event else [f"UID:{number}@calendar.example"]
        lines += [
            f"BEGIN:{kind}",
            "DTSTAMP:20260101T000000Z",
            *facts,
            *event.strip().split("\n"),
            f"END:{kind}",
        ]
    return "\r\n".join([*(line.strip() for line in lines), "END:VCALENDAR", ""]).encode()


def spans(*events, **facts):
    found = busy.busy(calendar(*events), question(**facts))
    return [
        (f"{datetime.fromtimestamp(start, UTC):%d %H:%M}", f"{datetime.fromtimestamp(end, UTC):%d %H:%M}")
        for start, end in found
    ]


SIMPLE = "DTSTART:20260324T100000Z\nDTEND:20260324T110000Z"


@pytest.mark.parametrize(
    ("event", "found"),
    [
        (SIMPLE, [("24 10:00", "24 11:00")]),
        ("DTSTART:20260324T100000Z\nDURATION:PT30M", [("24 10:00", "24 10:30")]),
        ("DTSTART;TZID=America/New_York:20260324T100000\nDURATION:PT1H", [("24 14:00", "24 15:00")]),
        ("DTSTART:20260324T100000\nDURATION:PT1H", [("24 09:00", "24 10:00")]),  # floating: Berlin, winter
        ("DTSTART:20260330T100000\nDURATION:PT1H", [("30 08:00", "30 09:00")]),  # and summer
        ("DTSTART;VALUE=DATE:20260324", [("23 23:00", "24 23:00")]),
        ("DTSTART;VALUE=DATE:20260328\nDTEND;VALUE=DATE:20260330", [("27 23:00", "29 22:00")]),
        (f"{SIMPLE}\nTRANSP:TRANSPARENT", []),
        (f"{SIMPLE}\nTRANSP:OPAQUE\nSTATUS:TENTATIVE", [("24 10:00", "24 11:00")]),
        (f"{SIMPLE}\nSTATUS:CANCELLED", []),
        (f"{SIMPLE}\nX-MICROSOFT-CDO-BUSYSTATUS:FREE", []),
        (f"{SIMPLE}\nATTENDEE;PARTSTAT=DECLINED:mailto:Ada@example.com", []),
        (f"{SIMPLE}\nATTENDEE;PARTSTAT=DECLINED:mailto:kim@example.com", [("24 10:00", "24 11:00")]),
        (f"{SIMPLE}\nUID:interview-1@example.org", []),
        (f"{SIMPLE}\nUID:interview-1@elsewhere.example", [("24 10:00", "24 11:00")]),
        ("DTSTART:20260101T100000Z\nDTEND:20260101T110000Z", []),
        ("DTSTART:20260101T100000Z\nDTEND:20270101T110000Z", [("23 00:00", "06 00:00")]),
        (
            "DTSTART;TZID=Europe/Berlin:20260325T090000\nDURATION:PT1H\nRRULE:FREQ=WEEKLY",
            [("25 08:00", "25 09:00"), ("01 07:00", "01 08:00")],
        ),
        (
            "DTSTART:20260320T090000Z\nDURATION:PT1H\nEXDATE:20260324T090000Z\nRRULE:FREQ=DAILY;COUNT=6",
            [("23 09:00", "23 10:00"), ("25 09:00", "25 10:00")],
        ),
    ],
)
def test_what_counts_as_busy(event, found):
    assert spans(event) == found


PUBLISHED = "DTSTART:20260301T000000Z\nDTEND:20270101T000000Z\n"


@pytest.mark.parametrize(
    ("told", "found"),
    [
        (
            "FREEBUSY:20260324T100000Z/20260324T110000Z,20260324T130000Z/PT30M",
            [("24 10:00", "24 11:00"), ("24 13:00", "24 13:30")],
        ),
        (
            "\n".join(
                f"FREEBUSY;FBTYPE={kind}:202603{day}T100000Z/PT1H"
                for day, kind in enumerate(("BUSY", "BUSY-UNAVAILABLE", "BUSY-TENTATIVE", "X-AWAY"), start=24)
            ),
            [(f"{day} 10:00", f"{day} 11:00") for day in (24, 25, 26, 27)],
        ),
        ("FREEBUSY;FBTYPE=free:20260324T100000Z/PT1H,20260325T100000Z/PT1H", []),
        ("FREEBUSY;TZID=America/New_York:20260324T100000/PT1H", [("24 14:00", "24 15:00")]),
        ("FREEBUSY:20260324T100000/PT1H", [("24 09:00", "24 10:00")]),  # floating: Berlin
        ("FREEBUSY;TZID=Nowhere:20260324T100000/PT1H", [("24 09:00", "24 10:00")]),
        ("FREEBUSY:20260101T100000Z/PT1H,20260322T230000Z/PT3H", [("23 00:00", "23 02:00")]),
        ("COMMENT:Nothing in FREEBUSY", []),
    ],
)
def test_what_is_told_as_busy_without_events(told, found):
    assert spans(PUBLISHED + told) == found


def test_what_is_told_and_what_is_an_event_are_joined_and_no_more_than_the_most(monkeypatch):
    told = f"{PUBLISHED}FREEBUSY:20260324T103000Z/PT1H,20260325T100000Z/PT1H,20260326T100000Z/PT1H"
    monkeypatch.setattr(busy, "MOST", 2)
    assert spans(SIMPLE, told) == [("24 10:00", "24 11:30"), ("25 10:00", "25 11:00")]


def test_a_time_that_ends_before_it_begins_spoils_the_calendar_and_nothing_else():
    told = f"{PUBLISHED}FREEBUSY:20260324T103000Z/20260324T100000Z"
    assert busy.read(calendar(told), question()) == ([], "The file is damaged.")


def test_one_moved_out_of_a_series_is_where_it_was_moved_to():
    series = "UID:series\nDTSTART:20260324T090000Z\nDURATION:PT1H\nRRULE:FREQ=WEEKLY;COUNT=2"
    moved = "UID:series\nRECURRENCE-ID:20260331T090000Z\nDTSTART:20260331T150000Z\nDURATION:PT1H"
    assert spans(series, moved) == [("24 09:00", "24 10:00"), ("31 15:00", "31 16:00")]


def test_what_overlaps_is_one():
    assert spans(
        SIMPLE, "DTSTART:20260324T103000Z\nDURATION:PT1H", "DTSTART:20260324T113000Z\nDURATION:PT5M"
    ) == [("24 10:00", "24 11:35")]


def test_the_shut_in_reader_says_the_same():
    found, problem = busy.read(calendar(SIMPLE), question())
    assert problem == ""
    assert found == busy.busy(calendar(SIMPLE), question())


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        (b"<html>Sign in</html>", "What stands there is not a calendar."),
        (
            calendar("DTSTART:19700101T000000Z\nDURATION:PT1S\nRRULE:FREQ=SECONDLY"),
            "Reading it took too long: it repeats itself far too often, or is far too large.",
        ),
    ],
)
def test_what_is_no_calendar_or_a_trap_is_refused(content, problem, monkeypatch):
    monkeypatch.setattr(busy, "SECONDS", 4)
    assert busy.read(content, question()) == ([], problem)
