"""What those who are invited answer: from their calendar by mail, or by the button on the interview's page."""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Protocol

from django.db import transaction
from django.urls import reverse

from ats.accounts.models import User
from ats.activity.record import CanAct, record
from ats.calendars.actions.take_answers import locates, takes
from ats.calendars.domain import answers
from ats.calendars.domain.answers import Answer
from ats.calendars.domain.calendar_files import OWN_PREFIX
from ats.kernel.access import lock
from ats.kernel.errors import Invalid, Missing
from ats.kernel.kept import kept
from ats.kernel.languages import Words, ours
from ats.kernel.staff_words import gettext
from ats.mail import outbox
from ats.mail.incoming.calendars import CalendarAnswer
from candidates.applications.models import Application
from candidates.compose import letters
from candidates.internal.queries import recruiter_of
from candidates.interviews import mails, workflow
from candidates.interviews.actions import invite
from candidates.interviews.actions.seat import release
from candidates.interviews.models import Interview, InterviewSeat, InterviewState, Reply, SeatKind
from candidates.interviews.queries import facts
from candidates.interviews.queries.invited import Invited, is_over, seats, whose

PROPOSED = 3
NOBODY = "Nobody else who could is free at that time: another time may be the better way."


class Substitute(Protocol):
    """Somebody who could take a seat, and why they are asked."""

    @property
    def user(self) -> User: ...
    @property
    def why(self) -> Words: ...


Finder = Callable[[Interview], Sequence[Substitute]]
_substitutes: list[Finder] = []


def substituting(finder: Finder) -> Finder:
    """Let the decorated function say who could come to an interview in somebody's place, the likeliest first."""
    _substitutes.append(finder)
    return finder


ANSWERS = (Reply.ACCEPTED, Reply.DECLINED, Reply.TENTATIVE)
ANSWERED = [
    "state", "starts_at", "ends_at", "sequence", "time_sequence", "candidate_reply", "candidate_comment",
    "calendar_secret",
]  # fmt: skip
"""What of an interview counts for an answer, read again under its lock."""


def answer(*, interview_id: int, reply: str, by: User, now: datetime) -> InterviewSeat:
    """Somebody who takes part says on the page whether they can; a no tells who arranges it."""
    if reply not in ANSWERS:
        raise Invalid(gettext("Say whether you can: accept or decline."), field="reply")
    with transaction.atomic():
        lock(Interview, interview_id)
        seat = seats().filter(interview=interview_id, user=by).first()
        if seat is None:
            raise Missing(gettext("You do not take part in this interview."))
        workflow.check_ahead(seat.interview.state)
        _keep(seat, Reply(reply), by=by, now=now)
    return seat


@takes
def take(found: CalendarAnswer, now: datetime, sender: str) -> bool:
    """Keep what a calendar answered, for each whom it names; False if nobody of an interview answered anything.

    One to a time that does not stand any more changes nothing, and is on record as that.
    """
    said = answers.read(found, OWN_PREFIX)
    with transaction.atomic():
        interview = Interview.objects.filter(uid=said[0].uid).first() if said else None
        if interview is None:
            return False
        lock(Interview, interview.pk)
        interview.refresh_from_db(fields=ANSWERED)
        if found.sequence > interview.sequence:  # a version that we never sent
            return False
        taken = [_believe(interview, each, sender=sender, now=now) for each in said]
    return any(taken)


@locates
def locate(found: CalendarAnswer) -> Mapping[str, int]:
    """Whose interview an answer is about, also where it cannot be kept."""
    uid = answers.meeting_in(found.uid, OWN_PREFIX)
    interview = (
        Interview.objects.filter(uid=uid).select_related("application__requisition").first() if uid else None
    )
    return interview.application.about() if interview else {}


def _believe(interview: Interview, answer: Answer, *, sender: str, now: datetime) -> bool:
    invited = whose(interview, answer, sender=sender)
    if invited is None:
        return False
    reply = Reply(answer.said)
    if is_over(interview, answer.sequence, now=now):
        came_late(interview, invited, said=ours(str)(reply.label).lower(), comment=answer.comment, now=now)
    elif invited.seat is not None:
        _keep(invited.seat, reply, comment=answer.comment, by=invited.seat.user, now=now)
    else:
        _keep_candidates(interview, invited.application, reply, comment=answer.comment, now=now)
    return True


def came_late(interview: Interview, invited: Invited, *, said: str, comment: str, now: datetime) -> None:
    """What they said to a time that does not stand any more: on record, and told to who arranges it."""
    record(
        "interview.replied_late",
        subject=interview,
        by=invited.person,
        now=now,
        data={"interview_id": interview.pk, "name": interview.name, "said": said, "body": comment},
        **invited.application.about(),
    )
    if interview.state == InterviewState.BOOKED and interview.ends_at > now:
        tell_owner(
            mails.ANSWERED_LATE,
            interview,
            invited.application,
            path=reverse("interview_for_me", args=[interview.pk]),
            key=f"late:{invited.reader}:{now.isoformat()}",
            now=now,
            values={"person.name": invited.name, "said": said, "comment": mails.quoted(comment)},
        )


def note(interview: Interview, invited: Invited, said: str, *, comment: str, now: datetime) -> None:
    """Keep an answer that goes with something else they said, which is told instead."""
    if said not in ANSWERS:
        return
    seat = invited.seat
    if seat is not None:
        seat.reply, seat.replied_at, seat.comment = Reply(said), now, comment
        seat.save(update_fields=["reply", "replied_at", "comment"])
    else:
        _write_candidates(interview, Reply(said), comment=comment, now=now)


def _keep(seat: InterviewSeat, reply: Reply, *, by: CanAct, now: datetime, comment: str = "") -> None:
    anew = seat.reply != reply
    if reply not in ANSWERS or not (anew or _is_new(comment, seat.comment)):
        return
    seat.reply, seat.replied_at, seat.comment = reply, now, comment
    seat.save(update_fields=["reply", "replied_at", "comment"])
    _record(seat.interview, reply, by=by, now=now, name=str(seat.user), comment=comment)
    if anew and reply == Reply.DECLINED and seat.kind == SeatKind.SHADOW:
        _sits_in_no_more(seat, now=now)
    elif anew and reply == Reply.DECLINED:
        _propose(seat, now=now)
    else:
        application = Application.objects.whole().get(pk=seat.interview.application_id)
        _tell_comment(seat.interview, Invited(application, seat), reply, comment=comment, now=now)


def _sits_in_no_more(seat: InterviewSeat, *, now: datetime) -> None:
    """Nobody has to take the place of who only sits in; who else takes part is told."""
    release([seat])
    seat.interview.sequence += 1
    seat.interview.save(update_fields=["sequence"])
    invite.sits_in_no_more(seat.interview, seat, now=now)


def _record(
    interview: Interview, reply: Reply, *, by: CanAct, now: datetime, name: str, comment: str
) -> None:
    data = {
        "interview_id": interview.pk,
        "name": interview.name,
        "starts_at": interview.starts_at.isoformat(),
        "ends_at": interview.ends_at.isoformat(),
        "reply": reply.value,
        "interviewers": [name],
        "body": comment,
    }
    record("interview.replied", subject=interview, by=by, now=now, data=data)


def _propose(seat: InterviewSeat, *, now: datetime) -> None:
    """Tell who arranges it that somebody cannot, and who could instead."""
    application = Application.objects.whole().get(pk=seat.interview.application_id)
    others = _substitutes[0](seat.interview)[:PROPOSED]
    free = "\n".join(f"- {each.user}, {ours(str)(each.why)}" for each in others)
    tell_owner(
        mails.DECLINED,
        seat.interview,
        application,
        path=reverse("replace_in_interview", args=[seat.interview_id, seat.pk]),
        key=f"declined:{seat.pk}:{now.isoformat()}",
        now=now,
        values={
            "interviewer.name": str(seat.user),
            "comment": mails.quoted(seat.comment),
            "substitutes": kept(f"Free at that time:\n\n{free}") if others else NOBODY,
        },
    )


def _is_new(comment: str, known: str) -> bool:
    """Whether they wrote something else; an answer that only repeats itself takes no words back."""
    return comment not in ("", known)


def _keep_candidates(
    interview: Interview, application: Application, reply: Reply, *, comment: str, now: datetime
) -> None:
    """What the candidate's calendar said; a no is told to who arranges it, for it moves nothing by itself."""
    anew = interview.candidate_reply != reply
    if reply not in ANSWERS or not (anew or _is_new(comment, interview.candidate_comment)):
        return
    _write_candidates(interview, reply, comment=comment, now=now)
    _record(interview, reply, by=application.candidate, now=now, name="", comment=comment)
    if not anew or reply != Reply.DECLINED:
        _tell_comment(interview, Invited(application, None), reply, comment=comment, now=now)
        return
    tell_owner(
        mails.CANDIDATE_DECLINED,
        interview,
        application,
        path=reverse("application_interviews", args=[application.pk]),
        key=f"candidate-declined:{now.isoformat()}",
        now=now,
        values={"comment": mails.quoted(comment)},
    )


def _write_candidates(interview: Interview, reply: Reply, *, comment: str, now: datetime) -> None:
    interview.candidate_reply, interview.candidate_replied_at = reply, now
    interview.candidate_comment = comment
    interview.save(update_fields=["candidate_reply", "candidate_replied_at", "candidate_comment"])


def _tell_comment(
    interview: Interview, invited: Invited, reply: Reply, *, comment: str, now: datetime
) -> None:
    """Whoever arranges it reads what somebody wrote beside an answer that calls for nothing by itself."""
    if not comment:
        return
    tell_owner(
        mails.COMMENTED,
        interview,
        invited.application,
        path=reverse("interview_for_me", args=[interview.pk]),
        key=f"commented:{invited.reader}:{now.isoformat()}",
        now=now,
        values={
            "person.name": invited.name,
            "said": ours(str)(reply.label).lower(),
            "comment": mails.quoted(comment),
        },
    )


def owner_of(interview: Interview, application: Application) -> User:
    """Who arranges it."""
    arranged_by = interview.booked_by
    return arranged_by if arranged_by and arranged_by.is_active else recruiter_of(application)


def tell_owner(
    role: str,
    interview: Interview,
    application: Application,
    *,
    key: str,
    path: str,
    now: datetime,
    values: dict[str, str],
) -> None:
    """A message to who arranges it; key: what tells it apart from others about this version."""
    owner = owner_of(interview, application)
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
