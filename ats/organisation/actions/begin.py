"""A house begins: the organisation that hires, how people work there, and where; and a place that was missed."""

from datetime import datetime, time

from django.db import transaction

from ats.accounts.models import User
from ats.organisation import actions
from ats.organisation.domain.defaults import place
from ats.organisation.models import HiringOrganisation, Location, WorkingCalendar


@transaction.atomic
def begin(
    *,
    name: str,
    country: str,
    city: str,
    time_zone: str,
    working_days: list[int],
    day_starts: time,
    day_ends: time,
    by: User,
    now: datetime,
) -> HiringOrganisation:
    """An organisation with the working calendar of its place, and that place as its first location."""
    facts = place(country, city).calendar() | {
        "name": _free_name(country, city),
        "time_zone": time_zone,
        "working_days": working_days,
        "day_starts": day_starts,
        "day_ends": day_ends,
    }
    calendar = actions.create_calendar(by=by, now=now, **facts)
    organisation = actions.create_organisation(by=by, now=now, name=name, calendar=calendar)
    _add(organisation, city=city, country=country, time_zone=time_zone, by=by, now=now)
    return organisation


def _free_name(country: str, city: str) -> str:
    base = str(place(country).calendar()["name"])
    names = (base, f"{base}, {city}", *(f"{base}, {city} {number}" for number in range(2, 100)))
    taken = set(WorkingCalendar.objects.filter(name__startswith=base).values_list("name", flat=True))
    return next(name for name in names if name not in taken)[:100]


@transaction.atomic
def add_place(
    *, organisation: HiringOrganisation, city: str, country: str, by: User, now: datetime
) -> Location:
    """The location in this city; added where the organisation has none there yet."""
    city = city.strip()
    known = organisation.locations.filter(city__iexact=city, country=country).order_by("pk").first()
    if known is not None:
        return known
    time_zone = place(country, city, seen=organisation.calendar.time_zone).time_zone
    return _add(organisation, city=city, country=country, time_zone=time_zone, by=by, now=now)


def _add(
    organisation: HiringOrganisation, *, city: str, country: str, time_zone: str, by: User, now: datetime
) -> Location:
    taken = set(organisation.locations.filter(name__startswith=city).values_list("name", flat=True))
    names = (city, f"{city} ({country})", *(f"{city} {number}" for number in range(2, len(taken) + 3)))
    name = next(name for name in names if name not in taken)
    facts = {"name": name, "city": city, "country": country, "time_zone": time_zone}
    return actions.add_location(organisation_id=organisation.pk, by=by, now=now, **facts)
