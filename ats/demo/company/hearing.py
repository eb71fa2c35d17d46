"""What comes in at the end of the demo's story: calendars' answers, another time, a letter that came back."""

from datetime import datetime, timedelta

from django.db import transaction

from ats.calendars.domain import answers
from ats.demo.company.timeline import Timeline
from ats.mail.actions import note_bounce
from ats.mail.incoming import Failure, Incoming, Kind
from ats.mail.incoming.calendars import Attendee, CalendarAnswer
from ats.mail.message import message_id
from ats.mail.models import OutgoingMail
from candidates.interviews.actions import reply as replies
from candidates.interviews.queries import calendar_files
from candidates.models import Application, Interview
from candidates.scheduling.actions import propose_times
from candidates.scheduling.actions.change_times import search_again
from candidates.scheduling.domain.slots import free_slots


def tell(story: Timeline) -> None:
    """In the last hours before now, when nothing else happens any more."""
    ahead = Interview.objects.ahead().filter(starts_at__gt=story.now + timedelta(hours=4))
    rows = list(ahead.select_related("application__candidate", "request", "planned").order_by("starts_at"))
    for interview in rows[:1]:
        _answer(interview, now=story.now - timedelta(hours=3))
    for interview in rows[1:2] or rows[:1]:
        _propose(interview, now=story.now - timedelta(hours=2))
    _come_back(now=story.now - timedelta(minutes=40))
    story.pass_by(story.now)  # whoever is to know of it has been written to


def _answer(interview: Interview, *, now: datetime) -> None:
    """An interviewer comes, with a word about it."""
    seat = interview.seats.filter(released=False).select_related("user").order_by("pk").first()
    if seat is None:
        return
    said = CalendarAnswer(
        "reply",
        calendar_files.uid(interview, seat.user_id),
        interview.sequence,
        (Attendee(seat.user.email, answers.ACCEPTED),),
        comment="I may be five minutes late: the stand-up before it runs over now and then.",
    )
    replies.take(said, now, "")


def _propose(interview: Interview, *, now: datetime) -> None:
    """A candidate proposes another time at which everybody can."""
    interview.application = Application.objects.whole().get(pk=interview.application_id)
    other = [
        slot for slot in free_slots(search_again(interview, now=now)) if slot.starts_at != interview.starts_at
    ]
    if not other:
        return
    slot, candidate = other[len(other) // 2], interview.application.candidate
    said = CalendarAnswer(
        "counter",
        calendar_files.uid(interview, calendar_files.CANDIDATE),
        interview.sequence,
        (Attendee(candidate.email, answers.TENTATIVE),),
        comment="My daughter's school has moved its open day. Would this time do as well?",
        begins=slot.starts_at,
        ends=slot.ends_at,
    )
    propose_times.take_proposal(said, now, "")


def _come_back(*, now: datetime) -> None:
    """The newest letter to somebody who waits came back: their mailbox is full."""
    waiting = Application.objects.active().values("pk")
    role = "application.acknowledged"
    mail = OutgoingMail.objects.filter(role=role, application_id__in=waiting).order_by("-sent_at").first()
    if mail is not None:
        full = Failure(mail.to, "5.2.2", "552 5.2.2 The mailbox is full.")
        report = Incoming(Kind.FAILURE, message_id(mail), (full,))
        with transaction.atomic():
            note_bounce(mail, report=report, now=now)
