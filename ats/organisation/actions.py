"""Every write about organisations, their departments, locations and working calendars."""

from datetime import date, datetime
from typing import Any, TypeVar

from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.db.models import Model, ProtectedError
from django.utils.text import slugify

from ats.accounts.models import User
from ats.activity.record import record
from ats.kernel.errors import Invalid, Missing, NotAllowed, WrongState
from ats.kernel.files import goes_with_transaction
from ats.organisation import logos
from ats.organisation.models import Department, HiringOrganisation, Holiday, Location, WorkingCalendar

MANAGE = "ats.manage_organisation"
ADD_LOCATION = "ats.add_location"
M = TypeVar("M", bound=Model)

ORGANISATION = frozenset(
    {"name", "calendar", "colour", "website", "about_text", "value_proposition", "privacy_text"}
    | {"reply_to", "longest_new_date", "first_day_notice", "is_active"}
)
LOCATION = frozenset({"name", "street", "city", "region", "postal_code", "country", "time_zone"})
CALENDAR = frozenset(
    {"name", "time_zone", "working_days", "day_starts", "day_ends", "holiday_country", "holiday_region"}
)

REFUSED = {
    "calendar_day_has_hours": ("day_ends", "Work has to end after it begins."),
    "calendar_has_working_days": ("working_days", "At least one day has to be a working day."),
    "department_once": ("name", "There is a department of this name already."),
    "location_once": ("name", "There is a location of this name already."),
    "holiday_once": ("day", "This day is off already."),
}
"""What a constraint refuses, in words, and beside which field."""


def _permit(user: User) -> None:
    if not user.has_perm(MANAGE):
        raise NotAllowed("Only administrators look after organisations.")


def _locked(model: type[M], pk: int) -> M:
    row = model._base_manager.select_for_update(of=("self",), no_key=True).filter(pk=pk).first()
    if row is None:
        raise Missing(f"There is no {model._meta.verbose_name} with the number {pk}.")
    return row


def _check(row: Model) -> None:
    """What the model and its constraints refuse, said beside the field."""
    try:
        row.full_clean(validate_constraints=False)
    except ValidationError as error:
        field, messages = next(iter(error.message_dict.items()))
        raise Invalid(" ".join(messages), field=None if field == "__all__" else field) from error
    for constraint in row._meta.constraints:
        try:
            constraint.validate(type(row), row)
        except ValidationError as error:
            where, said = REFUSED.get(constraint.name, (None, " ".join(error.messages)))
            raise Invalid(said, field=where) from error


def _change(row: Model, facts: dict[str, Any], known: frozenset[str]) -> list[str]:
    """Put these facts on the row and save what is new; the names of the fields that changed."""
    if unknown := set(facts) - known:
        raise TypeError(f"{type(row).__name__} has no {', '.join(sorted(unknown))}.")
    changed = [name for name, value in facts.items() if getattr(row, name) != value]
    for name in changed:
        setattr(row, name, facts[name])
    _check(row)
    if changed:
        row.save(update_fields=changed)
    return changed


def _words(fields: list[str]) -> str:
    return ", ".join(field.replace("_", " ") for field in fields)


# --- Organisations


@transaction.atomic
def create_organisation(
    *, by: User, now: datetime, logo: UploadedFile | None = None, **facts: Any
) -> HiringOrganisation:
    """A company that hires; its address on the careers site comes from its name."""
    _permit(by)
    if unknown := set(facts) - ORGANISATION:
        raise TypeError(f"An organisation has no {', '.join(sorted(unknown))}.")
    organisation = HiringOrganisation(**facts)
    organisation.slug = _free_slug(organisation.name)
    _check(organisation)
    organisation.save()
    if logo is not None:
        _set_logo(organisation, logo)
    record("organisation.created", subject=organisation, by=by, now=now, data={"name": organisation.name})
    return organisation


def _free_slug(name: str) -> str:
    base = slugify(name)[:70] or "organisation"
    taken = set(HiringOrganisation.objects.filter(slug__startswith=base).values_list("slug", flat=True))
    numbered = (f"{base}-{number}" for number in range(2, len(taken) + 3))
    return next(slug for slug in (base, *numbered) if slug not in taken)


@transaction.atomic
def change_organisation(
    *, organisation_id: int, by: User, now: datetime, logo: UploadedFile | bool | None = None, **facts: Any
) -> HiringOrganisation:
    """Change what is given; `logo` is a new picture, or False to have none."""
    _permit(by)
    organisation = _locked(HiringOrganisation, organisation_id)
    changed = _change(organisation, facts, ORGANISATION)
    if logo is not None:
        _set_logo(organisation, logo)
        changed.append("logo")
    if changed:
        data = {"name": organisation.name, "fields": _words(changed)}
        record("organisation.changed", subject=organisation, by=by, now=now, data=data)
    return organisation


def _set_logo(organisation: HiringOrganisation, logo: UploadedFile | bool) -> None:
    old = organisation.logo.name
    storage = organisation.logo.storage
    if isinstance(logo, bool):
        organisation.logo = ""
    else:
        picture = logos.cleaned(logo)
        organisation.logo.save(str(picture.name), picture, save=False)
        goes_with_transaction(organisation.logo)
    organisation.save(update_fields=["logo"])
    if old:  # the old file goes when nothing shows it any more
        transaction.on_commit(lambda: storage.delete(old))


# --- Departments and locations


@transaction.atomic
def add_department(*, organisation_id: int, name: str, by: User, now: datetime) -> Department:
    _permit(by)
    department = Department(organisation=_locked(HiringOrganisation, organisation_id), name=name.strip())
    _check(department)
    department.save()
    record("department.added", subject=department, by=by, now=now, data={"name": department.name})
    return department


@transaction.atomic
def rename_department(*, department_id: int, name: str, by: User, now: datetime) -> Department:
    _permit(by)
    department = _locked(Department, department_id)
    before = department.name
    if _change(department, {"name": name.strip()}, frozenset({"name"})):
        data = {"before": before, "name": department.name}
        record("department.renamed", subject=department, by=by, now=now, data=data)
    return department


@transaction.atomic
def remove_department(*, department_id: int, by: User, now: datetime) -> int:
    """Remove one that no role uses; the number of its organisation."""
    _permit(by)
    department = _locked(Department, department_id)
    record("department.removed", subject=department, by=by, now=now, data={"name": department.name})
    _delete(department, department.name)
    return department.organisation_id


@transaction.atomic
def add_location(*, organisation_id: int, by: User, now: datetime, **facts: Any) -> Location:
    """A place in which people work. The recruiting team adds one where it misses it."""
    if not by.has_perm(ADD_LOCATION):
        raise NotAllowed("Only the recruiting team adds locations.")
    location = Location(organisation=_locked(HiringOrganisation, organisation_id), **facts)
    _check(location)
    location.save()
    record("location.added", subject=location, by=by, now=now, data={"name": location.name})
    return location


@transaction.atomic
def change_location(*, location_id: int, by: User, now: datetime, **facts: Any) -> Location:
    _permit(by)
    location = _locked(Location, location_id)
    if changed := _change(location, facts, LOCATION):
        data = {"name": location.name, "fields": _words(changed)}
        record("location.changed", subject=location, by=by, now=now, data=data)
    return location


@transaction.atomic
def remove_location(*, location_id: int, by: User, now: datetime) -> int:
    """Remove one that no role uses; the number of its organisation."""
    _permit(by)
    location = _locked(Location, location_id)
    record("location.removed", subject=location, by=by, now=now, data={"name": location.name})
    _delete(location, location.name)
    return location.organisation_id


def _delete(row: Model, name: str) -> None:
    try:
        row.delete()
    except ProtectedError:
        raise WrongState(f"{name} is used by a role, and stays.") from None


# --- Working calendars


@transaction.atomic
def create_calendar(*, by: User, now: datetime, **facts: Any) -> WorkingCalendar:
    _permit(by)
    if unknown := set(facts) - CALENDAR:
        raise TypeError(f"A calendar has no {', '.join(sorted(unknown))}.")
    calendar = WorkingCalendar(**facts)
    _check(calendar)
    calendar.save()
    record("calendar.created", subject=calendar, by=by, now=now, data={"name": calendar.name})
    return calendar


@transaction.atomic
def change_calendar(*, calendar_id: int, by: User, now: datetime, **facts: Any) -> WorkingCalendar:
    """Change when an office works. Promises made before keep their date; new ones count anew."""
    _permit(by)
    calendar = _locked(WorkingCalendar, calendar_id)
    if changed := _change(calendar, facts, CALENDAR):
        data = {"name": calendar.name, "fields": _words(changed)}
        record("calendar.changed", subject=calendar, by=by, now=now, data=data)
    return calendar


@transaction.atomic
def add_holiday(*, calendar_id: int, day: date, name: str, by: User, now: datetime) -> Holiday:
    _permit(by)
    holiday = Holiday(calendar=_locked(WorkingCalendar, calendar_id), date=day, name=name.strip())
    _check(holiday)
    holiday.save()
    data = {"day": day.isoformat(), "name": holiday.name}
    record("calendar.holiday_added", subject=holiday.calendar, by=by, now=now, data=data)
    return holiday


@transaction.atomic
def remove_holiday(*, holiday_id: int, by: User, now: datetime) -> int:
    """Remove an own day off; the number of its calendar."""
    _permit(by)
    holiday = _locked(Holiday, holiday_id)
    data = {"day": holiday.date.isoformat(), "name": holiday.name}
    record("calendar.holiday_removed", subject=holiday.calendar, by=by, now=now, data=data)
    holiday.delete()
    return holiday.calendar_id
