"""For which organisations somebody works: said by an administrator, on record, and held from the next request on."""

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.utils import timezone

from ats.accounts import actions
from ats.accounts.models import Role, User
from ats.activity.models import Activity
from ats.api.actions import create_token
from ats.kernel.errors import Invalid, Missing, WrongState
from requisitions.models import Requisition, TeamMember, TeamRole
from requisitions.roles.actions import add_member, change_requisition
from tests import factories
from tests.factories import NOW

pytestmark = pytest.mark.django_db


@pytest.fixture
def two() -> tuple[Requisition, Requisition]:
    return factories.make_requisition(title="Ours"), factories.make_requisition(title="Theirs")


def let_work(user: User, *roles: Requisition, by: User) -> User:
    organisations = [role.organisation_id for role in roles]
    return actions.set_works_for(user_id=user.pk, organisations=organisations, by=by, now=NOW)


def test_it_is_on_record_and_undone_likewise(admin: User, two: tuple[Requisition, Requisition]) -> None:
    ana = factories.make_user(name="Ana")
    assert let_work(ana, two[0], by=admin).works_for == [two[0].organisation_id]
    let_work(ana, two[0], by=admin)  # nothing changes, and nothing is recorded
    undone = actions.set_works_for(user_id=ana.pk, organisations=None, by=admin, now=NOW)
    assert undone.works_for is None
    rows = Activity.objects.filter(verb="user.works_for_changed").order_by("id")
    assert [row.data["what"] for row in rows] == [str(two[0].organisation), "the whole house"]


@pytest.mark.parametrize("role", [Role.LEAD, Role.RECRUITER])
def test_only_administrators_say_so(role: Role, two: tuple[Requisition, Requisition]) -> None:
    ana = factories.make_user()
    with pytest.raises(Missing):
        let_work(ana, two[0], by=factories.make_user(role))


def test_what_cannot_be_is_refused_in_words(admin: User, two: tuple[Requisition, Requisition]) -> None:
    ana = factories.make_user(name="Ana")
    for organisations, said in (
        ([], "Choose at least one organisation."),
        ([0], "There is no such organisation."),
    ):
        with pytest.raises(Invalid) as refused:
            actions.set_works_for(user_id=ana.pk, organisations=organisations, by=admin, now=NOW)
        assert (refused.value.message, refused.value.field) == (said, "organisations")
    with pytest.raises(Invalid):
        let_work(admin, two[0], by=admin)
    for facts in ({"role": Role.ADMIN}, {"works_for": []}):
        with pytest.raises(IntegrityError), transaction.atomic():
            User.objects.filter(pk=ana.pk).update(**{"works_for": [two[0].organisation_id]} | facts)


def test_who_holds_something_beyond_gives_it_away_first(
    admin: User, two: tuple[Requisition, Requisition]
) -> None:
    ours, theirs = two
    ana = theirs.recruiter
    with pytest.raises(WrongState) as refused:
        let_work(ana, ours, by=admin)
    assert "1 role as the recruiter" in refused.value.message
    assert let_work(ana, theirs, by=admin).works_for == [theirs.organisation_id]


def test_they_leave_the_teams_that_they_see_no_more(
    admin: User, two: tuple[Requisition, Requisition]
) -> None:
    ana = factories.make_user()
    for role in two:
        factories.add_member(role, ana, TeamRole.COORDINATOR)
    let_work(ana, two[0], by=admin)
    assert list(TeamMember.objects.filter(user=ana).values_list("requisition", flat=True)) == [two[0].pk]
    assert Activity.objects.filter(verb="requisition.member_removed").count() == 1


@pytest.mark.parametrize("role", [TeamRole.COORDINATOR, TeamRole.INTERVIEWER, TeamRole.STAKEHOLDER])
def test_nobody_is_taken_into_a_team_beyond(
    admin: User, two: tuple[Requisition, Requisition], role: TeamRole
) -> None:
    ben = factories.make_user(name="Ben", works_for=[two[1].organisation_id])
    with pytest.raises(Invalid) as refused:
        add_member(requisition_id=two[0].pk, user=ben, role=role, by=admin, now=NOW)
    assert refused.value.message.startswith("Ben does not work for this organisation.")
    with pytest.raises(Invalid):
        change_requisition(requisition_id=two[0].pk, by=admin, now=NOW, recruiter=ben)


def test_a_draft_takes_nobody_beyond_along(admin: User, two: tuple[Requisition, Requisition]) -> None:
    draft = factories.make_requisition("draft", organisation=two[0].organisation)
    User.objects.filter(pk=draft.recruiter_id).update(works_for=[two[0].organisation_id])
    with pytest.raises(Invalid) as refused:
        change_requisition(requisition_id=draft.pk, by=admin, now=NOW, organisation=two[1].organisation)
    assert refused.value.field == "organisation"


def test_an_open_session_and_a_token_see_less_from_the_next_request_on(
    client: Client, admin: User, two: tuple[Requisition, Requisition]
) -> None:
    ana = factories.make_user()
    client.force_login(ana)
    _, secret = create_token(user=ana, name="x", scopes=["requisitions:read"], now=timezone.now())
    headers = {"Authorization": f"Bearer {secret}"}

    def seen() -> tuple[list[str], list[str]]:
        page = client.get("/requisitions/").content.decode()
        answer = Client().get("/api/v1/requisitions/", headers=headers).json()
        return (
            [title for title in ("Ours", "Theirs") if title in page],
            sorted(row["title"] for row in answer["results"]),
        )

    assert seen() == (["Ours", "Theirs"], ["Ours", "Theirs"])
    let_work(ana, two[0], by=admin)
    assert seen() == (["Ours"], ["Ours"])
    assert Requisition.objects.count() == 2  # nothing of it is left on the connection


def test_an_invitation_brings_it_along(admin: User, two: tuple[Requisition, Requisition]) -> None:
    there = two[0].organisation_id
    invitation = actions.invite(
        email="new@example.com", name="", role="recruiter", organisations=[there], by=admin, now=NOW
    )
    assert invitation.works_for == [there]
    with pytest.raises(Invalid):
        actions.invite(email="n@example.com", name="", role="admin", organisations=[there], by=admin, now=NOW)


def test_who_becomes_an_administrator_sees_all(admin: User, two: tuple[Requisition, Requisition]) -> None:
    ana = factories.make_user(works_for=[two[0].organisation_id])
    assert actions.change_role(user_id=ana.pk, role="admin", by=admin, now=NOW).works_for is None


def test_the_page_says_and_changes_it(
    client: Client, admin: User, two: tuple[Requisition, Requisition]
) -> None:
    ana = factories.make_user(name="Ana")
    client.force_login(admin)
    way = f"/settings/people/{ana.pk}/"
    assert "Ana sees the whole house" in client.get(way).content.decode()
    there = two[0].organisation_id
    wrong = client.post(f"{way}organisations/", {"sees": "some"})
    assert (wrong.status_code, "Choose at least one organisation." in wrong.content.decode()) == (422, True)
    right = client.post(f"{way}organisations/", {"sees": "some", "organisations": [there]}, follow=True)
    assert "Ana works for these" in right.content.decode()
    ana.refresh_from_db()
    assert ana.works_for == [there]
    assert "no wall stands around them" in client.get(f"/settings/people/{admin.pk}/").content.decode()
