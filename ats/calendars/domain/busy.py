"""When the calendar of a subscription is busy: `python -m ats.calendars.domain.busy FOLDER`, shut in.

A stranger's server wrote the file, so it is read in the process that reads documents (see
`ats/sandbox/child.py`), without network and not for long: a repetition rule can ask for
more moments than there are. FOLDER/question.json says what is wanted; FOLDER/result.json has the busy times
as seconds since 1970. What the events are about does not leave this process.
"""

import json
import os
import sys
import tempfile
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from datetime import UTC, date, datetime, time
from itertools import chain
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from ats.calendars.domain import zones

SECONDS = 40
MOST = 5_000
"""So many busy times are kept of one calendar; who has more is busy at all of them."""

Span = tuple[int, int]


@dataclass(frozen=True)
class Question:
    """Which times are wanted, of whom: all-day and floating times are in the owner's zone."""

    since: int
    until: int
    zone: str
    owner: str
    own_prefix: str
    own_suffix: str


def read(content: bytes, question: Question) -> tuple[list[Span], str]:
    """The busy times in a calendar file, merged and in order; or why it could not be read, in plain words."""
    from ats.sandbox import run_child

    with tempfile.TemporaryDirectory(prefix="calendar-") as name:
        folder = Path(name)
        (folder / "file").write_bytes(content)
        (folder / "question.json").write_text(json.dumps(asdict(question)))
        if not run_child("ats.calendars.domain.busy", name, seconds=SECONDS):
            return [], "Reading it took too long: it repeats itself far too often, or is far too large."
        try:
            result = json.loads((folder / "result.json").read_bytes())
            if problem := result.get("problem"):
                return [], str(problem)[:300]
            return [(int(start), int(end)) for start, end in result["busy"][:MOST]], ""
        except (OSError, ValueError, KeyError, TypeError, AttributeError):
            return [], "It could not be read safely: it is far larger than a calendar is."


def busy(content: bytes, question: Question) -> list[Span]:
    """The same in this process; raises whatever the file makes the parser raise."""
    import recurring_ical_events
    from icalendar import Calendar

    from ats.sandbox.child import Unreadable

    if b"BEGIN:VCALENDAR" not in content[:4096].upper():
        raise Unreadable("What stands there is not a calendar.")
    since, until = (datetime.fromtimestamp(each, UTC) for each in (question.since, question.until))
    zone = ZoneInfo(question.zone)
    spans: list[Span] = []
    for calendar in Calendar.from_ical(zones.mended(content), multiple=True):
        _leave_out_what_never_begins(calendar)
        found = recurring_ical_events.of(calendar, skip_bad_series=True).between(since, until)
        spans += chain(
            (_span(event, zone) for event in found if _counts(event, question)), _told(calendar, zone)
        )
    inside = ((max(start, question.since), min(end, question.until)) for start, end in spans)
    return list(merged(span for span in inside if span[0] < span[1]))[:MOST]


def _counts(event: Any, question: Question) -> bool:
    """Whether its owner is busy then, for a reason other than an interview of ours."""
    said = {name: str(event.get(name, "")).strip().upper() for name in ("STATUS", "TRANSP")}
    free = str(event.get("X-MICROSOFT-CDO-BUSYSTATUS", "")).strip().upper() in {"FREE", "WORKINGELSEWHERE"}
    if said["STATUS"] == "CANCELLED" or said["TRANSP"] == "TRANSPARENT" or free:
        return False
    uid = str(event.get("UID", ""))
    if uid.startswith(question.own_prefix) and uid.endswith(question.own_suffix):
        return False
    attendees = event.get("ATTENDEE", [])
    for each in attendees if isinstance(attendees, list) else [attendees]:
        address = str(each).lower().removeprefix("mailto:").strip()
        if address == question.owner.lower() and str(each.params.get("PARTSTAT", "")).upper() == "DECLINED":
            return False
    return True


def _leave_out_what_never_begins(calendar: Any) -> None:
    """An event that does not say when it begins is at no time; the others of the file are."""
    kept = [each for each in calendar.subcomponents if each.name != "VEVENT" or "DTSTART" in each]
    calendar.subcomponents[:] = kept


def _told(calendar: Any, zone: ZoneInfo) -> Iterator[Span]:
    """The times that VFREEBUSY components tell; every type but FREE is busy, also an unknown one (RFC 5545, 3.2.9).

    They do not say what for, so an interview of ours in them counts as well.
    """
    from icalendar.timezone import tzp

    for component in calendar.walk("VFREEBUSY"):
        told = component.get("FREEBUSY", [])
        for period in told if isinstance(told, list) else [told]:
            if str(period.params.get("FBTYPE", "")).strip().upper() != "FREE":
                # They ought to be in UTC; who writes a zone beside them means that one.
                here = tzp.timezone(str(period.params.get("TZID", ""))) or zone
                yield _moment(period.start, here), _moment(period.end, here)


def _span(event: Any, zone: ZoneInfo) -> Span:
    start = event.decoded("DTSTART")
    end = event.decoded("DTEND", start)
    begins, ends = _moment(start, zone), _moment(end, zone)
    if ends <= begins and isinstance(start, datetime) and isinstance(end, datetime):
        # It begins in an hour that the clocks skipped: it lasts as long as they would say on any other night.
        ends = begins + int((end.replace(tzinfo=None) - start.replace(tzinfo=None)).total_seconds())
    return begins, ends


def _moment(value: date | datetime, zone: ZoneInfo) -> int:
    """A day begins, and a time without a zone is, where the owner is."""
    if not isinstance(value, datetime):
        value = datetime.combine(value, time(), tzinfo=zone)
    elif value.tzinfo is None:
        value = value.replace(tzinfo=zone)
    return int(value.timestamp())


def merged(spans: Iterable[Span]) -> Iterator[Span]:
    """What overlaps or touches as one, in order."""
    last: Span | None = None
    for start, end in sorted(spans):
        if last is not None and start <= last[1]:
            last = (last[0], max(last[1], end))
            continue
        if last is not None:
            yield last
        last = (start, end)
    if last is not None:
        yield last


def main(folder: Path) -> None:
    # Libraries are loaded while they still may be.
    import recurring_ical_events  # noqa: F401

    from ats.sandbox.child import answer

    question = Question(**json.loads((folder / "question.json").read_text()))
    answer(folder, lambda: {"busy": busy((folder / "file").read_bytes(), question)})


if __name__ == "__main__":
    main(Path(sys.argv[1]))
    os._exit(0)  # nothing that a parser left behind may run any more
