"""Every write about an organisation itself."""

from datetime import datetime
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils.text import slugify

from ats.accounts.models import User
from ats.activity.record import record
from ats.kernel.errors import Invalid
from ats.kernel.files import goes_with_transaction
from ats.kernel.staff_words import gettext
from ats.organisation.actions.write import change, check, locked, permit, words
from ats.organisation.domain import duties, logos
from ats.organisation.models import HiringOrganisation

ORGANISATION = frozenset(
    {
        "name",
        "calendar",
        "colour",
        "website",
        "language",
        "texts",
        "about_text",
        "value_proposition",
        "privacy_text",
    }
    | {"reply_to", "longest_new_date", "most_broken_dates", "first_day_notice", "acts_by_mail"}
    | {"asks_who_works_here", "is_client", "owned_months", "client_agreement", "is_active"}
)


MOST_EMPLOYEES = 10_000_000


@transaction.atomic
def create_organisation(
    *, by: User, now: datetime, logo: UploadedFile | None = None, **facts: Any
) -> HiringOrganisation:
    """A company that hires; its address on the careers site comes from its name."""
    permit(by)
    if unknown := set(facts) - ORGANISATION:
        raise TypeError(f"An organisation has no {', '.join(sorted(unknown))}.")
    organisation = HiringOrganisation(**facts, client_since=now if facts.get("is_client") else None)
    organisation.slug = _free_slug(organisation.name)
    check(organisation)
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
    permit(by)
    organisation = locked(HiringOrganisation, organisation_id)
    if facts.get("is_client") and organisation.client_since is None:
        organisation.client_since = now
        organisation.save(update_fields=["client_since"])
    changed = change(organisation, facts, ORGANISATION)
    if logo is not None:
        _set_logo(organisation, logo)
        changed.append("logo")
    if changed:
        data = {"name": organisation.name, "fields": words(changed)}
        record("organisation.changed", subject=organisation, by=by, now=now, data=data)
    return organisation


@transaction.atomic
def count_employees(
    *, organisation_id: int, by: User, now: datetime, employees: dict[str, int | None]
) -> HiringOrganisation:
    """Say how many people it employs at these places; None takes back what was said. Others stay as they are."""
    permit(by)
    organisation = locked(HiringOrganisation, organisation_id)
    for place, number in employees.items():
        if number is not None and not 0 <= number <= MOST_EMPLOYEES:
            raise Invalid(gettext("Nobody employs that many."), field=place)
        if not any(duty.place == place and duty.fewest_employees for duty in duties.at(place)):
            raise Invalid(gettext("No law in the table asks for this number."), field=place)
    merged = {**organisation.employees, **employees}
    kept = {place: number for place, number in merged.items() if number is not None}
    if kept != organisation.employees:
        organisation.employees = kept
        organisation.save(update_fields=["employees"])
        data = {"name": organisation.name, "fields": words(["employees"])}
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
