"""Who has to approve what, for the settings."""

from dataclasses import dataclass

from django.db.models import Prefetch, Q

from ats.accounts.models import User
from ats.approvals.actions import lay_chain
from ats.approvals.domain import kinds
from ats.approvals.models import ApprovalChain, ApprovalStep
from ats.organisation.models import HiringOrganisation


def kind_labels() -> dict[str, str]:
    return {name: kind.label for name, kind in kinds.known().items()}


@dataclass(frozen=True)
class ChainLine:
    """One kind with its chain for everybody, and the organisations that have their own, each in words."""

    kind: kinds.ApprovalKind
    said: str
    hours: int | None
    """Within which each has to answer; None where nobody is asked."""
    own: list[tuple[HiringOrganisation, str, int | None]]


def chain_lines() -> list[ChainLine]:
    """Three queries, whatever the number of chains."""
    rows = ApprovalChain.objects.select_related("organisation").prefetch_related("steps__person")
    found = list(rows.order_by("organisation__name"))
    return [
        _chain_line(kind, [one for one in found if one.kind == kind.name]) for kind in kinds.known().values()
    ]


def _chain_line(kind: kinds.ApprovalKind, mine: list[ApprovalChain]) -> ChainLine:
    house = next((chain for chain in mine if chain.organisation is None), None)
    said, hours = _in_words(house, kind)
    own = [(chain.organisation, *_in_words(chain, kind)) for chain in mine if chain.organisation is not None]
    return ChainLine(kind=kind, said=said, hours=hours, own=own)


def _in_words(chain: ApprovalChain | None, kind: kinds.ApprovalKind) -> tuple[str, int | None]:
    """Who is asked, and within how many hours; none where nobody is."""
    steps = list(chain.steps.all()) if chain else []
    return lay_chain.in_words(steps, kind), chain.hours if chain and steps else None


def own_chain(kind: str, organisation: HiringOrganisation | None) -> ApprovalChain | None:
    """The chain of exactly this owner, with its steps."""
    steps = ApprovalStep.objects.select_related("person").order_by("position", "pk")
    rows = ApprovalChain.objects.filter(kind=kind, organisation=organisation)
    return rows.prefetch_related(Prefetch("steps", queryset=steps)).first()


def may_approve(chain: ApprovalChain | None) -> list[User]:
    """Everybody who can be asked by name, and who has left since the chain named them."""
    named = [step.person_id for step in chain.steps.all()] if chain else []
    return list(User.objects.filter(Q(is_active=True) | Q(pk__in=named)).order_by("name", "pk"))


def organisations() -> list[HiringOrganisation]:
    return list(HiringOrganisation.objects.filter(is_active=True).order_by("name"))
