"""What a calendar answers to an invitation (RFC 5546, 6047): whose answer, to which event, in which of its versions."""

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime
from email.message import Message

from icalendar import Calendar, Component

from ats.mail.incoming.parsing import content, own_parts, param

ANSWERS = frozenset({"reply", "counter", "refresh"})
"""Methods by which somebody answers; with the others they would invite us, which is a letter of theirs."""
TYPES = frozenset({"text/calendar", "application/ics", "text/x-vcalendar"})
LONGEST = 100_000
MOST_EVENTS, MOST_PEOPLE = 20, 200


@dataclass(frozen=True)
class Attendee:
    address: str
    reply: str


@dataclass(frozen=True)
class CalendarAnswer:
    """One event of a calendar's answer; `begins` and `ends` are another time where its method is `counter`."""

    method: str
    uid: str
    sequence: int
    attendees: tuple[Attendee, ...]
    comment: str = ""
    begins: datetime | date | None = None
    ends: datetime | date | None = None


def has_answer(message: Message) -> bool:
    return any(_method(part, file) in ANSWERS for part, file in _files(message))


def answers(message: Message) -> tuple[CalendarAnswer, ...]:
    """All that calendars answer in this message; without what nobody can read."""
    return tuple(each for part, file in _files(message) for each in read(file, param(part, "method")))


def read(file: bytes, method: str = "") -> tuple[CalendarAnswer, ...]:
    """The answers in a calendar's file; `method` is what stands in the header of its part, where the file says none."""
    if len(file) > LONGEST:
        return ()
    found: list[CalendarAnswer] = []
    with suppress(ValueError, KeyError, TypeError, AttributeError, IndexError, RecursionError):
        for calendar in Calendar.from_ical(file, multiple=True):
            said = str(calendar.get("METHOD", "")).lower() or method.lower()
            if said in ANSWERS:
                found += [_of_event(event, said) for event in calendar.walk("VEVENT")[:MOST_EVENTS]]
    return tuple(found)


def _files(message: Message) -> Iterator[tuple[Message, bytes]]:
    for part in own_parts(message):
        if part.get_content_type() in TYPES:
            yield part, content(part)


def _method(part: Message, file: bytes) -> str:
    for line in file[:LONGEST].splitlines()[:200]:
        if line[:7].upper() == b"METHOD:":
            return line[7:].strip().decode("ascii", "replace").lower()
    return param(part, "method")


def _of_event(event: Component, method: str) -> CalendarAnswer:
    people = event.get("ATTENDEE", [])
    comment = event.get("COMMENT", "")
    return CalendarAnswer(
        method=method,
        uid=str(event["UID"]),
        sequence=int(event.get("SEQUENCE", 0)),
        attendees=tuple(
            Attendee(_address(each), str(each.params.get("PARTSTAT", "needs-action")).lower())
            for each in (people if isinstance(people, list) else [people])[:MOST_PEOPLE]
        ),
        comment="\n".join(
            str(each) for each in (comment if isinstance(comment, list) else [comment])
        ).strip(),
        begins=_time(event, "DTSTART"),
        ends=_time(event, "DTEND"),
    )


def _address(attendee: object) -> str:
    words = str(attendee).strip()
    return (words[7:] if words[:7].lower() == "mailto:" else words).strip().lower()


def _time(event: Component, name: str) -> datetime | date | None:
    value = getattr(event.get(name), "dt", None)
    return value if isinstance(value, date) else None
