"""A check-in as a calendar file: the same event for life, whatever happens to it (RFC 5545, RFC 5546)."""

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta

from django.conf import settings
from icalendar import Calendar, Event, vCalAddress, vText

from ats.accounts.models import User
from ats.mail.outbox import Attachment
from ats.mail.render import one_line
from partners.checkins.models import CheckIn

REQUEST, CANCEL = "REQUEST", "CANCEL"


def invitation(
    check_in: CheckIn,
    *,
    method: str,
    organiser: User,
    attendees: Iterable[User],
    description: str,
    link: str,
    now: datetime,
) -> Attachment:
    """The file for this state of the check-in; its `sequence` says which one is newer."""
    event = Event()
    event.add("uid", f"check-in-{check_in.uid}@{settings.MAIL_DOMAIN}")
    event.add("sequence", check_in.sequence)
    event.add("dtstamp", now.astimezone(UTC))
    starts_at = check_in.scheduled_at.astimezone(UTC)
    event.add("dtstart", starts_at)
    event.add("dtend", starts_at + timedelta(minutes=check_in.minutes))
    event.add("summary", f"Check-in: {check_in.partnership.requisition.title}")
    event.add("description", f"{description}\n\n{link}".strip())
    event.add("url", link)
    event.add("status", "CANCELLED" if method == CANCEL else "CONFIRMED")
    event.add("organizer", _address(organiser))
    for person in attendees:
        address = _address(person)
        address.params["ROLE"] = vText("REQ-PARTICIPANT")
        address.params["PARTSTAT"] = vText("NEEDS-ACTION")
        address.params["RSVP"] = vText("TRUE")
        event.add("attendee", address, encode=False)
    file = Calendar()
    file.add("prodid", "-//Accord//Check-ins//EN")
    file.add("version", "2.0")
    file.add("method", method)
    file.add_component(event)
    return Attachment(
        filename="check-in.ics",
        content_type="text/calendar",
        content=file.to_ical(),
        method=method,
    )


def _address(person: User) -> vCalAddress:
    address = vCalAddress(f"mailto:{person.email}")
    # A quotation mark would end the parameter.
    address.params["CN"] = vText(one_line(str(person)).replace('"', "'"))
    return address
