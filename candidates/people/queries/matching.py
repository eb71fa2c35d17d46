"""Finding people by their names, addresses and words."""

from dataclasses import dataclass
from typing import Any

from django.contrib.postgres.search import SearchVectorField
from django.db.models import Lookup, Q, QuerySet, Value
from django.db.models.lookups import Contains

from ats.kernel import walls
from candidates.people.domain.addresses import email_key
from candidates.people.domain.phones import asked_digits
from candidates.people.domain.questions import names, query
from candidates.people.models import AddressKind, Candidate, FurtherAddress, phone_digits

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
        """What a person has to meet."""
        return Q(search__answers=self.words) | self.contact()

    def contact(self) -> Q:
        """Whose address or telephone number it is."""
        return by_address(self.email) if self.email else by_digits(self.digits)


def asked_of(question: str) -> Asked:
    text = tidied(question)
    if "@" in text and " " not in text:
        return Asked(text, words=query(text), email=email_key(text))
    words, named = query(text), names(text)
    both = f"({words}) | ({named})" if words and named else words
    return Asked(text, words=both, names=named, digits=tuple(asked_digits(text)))


def by_address(key: str) -> Q:
    """Whose address it is, the first or a further one."""
    further = FurtherAddress.objects.filter(kind=AddressKind.EMAIL, key=key)
    return Q(email_key=key) | Q(pk__in=further.values("candidate"))


def by_digits(wanted: tuple[str, ...]) -> Q:
    """In whose telephone number, the first or a further one, one of these stands."""
    condition = Q(pk__in=[])
    for digits in wanted:
        further = FurtherAddress.objects.filter(kind=AddressKind.PHONE, key__contains=digits)
        condition |= Q(Contains(phone_digits(), Value(digits))) | Q(pk__in=further.values("candidate"))
    return condition


def tidied(question: str) -> str:
    """What somebody asks, on one line, and no longer than anybody means it."""
    return " ".join(question.replace("\x00", " ").split())[:LONGEST_QUESTION]


def counted(rows: QuerySet[Any]) -> int:
    """How many rows there are, up to one more than `COUNTED`."""
    return rows.order_by()[: COUNTED + 1].count()
