"""Whether the facts of a requisition make sense together."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

import pycountry

from ats.accounts.models import User
from ats.kernel.errors import Invalid
from ats.kernel.staff_words import gettext
from ats.organisation.actions.begin import add_place
from ats.organisation.models import HiringOrganisation
from requisitions.roles.domain.facts import MOST_PAY, NewPlace
from requisitions.roles.models import EmploymentType, PayPeriod, RemoteMode, Requisition, RequisitionState
from requisitions.roles.queries.both_parts import is_one_too_few


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
        raise Invalid(gettext("Give the role a title."), field="title")
    if len(requisition.title) > 200:
        raise Invalid(gettext("Keep the title under 200 characters."), field="title")
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
            raise Invalid(gettext("Choose one of the list."), field=field)


def _check_pay(requisition: Requisition) -> None:
    low, high = requisition.pay_min, requisition.pay_max
    if (low is None) != (high is None):
        raise Invalid(
            gettext("Give both ends of the pay range; they may be the same."),
            field="pay_min" if low is None else "pay_max",
        )
    if low is not None and high is not None:
        if low < 0:
            raise Invalid(gettext("Pay cannot be below zero."), field="pay_min")
        if high < low:
            raise Invalid(gettext("The upper end of the pay range is below the lower one."), field="pay_max")
        if high > MOST_PAY:
            raise Invalid(gettext("That is more than can be kept here."), field="pay_max")
    if pycountry.currencies.get(alpha_3=requisition.pay_currency) is None:
        raise Invalid(gettext("Write the currency as its three letters, such as EUR."), field="pay_currency")


def _check_place(requisition: Requisition) -> None:
    for field in ("department", "location"):
        place = getattr(requisition, field)
        if place is not None and place.organisation_id != requisition.organisation_id:
            raise Invalid(
                gettext("%(place)s belongs to another organisation.") % {"place": place}, field=field
            )


def _check_people(requisition: Requisition, changed: Sequence[str]) -> None:
    manager = requisition.hiring_manager
    if "recruiter" in changed and not requisition.recruiter.opens_roles:
        raise Invalid(
            gettext("%(recruiter)s is no recruiter here: name one.") % {"recruiter": requisition.recruiter},
            field="recruiter",
        )
    if {"recruiter", "hiring_manager"} & set(changed) and is_one_too_few(requisition):
        role = requisition.title
        raise Invalid(
            gettext(
                "%(manager)s cannot be both recruiter and hiring manager of %(role)s: name somebody else."
            )
            % {"manager": manager, "role": role},
            field="hiring_manager",
        )
    if "hiring_manager" not in changed:
        return
    if manager is None and requisition.state in {RequisitionState.OPEN, RequisitionState.ON_HOLD}:
        raise Invalid(gettext("An open role needs a hiring manager."), field="hiring_manager")
    if manager is not None and not manager.is_active:
        raise Invalid(
            gettext("%(manager)s no longer signs in here.") % {"manager": manager}, field="hiring_manager"
        )
