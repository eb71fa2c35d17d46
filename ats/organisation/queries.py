"""What the settings pages about organisations show."""

from dataclasses import dataclass, field
from datetime import date, datetime

from django.db.models import Count, Prefetch, QuerySet, prefetch_related_objects

from ats.accounts.models import User
from ats.kernel.rows import listed
from ats.organisation.domain import duties, years
from ats.organisation.domain.duties import Duty
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


@dataclass(frozen=True)
class LawAt:
    """What the table of duties says of one location: what binds its organisation now, and what is only to come."""

    location: Location
    binds: list[Duty]
    rest: list[Duty]
    regions: list[str]
    """The parts of its country with duties of their own, where it does not say in which it is."""

    @property
    def open_size(self) -> bool:
        """Whether something binds only because nobody has said how many people are employed."""
        return any(duty.size_is_open(self.location.organisation.employees) for duty in self.binds)


def law_of_places(*, on: date) -> list[tuple[HiringOrganisation, list[LawAt]]]:
    """What holds at each location of every organisation that hires; two queries."""
    rows = HiringOrganisation.objects.filter(is_active=True).order_by("name")
    places = Prefetch("locations", Location.objects.select_related("organisation").order_by("name"))
    return [
        (row, [_law_at(place, on) for place in row.locations.all()]) for row in rows.prefetch_related(places)
    ]


def _law_at(location: Location, on: date) -> LawAt:
    place = location.jurisdiction
    binds = list(duties.in_force(place, employees=location.organisation.employees, on=on))
    regions = duties.by_region(place) if "-" not in place else []
    return LawAt(location, binds, [duty for duty in duties.at(place) if duty not in binds], regions)
