"""The words of a text and the words of a question, pair by pair (`pairs.tsv`): do they meet?"""

import csv
import re
from pathlib import Path

import pytest

from candidates.models import Candidate
from candidates.people.actions import find_or_create
from candidates.people.domain.vectors import Section, vector
from candidates.people.queries import matching
from tests.factories import NOW

pytestmark = pytest.mark.django_db
PAIRS = Path(__file__).with_name("pairs.tsv")


def readable(text: str) -> str:
    """Marks that nobody would see in a file stand there as \\u00ad."""
    return re.sub(r"\\u([0-9a-f]{4})", lambda code: chr(int(code[1], 16)), text).replace("\\n", "\n")


def pairs() -> list[tuple[Section, str, bool]]:
    with PAIRS.open() as file:
        rows = list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))
    assert {row["answer"] for row in rows} == {"found", "not"}
    return [
        (
            Section(readable(row["text"]), "D", is_name=row["where"] == "name"),
            readable(row["asked"]),
            row["answer"] == "found",
        )
        for row in rows
    ]


def test_there_are_as_many_as_were_promised() -> None:
    assert len(pairs()) >= 300


def test_each_pair_answers_as_the_table_says() -> None:
    """The words alone of a résumé, or of a name."""
    robin, _ = find_or_create(first_name="R", last_name="X", email="", now=NOW)
    wrong = []
    for text, asked, expected in pairs():
        Candidate.objects.update(search=vector([text]))
        answer = matching(Candidate.objects.filter(pk=robin.pk), asked)
        if (answer.count() == 1) != expected:
            wrong.append((text.text, asked, "found" if answer.count() else "not"))
    assert not wrong, "\n".join(map(str, wrong))
