"""What partners of the demo company make of promises: who is told of missed ones, what is excused, who stands in."""

from datetime import datetime, timedelta
from functools import partial

from ats.demo.company.house import House
from ats.demo.company.timeline import Role, Timeline
from ats.organisation.actions import change_department
from partners.commitments.actions import excuse
from partners.delegations.actions import delegate
from partners.models import Commitment


def name_heads(house: House, *, now: datetime) -> None:
    """Above two of the managers stands a head of their department, who is told of what they missed."""
    for where in (house.care, house.design):
        head = house["dana"].pk
        change_department(department_id=where.pk, name=where.name, by=house["admin"], now=now, head_id=head)


def tell(story: Timeline, role: Role) -> None:
    """Each side lets something of the other pass, with the reason; a manager is away and somebody stands in."""
    if role.plan.key == "data":
        story.at(story.morning(3) + timedelta(hours=2), partial(_let_pass, story, role, "manager"))
        story.at(story.morning(2) + timedelta(hours=2), partial(_let_pass, story, role, "recruiter"))
    if role.plan.key == "care":
        story.at(story.morning(1) + timedelta(hours=4), partial(_stand_in, story, role))


REASONS = {
    "manager": "The French office moved, and nobody there had a desk that week.",
    "recruiter": "The job boards were down for two days.",
}
"""Why one of that side is excused."""


def _let_pass(story: Timeline, role: Role, side: str, now: datetime) -> None:
    rows = Commitment.objects.filter(
        partnership__requisition=role.requisition, side=side, state__in=("missed", "late")
    )
    row = rows.order_by("due_at", "pk").first()
    if row is None:
        return
    by = role.requisition.recruiter if side == "manager" else role.requisition.hiring_manager
    assert by is not None
    excuse(commitment_id=row.pk, reason=REASONS[side], by=by, now=now)


def _stand_in(story: Timeline, role: Role, now: datetime) -> None:
    manager, colleague = story.house[role.plan.manager], story.house["manager"]
    first = now.date() + timedelta(days=3)
    delegate(to_id=colleague.pk, begins_on=first, ends_on=first + timedelta(days=11), by=manager, now=now)
