"""Names with a typing mistake are proposed, and nothing else is."""

import pytest

from candidates.models import Candidate
from candidates.people.actions import find_or_create
from candidates.people.queries import nearly
from candidates.people.queries.nearly import distance
from tests.factories import NOW

pytestmark = pytest.mark.django_db
NAMES = (
    ("Michael", "Schmidt"),
    ("Ann", "Lee"),
    ("Joanna", "Johnson"),
    ("Søren", "Kierkegaard"),
    ("Ольга", "Петрова"),
    ("Zoë", "Müller"),
)


@pytest.fixture
def people() -> None:
    for first, last in NAMES:
        find_or_create(first_name=first, last_name=last, email="", now=NOW)


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("micheal", ["Michael"]),
        ("schmitd", ["Michael"]),
        ("micheal schmitt", ["Michael"]),
        ("schmidt micheal", ["Michael"]),
        ("jonson", ["Joanna"]),
        ("kirkegaard", ["Søren"]),
        ("kierkegard soren", ["Søren"]),
        ("петров", ["Ольга"]),
        ("muler", ["Zoë"]),
        ("xylophone", []),
        ("michelangelo", []),
        ("schmidt wagner", []),
        ("an", []),
        ('"micheal"', []),
        ("micheal -java", []),
        ("micheal OR jonson", []),
        ("", []),
    ],
)
def test_who_is_nearly_called_so(people, asked, found) -> None:
    ids = nearly(Candidate.objects.all(), asked)
    assert [Candidate.objects.get(pk=one).first_name for one in ids] == found


def test_the_nearest_is_first_and_only_of_those_who_were_asked_about(people) -> None:
    other, _ = find_or_create(first_name="Michel", last_name="Schmid", email="", now=NOW)
    michael = Candidate.objects.get(first_name="Michael")
    assert nearly(Candidate.objects.all(), "michael schmitt") == [michael.pk, other.pk]
    assert nearly(Candidate.objects.all(), "michal schmidt") == [michael.pk, other.pk]
    assert nearly(Candidate.objects.filter(pk=other.pk), "michal schmidt") == [other.pk]
    assert nearly(Candidate.objects.none(), "michal") == []


@pytest.mark.parametrize(
    ("words", "name", "far"),
    [
        (["michael"], "michael schmidt", 0),
        (["micheal"], "michael schmidt", 1),
        (["lee"], "ann lea", 1),
        (["leeee"], "ann lee", None),
        (["ab"], "ac", None),
    ],
)
def test_how_far_a_name_is(words, name, far) -> None:
    assert distance(words, name) == far
