"""What somebody said, taken apart into points that are known again."""

import pytest

from candidates.matters.domain.points import MOST, key_of, points


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", []),
        (" \n \n", []),
        ("Afternoons off", ["Afternoons off"]),
        ("- Growth\n* Pay\n• Kind people\n1. Days\n(2) Berlin", ["Growth", "Pay", "Kind people", "Days", "Berlin"]),
        ("I want to learn. Fair pay! Near home?", ["I want to learn.", "Fair pay!", "Near home?"]),
        ("Growth; pay ;people", ["Growth", "pay", "people"]),
        ("growth, pay, people", ["growth", "pay", "people"]),
        ("نمو، أجر، زملاء", ["نمو", "أجر", "زملاء"]),
        ("أريد أن أتعلم. هل الأجر عادل؟", ["أريد أن أتعلم.", "هل الأجر عادل؟"]),
        ("A team, and work that matters", ["A team, and work that matters"]),
        ("Growth\ngrowth.\n GROWTH ", ["Growth"]),
    ],
)  # fmt: skip
def test_a_line_a_sentence_or_a_comma_begins_a_point(text: str, said: list[str]) -> None:
    assert [each.words for each in points(text)] == said


def test_a_letter_of_many_lines_keeps_its_end_in_one_point() -> None:
    found = points("\n".join(f"Wish {number}" for number in range(100)))
    assert len(found) == MOST
    assert found[-1].words.splitlines()[0] == f"Wish {MOST - 1}"
    assert found[-1].words.splitlines()[-1] == "Wish 99"


def test_a_point_is_known_again_by_its_words_alone() -> None:
    assert key_of("Fair  pay.") == key_of("fair pay") == key_of("\uff26AIR pay!")
    assert key_of("fair pay") != key_of("fair play")
