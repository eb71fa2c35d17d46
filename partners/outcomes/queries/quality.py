"""How well people were chosen, by source, criterion and interview: against the other hires, never by themselves.

A figure compares a group with all other hires of which the same is known. It is there only where both have the
minimum, so that nobody is read out of it, and so that chance alone is not told as a finding.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from ats.kernel.rows import listed
from ats.kernel.staff_words import gettext, gettext_lazy
from candidates.models import KEPT_FROM_ANYBODY
from partners.outcomes.models import FIRST_LOOK

MINIMUM = 8
"""Hires with an answer that a group, and what it is compared with, need each before anything is said."""
PERIOD = timedelta(days=3 * 365)

# What is known of each hire: the newest answer of each side from the 90th day on.
TOLD = f"""
    WITH newest AS (
        SELECT DISTINCT ON (r.outcome_id, w.side) r.outcome_id, w.side, w.met, w.as_said,
               CASE WHEN w.again = 'yes' THEN 1.0 ELSE 0.0 END AS again
        FROM partners_reviewanswer w JOIN partners_outcomereview r ON r.id = w.review_id
        WHERE r.day >= %(from)s AND w.given_at > %(since)s AND r.state <> 'taken_back'
        ORDER BY r.outcome_id, w.side, r.day DESC),
    hires AS (
        SELECT o.id, h.application_id, a.source_id, m.met, m.again AS hire_again, n.again AS join_again, n.as_said
        FROM partners_hireoutcome o JOIN candidates_hirerecord h ON h.id = o.hire_id
        JOIN candidates_application a ON a.id = h.application_id
        LEFT JOIN newest m ON m.outcome_id = o.id AND m.side = 'manager'
        LEFT JOIN newest n ON n.outcome_id = o.id AND n.side = 'new_hire'
        WHERE o.state = 'running' AND a.id NOT IN {KEPT_FROM_ANYBODY}),
"""  # noqa: S608
BY_SOURCE = """
    groups AS (SELECT s.id::text AS key, s.name AS label, hires.*, hires.source_id = s.id AS inside
               FROM candidates_source s CROSS JOIN hires WHERE hires.source_id IS NOT NULL)
"""
BY_CRITERION = """
    groups AS (SELECT lower(k.name) AS key, min(k.name) AS label, hires.id, hires.met, hires.hire_again,
                      hires.join_again, hires.as_said, bool_or(k.rating = 'strong_yes') AS inside
               FROM hires JOIN candidates_scorecard c ON c.application_id = hires.application_id
                    AND c.state = 'submitted'
               JOIN candidates_scorecardmark k ON k.scorecard_id = c.id AND k.rating <> ''
               GROUP BY lower(k.name), hires.id, hires.met, hires.hire_again, hires.join_again, hires.as_said)
"""
BY_INTERVIEW = """
    groups AS (SELECT lower(i.name) AS key, min(i.name) AS label, hires.id, hires.met, hires.hire_again,
                      hires.join_again, hires.as_said, bool_or(c.recommendation = 'strong_yes') AS inside
               FROM hires JOIN candidates_scorecard c ON c.application_id = hires.application_id
                    AND c.state = 'submitted'
               JOIN candidates_interview i ON i.id = c.interview_id
               GROUP BY lower(i.name), hires.id, hires.met, hires.hire_again, hires.join_again, hires.as_said)
"""
KNOWN = """
    nothing AS (SELECT 1) SELECT count(*) FROM hires WHERE num_nonnulls(met, join_again) > 0
"""
MEASURES = {
    "met": gettext_lazy("Outcomes met"),
    "hire_again": gettext_lazy("Manager would hire again"),
    "as_said": gettext_lazy("As we had said"),
    "join_again": gettext_lazy("Would join again"),
}


def _figures(of: str) -> str:
    return (
        f"count({of}) FILTER (WHERE inside), count({of}) FILTER (WHERE NOT inside), "
        f"avg({of}) FILTER (WHERE inside), avg({of}) FILTER (WHERE NOT inside)"
    )


SHOWN = f"""
    SELECT min(label), {", ".join(_figures(of) for of in MEASURES)}
    FROM groups GROUP BY key ORDER BY min(label), key
"""  # noqa: S608


@dataclass(frozen=True)
class Figure:
    """A group against the others: by how much more or less, in per cent, and on how many hires each rests."""

    label: str
    percent: int
    inside: int
    outside: int

    @property
    def said(self) -> str:
        if self.percent == 0:
            return gettext("as the others")
        said = (
            gettext("%(percent)s %% above the others")
            if self.percent > 0
            else gettext("%(percent)s %% below the others")
        )
        return said % {"percent": abs(self.percent)}


@dataclass(frozen=True)
class Row:
    label: str
    figures: list[Figure | None]
    """In the order of `MEASURES`; None below the minimum."""


@dataclass(frozen=True)
class Table:
    title: str
    by: str
    """What its rows are."""
    explains: str
    rows: list[Row]
    """Those with a figure."""


@dataclass(frozen=True)
class Quality:
    tables: list[Table]
    known: int
    """Of how many hires somebody has answered from the 90th day on."""

    @property
    def measures(self) -> list[str]:
        return [str(each) for each in MEASURES.values()]


def quality(*, now: datetime) -> Quality:
    """Four queries, whatever there is."""
    values = {"from": FIRST_LOOK, "since": now - PERIOD}
    known = listed(TOLD + KNOWN, values)
    asked = (
        (
            gettext("By source"),
            gettext("Source"),
            gettext("Hires from a source against hires from the others."),
            BY_SOURCE,
        ),
        (
            gettext("By criterion"),
            gettext("Criterion"),
            gettext("Hires rated a strong yes on it against those who were not."),
            BY_CRITERION,
        ),
        (
            gettext("By interview"),
            gettext("Interview"),
            gettext("Hires whom it recommended strongly against those whom it did not."),
            BY_INTERVIEW,
        ),
    )
    return Quality(
        [Table(title, by, explains, _rows(groups, values)) for title, by, explains, groups in asked],
        known[0][0],
    )


def _rows(groups: str, values: dict[str, object]) -> list[Row]:
    found = []
    for label, *figures in listed(TOLD + groups + SHOWN, values):
        parts = [figures[place : place + 4] for place in range(0, len(figures), 4)]
        shown = [_figure(name, *part) for name, part in zip(map(str, MEASURES.values()), parts, strict=True)]
        if any(each is not None for each in shown):
            found.append(Row(label, shown))
    return found


def _figure(label: str, inside: int, outside: int, mean: float | None, others: float | None) -> Figure | None:
    if min(inside, outside) < MINIMUM or mean is None or not others:
        return None
    return Figure(label, round((float(mean) / float(others) - 1) * 100), inside, outside)
