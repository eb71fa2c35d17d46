"""To whom a side goes up: the recruiting side to the lead, the manager's to the head of the department: pure."""

from collections.abc import Sequence
from dataclasses import dataclass

from ats.accounts.models import User
from ats.kernel.kept import kept
from partners.partnerships.models import PartnerSide
from requisitions.models import Requisition


@dataclass(frozen=True)
class Above:
    """Who hears of it, and why these where the line names nobody; empty people: there is nobody above."""

    people: tuple[User, ...]
    because: str = ""


def above(role: Requisition, side: str, *, leads: Sequence[User], admins: Sequence[User]) -> Above:
    """Nobody is told of what they owe themselves; a confidential role is told to nobody who may not see it."""
    if side == PartnerSide.RECRUITER:
        return _leading(leads, admins, but_not=role.recruiter)
    found, because = _head(role)
    if found is not None:
        return Above((found,))
    instead = _leading(leads, admins, but_not=role.hiring_manager)
    return Above(instead.people, because)


def _head(role: Requisition) -> tuple[User | None, str]:
    """The head of the department of the role, or why it is not them."""
    department = role.department
    if department is None:
        return None, "the role is in no department"
    head = department.head
    if head is None:
        return None, kept(f"no head of {department.name} is named")
    if not head.is_active:
        return None, kept(f"the head of {department.name} is not here any more")
    if head == role.hiring_manager:
        return None, f"{head} heads {department.name} themselves"
    if because := _hidden_from(head, role):
        return None, because
    return head, ""


def _hidden_from(head: User, role: Requisition) -> str:
    if not head.may_work_for(role.organisation_id):
        return "the head of the department does not work for this organisation"
    return "the role is confidential" if role.confidential and not head.oversees else ""


def _leading(leads: Sequence[User], admins: Sequence[User], *, but_not: User | None) -> Above:
    """The recruiting leads, or where there is none the administrators."""
    others = tuple(user for user in leads if user != but_not)
    return Above(others or tuple(user for user in admins if user != but_not))
