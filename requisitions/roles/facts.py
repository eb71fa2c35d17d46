"""What is said of a requisition: the facts by name, and whether they make sense together."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any, TypedDict

import pycountry

from ats.accounts.models import User
from ats.accounts.queries import anybody_else
from ats.kernel.errors import Invalid
from ats.organisation.beginning import add_place
from ats.organisation.models import Department, HiringOrganisation, Location
from requisitions.roles.models import EmploymentType, PayPeriod, RemoteMode, Requisition, RequisitionState

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

WORDS = {
    "title": "the title",
    "organisation": "the organisation",
    "department": "the department",
    "location": "the location",
    "confidential": "who may see it",
    "employment_type": "the kind of employment",
    "remote_mode": "where the work is done",
    "pay_min": "the pay",
    "pay_max": "the pay",
    "pay_currency": "the pay",
    "pay_period": "the pay",
    "target_start": "the start",
    "why": "why the role exists",
    "outcomes": "the outcomes",
    "value_proposition": "the value proposition",
    "hard_part": "the hard part",
    "recruiter": "the recruiter",
    "hiring_manager": "the hiring manager",
    "openings": "the openings",
    "must_haves": "the must-haves",
    "nice_to_haves": "the nice-to-haves",
}


def in_words(names: Sequence[str]) -> str:
    """The changed facts as a reader of the timeline would name them."""
    words = list(dict.fromkeys(WORDS[name] for name in names))
    return " and ".join(filter(None, [", ".join(words[:-1]), words[-1]]))


def cleaned(facts: dict[str, Any]) -> dict[str, Any]:
    """Texts without white space around them; Invalid where a fact has a name nobody knows."""
    if unknown := set(facts) - set(Facts.__annotations__):
        raise TypeError(f"A requisition has no {', '.join(sorted(unknown))}.")
    tidy = {name: value.strip() if isinstance(value, str) else value for name, value in facts.items()}
    if "pay_currency" in tidy:
        tidy["pay_currency"] = tidy["pay_currency"].upper()
    return tidy


def with_its_place(
    given: dict[str, Any], of: HiringOrganisation, *, by: User, now: datetime
) -> dict[str, Any]:
    """The facts with a location where a place was named that had none."""
    new = given.get("location")
    if not isinstance(new, NewPlace):
        return given
    place = add_place(organisation=of, city=new.city, country=new.country, by=by, now=now)
    return given | {"location": place}


def check(requisition: Requisition, *, changed: Sequence[str]) -> None:
    """Raise Invalid, naming the field, where the facts do not make sense together.

    Who left the house later does not keep other facts from changing: people are checked when they are named.
    """
    if not requisition.title:
        raise Invalid("Give the role a title.", field="title")
    if len(requisition.title) > 200:
        raise Invalid("Keep the title under 200 characters.", field="title")
    _check_choices(requisition)
    _check_pay(requisition)
    _check_place(requisition)
    _check_people(requisition, changed)


def _check_choices(requisition: Requisition) -> None:
    for field, choices in (
        ("employment_type", EmploymentType),
        ("remote_mode", RemoteMode),
        ("pay_period", PayPeriod),
    ):
        if getattr(requisition, field) not in choices.values:
            raise Invalid("Choose one of the list.", field=field)


def _check_pay(requisition: Requisition) -> None:
    low, high = requisition.pay_min, requisition.pay_max
    if (low is None) != (high is None):
        raise Invalid(
            "Give both ends of the pay range; they may be the same.",
            field="pay_min" if low is None else "pay_max",
        )
    if low is not None and high is not None:
        if low < 0:
            raise Invalid("Pay cannot be below zero.", field="pay_min")
        if high < low:
            raise Invalid("The upper end of the pay range is below the lower one.", field="pay_max")
        if high > MOST_PAY:
            raise Invalid("That is more than can be kept here.", field="pay_max")
    if pycountry.currencies.get(alpha_3=requisition.pay_currency) is None:
        raise Invalid("Write the currency as its three letters, such as EUR.", field="pay_currency")


def _check_place(requisition: Requisition) -> None:
    for field in ("department", "location"):
        place = getattr(requisition, field)
        if place is not None and place.organisation_id != requisition.organisation_id:
            raise Invalid(f"{place} belongs to another organisation.", field=field)


def _check_people(requisition: Requisition, changed: Sequence[str]) -> None:
    manager = requisition.hiring_manager
    if "recruiter" in changed and not requisition.recruiter.recruits:
        raise Invalid(f"{requisition.recruiter} is not in the recruiting team.", field="recruiter")
    if {"recruiter", "hiring_manager"} & set(changed) and is_one_too_few(requisition):
        role = requisition.title
        raise Invalid(
            f"{manager} cannot be both recruiter and hiring manager of {role}: name somebody else.",
            field="hiring_manager",
        )
    if "hiring_manager" not in changed:
        return
    if manager is None and requisition.state in {RequisitionState.OPEN, RequisitionState.ON_HOLD}:
        raise Invalid("An open role needs a hiring manager.", field="hiring_manager")
    if manager is not None and not manager.is_active:
        raise Invalid(f"{manager} no longer signs in here.", field="hiring_manager")


def takes_both_parts(requisition: Requisition) -> bool:
    """Whether one person is recruiter and hiring manager."""
    return requisition.hiring_manager_id == requisition.recruiter_id


def is_one_too_few(requisition: Requisition) -> bool:
    """Whether one person takes both parts though somebody else is there; one query where they do."""
    manager = requisition.hiring_manager
    return manager is not None and takes_both_parts(requisition) and anybody_else(manager)
