"""How a role stands between its partners: what each side owes now, and who waits for whom.

The one reading of the facts that the agenda of a check-in and the shared dashboard both show.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Count, Min, Q
from django.urls import reverse

from ats.common.when import counted
from ats.organisation import working
from candidates.models import Application, ApplicationState, Promise, Review, Scorecard, waits_too_long
from candidates.scorecards.queries import debriefs_ready
from partners.checkins.models import CheckIn, CheckInAction, CheckInState
from partners.commitments.kinds import KINDS
from partners.commitments.models import Commitment, CommitmentState
from partners.partnerships import intake
from partners.partnerships.models import Agreement, AgreementState, Partnership, PartnerSide
from requisitions.models import Opening, OpeningState, RequisitionState, Side, Stage, StageKind

OWED = (CommitmentState.DUE, CommitmentState.MISSED)
OURS = (Side.RECRUITER, Side.SCHEDULING)
"""Sides of a promise for which the recruiter answers."""


@dataclass(frozen=True, kw_only=True)
class Card:
    """One thing that one side owes now, in the imperative, with the one click that leads there."""

    code: str
    side: str
    text: str
    due_at: datetime | None
    late: bool
    href: str
    action: str


@dataclass(frozen=True)
class Step:
    """How many are in one stage."""

    name: str
    kind: str
    count: int


@dataclass(frozen=True)
class Waiting:
    """How many candidates wait for one side, and since when the first was due."""

    count: int
    late: int
    first_due: datetime | None


@dataclass(frozen=True)
class Goal:
    """How many seats there are and how many are filled."""

    seats: int
    filled: int

    @property
    def open(self) -> int:
        return self.seats - self.filled


def owed(
    partnership: Partnership, *, now: datetime, waiting: "dict[str, Waiting] | None" = None
) -> dict[str, list[Card]]:
    """What each side owes now, late first, then by date; nine queries, and one more without `waiting`."""
    if partnership.requisition.state not in {RequisitionState.OPEN, RequisitionState.ON_HOLD}:
        cards = list(_commitments(partnership, now))
    else:
        cards = [
            *_acceptances(partnership),
            *_views(partnership, now),
            *_evidence(partnership, now),
            *_debriefs(partnership, now),
            *_commitments(partnership, now),
            *_promises(partnership, now, waiting or waiting_for(partnership, now=now)),
            *_meeting(partnership, now),
        ]
    cards += _actions(partnership, now)
    far = datetime.max.replace(tzinfo=now.tzinfo)
    cards.sort(key=lambda card: (not card.late, card.due_at or far))
    return {side.value: [card for card in cards if card.side == side] for side in PartnerSide}


def _card(code: str, side: str, text: str, due_at: datetime | None, now: datetime, **more: Any) -> Card:
    late = due_at is not None and due_at < now
    return Card(code=code, side=side, text=text, due_at=due_at, late=late, **more)


def _acceptances(partnership: Partnership) -> Iterable[Card]:
    agreement = (
        Agreement.objects.filter(partnership=partnership, state=AgreementState.PROPOSED)
        .order_by("-version")
        .first()
    )
    for side in PartnerSide:
        if agreement is not None and getattr(agreement, f"{side}_accepted_at") is None:
            yield Card(
                code="agreement",
                side=side.value,
                text="Read and accept the agreement",
                due_at=None,
                late=False,
                href=reverse("partnership", args=[partnership.pk]),
                action="Read it",
            )


def _views(partnership: Partnership, now: datetime) -> Iterable[Card]:
    requisition = partnership.requisition
    waiting = Review.objects.open().filter(
        application__requisition=requisition,
        application__state=ApplicationState.ACTIVE,
        reviewer=requisition.hiring_manager_id,
    )
    found = waiting.aggregate(count=Count("pk"), due=Min("due_at"))
    if found["count"]:
        people = counted(found["count"], "candidate", "candidates")
        text = f"Give a view on {people}"
        yield _card(
            "review",
            PartnerSide.MANAGER.value,
            text,
            found["due"],
            now,
            href=reverse("review_list"),
            action="Look",
        )


def _evidence(partnership: Partnership, now: datetime) -> Iterable[Card]:
    """What the manager saw and heard in interviews, and has not handed in."""
    requisition = partnership.requisition
    rows = Scorecard.objects.owed_now(now).filter(
        application__requisition=requisition, interviewer=requisition.hiring_manager_id
    )
    found = rows.aggregate(count=Count("application", distinct=True), due=Min("due_at"))
    if found["count"]:
        people = counted(found["count"], "candidate", "candidates")
        yield _card(
            "evidence",
            PartnerSide.MANAGER.value,
            f"Write down your evidence on {people}",
            found["due"],
            now,
            href=reverse("scorecard_list"),
            action="Write",
        )


def _debriefs(partnership: Partnership, now: datetime) -> Iterable[Card]:
    """Where all evidence is in, the manager decides; candidate by candidate, the longest complete first."""
    waiting = list(debriefs_ready([partnership.requisition_id], most=MOST_DEBRIEFS))
    if waiting:
        people = counted(len(waiting), "candidate", "candidates")
        yield _card(
            "debrief",
            PartnerSide.MANAGER.value,
            f"Decide on the evidence about {people}",
            None,
            now,
            href=reverse("debrief", args=[waiting[0]]),
            action="Decide",
        )


MOST_DEBRIEFS = 99


_SEVERAL = {
    "answer_manager": ("Answer a view of the manager", "Answer {} views of the manager"),
    "candidates_told": ("Tell a candidate how it ended", "Tell {} candidates how it ended"),
    "decision": ("Say yes or no to a candidate", "Say yes or no to {} candidates"),
}
_ACTION = {
    "first_slate": "Choose them",
    "answer_manager": "Answer",
    "candidates_told": "Tell them",
    "intake": "Say it",
    "decision": "Decide",
}


def _commitments(partnership: Partnership, now: datetime) -> Iterable[Card]:
    # What is asked about each candidate is shown as the views and the evidence themselves, there at once.
    rows = Commitment.objects.filter(partnership=partnership, state__in=OWED)
    rows = rows.exclude(kind__in=("slate_reviewed", "evidence"))
    ended = partnership.requisition.state not in {RequisitionState.OPEN, RequisitionState.ON_HOLD}
    if ended:  # what was missed with the role is past; candidates are still to be told
        rows = rows.filter(kind="candidates_told")
    grouped = rows.values("kind", "side").annotate(
        count=Count("pk"), due=Min("due_at"), only=Min("application_id")
    )
    for found in grouped.order_by("due"):
        code, count = found["kind"], found["count"]
        one, many = _SEVERAL.get(code, (KINDS[code].owed, ""))
        text = one if count == 1 or not many else many.format(count)
        if code == "intake":
            lacking = intake.missing(partnership.requisition)
            text = f"Say what the role needs: {', '.join(lacking)}" if lacking else text
        href = _place(code, partnership, only=found["only"] if count == 1 else None)
        yield _card(code, found["side"], text, found["due"], now, href=href, action=_ACTION[code])


def _place(code: str, partnership: Partnership, *, only: int | None) -> str:
    """Where it is done: at the one candidate that it is about, else where all of them are."""
    if code == "intake":
        return reverse("requisition_edit", args=[partnership.requisition_id])
    if code == "decision":
        return reverse("review_list")
    return f"/applications/{only}/" if only else _board(partnership)


def _board(partnership: Partnership) -> str:
    """The board's address, which the contract keeps."""
    return f"/requisitions/{partnership.requisition_id}/board/"


def _promises(partnership: Partnership, now: datetime, waiting: dict[str, Waiting]) -> Iterable[Card]:
    ours = waiting[PartnerSide.RECRUITER.value]
    if ours.count:
        people = counted(ours.count, "candidate who waits", "candidates who wait")
        yield _card(
            "promises",
            PartnerSide.RECRUITER.value,
            f"Give word to {people}",
            ours.first_due,
            now,
            href=_board(partnership),
            action="Answer",
        )


def _meeting(partnership: Partnership, now: datetime) -> Iterable[Card]:
    meeting = CheckIn.objects.filter(partnership=partnership, state=CheckInState.READY).first()
    if meeting is not None:
        over = meeting.scheduled_at < now
        text = "Write down what came of the check-in" if over else "Meet for the check-in"
        for side in PartnerSide:
            yield Card(
                code="check_in",
                side=side.value,
                text=text,
                due_at=meeting.scheduled_at,
                late=False,
                href=reverse("check_in", args=[meeting.pk]),
                action="Open",
            )


def _actions(partnership: Partnership, now: datetime) -> list[Card]:
    calendar = partnership.requisition.organisation.calendar
    return [
        _card(
            "action",
            action.side,
            action.text,
            working.end_of(calendar, action.due_on),
            now,
            href=reverse("check_in", args=[action.check_in_id]),
            action="Open",
        )
        for action in open_actions(partnership)
    ]


def open_actions(partnership: Partnership) -> list[CheckInAction]:
    """What was agreed in check-ins and is not done, by date."""
    rows = CheckInAction.objects.filter(check_in__partnership=partnership, done_at__isnull=True)
    return list(rows.select_related("owner").order_by("due_on", "pk"))


def waiting_for(partnership: Partnership, *, now: datetime) -> dict[str, Waiting]:
    """Candidates in play by the side whose move it is; `candidate` where it is their own."""
    promises = Promise.objects.open().filter(application__requisition=partnership.requisition_id)
    found = {
        row["side"]: row
        for row in promises.values("side").annotate(
            # Of the date, so that the index of open promises is all that is read of them.
            count=Count("due_at"),
            late=Count("due_at", filter=waits_too_long(now)),
            due=Min("due_at"),
        )
    }
    return {
        "recruiter": _together(found, OURS),
        "manager": _together(found, (Side.MANAGER,)),
        "candidate": _together(found, (Side.CANDIDATE,)),
    }


def _together(found: dict[str, Any], sides: Iterable[str]) -> Waiting:
    rows = [found[side] for side in sides if side in found]
    return Waiting(
        count=sum(row["count"] for row in rows),
        late=sum(row["late"] for row in rows),
        first_due=min((row["due"] for row in rows), default=None),
    )


def funnel(partnership: Partnership) -> list[Step]:
    """How many are in each stage, hired among them, in the order of the pipeline."""
    here = Q(applications__state=ApplicationState.ACTIVE) | Q(
        kind=StageKind.HIRED, applications__state=ApplicationState.HIRED
    )
    stages = Stage.objects.filter(requisition=partnership.requisition_id).order_by("position")
    rows = stages.annotate(people=Count("applications", filter=here))
    return [Step(stage.name, stage.kind, stage.people) for stage in rows]


def shares(steps: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Each step with its share of the fullest, in percent, for its bar."""
    most = max((step["count"] for step in steps), default=0) or 1
    return [step | {"share": round(step["count"] * 100 / most)} for step in steps]


def goal(partnership: Partnership) -> Goal:
    seats = Opening.objects.filter(requisition=partnership.requisition_id).exclude(
        state=OpeningState.CANCELLED
    )
    found = seats.aggregate(seats=Count("pk"), filled=Count("pk", filter=Q(state=OpeningState.FILLED)))
    return Goal(found["seats"], found["filled"])


def in_one_sentence(
    partnership: Partnership, *, goal: Goal, in_play: int, waiting: dict[str, Waiting]
) -> str:
    """Where the role stands: seats, people in play, and for whom most of them wait."""
    state = partnership.requisition.state
    if state == RequisitionState.FILLED:
        return f"{_seats(goal.filled)} filled. This role is done."
    if state not in {RequisitionState.OPEN, RequisitionState.ON_HOLD}:
        return "This role has ended."
    parts = [
        f"{goal.open} of {_seats(goal.seats)} still open",
        f"{counted(in_play, 'person', 'people')} in play",
    ]
    if state == RequisitionState.ON_HOLD:
        parts.insert(0, "On hold")
    names = {
        "recruiter": "the recruiter",
        "manager": "the hiring manager",
        "candidate": "their own next step",
    }
    most = max(waiting, key=lambda side: waiting[side].count)
    if waiting[most].count:
        parts.append(f"{waiting[most].count} of them wait for {names[most]}")
    return ", ".join(parts) + "."


def _seats(number: int) -> str:
    return counted(number, "seat", "seats")


def in_play(partnership: Partnership) -> int:
    return Application.objects.active().filter(requisition=partnership.requisition_id).count()
