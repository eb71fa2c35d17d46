"""The words by which people are found: name, address, headline, tags, confirmed skills, and words of résumés.

Text and question go through the same preparation (`domain/words.py`), so that they meet.
"""

from collections.abc import Iterable
from typing import NamedTuple

from django.db import connection

from candidates.people.domain.vectors import Section, vector

FORM = 4
"""Raise it with whatever changes the words of a text: then all texts are taken up again (`rebuild`)."""
RESUME_CHARACTERS = 100_000
"""How much of somebody's documents is searched, the newest first; a vector may hold no more than 1 MB."""

_SEARCHED = """
    (EXISTS (SELECT FROM candidates_candidate WHERE id = wanted.id AND only_confidential)
     OR NOT EXISTS (SELECT FROM candidates_application AS brought
                    JOIN requisitions_requisition AS role ON role.id = brought.requisition_id
                    WHERE brought.id = file.application_id AND role.confidential))
"""
"""What somebody gave to a confidential role is not found by its words: who may not read it could guess them. Of
whom only its team knows, everything is."""

_TEXTS = f"""
    SELECT person.id, person.first_name, person.last_name, person.email, person.headline,
        tags.names, files.words, person.called, further.addresses, known.skills
    FROM unnest(%s::bigint[]) AS wanted(id)
    JOIN candidates_candidate AS person ON person.id = wanted.id
    LEFT JOIN LATERAL (
        SELECT string_agg(tag.name, E'\\n' ORDER BY tag.name) AS names
        FROM candidates_candidate_tags AS link JOIN candidates_tag AS tag ON tag.id = link.tag_id
        WHERE link.candidate_id = wanted.id
    ) AS tags ON true
    LEFT JOIN LATERAL (
        SELECT string_agg(value, E'\\n' ORDER BY id) AS addresses
        FROM candidates_furtheraddress WHERE candidate_id = wanted.id AND kind = 'email'
    ) AS further ON true
    LEFT JOIN LATERAL (
        SELECT string_agg(value, E'\\n' ORDER BY id) AS skills
        FROM candidates_knownfact WHERE candidate_id = wanted.id AND kind = 'skill'
    ) AS known ON true
    LEFT JOIN LATERAL (
        SELECT left(string_agg(text, E'\\n' ORDER BY created_at DESC, id DESC), {RESUME_CHARACTERS}) AS words
        FROM candidates_document AS file
        WHERE candidate_id = wanted.id AND kind <> 'answer' AND text <> '' AND {_SEARCHED}
    ) AS files ON true
"""  # noqa: S608 - put together from constants of this file
_REFRESH = """
    UPDATE candidates_candidate AS person SET search = taken.words::tsvector
    FROM unnest(%s::bigint[], %s::text[]) AS taken(id, words)
    WHERE person.id = taken.id
"""


class Said(NamedTuple):
    """The texts by which somebody is found."""

    first_name: str
    last_name: str
    email: str
    headline: str
    tags: str = ""
    files: str = ""
    called: str = ""
    further: str = ""
    """Their other e-mail addresses, a line each."""
    skills: str = ""
    """Those that a colleague confirmed, a line each."""


def words_of(said: Said) -> str:
    """What is kept of these texts."""
    return vector(
        [
            Section(f"{said.first_name} {said.last_name}", "A", is_name=True),
            Section(said.called, "A", is_name=True),
            Section(_parts(said.email), "B"),
            *(Section(_parts(each), "B") for each in said.further.splitlines()),
            Section(said.headline, "B"),
            Section(said.tags, "B"),
            *(Section(each, "B") for each in said.skills.splitlines()),
            Section(said.files, "D"),
        ]
    )


def _parts(email: str) -> str:
    """What somebody may remember of an address: not its last part, which half of all have in common."""
    name, _, domain = email.partition("@")
    return f"{name} @ {domain.rpartition('.')[0]}"


def refresh(candidate_ids: Iterable[int]) -> None:
    """Take up again the words of these people; in the transaction of whatever changed them."""
    with connection.cursor() as cursor:
        cursor.execute(_TEXTS, [list(candidate_ids)])
        taken = [(row[0], words_of(Said(*(part or "" for part in row[1:])))) for row in cursor.fetchall()]
        if taken:
            cursor.execute(_REFRESH, [[one for one, _ in taken], [words for _, words in taken]])
