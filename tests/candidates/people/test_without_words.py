"""Nobody reads a person's words with the person: they are said to be left out in one place."""

import re
from pathlib import Path

import pytest

from candidates.models import Candidate
from tests.factories import make_candidate

ROOT = Path(__file__).resolve().parents[3]


@pytest.mark.django_db
def test_a_person_comes_without_their_words() -> None:
    make_candidate()
    assert Candidate.objects.without_words().get().get_deferred_fields() == {"search"}


def test_it_is_said_in_one_place() -> None:
    said = [
        path.relative_to(ROOT).as_posix()
        for package in ("ats", "candidates", "partners", "requisitions")
        for path in (ROOT / package).rglob("*.py")
        if re.search(r"""defer\(["']search""", path.read_text())
    ]
    assert said == ["candidates/people/models.py"]
