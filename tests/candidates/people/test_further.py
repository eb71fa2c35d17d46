"""Several addresses and numbers of one person: found by each, each one person's, the first the one we write to."""

import pytest

from ats.accounts.models import Role
from ats.kernel.errors import Conflict, Invalid, Missing
from ats.mail.models import OutgoingMail
from candidates.applications.actions.hide import follow_role
from candidates.internal.queries import works_here
from candidates.models import Candidate, FurtherAddress
from candidates.people.actions import add_address, change_contact, find_or_create, make_first, remove_address
from candidates.portal.actions import ask_for_link
from tests.candidates.helpers import at_once, run_lane
from tests.factories import NOW, make_application, make_candidate, make_requisition, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk():
    return make_user(Role.RECRUITER)


def note(person: Candidate, value: str, by, kind: str = "email", **facts) -> FurtherAddress:
    return add_address(candidate_id=person.pk, kind=kind, value=value, by=by, now=NOW, **facts)


def come(email: str, **facts) -> tuple[Candidate, bool]:
    return find_or_create(first_name="Robin", last_name="Example", email=email, now=NOW, **facts)


def test_who_comes_by_a_further_address_is_who_they_are(desk) -> None:
    robin, _ = come("robin@example.com")
    note(robin, "Ro.Bin@gmail.com", desk, label="at home")
    assert come("robin+jobs@googlemail.com") == (robin, False)
    assert list(Candidate.objects.with_address("robin@gmail.com")) == [robin]
    note(robin, "+49 (0)30 90 18 20", desk, kind="phone")
    assert list(Candidate.objects.with_digits("90182")) == [robin]
    assert list(Candidate.objects.with_digits("999999")) == []


def test_an_address_is_one_persons_whichever_of_theirs_it_is(desk) -> None:
    robin, kim = make_candidate(email="robin@example.com"), make_candidate(email="kim@example.com")
    note(robin, "home@example.com", desk)
    for taken in ("kim@example.com", "HOME@example.com"):
        with pytest.raises(Invalid, match="Somebody else"):
            note(kim if taken[0] == "H" else robin, taken, desk)
    with pytest.raises(Invalid, match="Somebody else"):
        change_contact(candidate=kim, by=desk, now=NOW, email="home@example.com")
    with pytest.raises(Conflict):
        note(robin, "home@example.com", desk)
    with pytest.raises(Invalid, match="first one"):
        note(robin, "robin@example.com", desk)
    assert FurtherAddress.objects.count() == 1
    # A telephone may well be two people's.
    note(robin, "030 901820", desk, kind="phone")
    assert note(kim, "030 901820", desk, kind="phone").key == "030901820"


def test_who_came_through_a_confidential_role_has_theirs_beside_others(desk) -> None:
    role = make_requisition(confidential=True, recruiter=desk)
    hidden, _ = come("robin@example.com", confidential_role=role.pk)
    lead = make_user(Role.ADMIN)
    beside = note(hidden, "home@example.com", lead)
    assert beside.is_beside
    openly, new = come("home@example.com")
    assert (new, openly == hidden) == (True, False)  # nobody learns of the hidden one
    Candidate.objects.filter(pk=hidden.pk).update(only_confidential=False)
    beside.refresh_from_db()
    assert beside.is_beside  # it is somebody's by now
    Candidate.objects.filter(pk=openly.pk).update(email="", email_key=None)
    Candidate.objects.filter(pk=hidden.pk).update(only_confidential=True)
    Candidate.objects.filter(pk=hidden.pk).update(only_confidential=False)
    beside.refresh_from_db()
    assert not beside.is_beside


def test_another_one_becomes_the_first_and_the_first_stays_known(desk) -> None:
    robin = make_candidate(email="robin@example.com", email_confirmed_at=NOW, phone="030 901820")
    home = note(robin, "home@example.com", desk)
    make_first(candidate_id=robin.pk, address_id=home.pk, by=desk, now=NOW)
    robin.refresh_from_db()
    assert (robin.email, robin.email_key, robin.email_confirmed_at) == ("home@example.com",) * 2 + (None,)
    [before] = robin.further_addresses.all()
    assert (before.value, before.confirmed_at) == ("robin@example.com", NOW)
    make_first(candidate_id=robin.pk, address_id=before.pk, by=desk, now=NOW)
    robin.refresh_from_db()
    assert (robin.email, robin.email_confirmed_at) == ("robin@example.com", NOW)
    other = note(robin, "+33 6 12 34 56 78", desk, kind="phone")
    make_first(candidate_id=robin.pk, address_id=other.pk, by=desk, now=NOW)
    robin.refresh_from_db()
    assert (robin.phone, robin.phone_normalised) == ("+33 6 12 34 56 78", "+33612345678")
    assert sorted(robin.further_addresses.values_list("value", flat=True)) == [
        "030 901820",
        "home@example.com",
    ]


@pytest.mark.parametrize(
    ("kind", "value"),
    [("email", "robin@"), ("email", ""), ("phone", "12"), ("phone", "evening"), ("fax", "030 901820")],
)
def test_what_is_none_is_refused(desk, kind, value) -> None:
    with pytest.raises(Invalid):
        note(make_candidate(), value, desk, kind=kind)
    assert FurtherAddress.objects.count() == 0


def test_one_that_is_removed_finds_nobody_and_another_persons_cannot_be(desk) -> None:
    robin, kim = make_candidate(email="robin@example.com"), make_candidate(email="kim@example.com")
    home = note(robin, "home@example.com", desk)
    with pytest.raises(Missing):
        remove_address(candidate_id=kim.pk, address_id=home.pk, by=desk, now=NOW)
    remove_address(candidate_id=robin.pk, address_id=home.pk, by=desk, now=NOW)
    assert not Candidate.objects.with_address("home@example.com").exists()


@pytest.mark.race
@pytest.mark.django_db(transaction=True)
def test_two_who_note_one_address_at_once_of_two_people(desk) -> None:
    people = [make_candidate(email=f"{n}@example.com") for n in range(4)]
    outcomes = at_once(*[lambda person=person: note(person, "home@example.com", desk) for person in people])
    assert sorted(type(each).__name__ for each in outcomes) == ["FurtherAddress"] + ["Invalid"] * 3
    assert FurtherAddress.objects.count() == 1


def test_who_comes_to_light_is_not_beside_whom_a_further_address_names(desk) -> None:
    """As with a first address: whose it is openly keeps it, and the other stays with the role."""
    role = make_requisition(confidential=True, recruiter=desk)
    hidden, _ = come("home@example.com", confidential_role=role.pk)
    make_application(candidate=hidden, requisition=role)
    note(make_candidate(), "home@example.com", desk)
    role.confidential = False
    role.save()
    follow_role(role.pk, NOW)
    hidden.refresh_from_db()
    assert hidden.only_confidential


def test_the_link_to_their_page_goes_where_it_was_asked_for_and_greets_them_as_they_are_called(desk) -> None:
    robin = make_candidate(email="robin@example.com", first_name="Robert", called="Robin")
    note(robin, "Home@example.org", desk)
    ask_for_link(email="home@example.org", now=NOW)
    run_lane("tasks", NOW)
    mail = OutgoingMail.objects.get(role="portal.link")
    assert mail.to == "Home@example.org"
    assert mail.text.startswith("Hello Robin,")


def test_who_works_here_is_known_by_a_further_address(desk) -> None:
    robin = make_candidate(email="robin@example.com")
    colleague = make_user(Role.MANAGER, email="r.example@house.example")
    assert works_here(robin) is None
    note(robin, "R.Example@house.example", desk)
    assert works_here(robin) == colleague
