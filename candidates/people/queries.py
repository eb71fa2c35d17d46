"""Finding people by their names, addresses and words."""

from typing import Any

from django.contrib.postgres.search import SearchVectorField
from django.db.models import Lookup, Q, QuerySet

from candidates.people.addresses import email_key
from candidates.people.keys import fold
from candidates.people.models import Candidate
from candidates.people.search import QUESTION

LONGEST_QUESTION = 300
COUNTED = 1_000
"""Further than this nobody counts: "1,000+" says as much, and costs the same for a hundred thousand."""


@SearchVectorField.register_lookup
class Answers(Lookup):  # type: ignore[type-arg]
    """`search__answers="django -php"`: words, "phrases", -not and OR, as in a web search."""

    lookup_name = "answers"
    prepare_rhs = False

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, list[Any]]:
        left, parameters = self.process_lhs(compiler, connection)
        return f"{left} @@ {QUESTION}", [*parameters, self.rhs]


def matching(rows: QuerySet[Candidate], question: str) -> QuerySet[Candidate]:
    """Those of `rows` whose words answer the question, or whose name or address contains it."""
    question = " ".join(question.replace("\x00", " ").split())[:LONGEST_QUESTION]
    if not question:
        return rows
    if "@" in question and " " not in question:
        return rows.filter(Q(email_key=email_key(question)) | Q(search__answers=question))
    found = Q(search__answers=question)
    name = fold(question)
    if len(name) >= 2:
        found |= Q(name_key__contains=name)
    return rows.filter(found)


def counted(rows: QuerySet[Any]) -> int:
    """How many rows there are, up to one more than `COUNTED`."""
    return rows.order_by()[: COUNTED + 1].count()
