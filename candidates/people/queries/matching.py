"""Finding people by their names, addresses and words."""

from dataclasses import dataclass
from typing import Any

from django.contrib.postgres.search import SearchVectorField
from django.db.models import Lookup, Q, QuerySet

from ats.kernel import walls
from candidates.people.domain.addresses import email_key
from candidates.people.domain.phones import asked_digits
from candidates.people.domain.questions import names, query
from candidates.people.models import Candidate

LONGEST_QUESTION = 1_000
COUNTED = 1_000
"""Further than this nobody counts: "1,000+" says as much, and costs the same for a hundred thousand."""


BEYOND = """COALESCE((
    SELECT TRUE FROM public.candidates_document d WHERE d.candidate_id = {} AND d.application_id IS NOT NULL
    AND (SELECT TRUE FROM candidates_application a WHERE a.id = d.application_id) IS NULL LIMIT 1), FALSE)"""
"""They gave a file to somebody beyond a wall: by its words they are not found on this side of it."""


ASKED = "(SELECT %s::tsquery)"
"""Were it known to the planner, it would think that reading everybody's words costs nothing, and do so."""


@SearchVectorField.register_lookup
class Answers(Lookup):
    """`search__answers=query("django -php")`: people whose words are what is asked."""

    lookup_name = "answers"
    prepare_rhs = False

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, tuple[Any, ...]]:
        if not self.rhs:
            return "FALSE", ()
        left, parameters = self.process_lhs(compiler, connection)
        whole, values = f"{left} @@ {ASKED}", (*parameters, self.rhs)
        if not walls.stands():
            return whole, values
        of_whom = left.removesuffix('"search"') + '"id"'
        alone = f"ts_filter({left}, '{{a,b}}') @@ {ASKED}"
        return f"({whole} AND ({alone} OR NOT {BEYOND.format(of_whom)}))", values * 2


def matching(rows: QuerySet[Candidate], question: str) -> QuerySet[Candidate]:
    """Those of `rows` whose words answer the question, or in whose name, address or telephone number it stands."""
    asked = asked_of(question)
    if not asked.text:
        return rows
    return rows.filter(asked.condition())


@dataclass(frozen=True)
class Asked:
    """What a question asks for: `words` as a `tsquery`, `names` of it those that may be of a name."""

    text: str
    words: str = ""
    names: str = ""
    email: str = ""
    digits: tuple[str, ...] = ()

    def condition(self) -> Q:
        """What a person has to meet. Each way by its own index: with an OR the database would read everybody."""
        words = Q(search__answers=self.words)
        if not self.email and not self.digits:
            return words
        return Q(pk__in=Candidate.objects.filter(words).values("pk").union(*self.contacts()))

    def contacts(self) -> "list[QuerySet[Candidate, Any]]":
        """Whose address or telephone number it is, the first or a further one."""
        if self.email:
            return [Candidate.objects.with_address(self.email).values("pk")]
        return [Candidate.objects.with_digits(digits).values("pk") for digits in self.digits]


def asked_of(question: str) -> Asked:
    text = tidied(question)
    if "@" in text and " " not in text:
        return Asked(text, words=query(text), email=email_key(text))
    words, named = query(text), names(text)
    both = f"({words}) | ({named})" if words and named else words
    return Asked(text, words=both, names=named, digits=tuple(asked_digits(text)))


def tidied(question: str) -> str:
    """What somebody asks, on one line, and no longer than anybody means it."""
    return " ".join(question.replace("\x00", " ").split())[:LONGEST_QUESTION]


def counted(rows: QuerySet[Any]) -> int:
    """How many rows there are, up to one more than `COUNTED`."""
    return rows.order_by()[: COUNTED + 1].count()
