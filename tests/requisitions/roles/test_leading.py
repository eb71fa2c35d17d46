"""Who leads a role, who is on its team, who may see it and what it pays: its leaders say it, and nobody else."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from ats.accounts.models import Role, User
from ats.activity.models import Activity
from ats.kernel.errors import Invalid, Missing, NotAllowed
from requisitions.models import Requisition, TeamMember, TeamRole
from requisitions.roles import actions
from tests import factories as make
from tests.factories import NOW

pytestmark = pytest.mark.django_db

LED: dict[str, Callable[[User], dict[str, Any]]] = {
    "the recruiter": lambda me: {"recruiter": me},
    "the hiring manager": lambda me: {"hiring_manager": me},
    "who may see it": lambda me: {"confidential": True},
    "the pay": lambda me: {"pay_min": 1, "pay_max": 2, "pay_currency": "USD", "pay_period": "hour"},
}
"""By how the refusal names them."""


def facts(role: Requisition) -> list[tuple[Any, ...]]:
    names = (
        "recruiter",
        "hiring_manager",
        "confidential",
        "pay_min",
        "pay_max",
        "pay_currency",
        "pay_period",
    )
    team = TeamMember.objects.filter(requisition=role).order_by("pk").values_list("user", "role")
    return [*Requisition.objects.filter(pk=role.pk).values_list(*names), *team]


def outsiders(role: Requisition) -> list[User]:
    """A recruiter of no team, one who interviews in it, a coordinator of its own team."""
    people = [make.make_user(), make.make_user(), make.make_user(Role.COORDINATOR)]
    make.add_member(role, people[1], TeamRole.INTERVIEWER)
    make.add_member(role, people[2], TeamRole.COORDINATOR)
    return people


@pytest.mark.parametrize("state", ["draft", "open"])
@pytest.mark.parametrize("what", LED)
def test_an_outsider_changes_none_of_it(client: Client, what: str, state: str) -> None:
    role = make.make_requisition(state)
    people = outsiders(role)
    before = facts(role)
    for me in people:
        wanted = LED[what](me)
        whole = what if me.role == Role.RECRUITER else "this role"
        with pytest.raises(NotAllowed) as refused:
            actions.change_requisition(requisition_id=role.pk, by=me, now=NOW, **wanted)
        assert refused.value.message == f"Ask {role.recruiter} to change {whole}."
        client.force_login(me)
        sent = {name: getattr(value, "pk", value) for name, value in wanted.items()}
        answer = client.patch(f"/api/v1/requisitions/{role.pk}/", sent, content_type="application/json")
        assert (answer.status_code, answer.json()["errors"][0]["detail"]) == (403, refused.value.message)
    assert facts(role) == before


@pytest.mark.parametrize(
    ("step", "sent", "said"),
    [
        ("pay", {"pay_min": "1", "pay_max": "2", "pay_currency": "EUR", "pay_period": "year"}, "the pay"),
        ("team", {}, "the team"),
    ],
)
def test_their_pages_say_whom_to_ask(client: Client, step: str, sent: dict[str, str], said: str) -> None:
    role = make.make_requisition()
    me = make.make_user()
    before = facts(role)
    client.force_login(me)
    href = f"/requisitions/{role.pk}/edit/{step}/"
    own = {"recruiter": me.pk, "hiring_manager": me.pk} if step == "team" else {}
    for answer in (client.get(href), client.post(href, sent | own)):
        assert answer.status_code == 403
        assert f"Ask {role.recruiter} to change {said}." in answer.content.decode()
    assert facts(role) == before
    way = client.get(f"/requisitions/{role.pk}/edit/").content.decode()
    assert (f"/edit/{step}/" in way, "Ask " in way) == (False, True)


def test_the_page_of_the_role_leaves_it_as_visible_as_it_was(client: Client) -> None:
    role = make.make_requisition(location=None)
    client.force_login(make.make_user())
    sent = {
        "title": "Data engineer", "organisation": role.organisation_id, "remote_mode": "remote",
        "employment_type": "full_time", "openings": "1", "confidential": "on",
    }  # fmt: skip
    assert client.post(f"/requisitions/{role.pk}/edit/role/", sent).status_code == 302
    role.refresh_from_db()
    assert (role.title, role.confidential) == ("Data engineer", False)


def test_an_outsider_takes_nobody_into_the_team_and_nobody_off_it(client: Client) -> None:
    role = make.make_requisition()
    people = outsiders(role)
    before = facts(role)
    theirs = TeamMember.objects.get(requisition=role, user=people[1])
    for me in people:
        with pytest.raises(NotAllowed) as refused:
            actions.add_member(requisition_id=role.pk, user=me, role="recruiter", by=me, now=NOW)
        assert refused.value.message == f"Ask {role.recruiter} to change its team."
        with pytest.raises(NotAllowed):
            actions.remove_member(requisition_id=role.pk, member_id=theirs.pk, by=me, now=NOW)
        client.force_login(me)
        sent = {"member-user": me.pk, "member-role": "recruiter"}
        assert client.post(f"/requisitions/{role.pk}/team/add/", sent).status_code == 403
    assert facts(role) == before


def test_a_hidden_role_answers_as_a_missing_one() -> None:
    role = make.make_requisition(confidential=True)
    me = make.make_user()
    for number in (role.pk, role.pk + 10_000):
        with pytest.raises(Missing):
            actions.change_requisition(requisition_id=number, by=me, now=NOW, recruiter=me)
        with pytest.raises(Missing):
            actions.add_member(requisition_id=number, user=me, role="recruiter", by=me, now=NOW)


@pytest.mark.parametrize("leader", ["recruiter", "lead", "admin"])
def test_its_leaders_say_it(leader: str) -> None:
    role = make.make_requisition()
    by = role.recruiter if leader == "recruiter" else make.make_user(leader)
    other, joins = make.make_user(Role.MANAGER), make.make_user(Role.INTERVIEWER)
    actions.change_requisition(
        requisition_id=role.pk, by=by, now=NOW, pay_max=90000, confidential=True, hiring_manager=other
    )
    actions.add_member(requisition_id=role.pk, user=joins, role="interviewer", by=by, now=NOW)
    role.refresh_from_db()
    assert (role.pay_max, role.confidential, role.hiring_manager) == (90000, True, other)
    assert role.members.filter(user=joins, role="interviewer").count() == 1


def test_a_recruiter_begins_a_role_of_their_own_and_writes_all_of_it(client: Client) -> None:
    me, manager, organisation = make.make_user(), make.make_user(Role.MANAGER), make.make_organisation()
    role = actions.create_requisition(
        by=me, now=NOW, title="Engineer", organisation=organisation, hiring_manager=manager
    )
    client.force_login(me)
    pay = {"pay_min": "60000", "pay_max": "80000", "pay_currency": "EUR", "pay_period": "year"}
    team = {"recruiter": me.pk, "hiring_manager": manager.pk}
    for step, sent in (("pay", pay), ("team", team)):
        assert client.get(f"/requisitions/{role.pk}/edit/{step}/").status_code == 200
        assert client.post(f"/requisitions/{role.pk}/edit/{step}/", sent).status_code == 302
    role.refresh_from_db()
    assert (role.pay_min, role.pay_max, role.recruiter) == (60000, 80000, me)


class TestACoordinator:
    """Is what the settings say: works beside recruiters, with candidates, messages, times."""

    def test_begins_opens_and_ends_no_role(self, client: Client) -> None:
        cora, organisation = make.make_user(Role.COORDINATOR), make.make_organisation()
        draft, live = make.make_requisition("draft"), make.make_requisition()
        with pytest.raises(NotAllowed) as refused:
            actions.create_requisition(by=cora, now=NOW, title="Engineer", organisation=organisation)
        assert refused.value.message == "Recruiters begin a role. Ask one of them."
        for role, act, said in (
            (draft, actions.open_requisition, "open this role"),
            (live, lambda **who: actions.hold(reason="Why", **who), "put this role on hold"),
            (live, lambda **who: actions.end(new_state="closed", reason="Why", **who), "end this role"),
            (live, lambda **who: actions.change_requisition(title="X", **who), "change this role"),
        ):
            with pytest.raises(NotAllowed) as refused:
                act(requisition_id=role.pk, by=cora, now=NOW)
            assert refused.value.message == f"Ask {role.recruiter} to {said}."
        client.force_login(cora)
        assert client.get("/requisitions/new/").status_code == 403

    def test_is_named_recruiter_of_none(self) -> None:
        role, cora = make.make_requisition(), make.make_user(Role.COORDINATOR)
        with pytest.raises(Invalid) as refused:
            actions.change_requisition(requisition_id=role.pk, by=role.recruiter, now=NOW, recruiter=cora)
        assert (refused.value.field, refused.value.message) == (
            "recruiter",
            f"{cora} is no recruiter here: name one.",
        )


class TestOnePersonIsNotBothPartners:
    def test_by_a_place_in_the_team(self) -> None:
        role = make.make_requisition()
        for user, place in ((role.recruiter, "manager"), (role.hiring_manager, "coordinator")):
            with pytest.raises(Invalid) as refused:
                actions.add_member(requisition_id=role.pk, user=user, role=place, by=role.recruiter, now=NOW)
            assert refused.value.field == "user"
        assert role.members.count() == 2

    def test_nor_by_changing_sides(self) -> None:
        role = make.make_requisition()
        was, other = role.recruiter, make.make_user()
        actions.change_requisition(
            requisition_id=role.pk, by=was, now=NOW, recruiter=other, hiring_manager=was
        )
        places = role.members.filter(user=was).values_list("role", flat=True)
        assert list(places) == ["manager"]
        left = Activity.objects.get(verb="requisition.member_removed", requisition_id=role.pk)
        assert (left.data["user_id"], left.data["role"]) == (was.pk, "recruiter")

    def test_where_nobody_else_is_there_it_is_on_record(self) -> None:
        alone = make.make_user(Role.ADMIN)
        organisation = make.make_organisation()
        role = actions.create_requisition(by=alone, now=NOW, title="Engineer", organisation=organisation)
        actions.add_member(requisition_id=role.pk, user=alone, role="manager", by=alone, now=NOW)
        rows = Activity.objects.filter(verb="requisition.both_parts", requisition_id=role.pk)
        assert [row.data["name"] for row in rows] == [str(alone)]


class TestWhoWorksBesideARoleReadsWhomToAsk:
    """What recruiters run is a coordinator's to see: the page of it says whom to ask, typed by hand too."""

    PAGES = (
        ("/requisitions/{role}/edit/", "change this role"),
        ("/requisitions/{role}/edit/brief/", "change this role"),
        ("/requisitions/{role}/hold/", "put this role on hold"),
        ("/requisitions/{role}/end/", "end this role"),
        ("/requisitions/{role}/close/", "end this role"),
        ("/requisitions/{role}/posts/new/", "advertise this role"),
        ("/requisitions/posts/{post}/", "change this advert"),
        ("/requisitions/posts/{post}/questions/new/", "change this advert"),
        ("/requisitions/{role}/pipeline/new/", "change its steps"),
        ("/requisitions/stages/{stage}/", "change its steps"),
    )

    @staticmethod
    def addresses(role: Requisition) -> dict[str, str]:
        post, stage = make.make_post(requisition=role), role.stages.order_by("position")[1]
        numbers = {"role": role.pk, "post": post.pk, "stage": stage.pk}
        pages = TestWhoWorksBesideARoleReadsWhomToAsk.PAGES
        return {page.format(**numbers): to for page, to in pages}

    def test_a_coordinator_on_every_page_of_it(self, client: Client) -> None:
        role = make.make_requisition("open")
        client.force_login(make.make_user(Role.COORDINATOR))
        for address, to in self.addresses(role).items():
            for ask in (client.get, client.post):
                shown = ask(address)
                said = f"Ask {role.recruiter} to {to}." in shown.content.decode()
                assert (address, shown.status_code, said) == (address, 403, True)

    def test_what_is_hidden_from_them_is_not_there(self, client: Client) -> None:
        role = make.make_requisition("open", confidential=True)
        client.force_login(make.make_user(Role.COORDINATOR))
        assert {client.get(address).status_code for address in self.addresses(role)} == {404}
