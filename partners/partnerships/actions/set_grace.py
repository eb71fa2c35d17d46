"""How many days the house is forgiven."""

from datetime import datetime

from django.db import transaction

from ats.accounts.models import User
from ats.activity.record import record
from ats.kernel.access import lock
from ats.kernel.errors import Invalid, Missing, NotAllowed
from ats.organisation.models import HiringOrganisation
from partners.partnerships.domain.terms import grace_in_words
from partners.partnerships.models import GRACE, MOST_GRACE, HouseRules
from partners.partnerships.rules import SET_RULES


def grace_of(organisation_id: int) -> int:
    """The grace that a fresh agreement of this organisation proposes."""
    said = HouseRules.objects.filter(organisation=organisation_id).values_list("grace_days", flat=True)
    return next(iter(said), GRACE)


@transaction.atomic
def set_grace(*, organisation_id: int, days: int, by: User, now: datetime) -> HouseRules:
    """What agreements propose from here on; those that were made keep what they say."""
    if not by.has_perm(SET_RULES):
        raise NotAllowed("Only administrators look after organisations.")
    lock(HiringOrganisation, organisation_id)
    organisation = HiringOrganisation.objects.filter(pk=organisation_id).first()
    if organisation is None:
        raise Missing("There is no organisation with this number.")
    if not 0 <= days <= MOST_GRACE:
        raise Invalid(f"Choose from 0 to {MOST_GRACE} working days.", field="grace")
    found, _ = HouseRules.objects.get_or_create(organisation=organisation)
    if found.grace_days != days:
        found.grace_days = days
        found.save(update_fields=["grace_days", "updated_at"])
        data = {"name": organisation.name, "what": grace_in_words(days)}
        record("agreement.rules_changed", subject=found, by=by, now=now, data=data)
    return found
