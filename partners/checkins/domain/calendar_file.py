"""A check-in as a calendar file."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from ats.accounts.models import User
from ats.calendars.domain import answers, calendar_files
from ats.calendars.domain.calendar_files import Meeting, Party
from ats.kernel.kept import retold
from ats.kernel.languages import for_colleagues, speaking
from ats.kernel.staff_words import gettext
from ats.mail.message import sender
from ats.mail.outbox import Attachment
from partners.checkins.models import CheckIn
from partners.partnerships.models import PartnerSide

PREFIX = "check-in-"
"""How the number of a check-in begins in calendars."""


def invitation(
    check_in: CheckIn,
    *,
    reader: User,
    cancelled: bool,
    attendees: Iterable[User],
    description: str,
    link: str,
    now: datetime,
) -> Attachment:
    """The file for this state of the check-in in its reader's calendar; its `sequence` says which one is newer.

    What it says is put together in English, as agendas are kept, and said in the reader's language.
    """
    with speaking(for_colleagues(reader.language)):
        title = {"title": check_in.partnership.requisition.title}
        summary, description = gettext("Check-in: %(title)s") % title, retold(description)
    meeting = Meeting(
        uid=answers.uid_of(PREFIX, check_in.uid, check_in.calendar_secret, reader.pk),
        sequence=check_in.sequence,
        starts_at=check_in.scheduled_at,
        ends_at=check_in.scheduled_at + timedelta(minutes=check_in.minutes),
        summary=summary,
        description=description,
        link=link,
        organiser=_organiser(check_in),
        attendees=tuple(_party(person, _said(check_in, person)) for person in attendees),
        cancelled=cancelled,
    )
    return calendar_files.invitation(meeting, filename="check-in.ics", product="Check-ins", now=now)


def _organiser(check_in: CheckIn) -> Party:
    """The mailbox in which answers are read; the recruiter where calendars know it so, from before there was one."""
    role = check_in.partnership.requisition
    if not check_in.calendar_secret:
        return _party(role.recruiter)
    return Party(name=role.organisation.name, address=role.organisation.reply_to or sender())


def _said(check_in: CheckIn, person: User) -> str:
    role = check_in.partnership.requisition
    sides = {role.hiring_manager: PartnerSide.MANAGER, role.recruiter: PartnerSide.RECRUITER}
    side = sides.get(person)
    if side is None:
        return answers.NEEDS_ACTION
    if check_in.is_confirmed(side):
        return answers.ACCEPTED
    return answers.DECLINED if check_in.cannot(side) else answers.NEEDS_ACTION


def _party(person: User, said: str = answers.NEEDS_ACTION) -> Party:
    return Party(name=str(person), address=person.email, answer=said.upper())
