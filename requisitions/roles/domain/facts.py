"""What is said of a requisition: the facts by name."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, TypedDict

from ats.accounts.models import User
from ats.kernel.languages import listed
from ats.kernel.staff_words import gettext_lazy
from ats.organisation.models import Department, HiringOrganisation, Location
from requisitions.roles.models import Requisition

MOST_OPENINGS = 500
MOST_PAY = Decimal("9999999999.99")


@dataclass(frozen=True)
class Wanted:
    """One criterion as somebody asks for it; `id` is set where it exists already."""

    name: str
    why: str = ""
    id: int | None = None


@dataclass(frozen=True)
class NewPlace:
    """A place that no location stands for yet."""

    city: str
    country: str


class Facts(TypedDict, total=False):
    """Everything that can be said of a requisition when it is made or changed."""

    title: str
    organisation: HiringOrganisation
    department: Department | None
    location: Location | NewPlace | None
    confidential: bool
    employment_type: str
    remote_mode: str
    pay_min: Decimal | None
    pay_max: Decimal | None
    pay_currency: str
    pay_period: str
    target_start: date | None
    why: str
    outcomes: str
    value_proposition: str
    hard_part: str
    recruiter: User
    hiring_manager: User | None
    openings: int
    must_haves: Sequence[Wanted]
    nice_to_haves: Sequence[Wanted]


LISTS = ("openings", "must_haves", "nice_to_haves")
"""Facts that are rows of their own."""

COLUMNS = tuple(name for name in Facts.__annotations__ if name not in LISTS)

BRIEF = frozenset(
    {"why", "outcomes", "value_proposition", "hard_part", "must_haves", "nice_to_haves", "target_start"}
)
"""What the hiring manager may say without the recruiter: what the role is for and what it asks."""

LED = frozenset(
    {"recruiter", "hiring_manager", "confidential", "pay_min", "pay_max", "pay_currency", "pay_period"}
)
"""What only those who lead the role may say: who leads it, who may see it, what it pays."""

WORDS = {
    "title": gettext_lazy("the title"),
    "organisation": gettext_lazy("the organisation"),
    "department": gettext_lazy("the department"),
    "location": gettext_lazy("the location"),
    "confidential": gettext_lazy("who may see it"),
    "employment_type": gettext_lazy("the kind of employment"),
    "remote_mode": gettext_lazy("where the work is done"),
    "pay_min": gettext_lazy("the pay"),
    "pay_max": gettext_lazy("the pay"),
    "pay_currency": gettext_lazy("the pay"),
    "pay_period": gettext_lazy("the pay"),
    "target_start": gettext_lazy("the start"),
    "why": gettext_lazy("why the role exists"),
    "outcomes": gettext_lazy("the outcomes"),
    "value_proposition": gettext_lazy("the value proposition"),
    "hard_part": gettext_lazy("the hard part"),
    "recruiter": gettext_lazy("the recruiter"),
    "hiring_manager": gettext_lazy("the hiring manager"),
    "openings": gettext_lazy("the openings"),
    "must_haves": gettext_lazy("the must-haves"),
    "nice_to_haves": gettext_lazy("the nice-to-haves"),
}


def in_words(names: Sequence[str]) -> str:
    """The changed facts as a reader of the timeline would name them."""
    return listed(dict.fromkeys(str(WORDS[name]) for name in names))


def cleaned(facts: dict[str, Any]) -> dict[str, Any]:
    """Texts without white space around them; Invalid where a fact has a name nobody knows."""
    if unknown := set(facts) - set(Facts.__annotations__):
        raise TypeError(f"A requisition has no {', '.join(sorted(unknown))}.")
    tidy = {name: value.strip() if isinstance(value, str) else value for name, value in facts.items()}
    if "pay_currency" in tidy:
        tidy["pay_currency"] = tidy["pay_currency"].upper()
    return tidy


def takes_both_parts(requisition: Requisition) -> bool:
    """Whether one person is recruiter and hiring manager."""
    return requisition.hiring_manager_id == requisition.recruiter_id
