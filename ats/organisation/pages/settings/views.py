"""Settings of organisations, their departments, locations and working calendars."""

from collections.abc import Callable
from typing import Any, TypeVar

from django.core.exceptions import PermissionDenied
from django.forms import Form
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from ats.kernel.errors import ActionError, Conflict, Invalid, Missing
from ats.kernel.languages import listed
from ats.kernel.staff_words import gettext
from ats.organisation import actions, queries
from ats.organisation.domain import duties
from ats.organisation.domain.places import name_of
from ats.organisation.models import HiringOrganisation, Location, WorkingCalendar
from ats.organisation.pages.settings import forms
from ats.web.forms import show_error
from ats.web.policy import signed_in
from ats.web.requests import StaffRequest
from ats.web.shell import Shell
from ats.web.toasts import toast_next

R = TypeVar("R")
form_page = require_http_methods(["GET", "HEAD", "POST"])


@signed_in()
def index(request: StaffRequest) -> HttpResponse:
    """Settings open at the first that one may look after."""
    entries = Shell(request).settings
    if not entries:
        raise PermissionDenied
    return redirect(entries[0].url)


def _saved(form: Form, save: Callable[[], Any]) -> bool:
    """Whether the form was right and the action agreed; if not, the form says why."""
    if not form.is_valid():
        return False
    try:
        save()
    except ActionError as error:
        show_error(form, error)
        return False
    return True


def _there(row: R | None) -> R:
    if row is None:
        raise Missing(gettext("There is nothing with this number."))
    return row


def _status(form: Form) -> int:
    return 422 if form.errors else 200


# --- Organisations


@signed_in(actions.MANAGE)
def organisations(request: StaffRequest) -> HttpResponse:
    return render(request, "ats/organisation/organisations.html", {"organisations": queries.organisations()})


@signed_in(actions.MANAGE)
@form_page
def new_organisation(request: StaffRequest) -> HttpResponse:
    calendar = queries.calendars().first()
    form = forms.OrganisationForm(
        request.POST or None, request.FILES or None, initial={"calendar": calendar and calendar.pk}
    )
    made: list[HiringOrganisation] = []

    def save() -> None:
        facts = form.facts()
        logo = facts.pop("logo", None)
        made.append(actions.create_organisation(by=request.user, now=timezone.now(), logo=logo, **facts))

    if _saved(form, save):
        toast_next(
            request,
            gettext("%(made0)s is added. Now its departments and locations.") % {"made0": made[0].name},
        )
        return redirect("settings_organisation", made[0].pk)
    context = {"form": form, "calendar": calendar}
    return render(request, "ats/organisation/organisation_new.html", context, status=_status(form))


@signed_in(actions.MANAGE)
@form_page
def organisation(request: StaffRequest, organisation_id: int) -> HttpResponse:
    row = _there(queries.organisation(organisation_id))
    form = forms.OrganisationForm(
        request.POST or None,
        request.FILES or None,
        initial=forms.known(row, forms.ORGANISATION_FIELDS),
        organisation=row,
    )

    def save() -> None:
        actions.change_organisation(
            organisation_id=row.pk, by=request.user, now=timezone.now(), **form.facts()
        )

    if _saved(form, save):
        toast_next(request, gettext("Saved."))
        return redirect("settings_organisation", row.pk)
    context = _organisation_context(row) | {"form": form}
    return render(request, "ats/organisation/organisation.html", context, status=_status(form))


@signed_in(actions.MANAGE)
@require_POST
def organisation_texts(request: StaffRequest, organisation_id: int) -> HttpResponse:
    """Its words for candidates in further languages."""
    row = _there(queries.organisation(organisation_id))
    form = forms.texts_form(row, request.POST)
    if form.is_valid():
        actions.change_organisation(
            organisation_id=row.pk, by=request.user, now=timezone.now(), texts=form.texts()
        )
        toast_next(request, gettext("Saved."))
    return redirect("settings_organisation", row.pk)


def _organisation_context(row: HiringOrganisation) -> dict[str, Any]:
    return {
        "texts_form": forms.texts_form(row),
        "company": row,
        "departments": queries.departments(row),
        "people": queries.people(),
        "locations": queries.locations(row),
        "department_form": forms.DepartmentForm(auto_id="department_%s"),
    }


@signed_in(actions.MANAGE)
@require_POST
def add_department(request: StaffRequest, organisation_id: int) -> HttpResponse:
    form = forms.DepartmentForm(request.POST, auto_id="department_%s")

    def save() -> None:
        actions.add_department(
            organisation_id=organisation_id, by=request.user, now=timezone.now(), **form.cleaned_data
        )

    if _saved(form, save):
        return redirect("settings_organisation", organisation_id)
    row = _there(queries.organisation(organisation_id))
    own = forms.OrganisationForm(initial=forms.known(row, forms.ORGANISATION_FIELDS), organisation=row)
    context = _organisation_context(row) | {"form": own, "department_form": form}
    return render(request, "ats/organisation/organisation.html", context, status=422)


@signed_in(actions.MANAGE)
@require_POST
def change_department(request: StaffRequest, department_id: int) -> HttpResponse:
    form = forms.ChangedDepartmentForm(request.POST)
    if not form.is_valid():
        raise Invalid(" ".join(str(said) for each in form.errors.values() for said in each))
    department = actions.change_department(
        department_id=department_id, by=request.user, now=timezone.now(), **form.facts()
    )
    return redirect("settings_organisation", department.organisation_id)


@signed_in(actions.MANAGE)
@require_POST
def remove_department(request: StaffRequest, department_id: int) -> HttpResponse:
    organisation_id = actions.remove_department(
        department_id=department_id, by=request.user, now=timezone.now()
    )
    return redirect("settings_organisation", organisation_id)


@signed_in(actions.MANAGE)
@form_page
def new_location(request: StaffRequest, organisation_id: int) -> HttpResponse:
    company = _there(queries.organisation(organisation_id))
    form = forms.LocationForm(request.POST or None)

    def save() -> None:
        actions.add_location(
            organisation_id=company.pk, by=request.user, now=timezone.now(), **form.cleaned_data
        )

    if _saved(form, save):
        return redirect("settings_organisation", company.pk)
    context = {"form": form, "company": company, "location": None}
    return render(request, "ats/organisation/location.html", context, status=_status(form))


@signed_in(actions.MANAGE)
@form_page
def location(request: StaffRequest, location_id: int) -> HttpResponse:
    row: Location = _there(queries.location(location_id))
    form = forms.LocationForm(request.POST or None, initial=forms.known(row, forms.LOCATION_FIELDS))

    def save() -> None:
        actions.change_location(location_id=row.pk, by=request.user, now=timezone.now(), **form.cleaned_data)

    if _saved(form, save):
        return redirect("settings_organisation", row.organisation_id)
    context = {"form": form, "company": row.organisation, "location": row}
    return render(request, "ats/organisation/location.html", context, status=_status(form))


@signed_in(actions.MANAGE)
@require_POST
def remove_location(request: StaffRequest, location_id: int) -> HttpResponse:
    organisation_id = actions.remove_location(location_id=location_id, by=request.user, now=timezone.now())
    return redirect("settings_organisation", organisation_id)


# --- Duties by law


@signed_in(actions.MANAGE)
@require_safe
def law(request: StaffRequest) -> HttpResponse:
    """The table of duties by place, and what of it holds where people work here."""
    return _law(request, {})


@signed_in(actions.MANAGE)
@require_POST
def law_sizes(request: StaffRequest, organisation_id: int) -> HttpResponse:
    """How many people one organisation employs, where the law of a place depends on it."""
    law_there = next((found for found in _law_of_places() if found[0].pk == organisation_id), None)
    company, places = _there(law_there)
    form = forms.EmployeesForm(request.POST, organisation=company, places=_sizes_asked(places))

    def save() -> None:
        actions.count_employees(
            organisation_id=company.pk, by=request.user, now=timezone.now(), employees=form.cleaned_data
        )

    if _saved(form, save):
        toast_next(request, gettext("Saved."))
        return redirect("settings_law")
    return _law(request, {company.pk: form})


def _law_of_places() -> list[tuple[HiringOrganisation, list[queries.LawAt]]]:
    return queries.law_of_places(on=timezone.localdate())


def _sizes_asked(places: list[queries.LawAt]) -> list[str]:
    """The places whose law depends on the size of the employer."""
    asked = {
        duty.place for at in places for duty in duties.at(at.location.jurisdiction) if duty.fewest_employees
    }
    return sorted(asked)


def _law(request: StaffRequest, bound: dict[int, Form]) -> HttpResponse:
    today = timezone.localdate()
    companies = []
    for company, places in queries.law_of_places(on=today):
        asked = _sizes_asked(places)
        form = bound.get(company.pk) or forms.EmployeesForm(organisation=company, places=asked)
        companies.append((company, places, form if asked else None))
    context = {
        "companies": companies,
        "table": [(name_of(place), rows) for place, rows in duties.table(on=today)],
        "version": duties.VERSION,
    }
    errors = any(form.errors for form in bound.values())
    return render(request, "ats/organisation/law.html", context, status=422 if errors else 200)


# --- Working calendars


@signed_in(actions.MANAGE)
def calendars(request: StaffRequest) -> HttpResponse:
    now = timezone.now()
    rows = [(row, _to_confirm(queries.years_of(row, now=now))) for row in queries.calendars()]
    return render(request, "ats/organisation/calendars.html", {"calendars": rows})


def _to_confirm(years: list[queries.Year]) -> str:
    """Which years' days nobody has confirmed as they are, in words; empty where all are."""
    return listed(row.year for row in years if not row.is_right)


@signed_in(actions.MANAGE)
@require_safe
def calendar_kinds(request: StaffRequest) -> HttpResponse:
    """The kinds of days off of the country that has just been chosen, the usual ones ticked."""
    form = forms.CalendarForm(initial={"holiday_country": request.GET.get("holiday_country", "")})
    return render(request, "ats/organisation/calendar_new.html#kinds", {"form": form})


@signed_in(actions.MANAGE)
@form_page
def new_calendar(request: StaffRequest) -> HttpResponse:
    form = forms.CalendarForm(request.POST or None, initial={"day_starts": "09:00", "day_ends": "17:00"})
    made: list[WorkingCalendar] = []

    def save() -> None:
        made.append(actions.create_calendar(by=request.user, now=timezone.now(), **form.cleaned_data))

    if _saved(form, save):
        if not queries.anybody_hires():
            toast_next(
                request,
                gettext("%(made0)s is added. Now the organisation that works by it.")
                % {"made0": made[0].name},
            )
            return redirect("settings_organisation_new")
        return redirect("settings_calendar", made[0].pk)
    return render(request, "ats/organisation/calendar_new.html", {"form": form}, status=_status(form))


@signed_in(actions.MANAGE)
@form_page
def calendar(request: StaffRequest, calendar_id: int) -> HttpResponse:
    row = _there(queries.calendar(calendar_id))
    form = forms.CalendarForm(request.POST or None, initial=forms.known(row, forms.CALENDAR_FIELDS))

    def save() -> None:
        actions.change_calendar(calendar_id=row.pk, by=request.user, now=timezone.now(), **form.cleaned_data)

    if _saved(form, save):
        toast_next(request, gettext("Saved. Promises made before keep their date."))
        return redirect("settings_calendar", row.pk)
    context = _calendar_context(row) | {"form": form}
    return render(request, "ats/organisation/calendar.html", context, status=_status(form))


def _calendar_context(row: WorkingCalendar) -> dict[str, Any]:
    return {
        "calendar": row,
        "years": queries.years_of(row, now=timezone.now()),
        "holiday_form": forms.HolidayForm(auto_id="holiday_%s"),
    }


@signed_in(actions.MANAGE)
@require_POST
def confirm_days(request: StaffRequest, calendar_id: int, year: int) -> HttpResponse:
    """Somebody has looked at the days off of this year, and they are right."""
    try:
        actions.confirm_days(
            calendar_id=calendar_id,
            year=year,
            seen=request.POST.get("seen", ""),
            by=request.user,
            now=timezone.now(),
        )
    except Conflict as error:
        toast_next(request, str(error))
    else:
        toast_next(request, gettext("The days off of %(year)s are confirmed.") % {"year": year})
    return redirect("settings_calendar", calendar_id)


@signed_in(actions.MANAGE)
@require_POST
def add_holiday(request: StaffRequest, calendar_id: int) -> HttpResponse:
    form = forms.HolidayForm(request.POST, auto_id="holiday_%s")

    def save() -> None:
        actions.add_holiday(calendar_id=calendar_id, by=request.user, now=timezone.now(), **form.cleaned_data)

    if _saved(form, save):
        return redirect("settings_calendar", calendar_id)
    row = _there(queries.calendar(calendar_id))
    own = forms.CalendarForm(initial=forms.known(row, forms.CALENDAR_FIELDS))
    context = _calendar_context(row) | {"form": own, "holiday_form": form}
    return render(request, "ats/organisation/calendar.html", context, status=422)


@signed_in(actions.MANAGE)
@require_POST
def remove_holiday(request: StaffRequest, holiday_id: int) -> HttpResponse:
    calendar_id = actions.remove_holiday(holiday_id=holiday_id, by=request.user, now=timezone.now())
    return redirect("settings_calendar", calendar_id)
