"""Fetching the check-in that an action changes, with all that it needs."""

from ats.accounts.models import User
from ats.kernel.access import get_for, lock
from ats.organisation.models import WorkingCalendar
from partners.checkins.models import CheckIn
from partners.partnerships.models import Partnership

WHOLE = (
    "partnership__requisition__organisation__calendar",
    "partnership__requisition__recruiter",
    "partnership__requisition__hiring_manager",
)


def whole(check_in: CheckIn) -> CheckIn:
    """With what the agenda needs; the caller holds its partnership."""
    return CheckIn.objects.select_related(*WHOLE).get(pk=check_in.pk)


def fetch(check_in_id: int, by: User) -> CheckIn:
    """The check-in after its partnership, under which all of a partnership's check-ins change."""
    place = CheckIn.objects.filter(pk=check_in_id).values_list("partnership", flat=True).first()
    lock(Partnership, place or 0)
    rows = CheckIn.objects.select_related(*WHOLE)
    return get_for(rows, check_in_id, user=by, permission="partners.hold_check_in", for_update=True)


def calendar_of(check_in: CheckIn) -> WorkingCalendar:
    return check_in.partnership.requisition.organisation.calendar
