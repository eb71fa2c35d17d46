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


@pytest.mark.parametrize(
    ("zone", "begins"),
    [
        ('"tzone://Microsoft/Utc"', "24 10:00"),
        ("tzone://Microsoft/Utc", "24 10:00"),
        ('"(UTC+00:00) Dublin, Edinburgh, Lisbon, London"', "24 10:00"),
        ("(UTC+01:00) Amsterdam, Berlin, Bern, Rome, Stockholm, Vienna", "24 09:00"),
        ('"(UTC-05:00) Eastern Time (US & Canada)"', "24 14:00"),
        ("(UTC+05:30) Chennai, Kolkata, Mumbai, New Delhi", "24 04:30"),
        ("(UTC-03:00) Somewhere", "24 13:00"),
        ("(UTC+01:00) Kolkata", "24 09:00"),  # a place that is not there
        ("Eastern Time (US & Canada)", "24 14:00"),
        ("W. Europe Standard Time", "24 09:00"),
        ("/freeassociation.sourceforge.net/Asia/Tokyo", "24 01:00"),
        ("/mozilla.org/20050126_1/Asia/Tokyo", "24 01:00"),
        ("America/New_York", "24 14:00"),
        ("Nowhere", "24 09:00"),  # by the clock of the owner, in Berlin
    ],
)
@pytest.mark.filterwarnings("ignore:Timezone .* is a globally unique TZID")
def test_zones_are_read_as_programs_write_them(zone, begins):
    event = f"DTSTART;TZID={zone}:20260324T100000\nDTEND;TZID={zone}:20260324T101500"
    assert [start for start, _ in spans(event)] == [begins]


def test_a_zone_that_the_file_explains_is_what_the_file_says():
    odd = "(UTC+01:00) Amsterdam, Berlin"
    file = calendar(f"DTSTART;TZID={odd}:20260324T100000\nDTEND;TZID={odd}:20260324T110000")
    told = (
        f"BEGIN:VTIMEZONE\r\nTZID:{odd}\r\nBEGIN:STANDARD\r\nDTSTART:16010101T000000\r\nTZOFFSETFROM:-0500\r\n"
        "TZOFFSETTO:-0500\r\nEND:STANDARD\r\nEND:VTIMEZONE\r\nBEGIN:VEVENT"
    )
    [span] = busy.busy(file.replace(b"BEGIN:VEVENT", told.encode(), 1), question())
    assert datetime.fromtimestamp(span[0], UTC).hour == 15


def test_a_long_line_that_was_folded_within_a_zone_is_read():
    folded = b"DTSTART;TZID=(UTC+01:00) Amsterdam, Ber\r\n lin:20260324T100000\r\nDURATION:PT1H"
    file = calendar("SUMMARY:x").replace(b"SUMMARY:x", folded)
    [span] = busy.busy(file, question())
    assert datetime.fromtimestamp(span[0], UTC).hour == 9


def test_working_elsewhere_is_no_time_off():
    day = "DTSTART;VALUE=DATE:20260324\nX-MICROSOFT-CDO-BUSYSTATUS:WORKINGELSEWHERE"
    assert spans(day, SIMPLE) == [("24 10:00", "24 11:00")]


def test_one_event_without_a_beginning_hides_no_other():
    assert spans("SUMMARY:x", SIMPLE) == [("24 10:00", "24 11:00")]


def test_two_calendars_in_a_file_are_both_read():
    other = calendar("DTSTART:20260325T100000Z\nDURATION:PT1H")
    found = busy.busy(calendar(SIMPLE) + other, question())
    assert [datetime.fromtimestamp(start, UTC).day for start, _ in found] == [24, 25]


@pytest.mark.parametrize(
    ("event", "ends"),
    [
        ("DTEND;TZID=Europe/Berlin:20260329T031500", "29 02:15"),
        ("DTEND;TZID=Europe/Berlin:20260329T024500", "29 01:45"),
        ("DURATION:PT1H", "29 02:30"),
    ],
)
def test_what_begins_in_the_hour_that_the_clocks_skip_is_there(event, ends):
    assert spans(f"DTSTART;TZID=Europe/Berlin:20260329T023000\n{event}") == [("29 01:30", ends)]


def test_what_overlaps_is_one():
    assert spans(
        SIMPLE, "DTSTART:20260324T103000Z\nDURATION:PT1H", "DTSTART:20260324T113000Z\nDURATION:PT5M"
    ) == [("24 10:00", "24 11:35")]


def test_the_shut_in_reader_says_the_same():
    file = calendar(SIMPLE, "DTSTART;TZID=(UTC+09:00) Osaka, Sapporo, Tokyo:20260324T100000\nDURATION:PT1H")
    found, problem = busy.read(file, question())
    assert problem == ""
    assert found == busy.busy(file, question())
    assert len(found) == 2


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
