"""Advice on a role whose pipeline runs dry, and on one whose interviewer carries much."""

from datetime import datetime, timedelta
from typing import Any

from partners.advice import actions
from partners.models import Advice
from partners.partnerships.actions import begin
from requisitions.models import Requisition
from tests import factories as make
from tests.factories import NOW

DAY = timedelta(days=1)


def role_of(**facts: Any) -> Requisition:
    role = make.make_requisition(openings=1, **facts)
    begin(requisition=role, now=NOW)
    return role


def leave(role: Requisition, count: int = 8, *, now: datetime = NOW) -> None:
    for _ in range(count):
        make.make_application(
            requisition=role, state="rejected", applied_at=now - 60 * DAY, decided_at=now - 3 * DAY
        )


def dry(**facts: Any) -> tuple[Requisition, Advice]:
    """Four in play, eight who left: dry in two weeks."""
    role = role_of(**facts)
    for _ in range(4):
        make.make_application(requisition=role, applied_at=NOW - 60 * DAY)
    leave(role)
    actions.look(rule="runs_dry", now=NOW)
    return role, Advice.objects.get(partnership=role.partnership)


def loaded() -> tuple[Requisition, Advice]:
    """One interviewer with twelve interviews, and four with one."""
    role = role_of()
    people = [make.make_user("interviewer", name=f"Person {number}") for number in range(5)]
    for number in range(12):
        application = make.make_application(requisition=role)
        make.make_interview(application, people=people[:1], state="held", starts_at=NOW - (number + 1) * DAY)
    for person in people[1:]:
        application = make.make_application(requisition=role)
        make.make_interview(application, people=[person], state="held", starts_at=NOW - DAY)
    actions.look(rule="interview_load", now=NOW)
    return role, Advice.objects.get(partnership=role.partnership)
