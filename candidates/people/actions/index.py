"""The words by which people are found: name, headline, tags and what stands in their résumés.

Text and question go through the same preparation (`PREPARED`), so that they meet: without accents and case,
words joined by a slash taken apart, and the few names that PostgreSQL's parser would lose spelled out.
"""

from collections.abc import Iterable

from django.db import connection

from ats.kernel.prepared import Statement

PREPARED = (
    "replace(replace(replace(replace(lower(unaccent({text})),"
    " 'c++', 'cplusplus '), 'c#', 'csharp '), 'f#', 'fsharp '), '/', ' ')"
)
QUESTION = "websearch_to_tsquery('simple', " + PREPARED.format(text="%s") + ")"

RESUME_CHARACTERS = 100_000
"""How much of somebody's documents is searched, the newest first; a vector may hold no more than 1 MB."""

_NAME = PREPARED.format(text="person.first_name || ' ' || person.last_name")
_ABOUT = PREPARED.format(text="person.headline || ' ' || coalesce(tags.names, '')")
_FILES = PREPARED.format(text="coalesce(files.words, '')")
_SEARCHED = """
    (EXISTS (SELECT FROM candidates_candidate WHERE id = wanted.id AND only_confidential)
     OR NOT EXISTS (SELECT FROM candidates_application AS brought
                    JOIN requisitions_requisition AS role ON role.id = brought.requisition_id
                    WHERE brought.id = file.application_id AND role.confidential))
"""
"""What somebody gave to a confidential role is not found by its words: who may not read it could guess them. Of
whom only its team knows, everything is."""

_REFRESH = f"""
    UPDATE candidates_candidate AS person
    SET search =
        setweight(to_tsvector('simple', {_NAME}), 'A')
        || setweight(to_tsvector('simple', {_ABOUT}), 'B')
        || setweight(to_tsvector('simple', {_FILES}), 'D')
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
    sql = (
        f"setweight(to_tsvector('simple', {PREPARED.format(text='%s')}), 'A')"
        f" || setweight(to_tsvector('simple', {PREPARED.format(text='%s')}), 'B')"
    )
    return Statement(sql, (f"{first_name} {last_name}", f"{headline} "))


def refresh(candidate_ids: Iterable[int]) -> None:
    """Take up again the words of these people; in the transaction of whatever changed them."""
    with connection.cursor() as cursor:
        cursor.execute(_REFRESH, [list(candidate_ids)])
