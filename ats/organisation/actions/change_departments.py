"""Every write about departments."""

from datetime import datetime
from enum import Enum

from django.db import transaction

from ats.accounts.models import User
from ats.activity.record import CanAct, record
from ats.kernel.errors import Invalid
from ats.kernel.staff_words import gettext
from ats.organisation.actions.write import change, check, delete, locked, permit
from ats.organisation.models import Department, HiringOrganisation


class Keep(Enum):
    """Said instead of a head: whoever it is stays."""

    KEEP = "keep"


KEEP = Keep.KEEP


@transaction.atomic
def add_department(*, organisation_id: int, name: str, by: User, now: datetime) -> Department:
    permit(by)
    department = Department(organisation=locked(HiringOrganisation, organisation_id), name=name.strip())
    check(department)
    department.save()
    record("department.added", subject=department, by=by, now=now, data={"name": department.name})
    return department


@transaction.atomic
def change_department(
    *, department_id: int, name: str, by: User, now: datetime, head_id: int | Keep | None = KEEP
) -> Department:
    """Give it another name, another head, or none; whoever heads it already may stay."""
    permit(by)
    department = locked(Department, department_id)
    before = department.name
    if change(department, {"name": name.strip()}, frozenset({"name"})):
        data = {"before": before, "name": department.name}
        record("department.renamed", subject=department, by=by, now=now, data=data)
    if not isinstance(head_id, Keep) and head_id != department.head_id:
        _put_head(department, _somebody(head_id), by=by, now=now)
    return department


def _somebody(head_id: int | None) -> User | None:
    head = User.objects.filter(pk=head_id, is_active=True).first()
    if head_id is not None and head is None:
        raise Invalid(gettext("Choose somebody who has access."), field="head")
    return head


@transaction.atomic
def leave_headless(*, user_id: int, by: CanAct | None, now: datetime) -> None:
    """Who has no access any more heads nothing."""
    rows = Department.objects.filter(head=user_id).order_by("pk")
    for department in rows.select_for_update(of=("self",), no_key=True):
        _put_head(department, None, by=by, now=now)


def _put_head(department: Department, head: User | None, *, by: CanAct | None, now: datetime) -> None:
    department.head = head
    department.save(update_fields=["head"])
    verb = "department.headed" if head else "department.headless"
    data = {"name": department.name} | ({"head": str(head)} if head else {})
    record(verb, subject=department, by=by, now=now, data=data)


@transaction.atomic
def remove_department(*, department_id: int, by: User, now: datetime) -> int:
    """Remove one that no role uses; the number of its organisation."""
    permit(by)
    department = locked(Department, department_id)
    record("department.removed", subject=department, by=by, now=now, data={"name": department.name})
    delete(department, department.name)
    return department.organisation_id
