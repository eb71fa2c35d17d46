"""How an organisation asks its candidates."""

from datetime import datetime
from decimal import Decimal

from django.db import transaction

from ats.accounts.models import User
from ats.activity.record import record
from ats.kernel.access import lock
from ats.kernel.errors import Invalid, Missing, NotAllowed
from ats.kernel.staff_words import gettext
from ats.organisation.models import HiringOrganisation
from candidates.surveys.models import MOST_ONE_IN, SurveyRules
from candidates.surveys.rules import SET_SURVEYS

MOST_VALUE = Decimal(10) ** 9


@transaction.atomic
def set_asking(
    *,
    organisation_id: int,
    is_on: bool,
    apply_one_in: int,
    after_interviews: bool,
    by: User,
    now: datetime,
    customers_percent: Decimal | None = None,
    value_a_year: Decimal | None = None,
    currency: str = "",
) -> SurveyRules:
    """From now on they are asked so; what is planned is looked at again when it is due.

    The last three say what respect is worth: all of them, or none.
    """
    _check_worth(customers_percent, value_a_year, currency)
    if not 0 <= apply_one_in <= MOST_ONE_IN:
        said = gettext("Give a number from 0 to %(most)s.") % {"most": MOST_ONE_IN}
        raise Invalid(said, field="apply_one_in")
    found = held(organisation_id, by=by)
    found.is_on, found.apply_one_in, found.after_interviews = is_on, apply_one_in, after_interviews
    found.customers_percent, found.value_a_year, found.currency = customers_percent, value_a_year, currency
    found.save(
        update_fields=[
            *("is_on", "apply_one_in", "after_interviews"),
            *("customers_percent", "value_a_year", "currency"),
        ]
    )
    said = "on" if is_on else "off"
    data = {"said": said, "one_in": apply_one_in, "after_interviews": after_interviews}
    record("survey.rules_changed", subject=found, by=by, now=now, data=data)
    return found


def _check_worth(customers_percent: Decimal | None, value_a_year: Decimal | None, currency: str) -> None:
    if len({customers_percent is None, value_a_year is None, not currency}) > 1:
        raise Invalid(gettext("Give all three figures, or none."), field="customers_percent")
    if customers_percent is not None and not 0 <= customers_percent <= 100:
        raise Invalid(gettext("From 0 to 100 percent."), field="customers_percent")
    if value_a_year is not None and not 0 <= value_a_year < MOST_VALUE:
        raise Invalid(gettext("Give a sum of money."), field="value_a_year")


def held(organisation_id: int, *, by: User) -> SurveyRules:
    """The rules of this organisation, made where it had none, under its lock."""
    if not by.has_perm(SET_SURVEYS):
        raise NotAllowed(gettext("Only a recruiting lead or an administrator sets this."))
    lock(HiringOrganisation, organisation_id)
    if not HiringOrganisation.objects.filter(pk=organisation_id, is_active=True).exists():
        raise Missing(gettext("There is no such organisation."))
    found, _ = SurveyRules.objects.get_or_create(organisation_id=organisation_id)
    return found
