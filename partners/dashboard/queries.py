"""The shared dashboard: the same facts for both sides, in a fixed number of queries."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Count, Exists, OuterRef, QuerySet

from ats.accounts.models import User
from ats.common.access import get_for
from partners.checkins import standing, workflow
from partners.checkins.models import CheckIn
from partners.checkins.standing import Card, Goal, Waiting
from partners.commitments.kinds import KINDS, THEMES
from partners.commitments.models import Commitment, CommitmentState
from partners.partnerships.models import (
    Agreement,
    AgreementState,
    Partnership,
    PartnershipState,
    PartnerSide,
)
from partners.partnerships.rules import SIDE_OF_ROLE, sides_of
from requisitions.models import TeamMember

MOST_SWITCHED = 30
MOST_CARDS = 3
Tally = dict[str, int]
TALLIED = (CommitmentState.KEPT, CommitmentState.LATE, CommitmentState.MISSED)


@dataclass(frozen=True)
class Part:
    """What one side owes, and who leads it."""

    side: str
    label: str
    person: User | None
    cards: list[Card]
    waiting: Waiting

    @property
    def first(self) -> list[Card]:
        return self.cards[:MOST_CARDS]

    @property
    def rest(self) -> list[Card]:
        return self.cards[MOST_CARDS:]


@dataclass(frozen=True)
class Theme:
    """What both sides owe each other for one purpose, kept, late and missed."""

    name: str
    recruiter: Tally
    manager: Tally


@dataclass(frozen=True)
class Dashboard:
    partnership: Partnership
    side: str
    """The viewer's own; empty for an onlooker."""
    parts: dict[str, Part]
    goal: Goal
    sentence: str
    funnel: list[dict[str, Any]]
    waiting: dict[str, Waiting]
    themes: list[Theme]
    next_check_in: CheckIn | None
    last_check_in: CheckIn | None
    agreed: bool

    @property
    def yours(self) -> Part | None:
        return self.parts.get(self.side)

    @property
    def others(self) -> list[Part]:
        return [part for side, part in self.parts.items() if side != self.side]

    @property
    def move(self) -> str:
        """Whose move it is, by the most urgent thing that anybody owes."""
        owing = [part for part in self.parts.values() if part.cards]
        if not owing:
            return ""
        first = min(owing, key=lambda part: _urgency(part.cards[0]))
        return first.side


def _urgency(card: Card) -> tuple[bool, float]:
    """Late first, then by date; what has no date comes last."""
    return not card.late, card.due_at.timestamp() if card.due_at else float("inf")


WHOLE = (
    "requisition__organisation__calendar",
    "requisition__recruiter",
    "requisition__hiring_manager",
    "requisition__department",
)


def own(user: User) -> QuerySet[Partnership]:
    """Partnerships on whose one side this person works, the running ones first."""
    partner = TeamMember.objects.filter(
        requisition=OuterRef("requisition"), user=user, role__in=list(SIDE_OF_ROLE)
    )
    rows = Partnership.objects.visible_to(user).filter(Exists(partner)).select_related("requisition")
    return rows.order_by("state", "-started_at", "pk")


def switch(user: User) -> list[Partnership]:
    """The roles that a partner changes between; for whoever only looks on, the running ones of the house."""
    mine = list(own(user)[:MOST_SWITCHED])
    if mine or not user.oversees:
        return mine
    running = Partnership.objects.visible_to(user).filter(state=PartnershipState.ACTIVE)
    return list(running.select_related("requisition").order_by("-started_at", "pk")[:MOST_SWITCHED])


def permitted(user: User, partnership_id: int) -> Partnership:
    rows = Partnership.objects.select_related(*WHOLE).prefetch_related(
        "requisition__members__user", "requisition__criteria"
    )
    return get_for(rows, partnership_id, user=user, permission="partners.view_partnership")


def dashboard(partnership: Partnership, user: User, *, now: datetime) -> Dashboard:
    waiting = standing.waiting_for(partnership, now=now)
    goal = standing.goal(partnership)
    cards = standing.owed(partnership, now=now, waiting=waiting)
    sides = sides_of(user, partnership.requisition)
    steps = standing.funnel(partnership)
    people = sum(step.count for step in steps if step.kind != "hired")
    check_ins = list(
        CheckIn.objects.filter(partnership=partnership).exclude(state="cancelled").order_by("-number")[:2]
    )
    ahead = [row for row in check_ins if row.state in workflow.AHEAD]
    past = [row for row in check_ins if row.state not in workflow.AHEAD]
    return Dashboard(
        partnership=partnership,
        side=min(sides).value if sides else "",
        parts={
            side.value: Part(
                side=side.value,
                label=side.label,
                person=leader(partnership, side),
                cards=cards[side.value],
                waiting=waiting[side.value],
            )
            for side in PartnerSide
        },
        goal=goal,
        sentence=standing.in_one_sentence(partnership, goal=goal, in_play=people, waiting=waiting),
        funnel=standing.shares([vars(step) for step in steps]),
        waiting=waiting,
        themes=themes(partnership),
        next_check_in=ahead[0] if ahead else None,
        last_check_in=past[0] if past else None,
        agreed=Agreement.objects.filter(partnership=partnership, state=AgreementState.ACCEPTED).exists(),
    )


def leader(partnership: Partnership, side: PartnerSide) -> User | None:
    requisition = partnership.requisition
    return requisition.recruiter if side == PartnerSide.RECRUITER else requisition.hiring_manager


def themes(partnership: Partnership) -> list[Theme]:
    """Everything that came due so far, by purpose and side; one query."""
    rows = Commitment.objects.filter(partnership=partnership, state__in=TALLIED)
    tallies: dict[tuple[str, str], Tally] = {}
    for kind, side, state, count in rows.values_list("kind", "side", "state").annotate(count=Count("pk")):
        tally = tallies.setdefault((KINDS[kind].theme, side), {})
        tally[state] = tally.get(state, 0) + count
    return [
        Theme(name, tallies.get((name, "recruiter"), {}), tallies.get((name, "manager"), {}))
        for name in THEMES
    ]


def together(rows: list[Theme]) -> tuple[Tally, Tally]:
    """All themes as one."""
    whole: tuple[Tally, Tally] = ({}, {})
    for row in rows:
        for total, tally in zip(whole, (row.recruiter, row.manager), strict=True):
            for state, count in tally.items():
                total[state] = total.get(state, 0) + count
    return whole
