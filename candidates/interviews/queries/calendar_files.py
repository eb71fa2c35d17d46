"""An interview as a calendar file: one event for life, in a view of its own for each reader.

The candidate's file names whom they meet, and nothing that is for the house: no kit, no notes, and no way
to their portal either, since calendars are shared with others. An interviewer's file leads to the
signed-in page with the kit and the résumé.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext

from ats.accounts.models import User
from ats.calendars.actions.publish import PRODUCT, publishes
from ats.calendars.domain import answers, calendar_files
from ats.calendars.domain.calendar_files import Meeting, Party
from ats.kernel import staff_words
from ats.kernel.languages import for_colleagues, speaking
from ats.mail.message import sender
from ats.mail.outbox import Attachment
from candidates.applications.models import Application
from candidates.internal.models import KeptFrom
from candidates.interviews.models import Interview, InterviewSeat, InterviewState, Reply
from candidates.interviews.queries import facts
from candidates.people.models import Candidate
from requisitions.models import InterviewFormat

ALARMS = (timedelta(days=1), timedelta(hours=1))
STAFF_ALARMS = (timedelta(minutes=15),)


CANDIDATE = "candidate"
"""The reader who is none of our people; those are their numbers."""


def uid(interview: Interview, reader: int | str) -> str:
    """The event's id for life in this reader's calendar. Whoever answers under it has their file.

    An interview that was booked before there were secrets keeps the one id that all its files have.
    """
    return answers.uid_of(calendar_files.OWN_PREFIX, interview.uid, interview.calendar_secret, reader)


def page(interview: Interview) -> str:
    """The signed-in page of an interview for those who take part."""
    return settings.BASE_URL + reverse("interview_for_me", args=[interview.pk])


def for_candidate(
    interview: Interview,
    application: Application,
    seats: Sequence[InterviewSeat],
    *,
    cancelled: bool = False,
    refusal: str = "",
    now: datetime,
    filename: str = "interview.ics",
) -> Attachment:
    organisation = application.requisition.organisation
    candidate = application.candidate
    with speaking(candidate.language):
        people = gettext("You meet %(people)s.") % {"people": facts.who(seats)} if seats else ""
        location = facts.location(interview)
    texts = [interview.purpose, people, interview.preparation]
    meeting = Meeting(
        uid=uid(interview, CANDIDATE),
        sequence=interview.sequence,
        starts_at=interview.starts_at,
        ends_at=interview.ends_at,
        summary=f"{interview.name}: {application.requisition.title}, {organisation.name}",
        description="" if cancelled else "\n\n".join(filter(None, texts)),
        link=interview.video_link if interview.format == InterviewFormat.VIDEO else "",
        location=location,
        organiser=_organiser(application),
        attendees=(_as_attendee(interview, candidate),),
        alarms=ALARMS,
        cancelled=cancelled,
        refusal=refusal,
    )
    return calendar_files.invitation(meeting, filename=filename, product=PRODUCT, now=now)


def for_interviewer(
    interview: Interview,
    application: Application,
    seats: Iterable[InterviewSeat],
    *,
    reader: User,
    cancelled: bool = False,
    refusal: str = "",
    now: datetime,
) -> Attachment:
    """`seats` are those whom the file names: everybody who takes part, or the one it is cancelled for."""
    with speaking(for_colleagues(reader.language)):
        kit = staff_words.gettext("Kit and résumé:")
        location = facts.location(interview)
    meeting = Meeting(
        uid=uid(interview, reader.pk),
        sequence=interview.sequence,
        starts_at=interview.starts_at,
        ends_at=interview.ends_at,
        summary=f"{application.candidate.name}: {interview.name}, {application.requisition.title}",
        description="" if cancelled else f"{interview.purpose}\n\n{kit}".strip(),
        link=page(interview),
        location=location,
        organiser=_organiser(application),
        attendees=tuple(
            Party(name=str(seat.user), address=seat.user.email, answer=seat.reply.upper()) for seat in seats
        ),
        alarms=STAFF_ALARMS,
        cancelled=cancelled,
        refusal=refusal,
    )
    return calendar_files.invitation(meeting, filename="interview.ics", product=PRODUCT, now=now)


@publishes
def of_person(user: User, since: datetime, until: datetime) -> Iterable[Meeting]:
    """The interviews in which somebody takes part, for their own feed."""
    rows = Interview.objects.filter(
        seats__user=user,
        seats__released=False,
        state__in=[InterviewState.BOOKED, InterviewState.HELD],
        starts_at__range=(since, until),
    ).select_related("application__candidate")
    rows = rows.exclude(application__in=KeptFrom.objects.in_force().filter(user=user).values("application"))
    return [in_feed(each, user) for each in rows.defer("kit", "application__candidate__search")]


def in_feed(interview: Interview, user: User) -> Meeting:
    """As it stands in somebody's own feed: the name and the link, nothing to answer."""
    application = interview.application
    return Meeting(
        uid=uid(interview, user.pk),
        sequence=interview.sequence,
        starts_at=interview.starts_at,
        ends_at=interview.ends_at,
        summary=f"{application.candidate.name}: {interview.name}",
        link=page(interview),
    )


def _as_attendee(interview: Interview, candidate: Candidate) -> Party:
    """Who picked the time has said yes to it, and is not asked again."""
    answer = interview.candidate_reply
    asked = answer == Reply.NEEDS_ACTION
    return Party(name=candidate.name, address=candidate.email, answer=answer.upper(), is_asked=asked)


def _organiser(application: Application) -> Party:
    """The mailbox in which answers are read: not a person's own, who could not be invited then."""
    organisation = application.requisition.organisation
    return Party(name=organisation.name, address=organisation.reply_to or sender())
