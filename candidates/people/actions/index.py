"""The words by which people are found: name, headline, tags and what stands in their résumés.

Text and question go through the same preparation (`domain/words.py`), so that they meet. Beside that the vector of
a text holds its words glued to their numbers, and without them: see `words.numbered`.
"""

from collections.abc import Callable, Iterable

from django.db import connection

from ats.kernel.prepared import Statement
from candidates.people.domain import words
from candidates.people.domain.questions import Alternative, alternatives, spellings, with_numbers

FORM = 3
"""Raise it with whatever changes the words of a text: then all texts are taken up again (`rebuild`)."""


def name_vector(text: str) -> str:
    """The SQL of the words of a name: numbers in it belong to nothing."""
    return f"to_tsvector('simple', {words.apart(words.bare(text))})"


def vector(text: str) -> str:
    """The SQL of the words of what this piece of SQL gives."""
    # OFFSET 0: or else the text would be made bare once for each use of it.
    return f"""(
        SELECT to_tsvector('simple', {words.apart("t.bare")}) || to_tsvector('simple', {words.numbered("t.bare")})
        FROM (SELECT {words.bare(text)} AS bare OFFSET 0) AS t
    )"""  # noqa: S608 - put together from constants


_SIMPLE = "'simple'::text::regconfig"
"""Were all of it known to the planner, it would think that reading everybody's words costs nothing, and do so."""
_PLAIN = f"to_tsquery({_SIMPLE}, %s)"
_BARE = words.apart(words.bare("%s", unaccent="unaccent_once"))
"""Prepared while the question is planned, and not for each person again: see migration 0036."""
_OPERAND = rf"replace({_BARE}, '\', ' ')"


def question(text: str) -> tuple[str, tuple[str, ...]]:
    """The SQL of what somebody asks for in a search box, with its values; empty if it is nothing.

    One query in PostgreSQL's own language. Each word costs a little where the database has to take its accents
    off; what is written in ASCII has none.
    """
    operands: list[str] = []
    asked = " | ".join(_alternative(each, operands) for each in alternatives(text))
    if not asked:
        return "", ()
    if text.isascii():
        return _PLAIN, (asked % tuple(_quoted(words.prepared(each)) for each in operands),)
    values = ", ".join([_OPERAND] * len(operands))
    return f"to_tsquery({_SIMPLE}, format(%s, {values}))", (asked.replace("%s", "%L"), *operands)


def _quoted(operand: str) -> str:
    return "'" + operand.replace("\\", " ").replace("'", "''") + "'"


def _alternative(asked: Alternative, operands: list[str]) -> str:
    """It as a query with a gap for each operand, which are added to `operands`."""
    terms = [_numbered(word, number, operands) for word, number in with_numbers(asked.words)]
    terms += [_term(each, operands) for each in asked.quoted]
    terms += [f"!{_term(each, operands)}" for each in asked.without]
    return " & ".join(terms)


def _numbered(word: str, number: str, operands: list[str]) -> str:
    if not number:
        return _term(word, operands)
    apart = f"{_term(word, operands)} & {_term(number, operands)}"
    return f"({apart} | {_term(word + number, operands)})"


def _term(part: str, operands: list[str]) -> str:
    written = spellings(part)
    operands += written
    return f"({' | '.join(['%s'] * len(written))})" if len(written) > 1 else "%s"


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

_NAME = name_vector("person.first_name || ' ' || person.last_name")
_ABOUT = vector("person.headline || ' ' || coalesce(tags.names, '')")
_FILES = vector("coalesce(files.words, '')")
_REFRESH = f"""
    UPDATE candidates_candidate AS person
    SET search =
        setweight({_NAME}, 'A') || setweight({_ABOUT}, 'B') || setweight({_FILES}, 'D')
    FROM unnest(%s::bigint[]) AS wanted(id)
    LEFT JOIN LATERAL (
        SELECT string_agg(tag.name, ' ') AS names
        FROM candidates_candidate_tags AS link JOIN candidates_tag AS tag ON tag.id = link.tag_id
        WHERE link.candidate_id = wanted.id
    ) AS tags ON true
    LEFT JOIN LATERAL (
        SELECT left(string_agg(text, ' ' ORDER BY created_at DESC), {RESUME_CHARACTERS}) AS words
        FROM candidates_document AS file
        WHERE candidate_id = wanted.id AND kind <> 'answer' AND text <> '' AND {_SEARCHED}
    ) AS files ON true
    WHERE person.id = wanted.id
"""  # noqa: S608 - put together from constants of this file


def of_new(first_name: str, last_name: str, headline: str) -> Statement:
    """The words of a person who has neither tags nor documents yet, for the row that is being written."""
    name, name_value = _of_value(f"{first_name} {last_name}", name_vector)
    about, about_value = _of_value(f"{headline} ", vector)
    return Statement(f"setweight({name}, 'A') || setweight({about}, 'B')", (name_value, about_value))


def _of_value(text: str, sql: Callable[[str], str]) -> tuple[str, str]:
    """What `sql` makes of a text, with the value for it: what is plain is prepared here, in a tenth of the time."""
    if text.isascii() and not any(map(str.isdigit, text)):
        return "to_tsvector('simple', %s)", words.prepared(text)
    return sql("%s"), text


def refresh(candidate_ids: Iterable[int]) -> None:
    """Take up again the words of these people; in the transaction of whatever changed them."""
    with connection.cursor() as cursor:
        cursor.execute(_REFRESH, [list(candidate_ids)])
