"""Every write about departments."""

from datetime import datetime

from django.db import transaction

from ats.accounts.models import User
from ats.activity.record import record
from ats.organisation.actions.write import change, check, delete, locked, permit
from ats.organisation.models import Department, HiringOrganisation


@transaction.atomic
def add_department(*, organisation_id: int, name: str, by: User, now: datetime) -> Department:
    permit(by)
    department = Department(organisation=locked(HiringOrganisation, organisation_id), name=name.strip())
    check(department)
    department.save()
    record("department.added", subject=department, by=by, now=now, data={"name": department.name})
    return department


@transaction.atomic
def rename_department(*, department_id: int, name: str, by: User, now: datetime) -> Department:
    permit(by)
    department = locked(Department, department_id)
    before = department.name
    if change(department, {"name": name.strip()}, frozenset({"name"})):
        data = {"before": before, "name": department.name}
        record("department.renamed", subject=department, by=by, now=now, data=data)
    return department


@transaction.atomic
def remove_department(*, department_id: int, by: User, now: datetime) -> int:
    """Remove one that no role uses; the number of its organisation."""
    permit(by)
    department = locked(Department, department_id)
    record("department.removed", subject=department, by=by, now=now, data={"name": department.name})
    delete(department, department.name)
    return department.organisation_id
