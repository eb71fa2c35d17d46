"""Who hires, where, and when people there work."""

from datetime import time
from zoneinfo import ZoneInfo

import holidays as public_holidays
from django.contrib.postgres.expressions import ArraySubquery
from django.contrib.postgres.fields import ArrayField
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator, RegexValidator
from django.db import models
from django.db.models import Case, F, OuterRef, Q, Value, When
from django.db.models.functions import Cast, Coalesce, Concat
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import get_language

from ats.kernel import walls, zones
from ats.kernel.models import Stamped
from ats.kernel.prepared import Prepared
from ats.organisation.domain.days_off import ONCE, WORKED, YEARLY
from ats.organisation.domain.kinds import kinds_of
from ats.organisation.domain.places import code_of
from ats.web.texts import Said, said


def _check_zone(name: str) -> None:
    if name not in zones.known():
        raise ValidationError({"time_zone": "There is no such time zone."})


def monday_to_friday() -> list[int]:
    return [0, 1, 2, 3, 4]


class WorkingCalendar(Stamped):
    """Working days and hours of an office; promises and commitments count in them."""

    name = models.CharField(max_length=100, unique=True)
    time_zone = models.CharField(max_length=64, default="UTC")
    working_days = ArrayField(models.PositiveSmallIntegerField(), default=monday_to_friday)
    day_starts = models.TimeField(default=time(9))
    day_ends = models.TimeField(default=time(17))
    holiday_country = models.CharField(max_length=2, blank=True, help_text="ISO 3166 code, such as DE.")
    holiday_region = models.CharField(max_length=10, blank=True, help_text="Subdivision, such as BY.")
    customary_days_off = models.BooleanField(
        default=True,
        db_default=True,
        help_text="Also the days on which offices there are shut, or shut early, without a law.",
    )
    holiday_categories = ArrayField(
        models.CharField(max_length=30),
        default=list,
        db_default=[],
        blank=True,
        help_text="Kinds of the country's days off that count, such as public; empty for the usual ones.",
    )

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(day_ends__gt=F("day_starts")),
                name="calendar_day_has_hours",
                violation_error_message="Work has to end after it begins.",
            ),
            models.CheckConstraint(
                condition=Q(working_days__len__gt=0) & Q(working_days__contained_by=[0, 1, 2, 3, 4, 5, 6]),
                name="calendar_has_working_days",
                violation_error_message="At least one day has to be a working day.",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def clean(self) -> None:
        """The library must know the holidays that are asked for; otherwise every day would count."""
        _check_zone(self.time_zone)
        if not self.holiday_country:
            for field in ("holiday_region", "holiday_categories"):
                if getattr(self, field):
                    raise ValidationError({field: "Choose the country first."})
            return
        regions = public_holidays.list_supported_countries().get(self.holiday_country)
        if regions is None:
            raise ValidationError({"holiday_country": "The public holidays of this country are not known."})
        if unknown := set(self.holiday_categories) - set(kinds_of(self.holiday_country)):
            raise ValidationError(
                {"holiday_categories": f"This country has no such days: {', '.join(unknown)}."}
            )
        if self.holiday_region and self.holiday_region not in regions:
            raise ValidationError(
                {
                    "holiday_region": f"One of: {', '.join(regions)}."
                    if regions
                    else "This country has no regions here."
                }
            )

    @property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.time_zone)

    @cached_property
    def own_days(self) -> tuple[str, ...]:
        """Its own days off and half days, packed, read once for each instance."""
        return tuple(_own_days_of(calendar=self.pk)) if self.pk else ()

    def know_days(self, row: models.Model) -> None:
        """Take over the own days that were read along with this row (see `own_days` below)."""
        if (days := vars(row).get("own_days")) is not None:
            vars(self).setdefault("own_days", tuple(days))

    def about(self) -> dict[str, int]:
        return {}


class Holiday(models.Model):
    """A day of a calendar's own on which it does not work, or only until `shuts_at`; once, or from then on every year.

    Or a day outside of its week on which it works all the same (`is_worked`), until `shuts_at` or as ever.
    Days on which its country is shut stay shut; a half day of its country ends when it is said here.
    """

    calendar = models.ForeignKey(WorkingCalendar, on_delete=models.CASCADE, related_name="holidays")
    date = models.DateField()
    name = models.CharField(max_length=100)
    every_year = models.BooleanField(default=False, db_default=False)
    shuts_at = models.TimeField(null=True, blank=True, help_text="Empty where it does not open.")
    is_worked = models.BooleanField(
        default=False, db_default=False, help_text="A day of the weekend that is worked for another one."
    )

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(is_worked=False) | Q(every_year=False),
                name="holiday_worked_once",
                violation_error_message="A day that is worked is one of one year.",
            ),
            models.UniqueConstraint(
                fields=["calendar", "date"],
                name="holiday_once",
                violation_error_message="This day is off already.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.date} {self.name}"


PACKED = Concat(
    Cast("date", models.CharField()),
    Case(
        When(every_year=True, then=Value(YEARLY)),
        When(is_worked=True, then=Value(WORKED)),
        default=Value(ONCE),
    ),
    Coalesce(Cast("shuts_at", models.CharField()), Value("")),
)
"""An own day as `own_in` reads it: its date, how it is meant, and when the office shuts."""


@Prepared
def _own_days_of(*, calendar: int) -> "models.QuerySet[Holiday, str]":
    return Holiday.objects.filter(calendar=calendar).values_list(PACKED, flat=True)


def own_days(calendar: str) -> ArraySubquery:
    """The own days of the calendar at the end of this relation, for an annotation of that name."""
    return ArraySubquery(Holiday.objects.filter(calendar=OuterRef(calendar)).values_list(PACKED))


class ConfirmedDays(models.Model):
    """The list of a year's shut and half days, as an administrator found it right."""

    calendar = models.ForeignKey(WorkingCalendar, on_delete=models.CASCADE, related_name="confirmed_days")
    year = models.PositiveSmallIntegerField()
    days = models.JSONField(
        help_text="Each day with its name, when the office shuts (empty: all day) or that it is worked, and why."
    )
    confirmed_by = models.ForeignKey("ats.User", on_delete=models.PROTECT, related_name="+")
    confirmed_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["calendar", "year"],
                name="days_confirmed_once",
                violation_error_message="Somebody has confirmed this year a moment ago.",
            )
        ]

    def __str__(self) -> str:
        return f"{self.calendar} {self.year}"


class HiringOrganisation(Stamped):
    """The company that hires: its brand, its value proposition, its working calendar."""

    name = models.CharField(max_length=200, unique=True)
    slug = models.SlugField(max_length=80, unique=True)
    calendar = models.ForeignKey(WorkingCalendar, on_delete=models.PROTECT, related_name="organisations")
    logo = models.ImageField(upload_to="logos/", blank=True)
    colour = models.CharField(
        max_length=7,
        default="#2f5d50",
        validators=[RegexValidator(r"^#[0-9a-fA-F]{6}\Z", "Write the colour as #rrggbb.")],
    )
    website = models.URLField(blank=True)
    language = models.CharField(
        max_length=10,
        default="en",
        db_default="en",
        help_text="What candidates get where a text is missing in theirs.",
    )
    about_text = models.TextField(blank=True, help_text="A few sentences for the careers site.")
    value_proposition = models.TextField(
        blank=True, help_text="Why a great person would want to work here, honestly."
    )
    privacy_text = models.TextField(blank=True, help_text="How applicants' data is used, in plain words.")
    texts = models.JSONField(
        default=dict,
        db_default=Value({}, output_field=models.JSONField()),
        blank=True,
        help_text="About and data use in further languages, by language and name (ats/web/texts.py).",
    )
    longest_new_date = models.PositiveSmallIntegerField(
        default=10,
        db_default=10,
        validators=[MinValueValidator(1), MaxValueValidator(60)],
        help_text="How many working days ahead a date promised to a candidate may be put off.",
    )
    most_broken_dates = models.PositiveSmallIntegerField(
        default=3,
        db_default=3,
        validators=[MinValueValidator(1), MaxValueValidator(9)],
        help_text="After how many broken dates in a row a candidate is told no further one, and need not wait.",
    )
    reply_to = models.EmailField(blank=True, help_text="Where candidates' replies go.")
    first_day_notice = models.PositiveSmallIntegerField(
        default=2, db_default=2, help_text="Working days from a yes to the earliest first day."
    )
    acts_by_mail = models.BooleanField(
        default=False,
        db_default=False,
        help_text="Whether links in mails to partners act without a sign-in, each for one thing and once.",
    )
    asks_who_works_here = models.BooleanField(
        default=True,
        db_default=True,
        help_text="Whether applicants can say that they work here: their manager sees nothing of it then.",
    )
    employees = models.JSONField(
        default=dict,
        db_default=Value({}, output_field=models.JSONField()),
        blank=True,
        help_text="How many people it employs, by the code of a place whose law asks for it, such as CA-ON.",
    )
    is_client = models.BooleanField(
        default=False,
        db_default=False,
        help_text="Whether we recruit for it as an agency: a person is put forward to it only with their yes.",
    )
    client_since = models.DateTimeField(
        null=True, blank=True, help_text="Since when it was first a client; it stays where it is one no more."
    )
    owned_months = models.PositiveSmallIntegerField(
        default=12,
        db_default=12,
        validators=[MaxValueValidator(60)],
        help_text="How many months a person whom we put forward counts as ours there; 0: not agreed.",
    )
    client_agreement = models.TextField(
        blank=True, db_default="", help_text="Where the ownership period is agreed, in words."
    )
    is_active = models.BooleanField(default=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(is_client=False) | Q(client_since__isnull=False),
                name="organisation_client_since",
                violation_error_message="A client says since when it is one.",
            ),
            models.CheckConstraint(
                condition=Q(owned_months__lte=60),
                name="organisation_owned_months",
                violation_error_message="An ownership period is at most 60 months.",
            ),
            models.CheckConstraint(
                condition=Q(colour__regex=r"^#[0-9a-fA-F]{6}$"),
                name="organisation_colour",
                violation_error_message="Write the colour as # and six digits, such as #1f6feb.",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def logo_url(self) -> str:
        """Where everybody may see the logo; empty without one."""
        return reverse("logo", args=[str(self.logo.name).removeprefix("logos/")]) if self.logo else ""

    def said(self, name: str) -> Said:
        """A text of its own in the language of now, where there is one."""
        first = Said(getattr(self, name), self.language)
        return said(self.texts, name, first=first, language=get_language())

    def about(self) -> dict[str, int]:
        return {"organisation_id": self.pk}


class Department(models.Model):
    organisation = models.ForeignKey(HiringOrganisation, on_delete=models.CASCADE, related_name="departments")
    name = models.CharField(max_length=120)
    head = models.ForeignKey(
        "ats.User",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="departments_headed",
        help_text="To whom its hiring managers go up the line; empty where nobody is named.",
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "name"],
                name="department_once",
                violation_error_message="There is a department of this name already.",
            )
        ]

    def __str__(self) -> str:
        return self.name

    def about(self) -> dict[str, int]:
        return {"organisation_id": self.organisation_id}


class Location(models.Model):
    organisation = models.ForeignKey(HiringOrganisation, on_delete=models.CASCADE, related_name="locations")
    name = models.CharField(max_length=120)
    street = models.CharField(max_length=200, blank=True)
    city = models.CharField(max_length=120)
    region = models.CharField(max_length=120, blank=True)
    postal_code = models.CharField(max_length=20, blank=True)
    country = models.CharField(max_length=2, help_text="ISO 3166 code, such as DE.")
    time_zone = models.CharField(max_length=64, default="UTC")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "name"],
                name="location_once",
                violation_error_message="There is a location of this name already.",
            ),
            models.CheckConstraint(
                condition=Q(country__regex=r"^[A-Z]{2}$"),
                name="location_country_code",
                violation_error_message="A country is written as its two letters, such as NO.",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def clean(self) -> None:
        _check_zone(self.time_zone)

    @property
    def jurisdiction(self) -> str:
        """Whose law holds here: the code of the region where it is known (US-CA), else of the country."""
        return code_of(self.country, self.region)

    def about(self) -> dict[str, int]:
        return {"organisation_id": self.organisation_id}


walls.within(HiringOrganisation, "t.id IN ({own})")
