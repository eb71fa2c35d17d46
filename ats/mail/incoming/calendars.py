"""What a calendar answers to an invitation (RFC 5546, 6047): whose answer, to which event, in which of its versions."""

import re
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from email.message import Message

from icalendar import Calendar, Component

from ats.mail.incoming.parsing import content, own_parts, param

ANSWERS = frozenset({"reply", "counter", "refresh"})
"""Methods by which somebody answers; with the others they would invite us, which is a letter of theirs."""
TYPES = frozenset({"text/calendar", "application/ics", "text/x-vcalendar"})
LONGEST, LONGEST_WITH_WORDS = 100_000, 2_000_000
"""So many bytes of a file are taken apart; of one that is longer by its words alone, the words are cut before."""
MOST_EVENTS, MOST_PEOPLE = 20, 200
LONGEST_COMMENT = 2_000
FOLD = re.compile(rb"\r?\n[ \t]")
WORDS = re.compile(rb"(?:COMMENT|DESCRIPTION|SUMMARY|X-ALT-DESC)[;:]", re.IGNORECASE)

Mended = Callable[[bytes], bytes]
"""What makes a file one with usual names of time zones (see `ats.calendars.domain.zones`)."""


@dataclass(frozen=True)
class Attendee:
    address: str
    reply: str


@dataclass(frozen=True)
class CalendarAnswer:
    """One event of a calendar's answer; `begins` and `ends` are another time where its method is `counter`.

    `sent_by`: whom the message names as its sender, which proves nothing.
    """

    method: str
    uid: str
    sequence: int
    attendees: tuple[Attendee, ...]
    comment: str = ""
    begins: datetime | date | None = None
    ends: datetime | date | None = None
    sent_by: str = ""


def has_answer(message: Message) -> bool:
    return any(_method(part, file) in ANSWERS for part, file in _files(message))


def answers(message: Message, *, mended: Mended | None = None) -> tuple[CalendarAnswer, ...]:
    """All that calendars answer in this message; without what nobody can read."""
    found = (read(file, param(part, "method"), mended=mended) for part, file in _files(message))
    return tuple(each for several in found for each in several)


def read(file: bytes, method: str = "", *, mended: Mended | None = None) -> tuple[CalendarAnswer, ...]:
    """The answers in a calendar's file; `method` is what stands in the header of its part, where the file says none."""
    file = _shortened(file)
    if len(file) > LONGEST:
        return ()
    found: list[CalendarAnswer] = []
    with suppress(ValueError, KeyError, TypeError, AttributeError, IndexError, RecursionError):
        for calendar in Calendar.from_ical(mended(file) if mended else file, multiple=True):
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


def _shortened(file: bytes) -> bytes:
    """The file with words that are too long cut: whoever writes much has answered all the same."""
    if not LONGEST < len(file) <= LONGEST_WITH_WORDS:
        return file
    lines = FOLD.sub(b"", file).splitlines()
    return b"\r\n".join(_cut(line) if WORDS.match(line) else line for line in lines)


def _cut(line: bytes) -> bytes:
    return line[: LONGEST_COMMENT * 8].decode("utf-8", "ignore").encode()


def _of_event(event: Component, method: str) -> CalendarAnswer:
    people = event.get("ATTENDEE", [])
    begins = _time(event, "DTSTART")
    return CalendarAnswer(
        method=method,
        uid=str(event["UID"]),
        sequence=int(event.get("SEQUENCE", 0)),
        attendees=tuple(
            Attendee(_address(each), str(each.params.get("PARTSTAT", "needs-action")).lower())
            for each in (people if isinstance(people, list) else [people])[:MOST_PEOPLE]
        ),
        comment=_comment(event),
        begins=begins,
        ends=_time(event, "DTEND") or _after(begins, event),
    )


def _comment(event: Component) -> str:
    """What somebody says beside their answer, as text that a row can hold: its first 2,000 characters."""
    said = event.get("COMMENT", "")
    words = "\n".join(str(each) for each in (said if isinstance(said, list) else [said]))
    words = words.replace("\x00", "").encode("utf-8", "replace").decode("utf-8").strip()
    return words if len(words) <= LONGEST_COMMENT else f"{words[: LONGEST_COMMENT - 1].rstrip()}…"


def _address(attendee: object) -> str:
    words = str(attendee).strip()
    return (words[7:] if words[:7].lower() == "mailto:" else words).strip().lower()


def _time(event: Component, name: str) -> datetime | date | None:
    value = getattr(event.get(name), "dt", None)
    return value if isinstance(value, date) else None


def _after(begins: datetime | date | None, event: Component) -> datetime | date | None:
    """The end where an event says how long it takes instead (RFC 5545, 3.8.2.5)."""
    length = getattr(event.get("DURATION"), "dt", None)
    return begins + length if begins is not None and isinstance(length, timedelta) else None
