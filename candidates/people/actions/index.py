"""The words by which people are found: name, headline, tags and what stands in their résumés.

Text and question go through the same preparation (`prepared`), so that they meet: without accents and case,
taken apart at every sign ("ISO-27001" is "ISO 27001", "Node.js" is "Node" and "js"), and the few names that are
nothing but signs spelled out. Left to itself PostgreSQL's parser would make numbers below zero, hosts and tags.
"""

from collections.abc import Iterable

from django.db import connection

from ats.kernel.prepared import Statement
from candidates.people.domain.questions import Alternative, alternatives

FORM = 2
"""Raise it with whatever changes the words of a text: then all texts are taken up again (`rebuild`)."""

SPELLED = (("c++", "cplusplus "), ("c#", "csharp "), ("f#", "fsharp "))
GAPS = "<>&-+/@~."
"""What the parser would read more into; all other signs are gaps to it anyway."""
UNSEEN = "[\u00ad\u200b-\u200d\u2060\ufeff]"
"""Marks within a word that nobody sees: they go, and leave no gap."""
NET = r"(^|[^[:alnum:]]|\m(?:asp|ado|vb))\.net"
"""The platform, and not the end of some address; whoever asks for "net" or "dotnet" means it too."""


def prepared(text: str, *, bare: str = "unaccent") -> str:
    """The SQL that prepares what this piece of SQL gives; `bare` names the function that takes accents off."""
    sql = f"lower({bare}(regexp_replace({text}, '{UNSEEN}', '', 'g')))"
    sql = f"regexp_replace({sql}, '{NET}', '\\1 dotnet net', 'g')"
    for told, word in (*SPELLED, *((sign, " ") for sign in GAPS)):
        sql = f"replace({sql}, '{told}', '{word}')"
    return sql


def question(text: str) -> tuple[str, tuple[str, ...]]:
    """The SQL of what somebody asks for in a search box, with its values; empty if it is nothing."""
    found = [_alternative(each) for each in alternatives(text)]
    return " || ".join(sql for sql, _ in found), tuple(value for _, values in found for value in values)


def _alternative(asked: Alternative) -> tuple[str, tuple[str, ...]]:
    single = [word for word in asked.words if word.isalnum()]
    side_by_side = [*(word for word in asked.words if not word.isalnum()), *asked.quoted]
    terms = [_WORDS] if single else []
    terms += [_SIDE_BY_SIDE] * len(side_by_side) + [f"!! {_SIDE_BY_SIDE}"] * len(asked.without)
    values = (" ".join(single),) if single else ()
    return f"({' && '.join(terms)})", (*values, *side_by_side, *asked.without)


_ASKED = prepared("%s", bare="unaccent_once")
"""Prepared while the question is planned, and not for each person again: see migration 0036."""
_SIMPLE = "'simple'::text::regconfig"
"""Were all of it known to the planner, it would think that reading everybody's words costs nothing, and do so."""
_WORDS = f"plainto_tsquery({_SIMPLE}, {_ASKED})"
_SIDE_BY_SIDE = f"phraseto_tsquery({_SIMPLE}, {_ASKED})"

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

_NAME = prepared("person.first_name || ' ' || person.last_name")
_ABOUT = prepared("person.headline || ' ' || coalesce(tags.names, '')")
_FILES = prepared("coalesce(files.words, '')")
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
        f"setweight(to_tsvector('simple', {prepared('%s')}), 'A')"
        f" || setweight(to_tsvector('simple', {prepared('%s')}), 'B')"
    )
    return Statement(sql, (f"{first_name} {last_name}", f"{headline} "))


def refresh(candidate_ids: Iterable[int]) -> None:
    """Take up again the words of these people; in the transaction of whatever changed them."""
    with connection.cursor() as cursor:
        cursor.execute(_REFRESH, [list(candidate_ids)])
