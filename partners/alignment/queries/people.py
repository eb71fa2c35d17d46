"""Who signs and who decides: as the organisation has named them, and as they have access today."""

from collections.abc import Iterable
from dataclasses import dataclass

from ats.accounts.models import User
from ats.approvals.queries.people import House
from ats.kernel.kept import kept
from ats.kernel.languages import ours
from ats.organisation.models import HiringOrganisation
from partners.alignment.models import Signer, SigningFunction, SigningRules
from requisitions.models import Requisition


def rules_of(organisation_id: int) -> SigningRules:
    """How signing goes there; as it ships where nobody has said anything."""
    found = SigningRules.objects.filter(organisation=organisation_id).first()
    return found or SigningRules(organisation_id=organisation_id)


def signers_of(organisation_id: int) -> dict[SigningFunction, Signer]:
    """Who signs for what, with or without access."""
    rows = Signer.objects.filter(organisation=organisation_id).select_related("person")
    return {SigningFunction(row.function): row for row in rows}


def marketed_by(user: User) -> list[HiringOrganisation]:
    """The organisations for whose marketing they sign: what is said of them to candidates is theirs to write."""
    rows = HiringOrganisation.objects.filter(
        is_active=True, signers__person=user, signers__function=SigningFunction.MARKETING
    )
    return list(rows.order_by("name"))


@dataclass(frozen=True)
class Above:
    """Who decides above both partners, and in which capacity; nobody where nobody stands above them."""

    person: User | None
    capacity: str


def above(requisition: Requisition) -> Above:
    """The head of its department; where nobody is named, or they are a partner themselves, who oversees."""
    partners, there = {requisition.recruiter_id, requisition.hiring_manager_id}, requisition.organisation_id
    department = requisition.department
    head = department.head if department else None
    if (
        department is not None
        and head is not None
        and head.is_active
        and head.pk not in partners
        and head.may_work_for(there)
    ):
        return Above(head, kept(f"head of {department}"))
    why = _no_head(requisition, partners)
    for person in House(there).overseers(but_not={pk for pk in partners if pk}):
        return Above(person, f"{ours(person.get_role_display)().lower()}: {why}")
    return Above(None, kept(f"{why}, and no lead or administrator is"))


def _no_head(requisition: Requisition, partners: Iterable[int | None]) -> str:
    department = requisition.department
    if department is None:
        return "the role has no department, so nobody else stands above both partners"
    if department.head is None:
        return kept(f"{department} names no head, so nobody else stands above both partners")
    if department.head_id in set(partners):
        return kept(f"the head of {department} is one of the partners")
    return kept(f"the head of {department} has no access any more")
