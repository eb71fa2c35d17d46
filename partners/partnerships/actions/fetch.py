"""Fetching the partnership that an action changes, locked."""

from ats.accounts.models import User
from ats.kernel.access import get_for, lock
from ats.kernel.errors import WrongState
from ats.kernel.staff_words import gettext
from partners.partnerships.models import Agreement, Partnership, PartnershipState
from requisitions.models import Requisition


def fetch(partnership_id: int, by: User) -> Partnership:
    """The partnership after its role, which an agreement may change, and under which it changes hands."""
    place = Partnership.objects.filter(pk=partnership_id).values_list("requisition", flat=True).first()
    lock(Requisition, place or 0)
    rows = Partnership.objects.select_related("requisition__organisation", "requisition__recruiter")
    partnership = get_for(rows, partnership_id, user=by, permission="partners.agree", for_update=True)
    if partnership.state == PartnershipState.CLOSED:
        raise WrongState(gettext("This role has ended, and its partnership with it."))
    return partnership


def lock_of(requisition_id: int) -> Partnership | None:
    rows = Partnership.objects.filter(requisition=requisition_id).prefetch_related("requisition")
    return rows.select_for_update(no_key=True).first()


def newest_agreement(partnership: Partnership) -> Agreement:
    return partnership.agreements.prefetch_related("terms").order_by("-version")[0]
