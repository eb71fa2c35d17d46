"""From most people nothing is kept: that is read with whoever opens a page, and no list of theirs asks again."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.db import connection
from django.test import Client, RequestFactory
from django.test.utils import CaptureQueriesContext

from ats.accounts.middleware import ViewerMiddleware
from ats.accounts.models import Role, User
from ats.accounts.queries.beside import LESS, is_surely_not
from candidates.internal import actions
from candidates.models import Application, Candidate
from requisitions.models import Requisition
from tests import factories as make
from tests.factories import NOW

pytestmark = pytest.mark.django_db
TABLE = "candidates_keptfrom"


@pytest.fixture
def role() -> Requisition:
    return make.make_requisition()


@pytest.fixture
def application(role: Requisition) -> Application:
    return make.make_application(requisition=role, candidate=make.make_candidate(last_name="Ofthehouse"))


def read(user: User) -> User:
    return User.objects.get(pk=user.pk)


def asking(user: User, path: str) -> tuple[int, list[str]]:
    """Status, and the statements about who must not know, of somebody who opens this page."""
    client = Client()
    client.force_login(user)
    client.get(path)
    with CaptureQueriesContext(connection) as queries:
        answer = client.get(path)
    own = f"user_id = {user.pk} "
    about = [each["sql"] for each in queries if TABLE in each["sql"] and own in each["sql"]]
    return answer.status_code, about


@pytest.mark.parametrize("page", ["/candidates/", "/requisitions/{role}/board/"])
def test_nobody_from_whom_nothing_is_kept_asks_for_it(application: Application, page: str) -> None:
    path = page.format(role=application.requisition_id)
    recruiter = application.requisition.recruiter
    assert asking(recruiter, path) == (200, [])

    actions.keep_from(application, recruiter, by=None, now=NOW)
    status, about = asking(recruiter, path)
    assert status == 200
    assert about != []


def test_what_is_kept_is_known_at_the_next_page(application: Application) -> None:
    lead = make.make_user(Role.LEAD)
    client = Client()
    client.force_login(lead)
    assert "Ofthehouse" in client.get("/candidates/").content.decode()

    row = actions.keep_from(application, lead, by=None, now=NOW)
    assert "Ofthehouse" not in client.get("/candidates/").content.decode()

    row.delete()
    assert "Ofthehouse" in client.get("/candidates/").content.decode()


def test_both_parts_of_it_are_read(application: Application) -> None:
    manager, other, outside = make.make_user(Role.LEAD), make.make_user(Role.LEAD), make.make_user(Role.LEAD)
    row = actions.keep_from(application, manager, by=None, now=NOW)
    row.stand_in = other
    row.save()
    assert [getattr(read(user), LESS) for user in (manager, other, outside)] == [True, True, False]

    row.lifted_at, row.lifted_by = NOW, application.candidate
    row.save()
    assert [getattr(read(user), LESS) for user in (manager, other, outside)] == [False] * 3


@pytest.fixture
def seen(monkeypatch: pytest.MonkeyPatch) -> Iterator[Any]:
    def ask(method: str, user: Any) -> Any:
        request = getattr(RequestFactory(), method)("/candidates/")
        request.user, request.session = user, {}
        ViewerMiddleware(lambda request: request.user)(request)
        return user

    return ask


@pytest.mark.parametrize(
    ("method", "believed"),
    [("get", True), ("head", True), ("post", False), ("put", False), ("delete", False)],
)
def test_it_is_believed_only_while_a_page_is_read(seen: Any, method: str, believed: bool) -> None:
    user = seen(method, read(make.make_user()))
    assert is_surely_not(user, LESS) is believed


def test_who_was_read_otherwise_is_asked_about() -> None:
    user = make.make_user()
    assert not is_surely_not(user, LESS)
    assert not is_surely_not(read(user), LESS)
    user.reads_only = True
    assert not is_surely_not(user, LESS)


def test_lists_are_the_same_whether_it_was_read_or_not(application: Application) -> None:
    for user in (
        make.make_user(Role.LEAD),
        application.requisition.hiring_manager,
        make.make_user(Role.INTERVIEWER),
    ):
        known = read(user)
        known.reads_only = True
        for model in (Application, Candidate):
            assert is_surely_not(known, LESS)
            assert list(model.objects.visible_to(known)) == list(model.objects.visible_to(user))
