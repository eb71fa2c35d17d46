"""Reading a board: its columns with their figures, and the cards that are in sight.

A board with two thousand people costs what one with two hundred costs: the figures are counted by the
database, and of each column only one page of cards is read, by the index on stage and time of entry.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from ats.kernel.rows import listed, named
from ats.web.cursors import Cursor, said
from candidates.applications.models import Application, ApplicationState
from candidates.board.domain.cards import Card, made_of
from candidates.people.models import Candidate, Tag
from candidates.people.queries import matching
from candidates.promises.models import waits_too_long
from requisitions.models import Requisition, Stage, StageKind

FIRST, PAGE = 15, 50
"""Cards of a column that are read at first: more than a window holds; and then at a time."""


@dataclass(frozen=True, kw_only=True)
class BoardFilter:
    """What a person narrows the board down to."""

    text: str = ""
    tag: int | None = None
    source: int | None = None
    owner: int | None = None
    overdue: bool = False
    kept: frozenset[int] = frozenset()
    """Applications that are kept from whoever looks: not on their board, nor in its figures."""

    @property
    def is_set(self) -> bool:
        return bool(self.text or self.tag or self.source or self.owner or self.overdue)

    def known(self, rows: "QuerySet[Application]") -> "QuerySet[Application]":
        return rows.exclude(pk__in=self.kept) if self.kept else rows

    def narrow(self, rows: "QuerySet[Application]", now: datetime) -> "QuerySet[Application]":
        """`rows` without what does not fit; every condition is on the row or asked of one of its own."""
        rows = self.known(rows)
        if self.text:
            rows = rows.filter(candidate__in=matching(Candidate.objects.all(), self.text).values("pk"))
        if self.tag:
            rows = rows.filter(Exists(Tag.objects.filter(pk=self.tag, candidates=OuterRef("candidate"))))
        if self.source:
            rows = rows.filter(source=self.source)
        if self.owner:
            rows = rows.filter(promises__state="open", promises__owner=self.owner)
        if self.overdue:
            rows = rows.filter(waits_too_long(now, "promises__"), promises__state="open")
        return rows


@dataclass(frozen=True)
class Column:
    """One stage of the board: how many are in it, for how long, and what is owed to them."""

    stage: Stage
    count: int
    shown: int
    median_days: int | None
    cards: list[Card]
    more: Cursor | None

    @property
    def after(self) -> str:
        """The next page's beginning as an address holds it."""
        return said(self.more)

    @property
    def ends(self) -> bool:
        return self.stage.kind == StageKind.HIRED


def of_requisition(requisition: Requisition) -> "QuerySet[Application]":
    """What of the requisition stands on a board: who is in play, and who was hired.

    Who may see the board (`candidates.view_board`) may see every application of the requisition.
    """
    return Application.objects.filter(
        requisition=requisition, state__in=[ApplicationState.ACTIVE, ApplicationState.HIRED]
    )


def columns(
    requisition: Requisition, *, narrowed: BoardFilter, now: datetime, size: int = FIRST
) -> list[Column]:
    """The board: four queries, however many people are on it."""
    stages = list(requisition.stages.order_by("position"))
    figures = stage_figures(requisition, narrowed=narrowed, now=now, stages=stages)
    first = _first_of_each(requisition, stages, narrowed=narrowed, now=now, size=size)
    cards: dict[int, list[Card]] = {stage.pk: [] for stage in stages}
    for card in read_cards(first, now=now):
        cards[card.stage_id].append(card)
    return [_column(stage, figures, cards[stage.pk], size) for stage in stages]


def heads(
    requisition: Requisition, *, narrowed: BoardFilter, now: datetime, stages: Iterable[Stage] | None = None
) -> list[Column]:
    """The columns, all or these, without their cards."""
    if stages is None:
        stages = requisition.stages.order_by("position")
    stages = list(stages)
    figures = stage_figures(requisition, narrowed=narrowed, now=now, stages=stages)
    return [_column(stage, figures, [], PAGE) for stage in stages]


def column(stage: Stage, *, narrowed: BoardFilter, now: datetime, after: Cursor, size: int = PAGE) -> Column:
    """The next page of one column."""
    rows = narrowed.narrow(of_requisition(stage.requisition), now)
    ids = [row[0] for row in _page(rows, stage, size=size, after=after)]
    return _column(stage, {}, read_cards(ids, now=now), size)


def _column(stage: Stage, figures: "dict[int, Figures]", cards: list[Card], size: int) -> Column:
    mine = figures.get(stage.pk, Figures(0, 0, None))
    more = cards[size - 1] if len(cards) > size else None
    return Column(
        stage=stage,
        count=mine.count,
        shown=mine.shown,
        median_days=mine.median_days,
        cards=cards[:size],
        more=(more.entered_at, more.id) if more else None,
    )


@dataclass(frozen=True)
class Figures:
    count: int
    shown: int
    median_days: int | None


STAGE_FIGURES = """
    SELECT stage_id AS stage, count(*) AS n,
           percentile_disc(0.5) WITHIN GROUP (ORDER BY stage_entered_at) AS middle
    FROM candidates_application
    WHERE requisition_id = %(requisition)s AND state IN ('active', 'hired') AND stage_id = ANY(%(stages)s)
      AND id <> ALL(%(kept)s)
    GROUP BY stage_id
"""
"""How many of `of_requisition` stand in each stage, and since when the middle one of them does."""


def stage_figures(
    requisition: Requisition, *, narrowed: BoardFilter, now: datetime, stages: Iterable[Stage]
) -> dict[int, Figures]:
    """For each of these stages with people in it: how many, how many fit the filter, the median days in it."""
    numbers = [stage.pk for stage in stages]
    of = {"requisition": requisition.pk, "stages": numbers, "kept": list(narrowed.kept)}
    rows = named(STAGE_FIGURES, of)
    fitting: dict[int, int] | None = None
    if narrowed.is_set:
        everybody = of_requisition(requisition).filter(stage__in=numbers)
        fits = narrowed.narrow(everybody, now).values("stage").annotate(n=Count("id"))
        fitting = {row["stage"]: row["n"] for row in fits}
    return {
        row["stage"]: Figures(
            count=row["n"],
            shown=row["n"] if fitting is None else fitting.get(row["stage"], 0),
            median_days=(now - row["middle"]).days,
        )
        for row in rows
    }


def _page(
    rows: "QuerySet[Application]", stage: Stage, *, size: int, after: Cursor | None = None
) -> "QuerySet[Application, tuple[int]]":
    """Ids of one page and of one more, which tells that there is another page."""
    rows = rows.filter(stage=stage, state=_state_in(stage))
    if after is not None:
        entered_at, last = after
        rows = rows.filter(
            Q(stage_entered_at__gt=entered_at) | Q(stage_entered_at=entered_at, pk__gt=last),
            stage_entered_at__gte=entered_at,
        )
    return rows.order_by("stage_entered_at", "pk").values_list("pk")[: size + 1]


def _state_in(stage: Stage) -> ApplicationState:
    """Of whom one stands in a column: who is in play, or who was hired."""
    return ApplicationState.HIRED if stage.kind == StageKind.HIRED else ApplicationState.ACTIVE


FIRST_OF_EACH = """
    SELECT a.id FROM unnest(%(stages)s, %(states)s) AS s (id, state) CROSS JOIN LATERAL (
        SELECT id FROM candidates_application
        WHERE requisition_id = %(requisition)s AND stage_id = s.id AND state = s.state AND id <> ALL(%(kept)s)
        ORDER BY stage_entered_at, id LIMIT %(most)s) AS a
"""
"""What `_page` asks of each stage, where nothing is narrowed: a union of a dozen questions takes Django longer to
put together than the database to answer."""


def _first_of_each(
    requisition: Requisition, stages: list[Stage], *, narrowed: BoardFilter, now: datetime, size: int
) -> list[int]:
    if not stages:
        return []
    if narrowed.is_set:
        rows = narrowed.narrow(of_requisition(requisition), now)
        pages = [_page(rows, stage, size=size) for stage in stages]
        return [row[0] for row in pages[0].union(*pages[1:], all=True)]
    values = {
        "requisition": requisition.pk,
        "stages": [stage.pk for stage in stages],
        "states": [_state_in(stage).value for stage in stages],
        "most": size + 1,
        "kept": list(narrowed.kept),
    }
    return [pk for (pk,) in listed(FIRST_OF_EACH, values)]


def everyone(
    requisition: Requisition, stage_id: int, *, narrowed: BoardFilter, now: datetime, most: int
) -> list[int]:
    """Everybody in play in this stage who fits the filter, longest there first, up to `most`."""
    rows = narrowed.narrow(of_requisition(requisition), now).filter(stage=stage_id, state="active")
    return list(rows.order_by("stage_entered_at", "pk").values_list("pk", flat=True)[:most])


CARDS = """
    SELECT a.id, a.stage_id, a.state, a.version, a.stage_entered_at, a.candidate_id,
           EXISTS (SELECT FROM candidates_message
                   WHERE application_id = a.id AND direction = 'in' AND answered_at IS NULL) AS writes,
           c.first_name, c.last_name, c.headline, c.city, s.promise AS usual,
           p.kind, p.what, p.due_at, p.side, p.broken_before, p.waiting_since, o.name AS owner,
           (SELECT json_agg(json_build_array(r.verdict, u.name) ORDER BY r.requested_at, r.id)
            FROM candidates_review r JOIN ats_user u ON u.id = r.reviewer_id
            WHERE r.application_id = a.id AND r.state <> 'cancelled') AS marks
    FROM candidates_application a
    JOIN candidates_candidate c ON c.id = a.candidate_id
    JOIN requisitions_stage s ON s.id = a.stage_id
    LEFT JOIN candidates_promise p ON p.application_id = a.id AND p.state = 'open'
    LEFT JOIN ats_user o ON o.id = p.owner_id
    WHERE a.id = ANY(%(ids)s) ORDER BY a.stage_entered_at, a.id
"""
"""Of a card all that it shows, with what reviewers said in the order in which they were asked."""


def read_cards(ids: Iterable[int], *, now: datetime) -> list[Card]:
    """Cards of these applications, whose reader may see them: one query; longest in their stage first."""
    return made_of(named(CARDS, {"ids": list(ids)}), now)
