"""Somebody of a confidential role is not uncovered by who types their address; they themselves say who they are."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from ats.accounts.models import Role, User
from ats.activity.models import Activity
from ats.kernel.errors import Conflict, Invalid, WrongState
from ats.mail.models import OutgoingMail
from candidates.applications.actions import add_application, apply
from candidates.models import Application, Candidate
from candidates.people.actions import change_contact
from candidates.people_pages.actions import add_person
from candidates.people_pages.queries import alike
from tests import factories as make
from tests.candidates.helpers import at_once, mails, run_lane, submission
from tests.candidates.portal.helpers import open_for
from tests.factories import NOW

pytestmark = pytest.mark.django_db

VARYING = {"id", "email", "last_name", "created_at", "updated_at"}
HIDDEN, MISSING = "hidden@example.com", "missing@example.com"
FACTS = {"first_name": "Kim", "last_name": "Sample", "phone": "", "headline": "", "city": ""}


def facts(address: str) -> dict[str, str]:
    """Each with a name of their own, so that nobody is alike by that."""
    return FACTS | {"email": address, "last_name": address.partition("@")[0].capitalize()}


@pytest.fixture
def secret() -> Application:
    """Of a confidential role, by the address of `HIDDEN`."""
    role = make.make_requisition(confidential=True, title="Head of Finance")
    candidate = make.make_candidate(
        first_name="Xylander", last_name="Xu", email=HIDDEN, headline="CFO", only_confidential=True
    )
    return make.make_application(requisition=role, candidate=candidate)


@pytest.fixture
def snoop() -> User:
    return make.make_user()


def untouched(secret: Application, snoop: User) -> bool:
    row = Candidate.objects.get(pk=secret.candidate_id)
    seen = Candidate.objects.visible_to(snoop).filter(pk=row.pk).exists()
    return row.only_confidential and (row.first_name, row.email, seen) == ("Xylander", HIDDEN, False)


def asked(do: Callable[[], Any]) -> tuple[Any, list[str]]:
    """What it answered, and which statements it took, without their values."""
    with CaptureQueriesContext(connection) as queries:
        answer = do()
    return answer, [re.sub(r"'[^']*'|\d+", "?", row["sql"]) for row in queries]


def by_api(client: Client, address: str) -> Any:
    answer = client.post("/api/v1/candidates/", facts(address), content_type="application/json")
    body = {key: value for key, value in answer.json().items() if key not in VARYING}
    return answer.status_code, body


def by_page(client: Client, address: str, **more: str) -> Any:
    answer = client.post("/candidates/new/", facts(address) | more)
    made = Candidate.objects.order_by("pk").last()
    assert made is not None
    return answer.status_code, answer["Location"] == f"/candidates/{made.pk}/", made.email == address


def for_a_role(client: Client, address: str) -> Any:
    role = make.make_requisition()
    answer = by_page(client, address, requisition=str(role.pk))
    return *answer, role.applications.count()


def change(client: Client, address: str) -> Any:
    mine = make.make_candidate()
    href = f"/candidates/{mine.pk}/edit/"
    answer = client.post(href, facts(address) | {"country": ""})
    return answer.status_code, Candidate.objects.get(pk=mine.pk).email == address


@pytest.mark.parametrize("way", [by_api, by_page, for_a_role, change])
def test_by_whatever_way_the_address_is_as_if_nobody_had_it(
    client: Client, secret: Application, snoop: User, way: Any
) -> None:
    client.force_login(snoop)
    way(client, "first@example.com")  # what is kept after the first time is kept
    missing, took = asked(lambda: way(client, MISSING))
    hidden, took_hidden = asked(lambda: way(client, HIDDEN))
    assert (hidden, took_hidden) == (missing, took)
    assert untouched(secret, snoop)


def test_nor_is_anybody_reminded_of_them(secret: Application, snoop: User) -> None:
    names = {"first_name": "Xylander", "last_name": "Xu"}
    other = {"first_name": "Nobody", "last_name": "Here"}
    for user in (snoop, make.make_user(Role.COORDINATOR)):
        alike(user, email="first@example.com", **other)
        missing, took = asked(lambda user=user: alike(user, email=MISSING, **other))
        hidden, took_hidden = asked(lambda user=user: alike(user, email=HIDDEN, **names))
        assert (hidden, took_hidden) == (missing, took) == ([], took)
    assert alike(make.make_user(Role.LEAD), email=HIDDEN, **names) == [secret.candidate]


def test_an_anonymous_application_uncovers_nobody(client: Client, secret: Application, snoop: User) -> None:
    make.make_post(slug="engineer")
    typed = {"first_name": "Kim", "last_name": "Sample", "cover_letter": "Me."}

    def send(address: str) -> Any:
        answer = client.post("/careers/engineer/apply/", typed | {"email": address})
        return answer.status_code, answer["Location"]

    send("first@example.com")
    missing, took = asked(lambda: send(MISSING))
    hidden, took_hidden = asked(lambda: send(HIDDEN))
    assert (hidden, took_hidden) == (missing, took)
    assert untouched(secret, snoop)
    assert secret.candidate.applications.count() == 1
    theirs = Application.objects.filter(candidate__email=HIDDEN).exclude(pk=secret.pk)
    assert [row.candidate.first_name for row in theirs] == ["Kim"]


def test_two_confidential_roles_know_nothing_of_each_other(secret: Application) -> None:
    other = make.make_requisition(confidential=True)
    made, new = add_person(by=other.recruiter, now=NOW, requisition=other, **FACTS | {"email": HIDDEN})
    assert (new, made.only_confidential, made.pk == secret.candidate_id) == (True, True, False)
    seen = Candidate.objects.visible_to(other.recruiter).filter(email=HIDDEN)
    assert [row.pk for row in seen] == [made.pk]


def test_their_own_team_finds_them(secret: Application) -> None:
    role = secret.requisition
    with pytest.raises(Conflict) as refused:
        add_person(by=role.recruiter, now=NOW, requisition=role, **FACTS | {"email": HIDDEN})
    assert refused.value.message == "Xylander Xu is in play for this role already."


def test_who_is_added_to_a_confidential_role_by_hand_is_hidden(snoop: User) -> None:
    role = make.make_requisition(confidential=True)
    made, _ = add_person(by=role.recruiter, now=NOW, requisition=role, **FACTS | {"email": HIDDEN})
    assert made.only_confidential
    assert not Candidate.objects.visible_to(snoop).exists()


@pytest.mark.race
@pytest.mark.django_db(transaction=True)
def test_two_who_add_them_to_the_same_confidential_role_add_one() -> None:
    role = make.make_requisition(confidential=True)

    def add() -> object:
        try:
            return add_person(by=role.recruiter, now=NOW, requisition=role, **FACTS | {"email": HIDDEN})[1]
        except Conflict:
            return "in play"

    assert sorted(map(str, at_once(add, add, add))) == ["True", "in play", "in play"]
    assert Candidate.objects.count() == 1


def test_an_open_address_is_still_one_persons() -> None:
    make.make_candidate(email=MISSING)
    mine = make.make_candidate()
    with pytest.raises(Invalid) as refused:
        change_contact(candidate=mine, by=make.make_user(), now=NOW, email=MISSING)
    assert refused.value.message == "Somebody else is known by this address."


def test_who_knows_them_takes_them_up_openly_and_not_twice(secret: Application) -> None:
    by, role = secret.requisition.recruiter, make.make_requisition()
    openly = make.make_candidate(email=HIDDEN)
    facts: dict[str, Any] = {
        "candidate_id": secret.candidate_id,
        "requisition_id": role.pk,
        "by": by,
        "now": NOW,
    }
    with pytest.raises(WrongState) as refused:
        add_application(**facts)
    assert refused.value.message == "Xylander Xu is known outside this role already: take them up from there."
    openly.delete()
    add_application(**facts)
    assert not Candidate.objects.get(pk=secret.candidate_id).only_confidential


class TestThePersonSaysWhoTheyAre:
    @pytest.fixture
    def openly(self, secret: Application) -> Candidate:
        """Somebody applied with the address of who is hidden."""
        post = make.make_post()
        return apply(submission=submission(post, email=HIDDEN, first_name="Kim"), now=NOW).candidate

    def test_their_team_is_told_once_and_nobody_else(self, secret: Application, openly: Candidate) -> None:
        assert [run_lane("known-openly", NOW), run_lane("known-openly", NOW)] == [1, 0]
        role = secret.requisition
        [mail] = mails("portal.known_openly")
        assert mail.to == role.recruiter.email
        assert mail.subject == "Xylander Xu may be known outside Head of Finance"
        told = Activity.objects.filter(verb="candidate.known_openly")
        assert list(told.values_list("candidate_id", flat=True)) == [secret.candidate_id]

    def test_nobody_is_asked_before_and_who_came_openly_never(
        self, client: Client, secret: Application, openly: Candidate
    ) -> None:
        asks = "Was this you, too?"
        assert asks not in client.get(open_for(secret.candidate)).content.decode()
        run_lane("known-openly", NOW)
        assert asks in client.get(open_for(secret.candidate)).content.decode()
        page = client.get(open_for(openly)).content.decode()
        assert (asks in page, "Head of Finance" in page) == (False, False)
        refused = client.post(f"{open_for(openly)}same/", {"same": "yes"})
        assert refused.status_code == 404

    @pytest.mark.parametrize(("answer", "is_same"), [("yes", True), ("no", False)])
    def test_their_answer_is_for_their_team(
        self, client: Client, secret: Application, openly: Candidate, snoop: User, answer: str, is_same: bool
    ) -> None:
        run_lane("known-openly", NOW)
        href = open_for(secret.candidate)
        assert client.post(f"{href}same/", {"same": answer}).status_code == 302
        assert "Was this you, too?" not in client.get(href).content.decode()
        row = Candidate.objects.get(pk=secret.candidate_id)
        assert (row.is_same_person, row.only_confidential) == (is_same, True)
        client.force_login(secret.requisition.recruiter)
        page = client.get(f"/candidates/{row.pk}/").content.decode()
        assert (f"/candidates/{openly.pk}/" in page) is is_same
        client.force_login(snoop)
        assert client.get(f"/candidates/{row.pk}/").status_code == 404
        assert "Xylander" not in client.get(f"/candidates/{openly.pk}/").content.decode()

    def test_a_link_that_is_asked_for_leads_to_both(
        self, client: Client, secret: Application, openly: Candidate
    ) -> None:
        client.post("/status/", {"email": HIDDEN})
        run_lane("tasks", timezone.now())
        links = OutgoingMail.objects.filter(role="portal.link").order_by("candidate_id")
        assert [mail.candidate_id for mail in links] == [secret.candidate_id, openly.pk]
        assert {mail.to for mail in links} == {HIDDEN}
