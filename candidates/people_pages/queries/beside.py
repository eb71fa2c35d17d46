"""Two to four people laid side by side: what is known of each, row by row."""

from collections import defaultdict
from dataclasses import dataclass

from ats.accounts.models import User
from ats.kernel.staff_words import gettext
from candidates.people.models import Candidate
from candidates.people_pages.queries.listing import Line, those
from candidates.resumes.models import KnownFact, KnownKind
from candidates.resumes.queries import KnownLine

FEWEST, MOST = 2, 4
POSITIONS = 4
"""The last of somebody's positions; the rest stands on their page."""


@dataclass(frozen=True)
class Beside:
    """`lines` are the people, in the order asked for; `rows` what is known, each with a cell for every one of them."""

    lines: list[Line]
    rows: list[tuple[str, list[list[str]]]]


def beside(user: User, numbers: list[int]) -> Beside:
    """Those of them that `user` may see, `MOST` at most; a row that nobody has anything in is left out."""
    lines = those(user, list(dict.fromkeys(numbers))[:MOST]).lines()
    people = [line.candidate for line in lines]
    known = _known(people)
    rows = [
        (gettext("What they do now"), [_one(person.headline) for person in people]),
        (gettext("City"), [_one(person.city) for person in people]),
        (gettext("Applications"), [[f"{title}: {how}" for _, title, how in line.roles] for line in lines]),
        (gettext("Skills"), [known[person.pk, KnownKind.SKILL] for person in people]),
        (gettext("Languages"), [known[person.pk, KnownKind.LANGUAGE] for person in people]),
        (gettext("Positions"), [known[person.pk, KnownKind.POSITION][:POSITIONS] for person in people]),
        (gettext("Education"), [known[person.pk, KnownKind.EDUCATION] for person in people]),
        (gettext("Tags"), [line.tags for line in lines]),
        (gettext("Source"), [_one(line.source) for line in lines]),
    ]
    return Beside(lines, [(said, cells) for said, cells in rows if any(cells)])


def _one(text: str) -> list[str]:
    return [text] if text else []


def _known(people: list[Candidate]) -> dict[tuple[int, str], list[str]]:
    found: dict[tuple[int, str], list[str]] = defaultdict(list)
    rows = KnownFact.objects.filter(candidate__in=[person.pk for person in people])
    for fact in rows.order_by("-current", "-start", "value", "pk"):
        line = KnownLine(fact)
        said = f"{line.text} ({line.beside})" if line.beside else line.text
        found[fact.candidate_id, fact.kind].append(said)
    return found
