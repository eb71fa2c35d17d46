"""How a role stands between its partners: seats, people in play, and who of them waits for whom.

The one reading of the facts that the agenda of a check-in and the shared dashboard both show; what each side
owes now is in `checkins/queries/owing.py`.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from ats.kernel.kept import kept
from ats.kernel.rows import listed
from ats.kernel.staff_words import gettext, ngettext, ngettext_lazy
from candidates.models import KEPT_FROM_ANYBODY, WAITS_TOO_LONG
from partners.partnerships.models import Partnership
from requisitions.models import RequisitionState, Side

OURS = (Side.RECRUITER, Side.SCHEDULING)
"""Sides of a promise for which the recruiter answers."""


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


@dataclass(frozen=True)
class Standing:
    """All who applied, by the stage they are or ended in, and by whose move it is.

    `ended` counts by kind of stage, `fresh` those who applied since the moment that was asked for.
    """

    steps: list[Step]
    waiting: dict[str, Waiting]
    ended: dict[str, int]
    fresh: int

    @property
    def in_play(self) -> int:
        return sum(step.count for step in self.steps if step.kind != HIRED)


HIRED = "hired"
STANDING = f"""
    SELECT s.id, s.name, s.kind, here.state, here.side, here.people, here.late, here.first_due, here.fresh
    FROM requisitions_stage s
    LEFT JOIN (SELECT a.stage_id, a.state, p.side, count(*) AS people, min(p.due_at) AS first_due,
                      count(*) FILTER (WHERE {WAITS_TOO_LONG}) AS late,
                      count(*) FILTER (WHERE a.applied_at >= %(since)s) AS fresh
               FROM candidates_application a
               LEFT JOIN candidates_promise p ON p.application_id = a.id AND p.state = 'open'
               WHERE a.requisition_id = %(role)s AND a.id NOT IN {KEPT_FROM_ANYBODY}
               GROUP BY a.stage_id, a.state, p.side) AS here ON here.stage_id = s.id
    WHERE s.requisition_id = %(role)s ORDER BY s.position, s.id
"""  # noqa: S608
"""Applications and promises of a role are read once: for the funnel, who waits and the pace each by itself it
takes the database twice as long."""


def standing(partnership: Partnership, *, now: datetime, since: datetime | None = None) -> Standing:
    """One query."""
    rows = listed(STANDING, {"role": partnership.requisition_id, "now": now, "since": since or now})
    counts: dict[tuple[int, str, str], int] = {}
    sides: dict[str, Waiting] = {}
    ended: Counter[str] = Counter()
    fresh = 0
    for pk, name, kind, state, side, people, late, first_due, new in rows:
        step = (pk, name, kind)
        is_counted = state == "active" or kind == HIRED == state
        counts[step] = counts.get(step, 0) + (people if is_counted else 0)
        if side is not None:
            sides[side] = _added(sides.get(side), Waiting(people, late, first_due))
        if state not in {None, "active"}:
            ended[kind] += people
        fresh += new or 0
    return Standing(
        steps=[Step(name, kind, count) for (_, name, kind), count in counts.items()],
        waiting={
            "recruiter": _together(sides, OURS),
            "manager": _together(sides, (Side.MANAGER,)),
            "candidate": _together(sides, (Side.CANDIDATE,)),
        },
        ended=dict(ended),
        fresh=fresh,
    )


def _together(found: dict[str, Waiting], sides: Iterable[str]) -> Waiting:
    whole = Waiting(0, 0, None)
    for side in sides:
        whole = _added(found.get(side), whole)
    return whole


def _added(one: Waiting | None, other: Waiting) -> Waiting:
    if one is None:
        return other
    due = min((each.first_due for each in (one, other) if each.first_due), default=None)
    return Waiting(one.count + other.count, one.late + other.late, due)


def shares(steps: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Each step with its share of the fullest, in percent, for its bar; `now` where it has changed since."""
    most = max((step["count"] for step in steps), default=0) or 1
    return [{"now": None} | step | {"share": round(step["count"] * 100 / most)} for step in steps]


MOST_WAIT = {
    "recruiter": ngettext_lazy(
        "%(number)s of them waits for the recruiter", "%(number)s of them wait for the recruiter", "number"
    ),
    "manager": ngettext_lazy(
        "%(number)s of them waits for the hiring manager",
        "%(number)s of them wait for the hiring manager",
        "number",
    ),
    "candidate": ngettext_lazy(
        "%(number)s of them waits for their own next step",
        "%(number)s of them wait for their own next step",
        "number",
    ),
}
"""For whom most of them wait."""


TOO_LONG = (kept("%(number)s waits too long"), kept("%(number)s wait too long"))
"""As an agenda keeps it."""


def in_one_sentence(partnership: Partnership, *, goal: Goal, standing: Standing) -> str:
    """Where the role stands: seats, people in play, and for whom most of them wait."""
    state, waiting = partnership.requisition.state, standing.waiting
    if state == RequisitionState.FILLED:
        said = ngettext(
            "%(number)s seat filled. This role is done.",
            "%(number)s seats filled. This role is done.",
            goal.filled,
        )
        return said % {"number": goal.filled}
    if state not in {RequisitionState.OPEN, RequisitionState.ON_HOLD}:
        return gettext("This role has ended.")
    parts = [
        ngettext(
            "%(open)s of %(number)s seat still open", "%(open)s of %(number)s seats still open", goal.seats
        )
        % {"open": goal.open, "number": goal.seats},
        ngettext("%(number)s person in play", "%(number)s people in play", standing.in_play)
        % {"number": standing.in_play},
    ]
    if state == RequisitionState.ON_HOLD:
        parts.insert(0, gettext("On hold"))
    most = max(waiting, key=lambda side: waiting[side].count)
    if waiting[most].count:
        parts.append(str(MOST_WAIT[most] % {"number": waiting[most].count}))
    if late := sum(row.late for row in waiting.values()):
        said = ngettext("%(number)s waits too long", "%(number)s wait too long", late)
        parts.append(said % {"number": late})
    return ", ".join(parts) + "."
