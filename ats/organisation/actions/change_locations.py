"""Every write about locations."""

from datetime import datetime
from typing import Any

from django.db import transaction

from ats.accounts.models import User
from ats.activity.record import record
from ats.kernel.errors import NotAllowed
from ats.kernel.staff_words import gettext
from ats.organisation.actions.write import change, check, delete, locked, permit, words
from ats.organisation.models import HiringOrganisation, Location

ADD_LOCATION = "ats.add_location"
LOCATION = frozenset({"name", "street", "city", "region", "postal_code", "country", "time_zone"})


@transaction.atomic
def add_location(*, organisation_id: int, by: User, now: datetime, **facts: Any) -> Location:
    """A place in which people work. The recruiting team adds one where it misses it."""
    if not by.has_perm(ADD_LOCATION):
        raise NotAllowed(gettext("Only the recruiting team adds locations."))
    location = Location(organisation=locked(HiringOrganisation, organisation_id), **facts)
    check(location)
    location.save()
    record("location.added", subject=location, by=by, now=now, data={"name": location.name})
    return location


@transaction.atomic
def change_location(*, location_id: int, by: User, now: datetime, **facts: Any) -> Location:
    permit(by)
    location = locked(Location, location_id)
    if changed := change(location, facts, LOCATION):
        data = {"name": location.name, "fields": words(changed)}
        record("location.changed", subject=location, by=by, now=now, data=data)
    return location


@transaction.atomic
def remove_location(*, location_id: int, by: User, now: datetime) -> int:
    """Remove one that no role uses; the number of its organisation."""
    permit(by)
    location = locked(Location, location_id)
    record("location.removed", subject=location, by=by, now=now, data={"name": location.name})
    delete(location, location.name)
    return location.organisation_id
