"""What the settings pages about organisations show."""

from datetime import date

from django.db.models import Count, QuerySet

from ats.accounts.models import User
from ats.kernel.rows import listed
from ats.organisation.models import Department, HiringOrganisation, Location, WorkingCalendar


def organisations() -> QuerySet[HiringOrganisation]:
    """All of them, with the number of their requisitions."""
    counted = HiringOrganisation.objects.annotate(roles=Count("requisitions"))
    return counted.select_related("calendar").order_by("-is_active", "name")


PLACES = """
    SELECT o.id, o.name, d.id, d.name
    FROM ats_hiringorganisation o LEFT JOIN ats_department d ON d.organisation_id = o.id
    ORDER BY o.name, d.name
"""


def places_to_filter_by() -> tuple[list[tuple[int, str]], list[tuple[int, str, str]]]:
    """Organisations by name, and departments: each with the name of its organisation. One query."""
    rows = listed(PLACES, {})
    organisations = dict(row[:2] for row in rows)
    return [*organisations.items()], [(pk, name, whose) for _, whose, pk, name in rows if pk is not None]


def anybody_hires() -> bool:
    """Whether there is an organisation for which a role could be begun; not so in a new installation."""
    return HiringOrganisation.objects.filter(is_active=True).exists()


def organisation(organisation_id: int) -> HiringOrganisation | None:
    return HiringOrganisation.objects.filter(pk=organisation_id).first()


def departments(of: HiringOrganisation) -> QuerySet[Department]:
    return of.departments.select_related("head").annotate(roles=Count("requisitions")).order_by("name")


def people() -> list[tuple[int, str]]:
    """Who can head a department: everybody with access, by name."""
    rows = User.objects.filter(is_active=True).order_by("name", "pk")
    return [(user.pk, str(user)) for user in rows]


def locations(of: HiringOrganisation) -> QuerySet[Location]:
    return of.locations.annotate(roles=Count("requisitions")).order_by("name")


def location(location_id: int) -> Location | None:
    return Location.objects.select_related("organisation").filter(pk=location_id).first()


def calendars() -> QuerySet[WorkingCalendar]:
    return WorkingCalendar.objects.annotate(used=Count("organisations")).order_by("name")


def calendar(calendar_id: int) -> WorkingCalendar | None:
    return WorkingCalendar.objects.filter(pk=calendar_id).first()


def logo_owner(name: str) -> HiringOrganisation | None:
    """The organisation that shows this file as its logo; no other file can be asked for."""
    return HiringOrganisation.objects.filter(logo=name).only("id", "logo").first()


def days_off(of: WorkingCalendar, *, since: date) -> list[tuple[date, str, int | None]]:
    """Coming public holidays and own days off, by date; the number of the own ones, which can be removed."""
    from ats.organisation.domain.working_time import public_holidays_of

    own: list[tuple[date, str, int | None]] = [
        (holiday.date, holiday.name, holiday.pk) for holiday in of.holidays.filter(date__gte=since)
    ]
    public: list[tuple[date, str, int | None]] = [
        (day, name, None) for day, name in public_holidays_of(of, since=since) if day >= since
    ]
    return sorted(own + public)
