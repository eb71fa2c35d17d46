"""Which statements the hot pages cost, by their words: a change of them is seen in review (`statements.yml`).

After a change that is meant: `make statements`.
"""

from collections.abc import Callable
from pathlib import Path

import django_perf_rec
import pytest
import yaml
from django.core.cache import cache
from django.test import Client

from ats.accounts.models import Role
from candidates.models import Application
from partners.partnerships.actions import begin
from tests import factories, shuffling
from tests.candidates.portal.helpers import open_for
from tests.factories import NOW

KEPT = Path(__file__).with_name("statements.yml")
pytestmark = pytest.mark.django_db

PAGES: dict[str, Callable[[Application], str]] = {
    "my day": lambda one: "/",
    "the list of roles": lambda one: "/requisitions/",
    "the board": lambda one: f"/requisitions/{one.requisition_id}/board/",
    "the list of candidates": lambda one: "/candidates/",
    "a search among candidates": lambda one: "/candidates/?q=robin",
    "a candidate": lambda one: f"/candidates/{one.candidate_id}/",
    "an application": lambda one: f"/applications/{one.pk}/",
    "a week of the calendar": lambda one: "/calendar/",
    "the partners' dashboard": lambda one: f"/partners/dashboard/?role={one.requisition.partnership.pk}",
    "a role": lambda one: f"/requisitions/{one.requisition_id}/",
    "the careers page": lambda one: "/careers/",
    "a job": lambda one: f"/careers/{one.requisition.posts.get().slug}/",
    "a candidate's own page": lambda one: open_for(one.candidate),
}
MOVE = "a move"
BY_STRANGERS = ("the careers page", "a job", "a candidate's own page")


@pytest.fixture
def one() -> Application:
    """Somebody in interviews, who has written and was written about, beside one who has just applied."""
    role = factories.make_requisition(recruiter=factories.make_user(Role.LEAD), must_haves=("Python",))
    factories.make_post(role)
    factories.make_application(requisition=role)
    one = factories.make_application(requisition=role, stage_kind="interview")
    factories.make_interview(one, people=[role.hiring_manager])
    factories.make_message(one)
    factories.make_note(one, role.recruiter)
    begin(requisition=role, now=NOW)
    return one


@pytest.fixture(autouse=True)
def _as_outside_of_tests(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shuffling, "_any_part", lambda rows: False)


# What My day asks goes by the weekday.
BY_THE_DAY = pytest.param("my day", marks=pytest.mark.ordinary_day)


@pytest.mark.parametrize("page", [BY_THE_DAY, *(page for page in PAGES if page != "my day")])
def test_what_a_page_asks_the_database(client: Client, one: Application, page: str) -> None:
    address = PAGES[page](one)
    if page not in BY_STRANGERS:
        client.force_login(one.requisition.recruiter)
    client.get(address)  # what a process remembers, and what is noted once in a while
    if page in BY_STRANGERS:
        cache.clear()  # their pages are kept for the next
    with django_perf_rec.record(path=str(KEPT), record_name=page):
        answer = client.get(address)
    assert answer.status_code == 200


def test_what_a_move_asks_the_database(client: Client, one: Application) -> None:
    client.force_login(one.requisition.recruiter)
    other = factories.make_application(requisition=one.requisition, stage_kind="interview")

    def move(moved: Application) -> int:
        given = {"stage": factories.stage(one.requisition, "offer").pk, "version": moved.version}
        return client.post(
            f"/applications/{moved.pk}/move/", given, headers={"HX-Request": "true"}
        ).status_code

    move(other)
    with django_perf_rec.record(path=str(KEPT), record_name=MOVE):
        status = move(one)
    assert status == 200


def test_no_page_is_kept_that_nobody_looks_at() -> None:
    assert set(yaml.safe_load(KEPT.read_text())) == {*PAGES, MOVE}
