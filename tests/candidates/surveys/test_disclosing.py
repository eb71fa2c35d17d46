"""Groups of few are shown nowhere, nor can they be worked out: not from one figure less another, nor from sums."""

from collections.abc import Iterable, Iterator
from itertools import chain, combinations
from random import Random
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from candidates.surveys.domain.coarse import SPLITS
from candidates.surveys.domain.disclosing import Answers, Cells, divide

ANSWER = st.tuples(
    st.fixed_dictionaries(
        {
            "outcome": st.sampled_from(["rejected", "hired", "withdrawn"]),
            "stage": st.sampled_from(["applied", "interview", "offer"]),
            "language": st.sampled_from(["en", "en", "en", "de", "fr", ""]),
            "role": st.sampled_from(["1", "1", "2", "2", "3", "4"]),
        }
    ),
    st.booleans(),
)


def made(rows: Iterable[tuple[dict[str, str], bool]]) -> Answers:
    rows = list(rows)
    return Answers(
        [facts for facts, _ in rows], frozenset(n for n, (_, nameless) in enumerate(rows) if nameless)
    )


def unions(cells: Cells) -> Iterator[frozenset[int]]:
    """What one can add up of one split: a filter is one of its groups, or the whole."""
    groups = list(cells.values())
    for some in chain.from_iterable(combinations(groups, size) for size in range(1, len(groups) + 1)):
        yield frozenset().union(*some)


def few_that_come_out(answers: Answers) -> list[Any]:
    """By brute force: every sum of one split against every sum of another, where one lies within the other."""
    divisions = divide(answers)
    found: list[Any] = []
    for population in (answers.everything, answers.anonymous):
        sums = {split: {each & population for each in unions(cells)} for split, cells in divisions.items()}
        for (one, mine), (other, theirs) in combinations(sums.items(), 2):
            for a in mine:
                for b in theirs:
                    small, big = (a, b) if len(a) <= len(b) else (b, a)
                    if small <= big and 0 < len(big - small) < 5:
                        found.append((one, other, sorted(big - small)))
        found += [
            (split, value)
            for split, cells in divisions.items()
            for value, group in cells.items()
            if 0 < len(group & population) < 5
        ]
    return found


@settings(max_examples=120, deadline=None)
@given(st.lists(ANSWER, min_size=0, max_size=45))
def test_no_filter_and_no_difference_of_two_filters_shows_few(rows: list[Any]) -> None:
    assert few_that_come_out(made(rows)) == []


def test_many_answers_of_a_real_shape_show_few_nowhere_and_most_of_it_somewhere() -> None:
    chance = Random(7)
    rows = []
    for _ in range(400):
        outcome = chance.choices(["rejected", "hired", "withdrawn"], [80, 8, 12])[0]
        stage = "hired" if outcome == "hired" else chance.choices(["applied", "interview"], [3, 1])[0]
        facts = {"outcome": outcome, "stage": stage, "role": str(chance.randrange(6))}
        facts["language"] = chance.choices(["en", "de", "fr"], [70, 25, 5])[0]
        rows.append((facts, chance.random() < 0.8))
    answers = made(rows)
    divisions = divide(answers)
    assert few_that_come_out(answers) == []
    assert set(divisions) == set(SPLITS)
    assert set(divisions["outcome"]) == {"rejected", "hired", "withdrawn"}
    assert len(divisions["role"]) == 6


def test_each_division_is_the_whole() -> None:
    answers = made(
        [({"outcome": "rejected", "language": "de"}, True)] * 7 + [({"outcome": "hired"}, True)] * 6
    )
    for cells in divide(answers).values():
        groups = list(cells.values())
        assert sum(map(len, groups)) == 13
        assert frozenset().union(*groups) == answers.everything


def sizes(answers: Answers, split: str) -> dict[str, int]:
    return {value: len(group) for value, group in divide(answers)[split].items()}


def test_what_is_too_small_stands_among_the_rest_and_takes_another_along() -> None:
    """Two who were hired would come out as everybody less the rejected and the withdrawn: so those go with them."""
    rows = [("rejected", 20), ("withdrawn", 6), ("hired", 2)]
    answers = made(({"outcome": value}, True) for value, number in rows for _ in range(number))
    assert sizes(answers, "outcome") == {"rejected": 20, "": 8}


def test_the_difference_of_two_splits_is_looked_at() -> None:
    """18 answer in German, all of them rejected, and 20 were rejected: the two others would come out."""
    rows = [({"outcome": "rejected", "language": "de"}, True)] * 18
    rows += [({"outcome": "rejected", "language": "en"}, True)] * 2
    rows += [({"outcome": "hired", "language": "en"}, True)] * 10
    answers = made(rows)
    assert sizes(answers, "outcome") == {"rejected": 20, "hired": 10}
    assert sizes(answers, "language") == {"": 30}


def test_so_is_the_sum_of_several_groups() -> None:
    """Two roles within the rejected leave two by whom nobody else stands, though neither does by itself."""
    rows = [({"outcome": "rejected", "role": "1"}, True)] * 9 + [
        ({"outcome": "rejected", "role": "2"}, True)
    ] * 9
    rows += [({"outcome": "rejected", "role": "3"}, True)] * 2 + [
        ({"outcome": "hired", "role": "3"}, True)
    ] * 9
    assert "2" not in sizes(made(rows), "role") or "1" not in sizes(made(rows), "role")
    assert few_that_come_out(made(rows)) == []


@pytest.mark.parametrize(
    ("named", "nameless", "shown"), [(0, 5, 5), (5, 0, 5), (0, 4, 0), (4, 0, 0), (6, 4, 0)]
)
def test_who_can_read_the_named_ones_learns_of_no_other(named: int, nameless: int, shown: int) -> None:
    answers = made([({"outcome": "hired"}, False)] * named + [({"outcome": "hired"}, True)] * nameless)
    assert sum(len(group) for group in divide(answers).get("outcome", {}).values()) == shown
