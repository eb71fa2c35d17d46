"""The look back at one role: what was promised and happened, how its candidates fared, and what each wrote."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from ats.accounts.models import User
from ats.kernel.access import get_for
from ats.kernel.rows import answers, showing
from ats.kernel.staff_words import gettext
from candidates.models import KEPT_FROM_ANYBODY
from partners.celebrations.queries import bars
from partners.checkins.queries.known import groups
from partners.commitments.domain.kinds import KINDS
from partners.commitments.models import TALLIED
from partners.intake.domain.content import TEXTS, Content
from partners.intake.domain.fields import FIELDS
from partners.intake.queries.brief import said_now, settled
from partners.partnerships.models import Partnership, PartnerSide
from partners.partnerships.rules import sides_of
from partners.retrospectives.models import Keepsake, LookBack, Retrospective, RetrospectiveState
from partners.retrospectives.rules import VIEW, side_of

WHOLE = (
    "partnership__requisition__organisation",
    "partnership__requisition__recruiter",
    "partnership__requisition__hiring_manager",
)
MOST_OWED = 20
OF_A_ROW = (
    *("due_at", "partnership__requisition__title", "partnership__requisition__organisation_id"),
    *("partnership__requisition__recruiter__name", "partnership__requisition__hiring_manager__name"),
    *("partnership__requisition__recruiter__email", "partnership__requisition__hiring_manager__email"),
)
"""What the lines of somebody's day show of a role that has ended."""

RESPECT = f"""
    SELECT people.*, dates.* FROM
    (SELECT count(*) AS people, count(*) FILTER (WHERE state IN ('rejected', 'hired')) AS decided,
            count(*) FILTER (WHERE state IN ('rejected', 'hired') AND told_at IS NOT NULL) AS told
     FROM candidates_application a WHERE requisition_id = %(role)s AND a.id NOT IN {KEPT_FROM_ANYBODY}) AS people,
    (SELECT count(*) FILTER (WHERE p.state = 'kept') AS kept, count(*) FILTER (WHERE p.state = 'broken') AS broken,
            count(DISTINCT p.application_id) FILTER (WHERE p.state = 'broken') AS waited,
            coalesce(max(extract(day FROM coalesce(p.settled_at, %(now)s) - p.waiting_since))
                     FILTER (WHERE p.broken_before > 0), 0) AS longest
     FROM candidates_promise p JOIN candidates_application a ON a.id = p.application_id
     WHERE a.requisition_id = %(role)s AND a.id NOT IN {KEPT_FROM_ANYBODY}) AS dates
"""  # noqa: S608


@dataclass(frozen=True)
class Respect:
    """How the candidates of a role fared: who was told, dates that were kept, and who waited beyond one."""

    people: int
    decided: int
    told: int
    kept: int
    broken: int
    waited: int
    longest: int
    """Days from the first broken date to the answer, of whoever waited longest."""

    @property
    def dates(self) -> int:
        return self.kept + self.broken


@dataclass(frozen=True)
class Happened:
    """One kind of commitment, as it went."""

    what: str
    kept: int
    late: int
    missed: int

    @property
    def said(self) -> str:
        counts = {
            gettext("%(count)s kept"): self.kept,
            gettext("%(count)s late"): self.late,
            gettext("%(count)s missed"): self.missed,
        }
        return ", ".join(how % {"count": count} for how, count in counts.items() if count)


@dataclass(frozen=True)
class Side:
    """One side of the look back; `words` are there for who may read them."""

    side: PartnerSide
    person: User
    happened: list[Happened]
    words: LookBack | None
    has_written: bool


@dataclass(frozen=True)
class Page:
    retrospective: Retrospective
    sides: list[Side]
    bars: dict[str, dict[str, int]]
    respect: Respect
    kept: list[Keepsake]
    mine: PartnerSide | None
    """The side in whose name the viewer writes."""
    may_keep: bool
    is_late: bool
    """Whether somebody has still to write whose day to do so has passed."""

    @property
    def is_open(self) -> bool:
        return self.retrospective.state == RetrospectiveState.OPEN

    @property
    def reads(self) -> bool:
        """Whether the viewer is one of the two who wrote, also where another leads their side since."""
        return any(side.words for side in self.sides)

    @property
    def other(self) -> User | None:
        """Who reads what the viewer writes."""
        return next((side.person for side in self.sides if side.side != self.mine), None)

    @property
    def own(self) -> LookBack | None:
        return next((side.words for side in self.sides if side.side == self.mine), None)


def permitted(user: User, partnership_id: int) -> Retrospective:
    place = Retrospective.objects.filter(partnership=partnership_id).values_list("pk", flat=True).first()
    return get_for(Retrospective.objects.select_related(*WHOLE), place or 0, user=user, permission=VIEW)


def page(user: User, partnership_id: int, *, now: datetime) -> Page:
    """Everything that this person may read of it; the same queries whatever there is."""
    found = permitted(user, partnership_id)
    partnership, role = found.partnership, found.partnership.requisition
    leaders = {PartnerSide.RECRUITER: role.recruiter, PartnerSide.MANAGER: role.hiring_manager}
    words = {row.side: row for row in found.words.visible_to(user).select_related("author")}
    written = set(found.words.values_list("side", flat=True))
    happened = _happened(partnership, now=now)
    sides = [
        Side(side, person, happened[side], words.get(side), side in written)
        for side, person in leaders.items()
        if person is not None
    ]
    return Page(
        retrospective=found,
        sides=sides,
        bars=bars(partnership, now=now),
        respect=respect(role.pk, now=now),
        kept=list(found.keepsakes.select_related("by")),
        mine=side_of(user, found),
        may_keep=bool(sides_of(user, role)),
        is_late=found.state == RetrospectiveState.OPEN and found.due_at < now,
    )


def _happened(partnership: Partnership, *, now: datetime) -> dict[str, list[Happened]]:
    counts: dict[tuple[str, str], dict[str, int]] = {}
    for group in groups(partnership.pk, now=now):
        if group.state in TALLIED:
            counts.setdefault((group.side, group.kind), {})[group.state] = group.count
    found: dict[str, list[Happened]] = {side.value: [] for side in PartnerSide}
    for (side, kind), count in counts.items():
        what = str(KINDS[kind].term.what)
        found[side].append(Happened(what, *(count.get(state.value, 0) for state in TALLIED)))
    return found


def respect(requisition_id: int, *, now: datetime) -> Respect:
    """One query."""
    found = answers(RESPECT, {"role": requisition_id, "now": now})
    return Respect(**found | {"longest": int(found["longest"])})


def fields() -> list[tuple[str, str]]:
    """Where the next brief can say what is kept: its texts, in their order."""
    return [(code, str(field.label)) for code, field in FIELDS.items() if code in TEXTS]


def kept_of(partnership: Partnership) -> Content:
    """What the next brief of the same manager begins with: what this one said, and below it what is kept."""
    rows = list(Keepsake.objects.filter(retrospective__partnership=partnership))
    if not rows:
        return {}
    version = settled(partnership)
    said = version.content if version is not None else said_now(partnership)
    return {code: _together(said.get(code, ""), rows, code) for code in {row.code for row in rows}}


def _together(said: str, rows: Iterable[Keepsake], code: str) -> str:
    return "\n".join(filter(None, [said, *(row.text for row in rows if row.code == code)]))


def owed(user: User) -> list[Retrospective]:
    """The due rows of this person, whichever is due first on top; one query."""
    rows = showing(Retrospective.objects.owed_by(user), *OF_A_ROW)
    return list(rows.order_by("due_at", "pk")[:MOST_OWED])
