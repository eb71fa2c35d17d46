"""A kind of matter of the tests' own, and short ways to lay a chain and to ask."""

import pytest

from ats.accounts.models import Role
from ats.approvals import actions
from ats.approvals.domain import kinds
from ats.approvals.models import ApprovalChain, ApprovalStep
from tests import factories as make
from tests.factories import NOW

KIND = "test-matter"
kinds.declare(
    kinds.ApprovalKind(
        KIND, "Matter", parts={"boss": "The boss"}, conditions={"dear": "It is dear", "far": "It is far"}
    )
)


class House:
    """An organisation with a lead, an administrator and somebody who asks."""

    def __init__(self):
        self.organisation = make.make_organisation()
        self.lead = make.make_user(Role.LEAD, name="Lea Lead")
        self.admin = make.make_user(Role.ADMIN, name="Ada Admin")
        self.asker = make.make_user(Role.RECRUITER, name="Rob Recruiter")
        self.boss = make.make_user(Role.MANAGER, name="Bo Boss")
        self.pay = make.make_user(Role.STAKEHOLDER, name="Pia Pay")

    def chain(self, *steps, organisation=None, **facts):
        chain = ApprovalChain.objects.create(kind=KIND, organisation=organisation, **facts)
        for position, who in steps:
            ApprovalStep.objects.create(chain=chain, position=position, **who)
        return chain

    def ask(self, *, version=1, subject=7, holds=(), boss="boss", by=None, now=NOW, facts=()):
        return actions.ask(
            kind=KIND,
            subject_id=subject,
            subject_version=version,
            title="A new desk",
            facts=list(facts) or [("Price", "300 EUR")],
            link="/requisitions/",
            organisation=self.organisation,
            parts={"boss": self.boss if boss == "boss" else boss},
            holds=set(holds),
            about={},
            by=by or self.asker,
            now=now,
        )


@pytest.fixture
def house(db):
    return House()


def states(request):
    """Who is asked, in which capacity, and how that stands, in order."""
    rows = request.approvals.select_related("approver").order_by("position", "label", "pk")
    return [(row.label, row.approver.name, row.state) for row in rows]


def of(request, user):
    return request.approvals.filter(approver=user).order_by("-pk").first()
