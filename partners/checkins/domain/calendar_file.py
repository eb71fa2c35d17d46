"""A check-in as a calendar file."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.conf import settings

from ats.accounts.models import User
from ats.calendars.domain import calendar_files
from ats.calendars.domain.calendar_files import Meeting, Party
from ats.mail.outbox import Attachment
from partners.checkins.models import CheckIn


def invitation(
    check_in: CheckIn,
    *,
    cancelled: bool,
    organiser: User,
    attendees: Iterable[User],
    description: str,
    link: str,
    now: datetime,
) -> Attachment:
    """The file for this state of the check-in; its `sequence` says which one is newer."""
    meeting = Meeting(
        uid=f"check-in-{check_in.uid}@{settings.MAIL_DOMAIN}",
        sequence=check_in.sequence,
        starts_at=check_in.scheduled_at,
        ends_at=check_in.scheduled_at + timedelta(minutes=check_in.minutes),
        summary=f"Check-in: {check_in.partnership.requisition.title}",
        description=description,
        link=link,
        organiser=_party(organiser),
        attendees=tuple(map(_party, attendees)),
        cancelled=cancelled,
    )
    return calendar_files.invitation(meeting, filename="check-in.ics", product="Check-ins", now=now)


def _party(person: User) -> Party:
    return Party(name=str(person), address=person.email)
