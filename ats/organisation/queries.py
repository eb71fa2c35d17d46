"""What the settings pages about organisations show."""

from dataclasses import dataclass, field
from datetime import datetime

from django.db.models import Count, Prefetch, QuerySet, prefetch_related_objects

from ats.accounts.models import User
from ats.kernel.rows import listed
from ats.organisation.domain import years
from ats.organisation.models import (
    PACKED,
    ConfirmedDays,
    Department,
    HiringOrganisation,
    Holiday,
    Location,
    WorkingCalendar,
)


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
    """All of them with their own days and what was confirmed; the same three queries for any number."""
    counted = WorkingCalendar.objects.annotate(used=Count("organisations"))
    return counted.prefetch_related(*_WITH_DAYS).order_by("name")


def calendar(calendar_id: int) -> WorkingCalendar | None:
    return WorkingCalendar.objects.prefetch_related(*_WITH_DAYS).filter(pk=calendar_id).first()


_WITH_DAYS = (
    Prefetch("holidays", Holiday.objects.annotate(packed=PACKED).order_by("date")),
    Prefetch("confirmed_days", ConfirmedDays.objects.select_related("confirmed_by")),
)


@dataclass(frozen=True)
class Year:
    """The days off of a year as they are now, and as somebody confirmed them."""

    year: int
    days: list[years.Off]
    confirmed: ConfirmedDays | None
    content: years.Content = field(repr=False)
    awaits_moved_days: bool = False
    """Its country moves working days to weekends, and none are known for this year."""

    @property
    def seen(self) -> str:
        return years.digest(self.content)

    @property
    def changes(self) -> list[years.Change]:
        """What is different now from what was confirmed."""
        return years.changes(self.confirmed.days, self.content) if self.confirmed else []

    @property
    def is_right(self) -> bool:
        return self.confirmed is not None and not self.changes


def years_of(of: WorkingCalendar, *, now: datetime) -> list[Year]:
    """This year and the next, by the calendar's clock; two queries, none where they came along."""
    prefetch_related_objects([of], *_WITH_DAYS)
    this = now.astimezone(of.zone).year
    names = {vars(holiday)["packed"]: holiday.name for holiday in of.holidays.all()}
    vars(of)["own_days"] = tuple(names)
    confirmed = {row.year: row for row in of.confirmed_days.all()}
    return [_year(of, year, names, confirmed.get(year)) for year in (this, this + 1)]


def _year(of: WorkingCalendar, year: int, names: dict[str, str], confirmed: ConfirmedDays | None) -> Year:
    days = years.listed(of, year, names)
    return Year(year, days, confirmed, years.content(days), years.awaits_moved_days(of, year))


def logo_owner(name: str) -> HiringOrganisation | None:
    """The organisation that shows this file as its logo; no other file can be asked for."""
    return HiringOrganisation.objects.filter(logo=name).only("id", "logo").first()
