"""Rows that nobody put in order come in none; whose order was asked for keep it."""

import pytest

from candidates.models import Candidate
from tests import factories, shuffling

pytestmark = pytest.mark.django_db
MANY = 24


@pytest.fixture(autouse=True)
def _people() -> None:
    for _ in range(MANY):
        factories.make_candidate()


def in_order() -> list[int]:
    return list(Candidate.objects.order_by("pk").values_list("pk", flat=True))


READS = (
    lambda rows: [row.pk for row in rows],
    lambda rows: [pk for (pk,) in rows.values_list("pk")],
    lambda rows: [row["pk"] for row in rows.values("pk")],
    lambda rows: [row.pk for row in rows.iterator(chunk_size=100)],
)


@pytest.mark.parametrize("read", READS)
def test_without_an_order_there_is_none(read) -> None:
    shuffled = read(Candidate.objects.all())
    assert shuffled != in_order()
    assert sorted(shuffled) == in_order()


@pytest.mark.parametrize("read", READS)
def test_an_order_stands(read) -> None:
    assert read(Candidate.objects.order_by("-pk")) == in_order()[::-1]


def test_some_of_many_are_any() -> None:
    first = set(in_order()[:8])
    some = {row.pk for row in Candidate.objects.all()[:8]}
    assert len(some) == 8
    assert some != first
    assert Candidate.objects.first().pk == in_order()[0]


def test_the_seed_and_the_name_of_a_test_repeat_it() -> None:
    orders = []
    for name in ("a", "b", "a"):
        shuffling.begin(name)
        orders.append([row.pk for row in Candidate.objects.all()])
    assert orders[0] == orders[2] != orders[1]
