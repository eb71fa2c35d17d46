"""Forms of the settings about organisations; what may not be is said by the actions."""

from typing import Any, cast

import holidays
import pycountry
from django import forms
from django.conf import settings
from django.urls import reverse_lazy

from ats.kernel.staff_words import gettext, gettext_lazy
from ats.organisation.domain import kinds, names
from ats.organisation.domain.places import name_of
from ats.organisation.models import HiringOrganisation, Location, WorkingCalendar
from ats.web.forms import TimeZoneField
from ats.web.texts import TextsForm

DAYS = [
    (0, gettext_lazy("Monday")),
    (1, gettext_lazy("Tuesday")),
    (2, gettext_lazy("Wednesday")),
    (3, gettext_lazy("Thursday")),
    (4, gettext_lazy("Friday")),
    (5, gettext_lazy("Saturday")),
    (6, gettext_lazy("Sunday")),
]


def countries() -> list[tuple[str, str]]:
    known = {country.alpha_2: names.country(country.alpha_2) for country in pycountry.countries}
    return [("", gettext("Choose a country")), *sorted(known.items(), key=lambda item: item[1])]


def holiday_countries() -> list[tuple[str, str]]:
    known = holidays.list_supported_countries()
    return [
        ("", gettext("None: every working day counts")),
        *((code, name) for code, name in countries() if code in known),
    ]


def _area(rows: int) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows})


class OrganisationForm(forms.Form):
    name = forms.CharField(label=gettext_lazy("Name"), max_length=200)
    calendar = forms.ModelChoiceField(
        WorkingCalendar.objects.order_by("name"),
        label=gettext_lazy("Working calendar"),
        help_text=gettext_lazy("Promises to candidates count its working days."),
    )
    reply_to = forms.EmailField(
        label=gettext_lazy("Where candidates' replies go"),
        required=False,
        help_text=gettext_lazy(
            "Where Accord reads a mailbox, what candidates answer goes there, and into their conversation."
        ),
    )
    longest_new_date = forms.IntegerField(
        label=gettext_lazy("Longest new date"),
        min_value=1,
        max_value=60,
        initial=10,
        help_text=gettext_lazy("How many working days ahead a date promised to a candidate may be put off."),
    )
    most_broken_dates = forms.IntegerField(
        label=gettext_lazy("Most broken dates in a row"),
        min_value=1,
        max_value=9,
        initial=3,
        help_text=gettext_lazy(
            "After so many, a candidate is told plainly that we did not keep our word and that they need not wait."
        ),
    )
    website = forms.URLField(label=gettext_lazy("Website"), required=False, assume_scheme="https")
    language = forms.ChoiceField(
        label=gettext_lazy("First language"),
        choices=settings.LANGUAGES,
        required=False,
        help_text=gettext_lazy(
            "Candidates read each text in their own language where there is one, and else in this."
        ),
    )
    colour = forms.CharField(
        label=gettext_lazy("Colour"),
        max_length=7,
        initial="#2f5d50",
        widget=forms.TextInput(attrs={"type": "color"}),
        help_text=gettext_lazy(
            "On the careers site and the status page; made darker or lighter where it could not be read."
        ),
    )
    logo = forms.FileField(
        label=gettext_lazy("Logo"),
        required=False,
        widget=forms.FileInput(attrs={"accept": "image/png,image/jpeg,image/webp,image/gif"}),
        help_text=gettext_lazy("PNG, JPEG, WebP or GIF, up to 2 MB."),
    )
    no_logo = forms.BooleanField(label=gettext_lazy("Show no logo"), required=False)
    about_text = forms.CharField(
        label=gettext_lazy("About"),
        required=False,
        widget=_area(4),
        help_text=gettext_lazy("A few sentences for the careers site."),
    )
    value_proposition = forms.CharField(
        label=gettext_lazy("Value proposition"),
        required=False,
        widget=_area(4),
        help_text=gettext_lazy(
            "Why a great person would want to work here, honestly. Recruiters have it at hand when they write."
        ),
    )
    privacy_text = forms.CharField(
        label=gettext_lazy("How applicants' data is used"),
        required=False,
        widget=_area(5),
        help_text=gettext_lazy("In plain words."),
    )
    first_day_notice = forms.IntegerField(
        label=gettext_lazy("From a yes to the first day"),
        required=False,
        min_value=0,
        max_value=60,
        initial=2,
        help_text=gettext_lazy(
            "Working days that are needed to get ready. Somebody who accepts later than that before their first "
            "day is told so, and agrees another one with the recruiter."
        ),
    )
    asks_who_works_here = forms.BooleanField(
        label=gettext_lazy("Applicants can say that they work here"),
        required=False,
        help_text=gettext_lazy("Whoever they work for sees nothing of it until they say so."),
    )
    acts_by_mail = forms.BooleanField(
        label=gettext_lazy("Partners answer from their mails without signing in"),
        required=False,
        help_text=gettext_lazy(
            "A link in a mail then opens one candidate, one scorecard or the times for one interview, for its "
            "reader alone, once and for a week. Never for confidential roles, nor for people who sign in with a second "
            "step."
        ),
    )
    is_client = forms.BooleanField(
        label=gettext_lazy("It is a client: we recruit for it as an agency"),
        required=False,
        help_text=gettext_lazy(
            "From then on, nobody whom a recruiter takes up is seen by its people before that person has said yes to "
            "being put forward there. Who is in play already stays as they are. Switched off, those who wait for their "
            "yes go on waiting."
        ),
    )
    owned_months = forms.IntegerField(
        label=gettext_lazy("Ownership period in months"),
        required=False,
        min_value=0,
        max_value=60,
        initial=12,
        help_text=gettext_lazy(
            "How long a person whom we put forward counts as ours at this client, as agreed with it; 0 where nothing "
            "is agreed. It holds for whom is put forward from now on."
        ),
    )
    client_agreement = forms.CharField(
        label=gettext_lazy("Where that is agreed"),
        required=False,
        max_length=1000,
        widget=_area(2),
        help_text=gettext_lazy("Such as the contract, its date and the paragraph. For us alone."),
    )
    is_active = forms.BooleanField(label=gettext_lazy("It hires with Accord"), required=False, initial=True)

    def __init__(self, *args: Any, organisation: HiringOrganisation | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if organisation is None or not organisation.logo:
            del self.fields["no_logo"]

    def facts(self) -> dict[str, Any]:
        """What the action takes."""
        facts = dict(self.cleaned_data)
        logo, no_logo = facts.pop("logo"), facts.pop("no_logo", False)
        for name in ("first_day_notice", "owned_months"):
            if facts[name] is None:
                del facts[name]
        if not facts["language"]:
            del facts["language"]
        return facts | ({"logo": logo} if logo else {"logo": False} if no_logo else {})


def texts_form(row: HiringOrganisation, data: Any = None) -> TextsForm:
    """Its own words for candidates in the languages beside its first."""
    fields = {"about_text": ("About", _area(4)), "privacy_text": ("How applicants' data is used", _area(5))}
    return TextsForm(data, texts=row.texts, first=row.language, fields=fields, prefix="said")


class EmployeesForm(forms.Form):
    """How many people an organisation employs at each place whose law depends on it."""

    def __init__(self, data: Any = None, *, organisation: HiringOrganisation, places: list[str]) -> None:
        super().__init__(data, auto_id=f"size_{organisation.pk}_%s")
        for place in places:
            self.fields[place] = forms.IntegerField(
                label=gettext("Employees, as the law of %(place)s counts them") % {"place": name_of(place)},
                required=False,
                min_value=0,
                initial=organisation.employees.get(place),
                help_text=gettext("Empty: its duties count as yours until you say."),
            )


class DepartmentForm(forms.Form):
    name = forms.CharField(label=gettext_lazy("Name of the department"), max_length=120)


class ChangedDepartmentForm(DepartmentForm):
    """`head` is empty for nobody; where it is not sent at all, whoever it is stays."""

    head = forms.IntegerField(required=False, min_value=1, max_value=2**31 - 1)

    def facts(self) -> dict[str, Any]:
        """What the action takes."""
        facts = {"name": self.cleaned_data["name"]}
        return facts | {"head_id": self.cleaned_data["head"]} if "head" in self.data else facts


class LocationForm(forms.Form):
    name = forms.CharField(
        label=gettext_lazy("Name"),
        max_length=120,
        help_text=gettext_lazy("As people say it: Berlin, Head office."),
    )
    street = forms.CharField(label=gettext_lazy("Street"), max_length=200, required=False)
    postal_code = forms.CharField(label=gettext_lazy("Postal code"), max_length=20, required=False)
    city = forms.CharField(label=gettext_lazy("City"), max_length=120)
    region = forms.CharField(label=gettext_lazy("State or region"), max_length=120, required=False)
    country = forms.ChoiceField(label=gettext_lazy("Country"), choices=countries)
    time_zone = TimeZoneField(initial="UTC")


class CalendarForm(forms.Form):
    name = forms.CharField(label=gettext_lazy("Name"), max_length=100)
    time_zone = TimeZoneField(initial="UTC")
    working_days = forms.TypedMultipleChoiceField(
        label=gettext_lazy("Working days"),
        choices=DAYS,
        coerce=int,
        initial=[0, 1, 2, 3, 4],
        widget=forms.CheckboxSelectMultiple,
    )
    day_starts = forms.TimeField(
        label=gettext_lazy("Work begins"), widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M")
    )
    day_ends = forms.TimeField(
        label=gettext_lazy("Work ends"), widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M")
    )
    holiday_country = forms.ChoiceField(
        label=gettext_lazy("Holidays of"),
        required=False,
        choices=holiday_countries,
        widget=forms.Select(attrs={"hx-target": "#kinds", "hx-include": "closest form"}),
    )
    holiday_region = forms.CharField(
        label=gettext_lazy("Region"),
        required=False,
        max_length=10,
        help_text=gettext_lazy(
            "Its code, such as BY for Bavaria. The United Kingdom without one counts as England."
        ),
    )
    holiday_categories = forms.MultipleChoiceField(
        label=gettext_lazy("Kinds of days off that count"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy("None ticked: those on which offices there are usually shut."),
    )
    customary_days_off = forms.BooleanField(
        label=gettext_lazy("Also when offices there shut by custom"),
        required=False,
        initial=True,
        help_text=gettext_lazy(
            "All day on Midsummer Eve in Sweden, from noon on 24 and 31 December in Germany. The list of the "
            "year says which days these are."
        ),
    )

    def __init__(self, data: Any = None, *, initial: dict[str, Any] | None = None, **kwargs: Any) -> None:
        super().__init__(data, initial=initial, **kwargs)
        said = self.data if self.is_bound else self.initial
        country = str(said.get("holiday_country") or "")
        kinds_there = kinds.kinds_of(country)
        field = cast(forms.MultipleChoiceField, self.fields["holiday_categories"])
        field.choices = [(kind, kinds.words(kind)) for kind in kinds_there]
        self.fields["holiday_country"].widget.attrs["hx-get"] = reverse_lazy("settings_calendar_kinds")
        if not self.is_bound and not self.initial.get("holiday_categories"):
            self.initial["holiday_categories"] = list(kinds.usual_kinds(country))

    def clean_holiday_region(self) -> str:
        return str(self.cleaned_data["holiday_region"]).strip().upper()

    def clean_holiday_categories(self) -> list[str]:
        """Those that are usual there are kept as no choice: they go along when what is usual changes."""
        chosen = list(self.cleaned_data["holiday_categories"])
        usual = kinds.usual_kinds(str(self.cleaned_data.get("holiday_country", "")))
        return [] if set(chosen) == set(usual) else chosen


class HolidayForm(forms.Form):
    day = forms.DateField(label=gettext_lazy("Day"), widget=forms.DateInput(attrs={"type": "date"}))
    name = forms.CharField(label=gettext_lazy("What for"), max_length=100)
    shuts_at = forms.TimeField(
        label=gettext_lazy("Shut from"),
        required=False,
        widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
        help_text=gettext_lazy(
            "Empty: all day. With the end of work, a half day of the country is a whole one for you."
        ),
    )
    every_year = forms.BooleanField(label=gettext_lazy("Every year from then on"), required=False)
    is_worked = forms.BooleanField(
        label=gettext_lazy("You work on this day"),
        required=False,
        help_text=gettext_lazy(
            "A Saturday or Sunday that makes up for a day off in the week: a working day like any other."
        ),
    )


ORGANISATION_FIELDS = [name for name in OrganisationForm.base_fields if name not in {"logo", "no_logo"}]
LOCATION_FIELDS = list(LocationForm.base_fields)
CALENDAR_FIELDS = list(CalendarForm.base_fields)


def known(row: HiringOrganisation | Location | WorkingCalendar, fields: list[str]) -> dict[str, Any]:
    """What a form shows of this row before anything is typed."""
    return {name: getattr(row, name) for name in fields}
