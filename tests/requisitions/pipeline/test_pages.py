from typing import Any

import pytest
from django.test import Client

from ats.accounts.models import Role, User
from requisitions.models import PipelineTemplate, Requisition
from requisitions.pipeline import seeds
from tests.factories import make_application, make_requisition, make_user, stage

pytestmark = pytest.mark.django_db

HTMX = {"HX-Request": "true"}
FORM = {"name": "Work sample", "promise": "Answer on it", "promise_days": 4, "promise_side": "manager"}


@pytest.fixture
def recruiter(client: Client) -> User:
    user = make_user()
    client.force_login(user)
    return user


def names(role: Requisition) -> list[str]:
    return list(role.stages.order_by("position").values_list("name", flat=True))


def test_a_step_is_added_changed_and_taken_out(client: Client, recruiter: User) -> None:
    role = make_requisition(recruiter=recruiter)
    after = stage(role, "review").pk

    added = client.post(
        f"/requisitions/{role.pk}/pipeline/new/", FORM | {"kind": "assessment", "after_id": after}
    )
    assert added["Location"] == f"/requisitions/{role.pk}/pipeline/"
    assert names(role) == ["Applied", "Manager review", "Work sample", "Interview", "Offer", "Hired"]

    place = role.stages.get(name="Work sample")
    client.post(f"/requisitions/stages/{place.pk}/", FORM | {"name": "Small task", "promise_days": 2})
    place.refresh_from_db()
    assert (place.name, place.promise_days, place.promise_side) == ("Small task", 2, "manager")

    client.post(f"/requisitions/stages/{place.pk}/remove/")
    assert names(role) == ["Applied", "Manager review", "Interview", "Offer", "Hired"]


def test_the_last_step_promises_nothing(client: Client, recruiter: User) -> None:
    place = stage(make_requisition(recruiter=recruiter), "hired")

    assert list(client.get(f"/requisitions/stages/{place.pk}/").context["form"].fields) == [
        "name",
        "candidate_name",
    ]
    client.post(f"/requisitions/stages/{place.pk}/", {"name": "Welcome", "candidate_name": "Your first day"})

    place.refresh_from_db()
    assert (place.name, place.candidate_name) == ("Welcome", "Your first day")


def test_dragging_and_the_menu_do_the_same(client: Client, recruiter: User) -> None:
    role = make_requisition(recruiter=recruiter)
    applied, review, interview, offer, hired = role.stages.order_by("position").values_list("pk", flat=True)
    order = {"stages": f"{applied},{interview},{review},{offer},{hired}"}

    dragged = client.post(f"/requisitions/{role.pk}/pipeline/order/", order, headers=HTMX)
    assert names(role) == ["Applied", "Interview", "Manager review", "Offer", "Hired"]
    assert b"<html" not in dragged.content
    client.post(f"/requisitions/stages/{review}/shift/", {"way": "up"})
    assert names(role) == ["Applied", "Manager review", "Interview", "Offer", "Hired"]
    client.post(f"/requisitions/stages/{review}/shift/", {"way": "down"}, headers=HTMX)
    assert names(role) == ["Applied", "Interview", "Manager review", "Offer", "Hired"]


@pytest.mark.parametrize(("order", "status"), [("", 404), ("a,b", 404), ("1,2", 409)])
def test_an_order_that_is_none_changes_nothing(
    order: str, status: int, client: Client, recruiter: User
) -> None:
    role = make_requisition(recruiter=recruiter)
    before = names(role)

    answer = client.post(f"/requisitions/{role.pk}/pipeline/order/", {"stages": order}, headers=HTMX)

    assert (answer.status_code, names(role)) == (status, before)


def test_a_step_with_people_says_so(client: Client, recruiter: User) -> None:
    role = make_requisition(recruiter=recruiter)
    place = make_application(requisition=role, stage_kind="review").stage

    page = client.get(f"/requisitions/{role.pk}/pipeline/").content.decode()
    refused = client.post(f"/requisitions/stages/{place.pk}/remove/", headers=HTMX)

    assert "Move the 1 person on before you take it out." in page
    assert "Use a template" not in page
    assert refused.status_code == 409
    assert "1 application is here" in refused.headers["HX-Trigger"]


def test_a_template_is_used_while_nobody_is_there(client: Client, recruiter: User) -> None:
    seeds.write()
    role = make_requisition("draft", recruiter=recruiter)
    short = PipelineTemplate.objects.get(name="Short")

    client.post(f"/requisitions/{role.pk}/pipeline/template/", {"template": short.pk})

    assert names(role) == ["Applied", "Interview", "Offer", "Hired"]


def test_only_who_runs_the_role_changes_its_steps() -> None:
    role = make_requisition()
    place = stage(role, "review")
    calls: list[tuple[str, dict[str, Any]]] = [
        (f"/requisitions/{role.pk}/pipeline/order/", {"stages": "1"}),
        (f"/requisitions/{role.pk}/pipeline/new/", FORM),
        (f"/requisitions/stages/{place.pk}/", FORM),
        (f"/requisitions/stages/{place.pk}/shift/", {"way": "up"}),
        (f"/requisitions/stages/{place.pk}/remove/", {}),
    ]

    for who in (role.hiring_manager, make_user(Role.INTERVIEWER)):
        client = Client()
        client.force_login(who)
        for address, data in calls:
            assert client.post(address, data).status_code == 404, address
    client = Client()
    client.force_login(role.hiring_manager)
    page = client.get(f"/requisitions/{role.pk}/pipeline/")
    assert (page.status_code, page.context["may_change"]) == (200, False)
