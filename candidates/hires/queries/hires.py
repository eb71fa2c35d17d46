"""What the page and the exports of hires show."""

from django.db.models import F, Q, QuerySet

from ats.accounts.models import User
from ats.kernel.errors import Missing
from ats.kernel.staff_words import gettext
from candidates.hires.models import HireRecord, HireState
from candidates.internal.models import KeptFrom


def _handed_over_by(user: User) -> "QuerySet[HireRecord]":
    """Those of the roles that they lead, which they see for that; to overseers all but of whom they may not know."""
    in_force = KeptFrom.objects.in_force()
    rows = HireRecord.objects.exclude(application__in=in_force.filter(user=user).values("application"))
    if user.oversees:
        return rows
    lead = Q(application__requisition__recruiter=user) | Q(application__requisition__hiring_manager=user)
    return rows.filter(lead | Q(application__in=in_force.filter(stand_in=user).values("application")))


def hires_for(user: User) -> "QuerySet[HireRecord]":
    """The hires that this person may see, who starts last on top."""
    rows = HireRecord.objects.visible_to(user).select_related(
        "application__candidate", "application__requisition__organisation"
    )
    rows = rows.defer("application__candidate__search", "application__submitted", "application__cover_letter")
    return rows.order_by(F("starts_on").desc(nulls_first=True), "-pk")


def new_hires(user: User) -> int:
    """How many come that they may hand over, and nobody has."""
    rows = _handed_over_by(user).filter(exported_at__isnull=True, ended_at__isnull=True)
    return rows.count()


def hire_for(user: User, hire_id: int) -> HireRecord:
    """This hire; `Missing` where it is none of theirs."""
    rows = HireRecord.objects.visible_to(user).select_related(
        "application__candidate", "application__requisition__hiring_manager"
    )
    found = rows.filter(pk=hire_id).first()
    if found is None:
        raise Missing(gettext("No hire with the number %(hire_id)s is visible.") % {"hire_id": hire_id})
    return found


def to_export(user: User, *, only_new: bool) -> list[HireRecord]:
    """Who is handed to the personnel system: whoever comes, oldest first."""
    rows = _handed_over_by(user).filter(state__in=[HireState.EXPECTED, HireState.STARTED])
    if only_new:
        rows = rows.filter(exported_at__isnull=True)
    return list(rows.select_related("application__requisition").order_by("pk"))
