"""The words of somebody as the database keeps them (`tsvector`), and what is asked as it understands it (`tsquery`)."""

from collections import defaultdict
from collections.abc import Iterable
from typing import NamedTuple

from candidates.people.domain.words import MOST_PLACES, NAME, words

MOST_OF_ONE = 255
"""So many places of one word the database keeps."""


class Section(NamedTuple):
    """A text of somebody, with its weight: A is a name, B what is said of them, D what stands in their files."""

    text: str
    weight: str
    is_name: bool = False


def vector(sections: Iterable[Section]) -> str:
    """`'ada':1A 'java':2B,3D`, in the form that PostgreSQL reads."""
    places: dict[str, list[str]] = defaultdict(list)
    start = 0
    for section in sections:
        found = words(section.text, is_name=section.is_name)
        last = start + (max(place for _, place in found) if found else 0)
        if last > MOST_PLACES:
            found = [each for each in found if start + each.place <= MOST_PLACES]
        for text, place in found:
            places[text].append(f"{start + place}{section.weight}")
        if section.is_name:
            for text, place in found:
                places[NAME + text].append(f"{start + place}{section.weight}")
        start = last + 1  # a phrase does not reach from one text into the next
    return " ".join(f"{quoted(text)}:{','.join(where[:MOST_OF_ONE])}" for text, where in places.items())


def quoted(word: str) -> str:
    """Words are letters and numbers alone; but whatever they are, they end nothing."""
    return "'" + word.replace("\\", "\\\\").replace("'", "''") + "'"
