"""Calendar files: the same event for life, whatever happens to it (RFC 5545, RFC 5546)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from icalendar import Alarm, Calendar, Event, vCalAddress, vText

from ats.mail.outbox import Attachment
from ats.mail.render import one_line

REQUEST, CANCEL, DECLINE_COUNTER = "REQUEST", "CANCEL", "DECLINECOUNTER"
OWN_PREFIX = "interview-"
"""How the number of a meeting begins that we ourselves have put into a calendar, and know better than it does."""


@dataclass(frozen=True, kw_only=True)
class Party:
    """Somebody of a meeting. `answer` is what they have said so far, as PARTSTAT has it."""

    name: str
    address: str
    answer: str = "NEEDS-ACTION"
    is_asked: bool = True


@dataclass(frozen=True, kw_only=True)
class Meeting:
    """A meeting as one reader's calendar is to show it.

    `uid` never changes; `sequence` rises with every change and with the cancelling, or calendars pass the
    change over. `alarms` say how long before its start the reader is reminded. `refusal`: why another time
    that the reader proposed is not taken; such a file leaves the meeting as it is.
    """

    uid: str
    sequence: int
    starts_at: datetime
    ends_at: datetime
    summary: str
    description: str = ""
    link: str = ""
    location: str = ""
    organiser: Party | None = None
    attendees: tuple[Party, ...] = ()
    alarms: tuple[timedelta, ...] = ()
    cancelled: bool = False
    refusal: str = ""

    @property
    def method(self) -> str:
        if self.refusal:
            return DECLINE_COUNTER
        return CANCEL if self.cancelled else REQUEST


def invitation(meeting: Meeting, *, filename: str, product: str, now: datetime) -> Attachment:
    """The file that puts the meeting into a calendar, moves it there, or takes it out again."""
    method = meeting.method
    file = _calendar(product)
    file.add("method", method)
    file.add_component(_event(meeting, now=now))
    return Attachment(filename=filename, content_type="text/calendar", content=file.to_ical(), method=method)


def published(meetings: Iterable[Meeting], *, name: str, product: str, now: datetime) -> bytes:
    """A calendar that somebody subscribes to."""
    file = _calendar(product)
    file.add("method", "PUBLISH")
    file.add("x-wr-calname", one_line(name))
    for meeting in meetings:
        file.add_component(_event(meeting, now=now))
    return file.to_ical()


def _calendar(product: str) -> Calendar:
    file = Calendar()
    file.add("prodid", f"-//Accord//{product}//EN")
    file.add("version", "2.0")
    return file


def _event(meeting: Meeting, *, now: datetime) -> Event:
    event = Event()
    event.add("uid", meeting.uid)
    event.add("sequence", meeting.sequence)
    event.add("dtstamp", now.astimezone(UTC))
    event.add("dtstart", meeting.starts_at.astimezone(UTC))
    event.add("dtend", meeting.ends_at.astimezone(UTC))
    event.add("summary", one_line(meeting.summary))
    event.add("status", "CANCELLED" if meeting.cancelled else "CONFIRMED")
    for name, text in (
        ("description", "\n\n".join(filter(None, (meeting.description, meeting.link)))),
        ("location", one_line(meeting.location)),
        ("url", meeting.link),
        ("comment", meeting.refusal),
    ):
        if text:
            event.add(name, text)
    if meeting.organiser is not None:
        event.add("organizer", _address(meeting.organiser), encode=False)
    for person in meeting.attendees:
        event.add("attendee", _attendee(person), encode=False)
    if meeting.method == REQUEST:
        for before in meeting.alarms:
            event.add_component(_alarm(meeting, before))
    return event


def _alarm(meeting: Meeting, before: timedelta) -> Alarm:
    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("description", one_line(meeting.summary))
    alarm.add("trigger", -before)
    return alarm


def _attendee(person: Party) -> vCalAddress:
    address = _address(person)
    address.params["ROLE"] = vText("REQ-PARTICIPANT")
    address.params["PARTSTAT"] = vText(person.answer)
    address.params["RSVP"] = vText("TRUE" if person.is_asked else "FALSE")
    return address


def _address(person: Party) -> vCalAddress:
    address = vCalAddress(f"mailto:{one_line(person.address)}")
    # A quotation mark would end the parameter.
    address.params["CN"] = vText(one_line(person.name).replace('"', "'"))
    return address
