"""Finding people by their names, addresses and words."""

from dataclasses import dataclass
from typing import Any

from django.contrib.postgres.search import SearchVectorField
from django.db.models import Lookup, Q, QuerySet, Value
from django.db.models.lookups import Contains

from ats.kernel import walls
from candidates.people.actions import index
from candidates.people.domain.addresses import email_key
from candidates.people.domain.keys import fold
from candidates.people.domain.phones import asked_digits
from candidates.people.domain.questions import alternatives
from candidates.people.models import Candidate, phone_digits

LONGEST_QUESTION = 300
COUNTED = 1_000
"""Further than this nobody counts: "1,000+" says as much, and costs the same for a hundred thousand."""


BEYOND = """COALESCE((
    SELECT TRUE FROM public.candidates_document d WHERE d.candidate_id = {} AND d.application_id IS NOT NULL
    AND (SELECT TRUE FROM candidates_application a WHERE a.id = d.application_id) IS NULL LIMIT 1), FALSE)"""
"""They gave a file to somebody beyond a wall: by its words they are not found on this side of it."""


@SearchVectorField.register_lookup
class Answers(Lookup):
    """`search__answers="django -php"`: words, "phrases", -not and OR, as in a web search."""

    lookup_name = "answers"
    prepare_rhs = False

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, tuple[Any, ...]]:
        asked, values = index.question(self.rhs)
        if not asked:
            return "FALSE", ()
        left, parameters = self.process_lhs(compiler, connection)
        whole, all_values = f"{left} @@ ({asked})", (*parameters, *values)
        if not walls.stands():
            return whole, all_values
        of_whom = left.removesuffix('"search"') + '"id"'
        alone = f"ts_filter({left}, '{{a,b}}') @@ ({asked})"
        return f"({whole} AND ({alone} OR NOT {BEYOND.format(of_whom)}))", all_values * 2


@dataclass(frozen=True)
class Found:
    """Those who answer a question, in no order yet; `total` counts no further than `COUNTED` + 1."""

    rows: QuerySet[Candidate]
    total: int


def found(rows: QuerySet[Candidate], question: str) -> Found:
    """Those of `rows` who answer the question, and how many they are.

    Narrow `rows` down before: what is asked here is asked once. Where few answer they are known by number
    from here on; where many do, the newest of them are near at hand. Either way no page is far.
    """
    rows = matching(rows, question)
    if not question.strip():
        return Found(rows=rows, total=counted(rows))
    ids = list(rows.order_by().values_list("pk", flat=True)[: COUNTED + 1])
    if len(ids) <= COUNTED:
        rows = Candidate.objects.filter(pk__in=ids)
    return Found(rows=rows, total=len(ids))


def matching(rows: QuerySet[Candidate], question: str) -> QuerySet[Candidate]:
    """Those of `rows` whose words answer the question, or in whose name, address or telephone number it stands."""
    question = " ".join(question.replace("\x00", " ").split())[:LONGEST_QUESTION]
    if not question:
        return rows
    if "@" in question and " " not in question:
        return rows.filter(Q(email_key=email_key(question)) | Q(search__answers=question))
    condition = Q(search__answers=question)
    for digits in asked_digits(question):
        condition |= Q(Contains(phone_digits(), Value(digits)))
    words = _words_alone(question)
    if any(len(word) > 1 for word in words):
        condition |= _named(words)
    return rows.filter(condition)


def _words_alone(question: str) -> list[str]:
    """The words, folded, of a question that is nothing but words; none where it has phrases, -not or OR."""
    match alternatives(question):
        case [asked] if not asked.quoted and not asked.without:
            return fold(" ".join(asked.words)).split()
    return []


def _named(words: list[str]) -> Q:
    """People of whose name each word is the beginning of a part: in any order, and while it is being typed."""
    named = Q()
    for word in words[:6]:
        named &= Q(name_key__startswith=word) | Q(name_key__contains=f" {word}")
    return named


def counted(rows: QuerySet[Any]) -> int:
    """How many rows there are, up to one more than `COUNTED`."""
    return rows.order_by()[: COUNTED + 1].count()
