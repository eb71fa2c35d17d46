"""Who sees and does what with candidates."""

from datetime import timedelta

import pytest

from ats.accounts.models import User
from candidates.models import Application, Candidate, Message, Note, Promise, Review
from requisitions.models import Requisition, TeamRole
from tests.factories import (
    NOW,
    add_member,
    make_application,
    make_message,
    make_note,
    make_requisition,
    make_user,
)

pytestmark = pytest.mark.django_db

EVERYTHING = {
    "view_application",
    "move_application",
    "decide_application",
    "fill_seat",
    "note_application",
    "message_candidate",
}
DECIDES = EVERYTHING - {"fill_seat"}
SERVES = DECIDES - {"decide_application"}
SEES_AND_NOTES = {"view_application", "note_application"}


def ask(application: Application, reviewer: User, state: str = "open") -> Review:
    return Review.objects.create(
        application=application,
        reviewer=reviewer,
        requested_by=application.requisition.recruiter,
        requested_at=NOW,
        due_at=NOW + timedelta(days=2),
        state=state,
        settled_at=None if state == "open" else NOW,
    )


def may(user: User, application: Application) -> set[str]:
    application = Application.objects.whole().get(pk=application.pk)
    return {name for name in EVERYTHING if user.has_perm(f"candidates.{name}", application)}


def member(requisition: Requisition, role: str, team_role: str) -> User:
    user = make_user(role)
    add_member(requisition, user, team_role)
    return user


@pytest.mark.parametrize("confidential", [False, True])
@pytest.mark.parametrize(
    ("role", "team_role", "open_role", "secret_role"),
    [
        ("admin", None, EVERYTHING, EVERYTHING),
        ("lead", None, EVERYTHING, EVERYTHING),
        ("recruiter", None, DECIDES, set()),
        ("recruiter", TeamRole.RECRUITER, DECIDES, DECIDES),
        ("coordinator", None, SERVES, set()),
        ("coordinator", TeamRole.COORDINATOR, SERVES, SERVES),
        ("manager", None, set(), set()),
        ("manager", TeamRole.MANAGER, SEES_AND_NOTES, SEES_AND_NOTES),
        ("interviewer", None, set(), set()),
        ("interviewer", TeamRole.INTERVIEWER, set(), set()),
        ("stakeholder", TeamRole.STAKEHOLDER, set(), set()),
    ],
)
def test_by_role_and_team(
    role: str, team_role: str | None, open_role: set[str], secret_role: set[str], confidential: bool
) -> None:
    requisition = make_requisition(confidential=confidential)
    application = make_application(requisition=requisition)
    application.candidate.only_confidential = confidential
    application.candidate.save()
    make_message(application)
    make_note(application, requisition.recruiter)
    user = member(requisition, role, team_role) if team_role else make_user(role)
    expected = secret_role if confidential else open_role
    assert may(user, application) == expected
    # What can be seen at all agrees with what may be viewed.
    seen = int("view_application" in expected)
    for rows in (Application, Promise, Message, Note, Candidate):
        assert rows.objects.visible_to(user).count() == seen, rows
    assert user.has_perm("candidates.view_candidate", application.candidate) == bool(seen)
    serves = "move_application" in expected
    assert user.has_perm("candidates.change_candidate", application.candidate) == serves
    assert user.has_perm("candidates.add_candidate") == (
        role in {"admin", "lead", "recruiter", "coordinator"}
    )


def test_who_is_asked_sees_that_one_application() -> None:
    requisition = make_requisition()
    asked, other = make_application(requisition=requisition), make_application(requisition=requisition)
    interviewer = make_user("interviewer")
    ask(asked, interviewer)
    ask(other, interviewer, state="cancelled")
    assert may(interviewer, asked) == {"view_application"}
    assert may(interviewer, other) == set()
    assert list(Application.objects.visible_to(interviewer)) == [asked]


def test_who_has_left_sees_nothing() -> None:
    application = make_application()
    recruiter = application.requisition.recruiter
    recruiter.is_active = False
    assert may(recruiter, application) == set()
    assert not Application.objects.visible_to(recruiter).exists()
