"""Reading the figures that say whether a correction worked, each with one query or two."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any

from ats.kernel.rows import answers
from candidates.models import KEPT_FROM_ANYBODY, WAITS_TOO_LONG
from partners.corrections.domain.measures import BEFORE, Figure, whole_days
from partners.intake.domain.timeline import LEGS
from partners.intake.queries.timeline import medians
from partners.partnerships.models import Partnership

USUAL = {leg.code: leg.usual for leg in LEGS}
FEWEST = 5

WINDOW = f"""
    SELECT (SELECT count(*) FROM candidates_application a WHERE requisition_id = %(role)s
            AND applied_at > %(since)s AND applied_at <= %(until)s
            AND a.id NOT IN {KEPT_FROM_ANYBODY}) AS new_candidates,
           (SELECT count(*) FROM candidates_review r JOIN candidates_application a ON a.id = r.application_id
            WHERE a.requisition_id = %(role)s AND r.requested_at > %(since)s
              AND r.requested_at <= %(until)s AND a.id NOT IN {KEPT_FROM_ANYBODY}) AS put_forward
"""  # noqa: S608
MOVES = f"""
    SELECT (SELECT count(*) FROM ats_activity v
            JOIN requisitions_stage f ON f.id = (v.data ->> 'from_stage_id')::bigint
            JOIN requisitions_stage t ON t.id = (v.data ->> 'to_stage_id')::bigint
            WHERE v.requisition_id = %(role)s AND v.verb = 'application.moved' AND f.kind = %(kind)s
              AND t.position > f.position AND v.occurred_at > %(since)s AND v.occurred_at <= %(until)s
              AND v.application_id NOT IN {KEPT_FROM_ANYBODY}) AS moved_on,
           (SELECT count(*) FROM candidates_application a JOIN requisitions_stage s ON s.id = a.stage_id
            WHERE a.requisition_id = %(role)s AND a.state IN ('rejected', 'withdrawn') AND s.kind = %(kind)s
              AND a.decided_at > %(since)s AND a.decided_at <= %(until)s AND a.id NOT IN {KEPT_FROM_ANYBODY}) AS ended
"""  # noqa: S608
KEPT = """
    SELECT count(*) FILTER (WHERE state = 'kept') AS kept, count(*) AS due
    FROM partners_commitment
    WHERE partnership_id = %(partnership)s AND kind = %(kind)s AND state IN ('kept', 'late', 'missed')
      AND due_at > %(since)s AND due_at <= %(until)s
"""
LATE = f"""
    SELECT count(*) AS late FROM candidates_promise p JOIN candidates_application a ON a.id = p.application_id
    WHERE p.state = 'open' AND a.requisition_id = %(role)s AND {WAITS_TOO_LONG} AND a.id NOT IN {KEPT_FROM_ANYBODY}
"""  # noqa: S608
PLACE = f"""
    SELECT (SELECT max(a.starts_on) FROM candidates_application a
            WHERE a.requisition_id = %(role)s AND a.state = 'hired' AND a.id NOT IN {KEPT_FROM_ANYBODY}) AS starts_on,
           EXISTS (SELECT FROM requisitions_opening WHERE requisition_id = %(role)s AND state = 'open') AS open,
           (SELECT o.state FROM candidates_offer o JOIN candidates_application a ON a.id = o.application_id
            WHERE a.requisition_id = %(role)s AND a.state = 'active' AND o.state IN ('sent', 'accepted')
              AND a.id NOT IN {KEPT_FROM_ANYBODY} ORDER BY o.state LIMIT 1) AS offer,
           furthest.applied_at, furthest.name AS furthest,
           EXISTS (SELECT FROM requisitions_jobpost
                   WHERE requisition_id = %(role)s AND state = 'published') AS is_out
    FROM (SELECT 1) AS one LEFT JOIN LATERAL (
        SELECT a.applied_at, s.name FROM candidates_application a JOIN requisitions_stage s ON s.id = a.stage_id
        WHERE a.requisition_id = %(role)s AND a.state = 'active' AND a.id NOT IN {KEPT_FROM_ANYBODY}
        ORDER BY s.position DESC, a.applied_at, a.id LIMIT 1) AS furthest ON true
"""  # noqa: S608
"""How far the role has come on its way to a start."""


def read(partnership: Partnership, measure: str, scope: str, *, since: datetime, now: datetime) -> Figure:
    """One reading now; where the figure is of what happened, of the time since then."""
    values = {
        "role": partnership.requisition_id,
        "partnership": partnership.pk,
        "since": since,
        "until": now,
        "now": now,
        "kind": scope,
        "days": max(1, whole_days(since, now)),
    }
    return READERS[measure](partnership, values)


def before(partnership: Partnership, now: datetime) -> datetime:
    """From when the first reading is: four weeks, or as long as the partnership is."""
    return max(partnership.started_at, now - timedelta(days=BEFORE))


def _weekly(name: str) -> Callable[[Partnership, dict[str, Any]], Figure]:
    def reader(_: Partnership, values: dict[str, Any]) -> Figure:
        number = answers(WINDOW, values)[name]
        return Figure(number * 7 / values["days"], number, values["days"])

    return reader


def _moves_on(_: Partnership, values: dict[str, Any]) -> Figure:
    found = answers(MOVES, values)
    decided = found["moved_on"] + found["ended"]
    return Figure(found["moved_on"] / decided if decided else None, decided, values["days"])


def _kept(_: Partnership, values: dict[str, Any]) -> Figure:
    found = answers(KEPT, values)
    return Figure(found["kept"] / found["due"] if found["due"] else None, found["due"], values["days"])


def _waits(_: Partnership, values: dict[str, Any]) -> Figure:
    late = answers(LATE, values)["late"]
    return Figure(late, late)


def _days_behind(partnership: Partnership, values: dict[str, Any]) -> Figure:
    target = partnership.requisition.target_start
    likely = likely_start(partnership, place(partnership), now=values["now"]) if target else None
    if target is None or likely is None:
        return Figure(None, 0)
    return Figure((likely - target).days, 1)


def place(partnership: Partnership) -> dict[str, Any]:
    return answers(PLACE, {"role": partnership.requisition_id})


def likely_start(partnership: Partnership, at: dict[str, Any], *, now: datetime) -> date | None:
    """When somebody starts at the pace of this organisation, from where the role is now; one query or none."""
    if not at["open"] and at["starts_on"] is not None:
        starts_on: date = at["starts_on"]
        return starts_on
    known = medians(partnership.requisition.organisation_id, now=now)
    days = {
        code: known[code].days if code in known and known[code].cases >= FEWEST else usual
        for code, usual in USUAL.items()
    }
    return now.date() + timedelta(days=sum(_legs_left(at, days, now)))


def _legs_left(at: dict[str, Any], days: dict[str, int], now: datetime) -> list[int]:
    """The days of what lies ahead; of somebody in play, what is left of the usual time from applying to an offer."""
    if at["offer"] == "accepted":
        return [days["begin"]]
    if at["offer"] == "sent":
        return [days["answer"], days["begin"]]
    if at["applied_at"] is not None:
        left = max(1, days["choose"] - (now - at["applied_at"]).days)
        return [left, days["answer"], days["begin"]]
    ahead = ["apply", "choose", "answer", "begin"]
    return [days[code] for code in (ahead if at["is_out"] else ["publish", *ahead])]


READERS: dict[str, Callable[[Partnership, dict[str, Any]], Figure]] = {
    "days_behind": _days_behind,
    "new_candidates": _weekly("new_candidates"),
    "put_forward": _weekly("put_forward"),
    "moves_on": _moves_on,
    "kept": _kept,
    "waits_too_long": _waits,
}
"""By the code of the measure that they read."""
