"""Writing one row of the settings: who may, locked, checked, and said in the record."""

from typing import Any, TypeVar

from django.core.exceptions import ValidationError
from django.db.models import Model, ProtectedError

from ats.accounts.models import User
from ats.kernel import guards
from ats.kernel.errors import Invalid, Missing, NotAllowed, WrongState
from ats.kernel.staff_words import gettext

MANAGE = "ats.manage_organisation"
M = TypeVar("M", bound=Model)

BESIDE = {
    "calendar_day_has_hours": "day_ends",
    "calendar_has_working_days": "working_days",
    "department_once": "name",
    "location_once": "name",
    "holiday_once": "day",
}
"""Beside which field of the form it is said what a constraint refuses."""


def permit(user: User) -> None:
    if not user.has_perm(MANAGE):
        raise NotAllowed(gettext("Only administrators look after organisations."))


def locked(model: type[M], pk: int) -> M:
    row = model._base_manager.select_for_update(of=("self",), no_key=True).filter(pk=pk).first()
    if row is None:
        raise Missing(f"There is no {model._meta.verbose_name} with the number {pk}.")
    return row


def check(row: Model) -> None:
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
            said = guards.words(constraint.name)
            raise Invalid(said, field=BESIDE.get(constraint.name)) from error


def change(row: Model, facts: dict[str, Any], known: frozenset[str]) -> list[str]:
    """Put these facts on the row and save what is new; the names of the fields that changed."""
    if unknown := set(facts) - known:
        raise TypeError(f"{type(row).__name__} has no {', '.join(sorted(unknown))}.")
    changed = [name for name, value in facts.items() if getattr(row, name) != value]
    for name in changed:
        setattr(row, name, facts[name])
    check(row)
    if changed:
        row.save(update_fields=changed)
    return changed


def words(fields: list[str]) -> str:
    return ", ".join(field.replace("_", " ") for field in fields)


def delete(row: Model, name: str) -> None:
    try:
        row.delete()
    except ProtectedError:
        raise WrongState(gettext("%(name)s is used by a role, and stays.") % {"name": name}) from None
