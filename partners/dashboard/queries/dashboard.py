"""The shared dashboard: the same facts for both sides, in a fixed number of queries."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet

from ats.accounts.models import User
from ats.kernel.access import Kept, get_for
from ats.kernel.languages import Words
from ats.kernel.rows import listed
from ats.kernel.staff_words import gettext
from partners.advice.queries.standing import Row as Advised
from partners.advice.queries.standing import standing_advice
from partners.checkins.models import CheckIn
from partners.checkins.pages import cards
from partners.checkins.pages.cards import Card
from partners.checkins.queries import owing
from partners.checkins.queries.known import Group, Known
from partners.commitments.domain.kinds import HIRE, KINDS, THEMES
from partners.commitments.models import TALLIED
from partners.corrections.queries import Row as Correction
from partners.corrections.queries import open_corrections
from partners.dashboard.queries.outlook import Month, Outlook, by_month, outlook, pace_since
from partners.partnerships.models import Partnership, PartnershipState, PartnerSide
from partners.partnerships.queries import status
from partners.partnerships.queries.status import Goal, Waiting
from partners.partnerships.rules import SIDE_OF_ROLE, sides_of
from requisitions.models import TeamMember

MOST_SWITCHED = 30
MOST_CARDS = 3
Tally = dict[str, int]


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

    name: Words
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
    months: list[Month]
    outlook: Outlook | None
    corrections: list[Correction]
    """Under way, the one to be looked at first on top."""
    advice: list[Advised]
    """By the figures of this role, the most urgent first."""
    next_check_in: CheckIn | None
    last_check_in: CheckIn | None
    agreed: bool
    moves: list[str]
    """Whose move it is: of every side that is late, else of the one with the most urgent thing to do."""

    @property
    def yours(self) -> Part | None:
        return self.parts.get(self.side)

    @property
    def others(self) -> list[Part]:
        return [part for side, part in self.parts.items() if side != self.side]

    @property
    def whose(self) -> str:
        """Whose move it is, in words for the viewer: `your move`, `Mara Manager's and your move`."""
        others = [self.parts[side].person for side in self.moves if side != self.side]
        if not self.moves:
            return ""
        if not others:
            return gettext("your move")
        if self.side in self.moves:
            return gettext("%(person)s's and your move") % {"person": others[0]}
        if len(others) > 1:
            return gettext("%(person)s's and %(other)s's move") % {"person": others[0], "other": others[1]}
        return gettext("%(person)s's move") % {"person": others[0]}


WHOLE = (
    "requisition__organisation__calendar",
    "requisition__recruiter",
    "requisition__hiring_manager",
    "requisition__department",
)


def own(user: User) -> QuerySet[Partnership]:
    """Partnerships on whose one side this person works, the running ones first."""
    rows = Partnership.objects.visible_to(user)
    if not user.oversees:  # who does not oversee sees no others
        return rows.order_by("state", "-started_at", "pk")
    partner = TeamMember.objects.filter(
        requisition=OuterRef("requisition"), user=user, role__in=list(SIDE_OF_ROLE)
    )
    return rows.filter(Exists(partner)).order_by("state", "-started_at", "pk")


@dataclass(frozen=True, slots=True)
class Choice:
    """A partnership as one changes between them."""

    pk: int
    state: str
    title: str


OWN = """
    SELECT p.id, p.state, r.title
    FROM partners_partnership p JOIN requisitions_requisition r ON r.id = p.requisition_id
    WHERE p.requisition_id = ANY(ARRAY(SELECT t.requisition_id FROM requisitions_teammember t
                                       WHERE t.user_id = %(user)s AND t.role = ANY(%(partners)s)))
    ORDER BY p.state, p.started_at DESC, p.id LIMIT %(most)s
"""
"""What `own` says: for Django to put it together takes longer than to read thirty of them. An array, because a kept
plan knows of nobody how few roles they have, and would read those of the whole house."""


def switch(user: User) -> list[Choice]:
    """The roles that a partner changes between; for whoever only looks on, the running ones of the house."""
    values = {"user": user.pk, "partners": [str(role) for role in SIDE_OF_ROLE], "most": MOST_SWITCHED}
    mine = [Choice(*row) for row in listed(OWN, values)]
    if mine or not user.oversees:
        return mine
    running = Partnership.objects.filter(state=PartnershipState.ACTIVE).order_by("-started_at", "pk")
    rows = running.values_list("pk", "state", "requisition__title")
    return [Choice(*row) for row in rows[:MOST_SWITCHED]]


PARTNERSHIP = Kept(lambda: Partnership.objects.select_related(*WHOLE))


def permitted(user: User, partnership_id: int) -> Partnership:
    return get_for(PARTNERSHIP, partnership_id, user=user, permission="partners.view_partnership")


def dashboard(partnership: Partnership, user: User, *, now: datetime) -> Dashboard:
    known = Known(partnership, now, since=pace_since(partnership, now=now))
    owed = owing.owed(partnership, now=now, known=known)
    moves = owing.move_of(owed)
    named = cards.with_names(card for side in owed.values() for card in side)
    sides = sides_of(user, partnership.requisition)
    return Dashboard(
        partnership=partnership,
        side=min(sides).value if sides else "",
        parts={
            side.value: Part(
                side=side.value,
                label=str(side.label),
                person=leader(partnership, side),
                cards=[card for card in named if card.side == side],
                waiting=known.waiting[side.value],
            )
            for side in PartnerSide
        },
        goal=known.goal,
        sentence=status.in_one_sentence(partnership, goal=known.goal, standing=known.standing),
        funnel=status.shares([vars(step) for step in known.standing.steps]),
        waiting=known.waiting,
        themes=themes(known.groups),
        months=by_month(partnership, now=now),
        advice=standing_advice([partnership.requisition_id]).get(partnership.requisition_id, []),
        corrections=open_corrections([partnership.requisition_id]).get(partnership.requisition_id, []),
        outlook=outlook(partnership, goal=known.goal, standing=known.standing, now=now),
        next_check_in=known.ahead,
        last_check_in=known.past,
        agreed=known.agreed,
        moves=moves,
    )


def leader(partnership: Partnership, side: PartnerSide) -> User | None:
    requisition = partnership.requisition
    return requisition.recruiter if side == PartnerSide.RECRUITER else requisition.hiring_manager


def themes(groups: Iterable[Group]) -> list[Theme]:
    """Everything that came due so far, by purpose and side."""
    tallies: dict[tuple[Words, str], Tally] = {}
    for group in groups:
        if group.state in TALLIED:
            tally = tallies.setdefault((KINDS[group.kind].theme, group.side), {})
            tally[group.state] = tally.get(group.state, 0) + group.count
    return [
        Theme(name, tallies.get((name, "recruiter"), {}), tallies.get((name, "manager"), {}))
        for name in THEMES
        if name != HIRE or any((name, side) in tallies for side in PartnerSide.values)
    ]


def together(rows: list[Theme]) -> tuple[Tally, Tally]:
    """All themes as one."""
    whole: tuple[Tally, Tally] = ({}, {})
    for row in rows:
        for total, tally in zip(whole, (row.recruiter, row.manager), strict=True):
            for state, count in tally.items():
                total[state] = total.get(state, 0) + count
    return whole
