"""What one role's page shows: what each function signed, and where what they want contradicts itself."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from ats.accounts.models import User
from ats.activity.describing import Entry, entries
from ats.activity.models import Activity
from ats.kernel.access import permitted as checked
from partners.alignment.domain.contradictions import RULES, Rule, unserved
from partners.alignment.models import (
    Contradiction,
    ContradictionState,
    Signature,
    SigningFunction,
    aligned_by,
)
from partners.alignment.queries.figures import find, outcomes_of
from partners.alignment.queries.people import signers_of
from partners.alignment.rules import DECIDE, SERVE, VIEW
from partners.intake.domain.fields import labels
from partners.intake.models import BriefVersion
from partners.intake.queries import settled
from partners.partnerships.models import Partnership, PartnershipState
from partners.partnerships.rules import sides_of
from requisitions.models import CriterionKind

WHOLE = (
    "requisition__organisation__calendar",
    "requisition__department__head",
    "requisition__recruiter",
    "requisition__hiring_manager",
)
MOST_SETTLED, MOST_ENTRIES = 20, 40
OF_SIGNATURES = [f"signature.{what}" for what in ("asked", "carried", "given", "handed_on", "voided")]


def permitted(user: User, partnership_id: int) -> Partnership:
    """For who partners in it, signs its brief, decides about it, or oversees."""
    rows = aligned_by(user).filter(pk=partnership_id).select_related(*WHOLE)
    seen = rows.prefetch_related("requisition__members", "requisition__criteria")
    return checked(Partnership, partnership_id, seen, user=user, permission=VIEW)


@dataclass(frozen=True)
class OfFunction:
    """One function: who signs for it, and what it said of the version that counts."""

    label: str
    person: User | None
    row: Signature | None
    is_mine: bool
    is_late: bool
    changed: str
    """What is new since it last signed, in words."""

    @property
    def state(self) -> str:
        """`none` where nobody is named, `never` where this version was settled before somebody was, `gone` where
        whoever is asked has no access any more."""
        if self.row is None:
            return "none" if self.person is None else "never"
        if self.row.state == "open" and not self.row.person.is_active:
            return "gone"
        return "late" if self.is_late else self.row.state


@dataclass(frozen=True)
class Shown:
    """One contradiction with the rule that found it."""

    row: Contradiction
    rule: Rule
    may_decide: bool
    is_late: bool

    @property
    def is_open(self) -> bool:
        return self.row.state == ContradictionState.OPEN


@dataclass(frozen=True)
class AlignmentPage:
    """Everything that the page of one role shows."""

    partnership: Partnership
    version: BriefVersion | None
    functions: list[OfFunction]
    open: list[Shown]
    settled: list[Shown]
    ahead: list[tuple[Rule, str]]
    """What would be raised if it were settled as it is now, while nothing is settled."""
    unserved: list[str]
    musts: list[tuple[int, str]]
    may_serve: bool
    history: list[Entry]
    """Who was asked to sign, signed, or is not asked any more, the newest on top."""
    is_inside: bool
    """Whether the viewer sees the partnership itself, and not this page alone."""

    @property
    def accepted(self) -> list[str]:
        """What is at odds and was accepted: nobody has to decide it, and it is not gone for that."""
        rows = [str(one.rule.title) for one in self.settled if one.row.state == ContradictionState.ACCEPTED]
        return list(dict.fromkeys(rows))

    @property
    def unnamed(self) -> list[str]:
        return [each.label for each in self.functions if each.state == "none"]

    @property
    def asked(self) -> list[OfFunction]:
        return [each for each in self.functions if each.state != "none"]

    @property
    def signed(self) -> int:
        return sum(each.row is not None and each.row.agrees for each in self.functions)


def page(partnership: Partnership, user: User, *, now: datetime) -> AlignmentPage:
    """Six queries; seven more while nothing is settled, for what would be raised."""
    version = settled(partnership)
    rows = _contradictions(partnership, user, now=now)
    is_open = [each for each in rows if each.is_open]
    is_running = partnership.state == PartnershipState.ACTIVE
    serves = is_running and user.has_perm(SERVE, partnership)
    lines = _unserved(partnership.pk) if any(one.row.rule == "outcome_unserved" for one in is_open) else []
    return AlignmentPage(
        partnership=partnership,
        version=version,
        functions=_functions(partnership, version, user, now=now),
        open=is_open,
        settled=[each for each in rows if not each.is_open][:MOST_SETTLED],
        ahead=_ahead(partnership, now=now) if version is None and not rows and is_running else [],
        unserved=lines,
        musts=[
            (row.pk, row.name)
            for row in sorted(partnership.requisition.criteria.all(), key=lambda row: (row.position, row.pk))
            if row.kind == CriterionKind.MUST
        ],
        may_serve=serves,
        history=_history(partnership),
        is_inside=user.oversees or bool(sides_of(user, partnership.requisition)),
    )


def _history(partnership: Partnership) -> list[Entry]:
    rows = Activity.objects.filter(partnership_id=partnership.pk, verb__in=OF_SIGNATURES)
    return entries(rows.order_by("-occurred_at", "-id")[:MOST_ENTRIES])


def _functions(
    partnership: Partnership, version: BriefVersion | None, user: User, *, now: datetime
) -> list[OfFunction]:
    named = signers_of(partnership.requisition.organisation_id)
    rows: Iterable[Signature] = (
        version.signatures.select_related("person", "carried_from__version") if version else ()
    )
    given = {row.function: row for row in rows if row.state != "void"}
    found = []
    for function in SigningFunction:
        row, signer = given.get(function), named.get(function)
        open_ = row is not None and row.state == "open"
        found.append(
            OfFunction(
                label=str(function.label),
                person=row.person if row else signer.person if signer else None,
                row=row,
                is_mine=row is not None and row.person_id == user.pk,
                is_late=row is not None and open_ and row.due_at < now,
                changed=labels(row.changed) if row is not None and open_ else "",
            )
        )
    return found


def _contradictions(partnership: Partnership, user: User, *, now: datetime) -> list[Shown]:
    rows = Contradiction.objects.filter(partnership=partnership).select_related("decider", "settled_by")
    found = [_shown(row, partnership, user, now=now) for row in rows.order_by("-settled_at", "pk")]
    order = list(RULES)
    return sorted(found, key=lambda one: (not one.is_open, order.index(one.rule.code) if one.is_open else 0))


def _shown(row: Contradiction, partnership: Partnership, user: User, *, now: datetime) -> Shown:
    row.partnership = partnership
    is_open = row.state == ContradictionState.OPEN
    return Shown(row, RULES[row.rule], is_open and user.has_perm(DECIDE, row), is_open and row.due_at < now)


def _ahead(partnership: Partnership, *, now: datetime) -> list[tuple[Rule, str]]:
    found = find([partnership.pk], now=now)[partnership.pk]
    return [(RULES[code], finding.said) for code, finding in found.items()]


def _unserved(partnership_id: int) -> list[str]:
    of = outcomes_of(partnership_id)
    return unserved(of["outcomes"], of["outcomes_12_months"], musts=of["musts"], served=of["served"])


@dataclass(frozen=True)
class Waiting:
    """What somebody is to sign and to decide."""

    signatures: list[Signature]
    contradictions: list[Shown]


def waiting(user: User, *, now: datetime) -> Waiting:
    """Two queries."""
    to_sign = Signature.objects.open().filter(
        person=user, version__partnership__state=PartnershipState.ACTIVE
    )
    to_decide = Contradiction.objects.open().filter(decider=user)
    role = "partnership__requisition"
    rows = to_decide.select_related(f"{role}__recruiter", f"{role}__hiring_manager", "decider")
    return Waiting(
        list(to_sign.select_related(f"version__{role}").order_by("due_at", "pk")),
        [Shown(row, RULES[row.rule], True, row.due_at < now) for row in rows.order_by("due_at", "pk")],
    )


def count_waiting(user: User) -> int:
    """How much somebody is to sign and to decide; one query."""
    signs = Signature.objects.open().filter(person=user, version__partnership__state=PartnershipState.ACTIVE)
    decides = Contradiction.objects.open().filter(decider=user)
    return signs.values("pk").union(decides.values("pk"), all=True).count()
