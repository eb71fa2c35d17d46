"""What those who are invited answer: from their calendar by mail, or by the button on the interview's page."""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Protocol

from django.db import transaction
from django.db.models import QuerySet
from django.urls import reverse

from ats.accounts.models import User
from ats.activity.record import CanAct, record
from ats.calendars.actions.take_answers import locates, takes
from ats.calendars.domain import answers
from ats.calendars.domain.answers import Answer
from ats.calendars.domain.calendar_files import OWN_PREFIX
from ats.kernel.access import lock
from ats.kernel.errors import Invalid, Missing
from ats.mail import outbox
from ats.mail.incoming.calendars import CalendarAnswer
from candidates.applications.models import Application
from candidates.compose import letters
from candidates.internal.queries import recruiter_of
from candidates.interviews import mails, workflow
from candidates.interviews.actions import invite
from candidates.interviews.actions.seat import release
from candidates.interviews.models import Interview, InterviewSeat, InterviewState, Reply, SeatKind
from candidates.interviews.queries import calendar_files, facts

PROPOSED = 3
NOBODY = "Nobody else who could is free at that time: another time may be the better way."


class Substitute(Protocol):
    """Somebody who could take a seat, and why they are asked."""

    @property
    def user(self) -> User: ...
    @property
    def why(self) -> str: ...


Finder = Callable[[Interview], Sequence[Substitute]]
_substitutes: list[Finder] = []


def substituting(finder: Finder) -> Finder:
    """Let the decorated function say who could come to an interview in somebody's place, the likeliest first."""
    _substitutes.append(finder)
    return finder


ANSWERS = (Reply.ACCEPTED, Reply.DECLINED, Reply.TENTATIVE)


def answer(*, interview_id: int, reply: str, by: User, now: datetime) -> InterviewSeat:
    """Somebody who takes part says on the page whether they can; a no tells who arranges it."""
    if reply not in ANSWERS:
        raise Invalid("Say whether you can: accept or decline.", field="reply")
    with transaction.atomic():
        lock(Interview, interview_id)
        seat = _seats().filter(interview=interview_id, user=by).first()
        if seat is None:
            raise Missing("You do not take part in this interview.")
        workflow.check_ahead(seat.interview.state)
        _keep(seat, Reply(reply), by=by, now=now)
    return seat


@takes
def take(found: CalendarAnswer, now: datetime, sender: str) -> bool:
    """Keep what a calendar answered, for each whom it names; False if this is no answer to an interview.

    It is believed if it holds what stands in its reader's own file, or if `sender`, whom our mail server found
    true, is whom it speaks for. One to an older version of the interview changes nothing.
    """
    said = answers.read(found, OWN_PREFIX)
    with transaction.atomic():
        interview = Interview.objects.filter(uid=said[0].uid).first() if said else None
        if interview is None:
            return False
        lock(Interview, interview.pk)
        interview.refresh_from_db(fields=["state", "sequence", "candidate_reply", "calendar_secret"])
        if interview.state == InterviewState.BOOKED and interview.sequence == found.sequence:
            for each in said:
                _believe(interview, each, sender=sender, now=now)
    return True


@locates
def locate(found: CalendarAnswer) -> Mapping[str, int]:
    """Whose interview an answer is about, also where it cannot be kept."""
    uid = answers.meeting_in(found.uid, OWN_PREFIX)
    interview = (
        Interview.objects.filter(uid=uid).select_related("application__requisition").first() if uid else None
    )
    return interview.application.about() if interview else {}


def _believe(interview: Interview, answer: Answer, *, sender: str, now: datetime) -> None:
    seat = _seats().filter(interview=interview, user__email__iexact=answer.address).first()
    reader = seat.user_id if seat is not None else calendar_files.CANDIDATE
    if sender != answer.address and not answers.is_mark_of(interview.calendar_secret, answer.mark, reader):
        return
    if seat is not None:
        _keep(seat, Reply(answer.said), by=seat.user, now=now)
    else:
        _keep_candidates(interview, answer, now=now)


def _seats() -> QuerySet[InterviewSeat]:
    return InterviewSeat.objects.filter(released=False).select_related(
        "user", "interview__application__requisition__organisation", "interview__booked_by"
    )


def _keep(seat: InterviewSeat, reply: Reply, *, by: CanAct, now: datetime) -> None:
    if reply not in ANSWERS or seat.reply == reply:
        return
    seat.reply, seat.replied_at = reply, now
    seat.save(update_fields=["reply", "replied_at", "updated_at"])
    _record(seat.interview, reply, by=by, now=now, name=str(seat.user))
    if reply == Reply.DECLINED and seat.kind == SeatKind.SHADOW:
        _sits_in_no_more(seat, now=now)
    elif reply == Reply.DECLINED:
        _propose(seat, now=now)


def _sits_in_no_more(seat: InterviewSeat, *, now: datetime) -> None:
    """Nobody has to take the place of who only sits in; who else takes part is told."""
    release([seat])
    seat.interview.sequence += 1
    seat.interview.save(update_fields=["sequence"])
    invite.sits_in_no_more(seat.interview, seat, now=now)


def _record(interview: Interview, reply: Reply, *, by: CanAct, now: datetime, name: str) -> None:
    data = {
        "interview_id": interview.pk,
        "name": interview.name,
        "starts_at": interview.starts_at.isoformat(),
        "ends_at": interview.ends_at.isoformat(),
        "reply": reply.value,
        "interviewers": [name],
    }
    record("interview.replied", subject=interview, by=by, now=now, data=data)


def _propose(seat: InterviewSeat, *, now: datetime) -> None:
    """Tell who arranges it that somebody cannot, and who could instead."""
    application = Application.objects.whole().get(pk=seat.interview.application_id)
    others = _substitutes[0](seat.interview)[:PROPOSED]
    free = "\n".join(f"- {each.user}, {each.why}" for each in others)
    _to_owner(
        mails.DECLINED,
        seat.interview,
        application,
        path=reverse("replace_in_interview", args=[seat.interview_id, seat.pk]),
        key=f"declined:{seat.pk}:{now.isoformat()}",
        now=now,
        values={
            "interviewer.name": str(seat.user),
            "substitutes": f"Free at that time:\n\n{free}" if others else NOBODY,
        },
    )


def _keep_candidates(interview: Interview, answer: Answer, *, now: datetime) -> None:
    """What the candidate's calendar said; a no is told to who arranges it, for it moves nothing by itself."""
    application = Application.objects.whole().get(pk=interview.application_id)
    if application.candidate.email.lower() != answer.address:
        return
    reply = Reply(answer.said)
    if reply not in ANSWERS or interview.candidate_reply == reply:
        return
    interview.candidate_reply, interview.candidate_replied_at = reply, now
    interview.save(update_fields=["candidate_reply", "candidate_replied_at"])
    _record(interview, reply, by=application.candidate, now=now, name="")
    if reply != Reply.DECLINED:
        return
    _to_owner(
        mails.CANDIDATE_DECLINED,
        interview,
        application,
        path=reverse("application_interviews", args=[application.pk]),
        key=f"candidate-declined:{now.isoformat()}",
        now=now,
        values={},
    )


def _to_owner(
    role: str,
    interview: Interview,
    application: Application,
    *,
    key: str,
    path: str,
    now: datetime,
    values: dict[str, str],
) -> None:
    arranged_by = interview.booked_by
    owner = arranged_by if arranged_by and arranged_by.is_active else recruiter_of(application)
    known = facts.for_interviewer(interview, application, [], reader=owner)
    outbox.queue(
        role,
        to=letters.to_user(owner),
        message=outbox.write(
            role,
            organisation=application.requisition.organisation,
            language=owner.language,
            values=known | values | {"link": letters.staff_link(path)},
        ),
        key=f"interview:{interview.pk}:{interview.sequence}:{key}",
        now=now,
        about=application.about(),
    )
