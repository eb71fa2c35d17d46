"""Fetching what an action changes, locked after its partnership."""

from ats.accounts.models import User
from ats.kernel.access import get_for, lock
from partners.corrections.models import CourseCorrection
from partners.corrections.rules import CORRECT
from partners.partnerships.models import Partnership

OF_PARTNERSHIP = (
    "requisition__organisation__calendar",
    "requisition__recruiter",
    "requisition__hiring_manager",
)
WHOLE = tuple(f"partnership__{name}" for name in OF_PARTNERSHIP)


def fetch(correction_id: int, by: User) -> CourseCorrection:
    """The correction after its partnership, under which all of a partnership's corrections change."""
    place = CourseCorrection.objects.filter(pk=correction_id).values_list("partnership", flat=True).first()
    lock(Partnership, place or 0)
    rows = CourseCorrection.objects.select_related(*WHOLE)
    return get_for(rows, correction_id, user=by, permission=CORRECT, for_update=True)
