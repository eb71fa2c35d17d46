"""What the page of a run says: how far it is, whom it touches, and whom not and why."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, F, Prefetch, Window
from django.db.models.functions import RowNumber

from ats.accounts.models import User
from ats.kernel.kept import retold
from ats.kernel.staff_words import gettext
from candidates.applications.models import Application, ApplicationState, DispositionReason
from candidates.bulk.models import BulkItem, BulkKind, BulkRun, ItemState, RunState
from candidates.people.models import Candidate, Tag
from requisitions.models import StageKind

NAMED = 8
"""First names that stand beside a count."""
PAGE = 100
LATEST = 30


@dataclass(frozen=True)
class Group:
    """Those of whom the same is said: how many, and the first of them by their first names."""

    state: str
    why: str
    count: int
    names: str
    more: int
    label: str


@dataclass(frozen=True)
class Standing:
    """How far a run is."""

    run: BulkRun
    counts: dict[str, int]

    def of(self, *states: str) -> int:
        return sum(self.counts.get(state, 0) for state in states)

    @property
    def everybody(self) -> int:
        return sum(self.counts.values())

    @property
    def left_out(self) -> int:
        return self.of(ItemState.LEFT_OUT)

    @property
    def total(self) -> int:
        """Those who are gone through: of a run that is taken back, those whom it had touched."""
        if self.run.state in {RunState.UNDOING, RunState.UNDONE}:
            return self.of(ItemState.DONE, ItemState.UNDONE, ItemState.STAYED)
        return self.of(*(state for state in ItemState.values if state != ItemState.LEFT_OUT))

    @property
    def through(self) -> int:
        if self.run.state in {RunState.UNDOING, RunState.UNDONE}:
            return self.of(ItemState.UNDONE, ItemState.STAYED)
        return self.total - self.waiting

    @property
    def waiting(self) -> int:
        return self.of(ItemState.WAITING)

    @property
    def done(self) -> int:
        return self.of(ItemState.DONE)

    @property
    def refused(self) -> int:
        return self.of(ItemState.REFUSED)

    @property
    def undone(self) -> int:
        return self.of(ItemState.UNDONE)

    @property
    def stayed(self) -> int:
        return self.of(ItemState.STAYED)

    @property
    def can_be_undone(self) -> bool:
        ended = self.run.state in {RunState.DONE, RunState.CANCELLED}
        return ended and self.done > 0 and self.run.kind != BulkKind.EXPORT

    @property
    def has_table(self) -> bool:
        ended = self.run.state in {RunState.DONE, RunState.CANCELLED}
        return ended and self.done > 0 and self.run.kind == BulkKind.EXPORT


def standing(run: BulkRun) -> Standing:
    """One query, by an index alone."""
    return standings([run])[0]


def standings(runs: Sequence[BulkRun]) -> list[Standing]:
    found: dict[int, dict[str, int]] = defaultdict(dict)
    rows = BulkItem.objects.filter(run__in=[run.pk for run in runs]).values("run", "state")
    for row in rows.annotate(number=Count("pk")).order_by():
        found[row["run"]][row["state"]] = row["number"]
    return [Standing(run, found[run.pk]) for run in runs]


def groups(run: BulkRun, user: User) -> list[Group]:
    """Of each outcome how many and the first of them; three queries."""
    counts = BulkItem.objects.filter(run=run).values_list("state", "why").annotate(number=Count("pk"))
    place = Window(RowNumber(), partition_by=[F("state"), F("why")], order_by="pk")
    first = BulkItem.objects.filter(run=run).annotate(place=place).filter(place__lte=NAMED).order_by("pk")
    rows = list(first.values_list("state", "why", "candidate"))
    names = _names(user, {candidate for _, _, candidate in rows})
    shown: dict[tuple[str, str], list[str]] = defaultdict(list)
    for state, why, candidate in rows:
        if candidate in names:
            shown[state, why].append(names[candidate])
    return [
        Group(
            state=state,
            why=retold(why),
            count=number,
            names=", ".join(shown[state, why]),
            more=number - len(shown[state, why]),
            label=_label(run, state),
        )
        for state, why, number in counts.order_by("state", "-number", "why")
    ]


def _label(run: BulkRun, state: str) -> str:
    if state == ItemState.WAITING and run.ended_at is not None:
        return gettext("It was stopped before them")
    return str(ItemState(state).label)


def _names(user: User, ids: Iterable[int]) -> dict[int, str]:
    """First names of those whom the reader may see by now."""
    rows = Candidate.objects.visible_to(user).filter(pk__in=list(ids))
    return {
        pk: first or last
        for pk, first, last in rows.order_by("pk").values_list("pk", "first_name", "last_name")
    }


@dataclass(frozen=True)
class Line:
    """One person of a run."""

    candidate: Candidate
    application: int | None
    role: str
    said: str
    why: str


@dataclass(frozen=True)
class Lines:
    lines: list[Line]
    after: int | None


def lines(run: BulkRun, user: User, *, state: str = "", after: int = 0) -> Lines:
    """A page of those in it whom the reader may see; a fixed number of queries."""
    rows = BulkItem.objects.filter(run=run, pk__gt=after)
    if state in ItemState.values:
        rows = rows.filter(state=state)
    page = list(rows.select_related("application__requisition").order_by("pk")[: PAGE + 1])
    people = Candidate.objects.visible_to(user).filter(pk__in=[row.candidate_id for row in page])
    seen = {row.pk: row for row in people.only("first_name", "last_name", "headline", "city")}
    shown = [
        Line(
            candidate=seen[row.candidate_id],
            application=row.application_id,
            role=row.application.requisition.title if row.application else "",
            said=str(ItemState(row.state).label),
            why=retold(row.why),
        )
        for row in page[:PAGE]
        if row.candidate_id in seen
    ]
    return Lines(shown, page[PAGE - 1].pk if len(page) > PAGE else None)


def latest(user: User) -> list[Standing]:
    """One's newest runs; two queries."""
    return standings(list(BulkRun.objects.visible_to(user).order_by("-pk")[:LATEST]))


def unfinished(user: User) -> list[Standing]:
    """One's runs that are at work, or whose end one has not seen; two queries at most."""
    mine = BulkRun.objects.visible_to(user)
    rows = mine.at_work() | mine.filter(ended_at__isnull=False, seen_at=None)
    runs = list(rows.order_by("pk"))
    return standings(runs) if runs else []


def title(run: BulkRun) -> str:
    """What is done, in a few words."""
    facts = run.parameters
    if run.kind == BulkKind.MOVE:
        name = facts.get("name") or str(StageKind(facts["stage_kind"]).label)
        return gettext("Move to %(stage)s") % {"stage": retold(name)}
    if run.kind == BulkKind.REJECT:
        reason = DispositionReason.objects.filter(code=facts.get("reason", "")).first()
        return gettext("Reject: %(reason)s") % {"reason": retold(reason.label) if reason else ""}
    if run.kind in {BulkKind.TAG, BulkKind.UNTAG}:
        return f"{BulkKind(run.kind).label}: {', '.join(facts['tags'])}"
    if run.kind in {BulkKind.POOL, BulkKind.SEQUENCE}:
        return f"{BulkKind(run.kind).label}: {facts['name']}"
    return str(BulkKind(run.kind).label)


HEAD = ("Name", "E-mail", "Telephone", "City", "Country", "What they do", "Tags", "Roles", "Here since")


def table(run: BulkRun, user: User) -> list[list[Any]]:
    """Those of an export whom its author may see now, with what they may see of them; four queries."""
    done = BulkItem.objects.filter(run=run, state=ItemState.DONE).values("candidate")
    rows = Candidate.objects.visible_to(user).filter(pk__in=done, anonymised_at=None).without_words()
    theirs = Application.objects.visible_to(user).select_related("requisition", "stage")
    told = rows.prefetch_related(
        Prefetch("tags", Tag.objects.order_by("name")),
        Prefetch("applications", theirs.order_by("-applied_at", "-pk"), to_attr="seen"),
    )
    return [
        [
            row.name,
            row.email,
            row.phone,
            row.city,
            row.country,
            row.headline,
            ", ".join(tag.name for tag in row.tags.all()),
            "; ".join(_role(each) for each in row.seen),  # type: ignore[attr-defined]
            row.created_at.date().isoformat(),
        ]
        for row in told.order_by("-created_at", "-pk")
    ]


def _role(application: Application) -> str:
    active = application.state == ApplicationState.ACTIVE
    how = retold(application.stage.name) if active else str(ApplicationState(application.state).label)
    return f"{application.requisition.title} ({how})"
