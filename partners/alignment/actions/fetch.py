"""Fetching what an action changes: its role first, then its partnership, then the row itself, as everywhere."""

from ats.accounts.models import User
from ats.kernel.access import get_for, lock
from ats.organisation.models import own_days
from partners.alignment.models import Contradiction, Signature
from partners.partnerships.models import Partnership
from requisitions.models import Requisition

ROWS = (
    "requisition__organisation__calendar",
    "requisition__department__head",
    "requisition__recruiter",
    "requisition__hiring_manager",
)


def hold(partnership_id: int) -> Partnership | None:
    """The partnership with its role, both locked; None where there is none."""
    place = Partnership.objects.filter(pk=partnership_id).values_list("requisition", flat=True).first()
    if place is None:
        return None
    lock(Requisition, place)
    lock(Partnership, partnership_id)
    days_off = own_days("requisition__organisation__calendar")
    rows = Partnership.objects.select_related(*ROWS).annotate(own_days=days_off)
    partnership = rows.get(pk=partnership_id)
    partnership.requisition.organisation.calendar.know_days(partnership)
    return partnership


def signature(signature_id: int, by: User, permission: str) -> Signature:
    """For somebody who may, with its partnership held."""
    rows = Signature.objects.filter(pk=signature_id)
    held = hold(rows.values_list("version__partnership", flat=True).first() or 0)
    kept = Signature.objects.select_related("person", "version")
    found = get_for(kept, signature_id, user=by, permission=permission, for_update=True)
    if held is not None:
        found.version.partnership = held
    return found


def contradiction(contradiction_id: int, by: User, permission: str) -> Contradiction:
    """For somebody who may, with its partnership held."""
    rows = Contradiction.objects.filter(pk=contradiction_id)
    held = hold(rows.values_list("partnership", flat=True).first() or 0)
    kept = Contradiction.objects.select_related(
        "decider", *(f"partnership__{name}" for name in ROWS if "organisation" not in name)
    )
    found = get_for(kept, contradiction_id, user=by, permission=permission, for_update=True)
    if held is not None:
        found.partnership = held
    return found
