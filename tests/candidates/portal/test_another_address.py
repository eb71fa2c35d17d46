"""Another e-mail address: whoever holds a link to the page can ask, and does not take the page over."""

from datetime import timedelta
from urllib.parse import urlsplit

import pytest
import time_machine
from django.core import signing

from ats.mail.models import OutgoingMail
from candidates.models import AddressChange, Candidate
from candidates.portal.actions.change_address import SALT
from tests.candidates.portal.helpers import applied, open_for, text
from tests.clock import NOW
from tests.factories import make_candidate, make_user

pytestmark = pytest.mark.django_db
DETAILS = {"first_name": "Robin", "last_name": "Example", "email": "new@example.com"}


@pytest.fixture
def robin() -> Candidate:
    return applied().candidate


def ask(client, robin: Candidate, email: str = "new@example.com", *, path: str = "") -> str:
    """Ask for another address on the page; its path."""
    path = path or open_for(robin)
    assert client.post(f"{path}details/", DETAILS | {"email": email}).status_code == 302
    return path


def way(role: str) -> str:
    """The path in the last message of this role."""
    mail = OutgoingMail.objects.filter(role=role).latest("pk")
    return urlsplit(next(word for word in mail.text.split() if "/status/address/" in word)).path


def new() -> str:
    return way("portal.confirm_address")


def old() -> str:
    return way("portal.address_asked")


def address(robin: Candidate) -> str:
    return Candidate.objects.get(pk=robin.pk).email


def mails() -> list[tuple[str, str]]:
    rows = OutgoingMail.objects.filter(role__startswith="portal.").order_by("pk")
    return list(rows.values_list("role", "to"))


def test_a_yes_at_the_new_address_alone_changes_nothing_and_ends_no_link(client, robin) -> None:
    """A thief of a link asks for an address of theirs, and confirms it there."""
    owners = open_for(robin)
    ask(client, robin)
    said = client.post(new())

    assert (said.status_code, address(robin)) == (200, "robin@example.com")
    assert "This address is confirmed. We have asked at the address that we write to now" in text(said)
    assert "robin@example.com" not in text(said)
    assert client.get(owners).status_code == 200
    assert mails() == [
        ("portal.confirm_address", "new@example.com"),
        ("portal.address_asked", "robin@example.com"),
    ]


def test_whom_it_is_from_and_what_a_no_does_stand_there(client, robin) -> None:
    ask(client, robin)
    company = robin.applications.get().requisition.organisation

    for way_there in (new(), old()):
        assert f"· {company.name}</title>" in client.get(way_there).content.decode()
    asked = text(client.get(old()))
    assert asked.count("it you") == 1
    assert "If it was not you, we go on writing to you here" in asked
    said = client.post(old(), {"no": "1"})
    assert f"· {company.name}</title>" in said.content.decode()


@pytest.mark.parametrize("first", [new, old])
def test_with_a_yes_at_both_it_is_changed(client, robin, first) -> None:
    path = ask(client, robin)
    last = old if first is new else new
    for each in (new(), old()):
        assert client.get(each).status_code == 200  # to look changes nothing
    assert client.post(first()).status_code == 200
    assert address(robin) == "robin@example.com"
    said = client.post(last())

    assert "From now on we write to you at new@example.com ." in text(said)
    robin.refresh_from_db()
    assert (robin.email, robin.email_key, robin.email_confirmed_at is not None) == (
        "new@example.com",
        "new@example.com",
        True,
    )
    assert mails()[2:] == [
        ("portal.address_changed", "robin@example.com"),
        ("portal.link", "new@example.com"),
    ]
    assert client.get(path).status_code == 200  # the links that they have go on working
    assert [client.post(each).status_code for each in (new(), old())] == [404, 404]


def test_a_no_at_the_old_address_ends_every_link_and_sends_a_new_one(client, robin) -> None:
    thiefs = ask(client, robin)
    client.post(new())
    said = client.post(old(), {"no": "1"})

    assert "We go on writing to you here." in text(said)
    assert (address(robin), client.get(thiefs).status_code) == ("robin@example.com", 404)
    assert mails()[2:] == [("portal.link", "robin@example.com")]
    assert client.post(new()).status_code == 404


def test_who_only_has_the_new_address_cannot_say_no_or_yes_for_the_old_one(client, robin) -> None:
    path = ask(client, robin)
    client.post(new(), {"no": "1"})
    assert client.get(path).status_code == 200
    asked = AddressChange.objects.get()
    assert (asked.new_said_at is not None, asked.old_said_at, asked.refused_at) == (True, None, None)


def test_to_ask_again_ends_what_was_asked_before(client, robin) -> None:
    path = ask(client, robin)
    before = [new(), old()]
    ask(client, robin, "newer@example.com", path=path)
    assert [client.post(each).status_code for each in before] == [404, 404]
    client.post(new())
    client.post(old())
    assert address(robin) == "newer@example.com"


def test_a_question_is_over_after_a_week(client, robin) -> None:
    ask(client, robin)
    links = [new(), old()]
    with time_machine.travel(NOW + timedelta(days=8), tick=True):
        assert [client.post(each).status_code for each in links] == [404, 404]


def test_a_link_that_an_older_version_sent_is_over(client, robin) -> None:
    facts = {"candidate": robin.pk, "email": "new@example.com", "instead_of": robin.email_key}
    signed = signing.dumps(facts, salt=SALT, compress=True)
    assert client.post(f"/status/address/{signed}/").status_code == 404
    assert address(robin) == "robin@example.com"


def test_another_persons_address_is_not_taken_over(client, robin) -> None:
    kim = make_candidate(email="kim@example.com")
    ask(client, robin, "kim@example.com")
    assert client.post(new()).status_code == 200
    refused = client.post(old())
    assert (refused.status_code, "This address cannot be used." in text(refused)) == (400, True)
    assert (address(robin), address(kim)) == ("robin@example.com", "kim@example.com")


# --- The team's word


def test_the_team_says_yes_where_nobody_answers_at_the_old_address(client, robin) -> None:
    ask(client, robin)
    recruiter = make_user("recruiter")
    client.force_login(recruiter)
    page = f"/candidates/{robin.pk}/"
    assert "Use this address" not in client.get(page).content.decode()  # not confirmed there yet
    client.post(f"{page}address/")
    assert address(robin) == "robin@example.com"

    client.post(new())
    assert "Use this address" in client.get(page).content.decode()
    client.post(f"{page}address/")

    assert (address(robin), AddressChange.objects.get().agreed_by) == ("new@example.com", recruiter)
    assert ("portal.address_changed", "robin@example.com") in mails()
    assert "Use this address" not in client.get(page).content.decode()


def test_the_team_says_no(client, robin) -> None:
    ask(client, robin)
    client.post(new())
    client.force_login(make_user("recruiter"))
    client.post(f"/candidates/{robin.pk}/address/", {"no": "1"})
    assert (address(robin), client.post(old()).status_code) == ("robin@example.com", 404)


def test_who_may_not_change_the_candidate_has_no_word(client, robin) -> None:
    ask(client, robin)
    client.post(new())
    client.force_login(make_user("interviewer"))
    assert client.post(f"/candidates/{robin.pk}/address/").status_code == 404
    assert address(robin) == "robin@example.com"
