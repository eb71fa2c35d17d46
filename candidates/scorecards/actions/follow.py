"""Scorecards follow their interview: asked for when it is booked, moved with it, not needed when it is off.

One way for all that can happen to an interview: look at how it stands, and make the scorecards fit.
"""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from django.db import transaction

from ats.accounts.models import User
from ats.activity.record import record
from ats.kernel.access import lock
from candidates.applications.models import Application, ApplicationState
from candidates.internal.queries import kept_people
from candidates.interviews.models import Interview, InterviewSeat, InterviewState, SeatKind
from candidates.scorecards import workflow
from candidates.scorecards.domain.due import due_at
from candidates.scorecards.models import Scorecard, ScorecardMark, ScorecardState
from requisitions.models import Criterion, Requisition

ASKS = (InterviewState.BOOKED, InterviewState.HELD)

LEFT = "they have left"

WHY_NOT: Mapping[str, str] = {
    InterviewState.CANCELLED: "the interview was cancelled",
    InterviewState.NO_SHOW: "the interview did not take place",
}


def follow(*, interview_id: int, by: User | None, now: datetime) -> list[Scorecard]:
    """Make the scorecards of this interview fit it; those that are owed now. Doing it again changes nothing.

    What is handed in stays as it is, whatever becomes of the interview.
    """
    with transaction.atomic():
        interview = _locked(interview_id)
        wanted = _wanted(interview)
        known = {
            card.interviewer_id: card
            for card in interview.scorecards.select_for_update(no_key=True).prefetch_related("interviewer")
        }
        for card in known.values():
            if card.interviewer_id not in wanted and card.state == ScorecardState.DRAFT:
                _end(card, interview, by=by, now=now)
        due = due_at(interview, now=now)
        owed = [
            _owed(known.get(user.pk), interview, user, due=due, by=by, now=now) for user in wanted.values()
        ]
    return [card for card in owed if card is not None]


def follow_application(*, application_id: int, by: User | None, now: datetime) -> None:
    """The application has ended, or is open again: all of its interviews are looked at."""
    rows = Interview.objects.filter(application=application_id, scorecards__isnull=False).order_by("pk")
    for number in rows.values_list("pk", flat=True).distinct():
        follow(interview_id=number, by=by, now=now)


def follow_person(*, user_id: int, by: User | None, now: datetime) -> None:
    """Somebody has left, or is back: all that they owe, or owed, is looked at."""
    unwritten = Scorecard.objects.filter(interviewer=user_id).exclude(state=ScorecardState.SUBMITTED)
    active = unwritten.filter(application__state=ApplicationState.ACTIVE, interview__state__in=ASKS)
    for number in active.order_by("interview").values_list("interview", flat=True):
        follow(interview_id=number, by=by, now=now)


def _end(card: Scorecard, interview: Interview, *, by: User | None, now: datetime) -> None:
    """It is not owed any more: not needed, or lost with somebody who left after the interview."""
    is_lost = _is_asked(interview) and interview.ends_at <= now and not card.interviewer.is_active
    if not is_lost:
        cancel(card, interview, why=_why_not(interview, card.interviewer), by=by, now=now)
        return
    workflow.check(card.state, ScorecardState.NEVER)
    card.state, card.why_never, card.nudge_at = ScorecardState.NEVER, LEFT, None
    card.save(update_fields=["state", "why_never", "nudge_at"])
    data = facts(card, interview) | {"why": card.why_never}
    record("scorecard.never_given", subject=card, by=by, now=now, data=data)


def cancel(card: Scorecard, interview: Interview, *, why: str, by: User | None, now: datetime) -> None:
    workflow.check(card.state, ScorecardState.CANCELLED)
    card.state, card.nudge_at = ScorecardState.CANCELLED, None
    card.save(update_fields=["state", "nudge_at"])
    record("scorecard.cancelled", subject=card, by=by, now=now, data=facts(card, interview) | {"why": why})


def facts(card: Scorecard, interview: Interview) -> dict[str, Any]:
    """What the record keeps of a scorecard: whose, about which interview, by when; nothing of what is in it."""
    return {
        "interview_id": interview.pk,
        "interview": interview.name,
        "interviewer": str(card.interviewer),
        "interviewer_id": card.interviewer_id,
        "side": _side(card, interview.application.requisition),
        "due_at": card.due_at.isoformat(),
    }


def _side(card: Scorecard, requisition: Requisition) -> str:
    """Whose it is to bring: the manager's own, the recruiter's own, or somebody's of the team."""
    sides = {requisition.hiring_manager_id: "manager", requisition.recruiter_id: "recruiter"}
    return sides.get(card.interviewer_id, "team")


def _locked(interview_id: int) -> Interview:
    """The interview, under its application's lock, which every move, decision and hand-in takes first."""
    lock(Application, Interview.objects.values_list("application", flat=True).get(pk=interview_id))
    return Interview.objects.select_related(
        "application__candidate", "application__requisition__organisation__calendar"
    ).get(pk=interview_id)


def _wanted(interview: Interview) -> dict[int, User]:
    """Those who take part and can write, while there is something to find out."""
    if not _is_asked(interview):
        return {}
    seats = InterviewSeat.objects.filter(interview=interview, released=False, user__is_active=True)
    takers = seats.filter(kind=SeatKind.INTERVIEWER).exclude(user__in=kept_people(interview.application_id))
    return {seat.user_id: seat.user for seat in takers.select_related("user").order_by("pk")}


def _is_asked(interview: Interview) -> bool:
    return interview.state in ASKS and interview.application.state == ApplicationState.ACTIVE


def _why_not(interview: Interview, interviewer: User) -> str:
    if interview.application.state != ApplicationState.ACTIVE:
        return "the application has ended"
    otherwise = "somebody else takes part" if interviewer.is_active else LEFT
    return WHY_NOT.get(interview.state, otherwise)


def _owed(
    card: Scorecard | None,
    interview: Interview,
    user: User,
    *,
    due: datetime,
    by: User | None,
    now: datetime,
) -> Scorecard | None:
    if card is None:
        return _open(interview, user, due=due, by=by, now=now)
    if card.state == ScorecardState.SUBMITTED:
        return None
    again = card.state in {ScorecardState.CANCELLED, ScorecardState.NEVER}
    # Before its end the first reminder is always at the end: another time of it means another interview time.
    moved = interview.ends_at > now and card.nudge_at != interview.ends_at
    if again:
        workflow.check(card.state, ScorecardState.DRAFT)
    if again or moved:
        card.state, card.due_at, card.nudge_at, card.nudges = ScorecardState.DRAFT, due, interview.ends_at, 0
        card.why_never = ""
        card.save(update_fields=["state", "due_at", "nudge_at", "nudges", "why_never"])
    if again:
        record("scorecard.opened", subject=card, by=by, now=now, data=facts(card, interview))
    return card


def _open(interview: Interview, user: User, *, due: datetime, by: User | None, now: datetime) -> Scorecard:
    card = Scorecard.objects.create(
        interview=interview,
        application=interview.application,
        interviewer=user,
        due_at=due,
        nudge_at=interview.ends_at,
    )
    ScorecardMark.objects.bulk_create(_marks(card, interview.kit.get("criteria", [])))
    record("scorecard.opened", subject=card, by=by, now=now, data=facts(card, interview))
    return card


def _marks(card: Scorecard, criteria: Iterable[Mapping[str, Any]]) -> list[ScorecardMark]:
    criteria = list(criteria)
    # The kit is a copy: a criterion of it may have been removed from the role since.
    still = set(
        Criterion.objects.filter(pk__in=[each["id"] for each in criteria if each.get("id")]).values_list(
            "pk", flat=True
        )
    )
    return [
        ScorecardMark(
            scorecard=card,
            position=position,
            criterion_id=each["id"] if each.get("id") in still else None,
            name=each["name"],
            is_must=bool(each.get("is_must")),
        )
        for position, each in enumerate(criteria)
    ]
