"""A partnership begins, ends, and is taken up again with its role."""

from datetime import datetime

from django.db import transaction

from ats.activity.models import Activity
from ats.activity.record import CanAct, record
from partners.partnerships import mails
from partners.partnerships.actions.change_house import rules_of
from partners.partnerships.actions.fetch import lock_of
from partners.partnerships.actions.propose import write_proposal
from partners.partnerships.domain import intake
from partners.partnerships.models import Partnership, PartnershipState
from requisitions.models import Requisition


@transaction.atomic
def begin(*, requisition: Requisition, now: datetime, by: CanAct | None = None) -> Partnership:
    """The partnership of a role that opens, with the house's defaults as its proposed agreement; once."""
    partnership, created = Partnership.objects.get_or_create(
        requisition=requisition, defaults={"started_at": now}
    )
    if created:
        record("partnership.begun", subject=partnership, by=by, now=now)
        rules = rules_of(requisition.organisation_id)
        agreement = write_proposal(
            partnership, times=rules.proposed(), grace=rules.grace_days, by=None, now=now
        )
        mails.invite(agreement, now=now)
        note_intake(requisition_id=requisition.pk, by=by, now=now)
    return partnership


@transaction.atomic
def close(*, requisition_id: int, why: str, by: CanAct | None, now: datetime) -> Partnership | None:
    """The role has ended, and with it what its partners owe each other from here on."""
    partnership = lock_of(requisition_id)
    if partnership is None or partnership.state == PartnershipState.CLOSED:
        return None
    partnership.state, partnership.closed_at = PartnershipState.CLOSED, now
    partnership.save(update_fields=["state", "closed_at"])
    record("partnership.closed", subject=partnership, by=by, now=now, data={"why": why})
    return partnership


@transaction.atomic
def resume(*, requisition_id: int, why: str, by: CanAct | None, now: datetime) -> Partnership | None:
    """The role is looked for again, and its partners owe each other again what they agreed."""
    partnership = lock_of(requisition_id)
    if partnership is None or partnership.state == PartnershipState.ACTIVE:
        return None
    partnership.state, partnership.closed_at = PartnershipState.ACTIVE, None
    partnership.save(update_fields=["state", "closed_at"])
    record("partnership.resumed", subject=partnership, by=by, now=now, data={"why": why})
    return partnership


@transaction.atomic
def note_intake(*, requisition_id: int, by: CanAct | None, now: datetime) -> Activity | None:
    """Put on record, once, that the role now says all that the recruiter needs."""
    partnership = Partnership.objects.select_related("requisition").filter(requisition=requisition_id).first()
    if partnership is None or intake.missing(partnership.requisition):
        return None
    lock_of(requisition_id)
    if Activity.objects.filter(requisition_id=requisition_id, verb="intake.given").exists():
        return None
    return record("intake.given", subject=partnership, by=by, now=now)
