"""In how many interviews somebody sits in before they interview alone."""

from datetime import datetime

from django.db import transaction

from ats.accounts.models import User
from ats.activity.record import record
from ats.kernel.access import lock
from ats.kernel.errors import Invalid, Missing, NotAllowed
from ats.kernel.staff_words import gettext
from ats.organisation.models import HiringOrganisation
from candidates.shadowing.models import MOST_NEEDED, ShadowingRules
from candidates.shadowing.rules import SET_SHADOWING


@transaction.atomic
def set_needed(*, organisation_id: int, needed: int, by: User, now: datetime) -> ShadowingRules:
    """From now on so many, 0: none; what is booked already stays booked."""
    if not by.has_perm(SET_SHADOWING):
        raise NotAllowed(gettext("Only an administrator sets this."))
    if not 0 <= needed <= MOST_NEEDED:
        raise Invalid(gettext("Give a number from 0 to %(most)s.") % {"most": MOST_NEEDED}, field="needed")
    lock(HiringOrganisation, organisation_id)
    if not HiringOrganisation.objects.filter(pk=organisation_id, is_active=True).exists():
        raise Missing(gettext("There is no such organisation."))
    found, _ = ShadowingRules.objects.get_or_create(organisation_id=organisation_id)
    if found.needed != needed:
        found.needed, found.since = needed, (found.since or now) if needed else None
        found.save(update_fields=["needed", "since", "updated_at"])
        record("shadowing.rules_changed", subject=found, by=by, now=now, data={"needed": needed})
    return found
