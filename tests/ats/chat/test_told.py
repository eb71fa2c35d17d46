"""What the floors above say in rooms: to whom it is owed, and to the team unless the role is confidential."""

from datetime import timedelta
from typing import Any

import pytest

from ats.accounts.models import Role
from ats.chat import actions
from ats.chat.models import ChatMessage, ChatRoom
from candidates.journeys.actions import take
from candidates.models import FollowUp, StepTask
from tests.candidates.helpers import hours, run_lane
from tests.factories import NOW, make_application, make_requisition, make_user

pytestmark = [pytest.mark.django_db, pytest.mark.ordinary_day]


def rooms(requisition: Any) -> None:
    """One of the recruiter's own, and one of the team."""
    admin = make_user(Role.ADMIN)
    for organisation, by in ((None, requisition.recruiter), (requisition.organisation, admin)):
        actions.add_room(
            organisation=organisation,
            name="Team" if organisation else "Own",
            service="mattermost",
            url="https://chat.example.com/hooks/abc",
            what=["late", "task", "celebration"],
            by=by,
            now=NOW,
        )
    ChatMessage.objects.all().delete()


def said() -> list[tuple[str, str, str]]:
    rows = ChatMessage.objects.order_by("room__name", "pk")
    return [(row.room.name, row.text, row.link) for row in rows]


@pytest.mark.parametrize("confidential", [False, True])
def test_answers_that_are_late(confidential: bool) -> None:
    requisition = make_requisition(title="Data engineer", confidential=confidential)
    rooms(requisition)
    for _ in range(2):
        make_application(requisition=requisition, due_at=hours(7))
    run_lane("promises", hours(7))
    run_lane("promise-news", hours(7))
    own = ("Own", "2 candidates wait longer than was promised, for an answer of yours.", "http://testserver/")
    team = (
        "Team",
        f"2 candidates wait longer than was promised: Data engineer. {requisition.recruiter} owes the answer.",
        "http://testserver/waiting/",
    )
    assert said() == ([own] if confidential else [own, team])


def test_a_task_of_a_journey() -> None:
    requisition = make_requisition(title="Data engineer")
    rooms(requisition)
    application = make_application(requisition=requisition)
    row = FollowUp.objects.create(
        application=application,
        candidate=application.candidate,
        step="x",
        payload={"label": "X"},
        due_at=NOW,
        idempotency_key="journey:x",
    )
    take.ask("recruiter", "Call them.", 2, [row], NOW + timedelta(hours=1))
    link = f"http://testserver/applications/{application.pk}/tasks/{StepTask.objects.get().pk}/"
    assert said() == [
        ("Own", "A task of a candidate's journey waits for you: Data engineer.", link),
        (
            "Team",
            f"A task of a candidate's journey waits for {requisition.recruiter}: Data engineer.",
            link,
        ),
    ]
    assert ChatRoom.objects.count() == 2
