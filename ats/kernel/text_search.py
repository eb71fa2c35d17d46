"""Finding short texts by their words: notes, messages. The index holds the words themselves, so nothing grows stale.

People are found by words that are taken apart more finely (`candidates/people/domain/words.py`); of what colleagues
write each other, PostgreSQL's own words are enough, with the names of this trade made into words first.
"""

from typing import Any, TypeVar

from django.contrib.postgres.search import SearchQuery, SearchVectorField
from django.db import migrations
from django.db.models import F, Func, Max, QuerySet, TextField, Value

R = TypeVar("R", bound="QuerySet[Any, Any]")

NEWEST = 200_000
"""So many rows are looked through first, for the newest are meant; all of them where fewer than enough are found."""

# Angle brackets go first: what stands in <script> or <style> is no text to PostgreSQL's parser.
FUNCTIONS = (
    r"""
    CREATE FUNCTION public.accord_fold(text) RETURNS text LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$
        SELECT replace(replace(replace(replace(replace(
            lower(public.unaccent('public.unaccent', translate($1, '<>', '  '))),
            'c++', 'cplusplus'), 'c#', 'csharp'), 'f#', 'fsharp'), '.net', ' dotnet'), '.js', 'js')
    $$
    """,
    r"""
    CREATE FUNCTION public.accord_words(text, text) RETURNS tsvector LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$
        SELECT to_tsvector('pg_catalog.simple'::regconfig, public.accord_fold(left($1 || ' ' || $2, 100000)))
    $$
    """,
)


def make_functions() -> migrations.RunSQL:
    undo: list[Any] = [
        "DROP FUNCTION public.accord_words(text, text)",
        "DROP FUNCTION public.accord_fold(text)",
    ]
    return migrations.RunSQL([*FUNCTIONS], undo)


class Words(Func):
    """The words of two texts of a row, such as subject and body."""

    function = "public.accord_words"
    arity = 2
    output_field = SearchVectorField()


class Folded(Func):
    function = "public.accord_fold"
    output_field = TextField()


def newest_with(rows: R, words: Words, question: str, *, most: int) -> R:
    """The newest of `rows` whose words answer `question`: words, "phrases", OR, -not, as in a web search."""
    asked = SearchQuery(Folded(Value(question)), config="simple", search_type="websearch")
    hits = rows.alias(words=words).filter(words=asked).order_by("-pk")
    last = rows.model._base_manager.aggregate(last=Max("pk"))["last"] or 0
    near = hits.filter(pk__gt=last - NEWEST).annotate(number=F("pk") + 0).order_by("-number")
    if last <= NEWEST or near[:most].count() == most:
        return near[:most]
    return hits.annotate(number=F("pk") + 0).order_by("-number")[:most]
