"""A person is one candidate, however often they come."""

import pytest

from ats.activity.models import Activity
from ats.kernel.errors import Invalid
from candidates.models import Candidate
from candidates.people.actions import change_contact, confirm_email, find_or_create, index
from tests.candidates.helpers import at_once
from tests.factories import NOW, make_user

pytestmark = pytest.mark.django_db


def come(**facts):
    facts = {"first_name": "Robin", "last_name": "Example", "email": "robin@example.com", "phone": ""} | facts
    return find_or_create(now=NOW, **facts)


def test_a_new_person_is_added_and_recorded() -> None:
    robin, new = come(first_name="Zoë", phone="+49 30 1")
    assert new is True
    robin.refresh_from_db()
    assert (robin.email_key, robin.name_key, robin.phone) == ("robin@example.com", "zoe example", "+49 30 1")
    assert list(Activity.objects.values_list("verb", "candidate_id", "actor_kind", "actor_name")) == [
        ("candidate.added", robin.pk, "candidate", "")
    ]


def test_the_same_address_is_the_same_person_and_changes_nothing_of_theirs() -> None:
    robin, _ = come(email="ro.bin@gmail.com")
    again, new = come(email="Robin+x@googlemail.com", first_name="Mallory", phone="+49 30 666")
    assert (again.pk, new) == (robin.pk, False)
    again.refresh_from_db()
    assert (again.first_name, again.email, again.phone) == ("Robin", "ro.bin@gmail.com", "")
    assert Candidate.objects.count() == 1


@pytest.mark.parametrize(
    ("first_name", "headline"),
    [("Zoë", "C++/C# developer at 100 % Ltd."), ("Ann-Marie O'Neil", ""), ("Łukasz", "naïve Bayes, R&D; F#")],
)
def test_a_new_person_is_found_by_the_words_that_an_update_would_take_up(first_name, headline) -> None:
    robin, _ = come(first_name=first_name, headline=headline)
    words = Candidate.objects.values_list("search", flat=True).get(pk=robin.pk)
    index.refresh([robin.pk])
    assert words == Candidate.objects.values_list("search", flat=True).get(pk=robin.pk) != ""


@pytest.mark.race
@pytest.mark.django_db(transaction=True)
def test_the_same_address_at_the_same_moment_is_one_person() -> None:
    outcomes = at_once(*[come] * 6)
    assert {person.pk for person, _ in outcomes} == {Candidate.objects.get().pk}
    assert sorted(new for _, new in outcomes) == [False] * 5 + [True]
    assert Activity.objects.count() == 1


def test_people_without_an_address_are_not_one() -> None:
    assert [come(email="")[1], come(email="")[1]] == [True, True]


def test_who_comes_openly_is_somebody_else_than_who_is_confidential() -> None:
    hidden, _ = come(confidential_role=1)
    openly, new = come()
    assert (hidden.only_confidential, openly.only_confidential, new) == (True, False, True)
    assert come() == (openly, False)
    assert come(confidential_role=1) == (openly, False)  # who is known openly is known


@pytest.mark.parametrize(
    ("facts", "field"),
    [
        ({"first_name": " \u202e ", "last_name": ""}, "first_name"),
        ({"last_name": "x" * 101}, "last_name"),
        ({"email": "robin@"}, "email"),
        ({"email": "robin@example.com\r\nBcc: all@example.com"}, "email"),
        ({"phone": "1" * 41}, "phone"),
        # Our mail greets by name: it must not carry a stranger's link to somebody else.
        ({"first_name": "Win at https://evil.example now"}, "first_name"),
        ({"first_name": "see WWW.evil.example"}, "first_name"),
        ({"last_name": "of evil.com"}, "last_name"),
        ({"last_name": "evil.example/win"}, "last_name"),
        ({"last_name": "write a@evil.example"}, "last_name"),
    ],
)
def test_what_cannot_be_kept_is_refused_by_name(facts, field) -> None:
    with pytest.raises(Invalid) as refused:
        come(**facts)
    assert refused.value.field == field
    assert Candidate.objects.count() == 0


def test_changing_contact_data_writes_and_records_only_what_differs() -> None:
    robin, _ = come()
    recruiter = make_user()
    confirm_email(candidate=robin, now=NOW)
    change_contact(candidate=robin, by=recruiter, now=NOW, first_name="Robin", last_name="Ünal", city="Köln")
    robin.refresh_from_db()
    assert (robin.name_key, robin.city, robin.email_confirmed_at) == ("robin unal", "Köln", NOW)
    changed = Activity.objects.get(verb="candidate.changed")
    assert (changed.data, changed.actor_id) == ({"fields": "city, last name"}, recruiter.pk)


def test_a_new_address_is_not_confirmed_and_may_not_be_another_persons() -> None:
    robin, _ = come()
    come(email="kim@example.com")
    confirm_email(candidate=robin, now=NOW)
    with pytest.raises(Invalid) as refused:
        change_contact(candidate=robin, by=robin, now=NOW, email="KIM@example.com")
    assert refused.value.field == "email"
    robin.refresh_from_db()
    change_contact(candidate=robin, by=robin, now=NOW, email="new@example.com")
    robin.refresh_from_db()
    assert (robin.email, robin.email_key, robin.email_confirmed_at) == (
        "new@example.com",
        "new@example.com",
        None,
    )


@pytest.mark.parametrize(
    "name", ["J.R.R. Tolkien", "St.John", "O'Neil-Sm\u00edth", "Anna s/o Raj", "Jr.", "\u5c71\u7530"]
)
def test_names_with_dots_and_strokes_are_names(name) -> None:
    assert come(first_name=name)[0].first_name == name
