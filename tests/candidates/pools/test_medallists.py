"""Who came far for a like role is proposed, with the reasons; nobody else is."""

from typing import Any

import pytest
from django.test import Client

from ats.accounts.models import Role, User
from candidates.models import Application, DispositionReason
from candidates.pools.queries.medallists import medallists
from tests import factories as f
from tests.candidates.helpers import days
from tests.candidates.pools.helpers import consent

pytestmark = pytest.mark.django_db


@pytest.fixture
def recruiter() -> User:
    return f.make_user(Role.RECRUITER)


@pytest.fixture
def role(recruiter: User) -> Any:
    return f.make_requisition(recruiter=recruiter, title="Data Engineer (m/w/d)")


def came_far(
    role: Any,
    *,
    title: str = "Senior data engineer",
    reason: str = "stronger-match",
    stage: str = "interview",
    state: str = "rejected",
    agreed: bool = True,
    **facts: Any,
) -> Application:
    before = f.make_requisition(organisation=role.organisation, title=title, **facts)
    application = f.make_application(requisition=before, state=state)
    code = DispositionReason.objects.get(code=reason)
    Application.objects.filter(pk=application.pk).update(
        stage=f.stage(before, stage), reason=code if state != "active" else None, told_at=f.NOW
    )
    if agreed:
        consent(application.candidate)
    return application


def test_who_came_second_is_proposed_with_why(role: Any, recruiter: User, client: Client) -> None:
    far = came_far(role)
    (found,) = medallists(role, recruiter, days(1))
    assert (found.application, found.words, found.same_department) == (far, ("data", "engineer"), False)
    client.force_login(recruiter)
    shown = client.get(f"/candidates/pools/for/{role.pk}/").content.decode()
    assert far.candidate.name in shown
    assert "Same words: data, engineer" in shown
    assert f"/candidates/pools/for/{role.pk}/" in client.get(f"/requisitions/{role.pk}/").content.decode()


@pytest.mark.parametrize(
    "facts",
    [
        {"agreed": False},
        {"stage": "applied"},
        {"reason": "missing-must-have"},
        {"state": "withdrawn"},
        {"title": "Senior cook"},
        {"confidential": True},
    ],
)
def test_who_is_not_like_it_or_did_not_agree_is_not(
    role: Any, recruiter: User, facts: dict[str, Any]
) -> None:
    came_far(role, **facts)
    assert medallists(role, recruiter, days(1)) == []


def test_who_was_looked_at_for_this_role_is_not_proposed_for_it(role: Any, recruiter: User) -> None:
    far = came_far(role)
    f.make_application(requisition=role, candidate=far.candidate)
    assert medallists(role, recruiter, days(1)) == []
