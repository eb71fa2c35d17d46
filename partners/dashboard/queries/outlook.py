"""When a role is filled at this pace, how it compares with the organisation's own past, and what came due when."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from ats.kernel.rows import listed
from ats.kernel.staff_words import gettext
from partners.dashboard.domain.forecast import (
    KINDS,
    LEAST_ENDED,
    LEAST_HIRES,
    TOO_FAR,
    TOO_FEW,
    Forecast,
    forecast,
)
from partners.dashboard.domain.passages import Step, steps
from partners.dashboard.queries.past import past_of
from partners.partnerships.models import Partnership
from partners.partnerships.queries.status import Goal, Standing
from requisitions.models import RequisitionState

PACE = timedelta(days=28)
"""The pace is that of these days, or of those since the opening where they are fewer."""
LEAST_PACE = 7
STATES = ("kept", "late", "missed")
MOST_MONTHS, LOOKED_THROUGH = 6, 24

BY_MONTH = """
    SELECT width_bucket(due_at, %(months)s::timestamptz[]) AS month, side, state, count(*)
    FROM partners_commitment
    WHERE partnership_id = %(partnership)s AND state IN ('kept', 'late', 'missed')
      AND due_at BETWEEN %(first)s AND %(now)s
    GROUP BY 1, 2, 3 ORDER BY 1
"""


@dataclass(frozen=True)
class Outlook:
    """`on` is the day, `early` and `late` its range; `told` says whether there is one."""

    figures: Forecast
    today: date
    steps: Sequence[Step]
    since: date

    def _day(self, days: int | None) -> date | None:
        return None if days is None else self.today + timedelta(days=days)

    @property
    def on(self) -> date | None:
        return self._day(self.figures.days)

    @property
    def early(self) -> date | None:
        return self._day(self.figures.early)

    @property
    def late(self) -> date | None:
        return self._day(self.figures.late)

    @property
    def takes(self) -> str:
        return gettext("It takes %(ended)s, and %(hires)s hires.") % {
            "ended": LEAST_ENDED,
            "hires": LEAST_HIRES,
        }

    @property
    def is_too_far(self) -> bool:
        """At this pace it takes longer than is reckoned with."""
        return self.figures.why_not == TOO_FAR

    @property
    def is_told(self) -> bool:
        """Whether there were enough cases to say anything."""
        return self.figures.why_not != TOO_FEW

    @property
    def a_week(self) -> str:
        """New candidates a week, as one says it."""
        return f"{self.figures.a_week:.0f}" if self.figures.a_week >= 3 else f"{self.figures.a_week:.1f}"


@dataclass(frozen=True)
class Month:
    """What came due in one month, on both sides."""

    month: date
    recruiter: dict[str, int]
    manager: dict[str, int]

    @property
    def counts(self) -> list[str]:
        """What is kept, late and missed, on both sides, as a table says it."""
        return [str(side.get(state, 0)) for side in (self.recruiter, self.manager) for state in STATES]


def pace_since(partnership: Partnership, *, now: datetime) -> datetime:
    """From when on new applicants make the pace."""
    begun = max(now - PACE, partnership.requisition.opened_at or now)
    return min(begun, now - timedelta(days=LEAST_PACE))


def outlook(partnership: Partnership, *, goal: Goal, standing: Standing, now: datetime) -> Outlook | None:
    """None where nobody is looked for; of `standing`, whose `fresh` are those since `pace_since`, and the past."""
    role = partnership.requisition
    if role.state != RequisitionState.OPEN or not goal.open:
        return None
    past = past_of(role.organisation_id, now=now)
    since, funnel = pace_since(partnership, now=now), standing.steps
    in_play = {kind: sum(step.count for step in funnel if step.kind == kind) for kind in KINDS[:-1]}
    figures = forecast(
        seats=goal.open,
        in_play=in_play,
        a_day=standing.fresh / ((now - since) / timedelta(days=1)),
        past=past.passages,
    )
    zone = role.organisation.calendar.zone
    return Outlook(
        figures=figures,
        today=now.astimezone(zone).date(),
        steps=steps(
            [step.kind for step in funnel],
            here=standing.ended,
            in_play=in_play,
            past=past.counts,
        ),
        since=since.astimezone(zone).date(),
    )


def by_month(partnership: Partnership, *, now: datetime) -> list[Month]:
    """The last months in which something came due, of those of two years; one query."""
    months = _beginnings(now.astimezone(partnership.requisition.organisation.calendar.zone))
    values = {"partnership": partnership.pk, "months": months, "first": months[0], "now": now}
    found: dict[date, Month] = {}
    for number, side, state, count in listed(BY_MONTH, values):
        month = months[number - 1].date()
        getattr(found.setdefault(month, Month(month, {}, {})), side)[state] = count
    return list(found.values())[-MOST_MONTHS:]


def _beginnings(now: datetime) -> list[datetime]:
    """Where the last months began, up to this one, by the clocks of its zone."""
    last = now.year * 12 + now.month - 1
    months = (divmod(number, 12) for number in range(last - LOOKED_THROUGH + 1, last + 1))
    return [datetime(year, month + 1, 1, tzinfo=now.tzinfo) for year, month in months]
