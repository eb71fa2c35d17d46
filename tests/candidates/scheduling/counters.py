"""Times that somebody proposes from their calendar, as it writes them."""

from datetime import timedelta

from candidates.interviews.queries import calendar_files
from candidates.models import Interview, ProposedTime
from tests import factories
from tests.candidates.interviews.builders import in_play, interviewers
from tests.factories import NOW

LATER = NOW + timedelta(minutes=5)


def counter(
    interview,
    begins="DTSTART:20261126T140000Z",
    ends="DTEND:20261126T150000Z",
    *,
    by="ada@example.com",
    reader=None,
    sequence=None,
    partstat="TENTATIVE",
    comment="",
    method="METHOD:COUNTER",
    attendees=None,
):
    if reader is None:
        seat = interview.seats.filter(user__email=by).first()
        reader = seat.user_id if seat else calendar_files.CANDIDATE
    lines = [
        "BEGIN:VCALENDAR",
        "PRODID:-//Example//Calendar//EN",
        "VERSION:2.0",
        method,
        "BEGIN:VEVENT",
        f"UID:{calendar_files.uid(interview, reader)}",
        "DTSTAMP:20261124T100500Z",
        f"SEQUENCE:{interview.sequence if sequence is None else sequence}",
        begins,
        ends,
        "ORGANIZER:mailto:hiring@example.com",
        *([f"ATTENDEE;PARTSTAT={partstat}:mailto:{by}"] if attendees is None else attendees),
        *([f"COMMENT:{comment}"] if comment else []),
        "END:VEVENT",
        "END:VCALENDAR",
        "",
    ]
    return "\r\n".join(line for line in lines if line).encode()


def the_one():
    return ProposedTime.objects.get(state="open")


def states():
    return list(ProposedTime.objects.order_by("pk").values_list("state", flat=True))


def other_at(interview, place, starts_at, **facts):
    role = interview.application.requisition
    other = factories.make_interview(
        in_play(facts.pop("role", role)), people=interviewers(role, 1), starts_at=starts_at, **facts
    )
    Interview.objects.filter(pk=other.pk).update(place=place, format=facts.get("format", "on_site"))
    return other
