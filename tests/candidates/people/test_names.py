"""What can be a name, and that one is enough."""

import pytest

from ats.kernel.errors import Invalid
from candidates.models import Candidate
from candidates.people.actions import change_contact, find_or_create
from candidates.people.domain import names
from candidates.people.queries import matching
from tests.factories import NOW, make_user

SEEN = "Write the name in letters that can be seen."
MARKS = "Write the name with fewer marks on its letters."
ALONE = "Write the name alone, without an address."


@pytest.mark.parametrize(
    ("name", "problem"),
    [
        ("\u200b\u200d", SEEN),
        ("\u3164", SEEN),
        ("\u2800 \ufeff", SEEN),
        ("\u0301", SEEN),
        ("R" + "\u0336" * 90, MARKS),
        ("o\u0335\u0336\u0337\u0338\u0321\u0322\u0328b", MARKS),
        ("see evil.shop", ALONE),
        ("bit.ly", ALONE),
        ("www\u3002evil\uff0ecom", ALONE),
        ("evil.co\u200bm", ALONE),
        ("http:evil", ALONE),
        ("\uff45\uff56\uff49\uff4c.de", ALONE),
        ("call 10.0.0.1", ALONE),
        ("t.me/win", ALONE),
    ],
)
def test_what_is_no_name_is_said_kindly(name, problem) -> None:
    assert names.problem(name) == problem


@pytest.mark.parametrize(
    "name",
    [
        "",
        "Suharto",
        "\u5c71\u7530\u592a\u90ce",
        "J.R.R. Tolkien",
        "St.John",
        "Dr.Li",
        "Md.Rahman",
        "Ph.D.",
        "M.Sc.",
        "O'Brien",
        "Nguy\u1ec5n Th\u1ecb",
        "\u0e1b\u0e23\u0e30\u0e22\u0e38\u0e17\u0e18\u0e4c",
        "\u05e9\u05c1\u05b8\u05dc\u05d5\u05b9\u05dd",
        "\u0928\u0942\u092a\u0941\u0930",
        "Robin \U0001f469\u200d\U0001f4bb",
        "Anna s/o Raj",
        "X \u00c6 A-12",
    ],
)
def test_names_of_the_world_are_names(name) -> None:
    assert names.problem(name) == ""


def come(first: str, last: str, email: str = "") -> Candidate:
    return find_or_create(first_name=first, last_name=last, email=email, now=NOW)[0]


@pytest.mark.django_db
@pytest.mark.parametrize(("first", "last"), [("Suharto", ""), ("", "Suharto"), (" ", "Suharto ")])
def test_one_name_is_enough_and_is_what_one_is_greeted_by(first, last) -> None:
    known = come(first, last)
    known.refresh_from_db()
    assert (known.first_name, known.last_name, known.name, known.initials) == ("Suharto", "", "Suharto", "S")
    assert list(matching(Candidate.objects.all(), "suhar")) == [known]


@pytest.mark.django_db
def test_no_name_at_all_is_asked_for() -> None:
    with pytest.raises(Invalid) as refused:
        come(" ", "\u202e")
    assert (refused.value.field, refused.value.message) == ("first_name", names.WANTED)


@pytest.mark.django_db
def test_a_name_can_be_taken_off_but_not_the_only_one() -> None:
    robin = come("Robin", "Example")
    change_contact(candidate=robin, by=make_user(), now=NOW, first_name="")
    robin.refresh_from_db()
    assert (robin.first_name, robin.last_name, robin.name_key) == ("Example", "", "example")
    with pytest.raises(Invalid):
        change_contact(candidate=robin, by=make_user(), now=NOW, first_name="")


@pytest.mark.django_db
@pytest.mark.parametrize(
    "address", ["robin@[127.0.0.1]", "robin@[IPv6:::1]", "robin@localhost", "robin@127.0.0.1"]
)
def test_an_address_at_a_machine_is_nobodys(address) -> None:
    with pytest.raises(Invalid) as refused:
        come("Robin", "Example", address)
    assert refused.value.field == "email"
