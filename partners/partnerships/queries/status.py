"""How a role stands between its partners: seats, people in play, and who of them waits for whom.

The one reading of the facts that the agenda of a check-in and the shared dashboard both show; what each side
owes now is in `checkins/queries/owing.py`.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from ats.kernel.rows import listed
from ats.kernel.when import counted
from candidates.models import KEPT_FROM_ANYBODY, WAITS_TOO_LONG, Application, KeptFrom
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


WAITING = """
    SELECT p.side, count(*), count(*) FILTER (WHERE {late}), min(p.due_at)
    FROM candidates_promise p JOIN candidates_application a ON a.id = p.application_id
    WHERE p.state = 'open' AND a.requisition_id = %(role)s AND a.id NOT IN {kept} GROUP BY p.side
"""
# Who is in play is counted from the board's index, who is hired in their stage alone.
FUNNEL = f"""
    SELECT s.name, s.kind, coalesce(active.people, 0) + CASE WHEN s.kind = 'hired' THEN
           (SELECT count(*) FROM candidates_application a
            WHERE stage_id = s.id AND state = 'hired' AND a.id NOT IN {KEPT_FROM_ANYBODY}) ELSE 0 END
    FROM requisitions_stage s
    LEFT JOIN (SELECT stage_id, count(*) AS people FROM candidates_application a
               WHERE requisition_id = %(role)s AND state = 'active' AND a.id NOT IN {KEPT_FROM_ANYBODY}
               GROUP BY stage_id) AS active
        ON active.stage_id = s.id
    WHERE s.requisition_id = %(role)s ORDER BY s.position, s.id
"""  # noqa: S608


def waiting_for(partnership: Partnership, *, now: datetime) -> dict[str, Waiting]:
    """Candidates in play by the side whose move it is; `candidate` where it is their own."""
    rows = listed(
        WAITING.format(late=WAITS_TOO_LONG, kept=KEPT_FROM_ANYBODY),
        {"role": partnership.requisition_id, "now": now},
    )
    found = {side: Waiting(*counts) for side, *counts in rows}
    return {
        "recruiter": _together(found, OURS),
        "manager": _together(found, (Side.MANAGER,)),
        "candidate": _together(found, (Side.CANDIDATE,)),
    }


def _together(found: dict[str, Waiting], sides: Iterable[str]) -> Waiting:
    rows = [found[side] for side in sides if side in found]
    return Waiting(
        count=sum(row.count for row in rows),
        late=sum(row.late for row in rows),
        first_due=min((row.first_due for row in rows if row.first_due), default=None),
    )


def funnel(partnership: Partnership) -> list[Step]:
    """How many are in each stage, hired among them, in the order of the pipeline."""
    return [Step(*row) for row in listed(FUNNEL, {"role": partnership.requisition_id})]


def shares(steps: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Each step with its share of the fullest, in percent, for its bar; `now` where it has changed since."""
    most = max((step["count"] for step in steps), default=0) or 1
    return [{"now": None} | step | {"share": round(step["count"] * 100 / most)} for step in steps]


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
    if late := sum(row.late for row in waiting.values()):
        parts.append(counted(late, "waits too long", "wait too long"))
    return ", ".join(parts) + "."


def _seats(number: int) -> str:
    return counted(number, "seat", "seats")


def in_play(partnership: Partnership) -> int:
    rows = Application.objects.active().filter(requisition=partnership.requisition_id)
    return rows.exclude(kept_from__in=KeptFrom.objects.in_force()).count()
