"""A role whose brief is settled, signed by named functions, and looked through."""

from datetime import datetime
from typing import Any

from ats.accounts.models import Role, User
from partners.alignment import actions
from partners.models import Brief, Contradiction, Partnership, Signature
from requisitions.models import Requisition
from requisitions.roles import actions as roles
from tests import factories as make
from tests.factories import NOW
from tests.partners.intake import parts as intake

WAITS = {"sign_days": 3, "decide_days": 5}


def open_role(**facts: Any) -> Requisition:
    """An open role that contradicts itself in nothing."""
    facts = {"outcomes": "Python runs at night, and SQL by day."} | facts
    role = intake.open_role(**facts)
    assess(role)
    return role


def assess(role: Requisition) -> None:
    """An interview of the plan assesses every must-have."""
    make.make_planned(role).criteria.set(role.criteria.filter(kind="must"))


def name(role: Requisition, *, waits: bool = False, now: datetime = NOW, **people: User | None) -> User:
    """Name who signs; by an administrator, who is returned."""
    admin = make.make_user(Role.ADMIN)
    chosen = {function: person.pk if person else None for function, person in people.items()}
    actions.name_signers(
        organisation_id=role.organisation_id, people=chosen, waits=waits, by=admin, now=now, **WAITS
    )
    return admin


def settled(role: Requisition) -> Partnership:
    intake.settle(role)
    return Partnership.objects.get(requisition=role)


def change(role: Requisition, **facts: Any) -> None:
    roles.change_requisition(requisition_id=role.pk, by=role.recruiter, now=NOW, **facts)
    role.refresh_from_db()


def write(role: Requisition, **facts: Any) -> None:
    """What the brief says beside the role."""
    Brief.objects.filter(partnership__requisition=role).update(**facts)


def signature(role: Requisition, function: str) -> Signature:
    rows = Signature.objects.filter(version__partnership__requisition=role, function=function)
    return rows.order_by("-version__number")[0]


def sign(row: Signature, verdict: str = "yes", words: str = "", by: User | None = None) -> Signature:
    return actions.sign(signature_id=row.pk, verdict=verdict, words=words, by=by or row.person, now=NOW)


def look(role: Requisition, now: datetime = NOW) -> list[Contradiction]:
    return actions.look(partnership_id=role.partnership.pk, now=now)


def found(role: Requisition, now: datetime = NOW) -> list[str]:
    return [row.rule for row in look(role, now)]


def at_odds(**facts: Any) -> tuple[Requisition, Contradiction]:
    """A settled role whose bar is above its pay, and what was raised."""
    role = open_role(**facts)
    write(role, talent_bar="A", pay_percentile=40, pay_source="Radford")
    settled(role)
    (row,) = look(role)
    return role, row


def decide(row: Contradiction, by: User, how: str = "accepted", reason: str = "We know.") -> Contradiction:
    row.refresh_from_db()
    return actions.decide(contradiction_id=row.pk, how=how, reason=reason, key=row.key, by=by, now=NOW)
