"""Laying who has to approve what."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from ats.accounts.models import User
from ats.activity.record import record
from ats.approvals.domain import kinds
from ats.approvals.domain.chains import NOBODY, Wanted, in_words, made
from ats.approvals.domain.kinds import ApprovalKind
from ats.approvals.models import ApprovalChain, ApprovalStep
from ats.kernel.access import lock
from ats.kernel.errors import Invalid, Missing, NotAllowed
from ats.kernel.staff_words import gettext
from ats.organisation.models import HiringOrganisation

MANAGE = "ats.manage_approvals"
MOST_HOURS = 400


@transaction.atomic
def lay(
    *,
    kind: str,
    organisation: HiringOrganisation | None,
    steps: Sequence[Wanted],
    hours: int,
    mail_links: bool,
    by: User,
    now: datetime,
) -> ApprovalChain:
    """Make these the steps for a kind, everywhere or in one organisation; what waits already goes on as it is."""
    declared = _permitted(kind, by)
    if not 1 <= hours <= MOST_HOURS:
        raise Invalid(
            gettext("Give a number from 1 to %(MOST_HOURS)s.") % {"MOST_HOURS": MOST_HOURS}, field="hours"
        )
    rows = made(steps, declared)
    chain, _ = ApprovalChain.objects.get_or_create(kind=kind, organisation=organisation)
    lock(ApprovalChain, chain.pk)
    chain.hours, chain.mail_links = hours, mail_links
    chain.save(update_fields=["hours", "mail_links"])
    chain.steps.all().delete()
    for row in rows:
        row.chain = chain
    ApprovalStep.objects.bulk_create(rows)
    _record(chain, declared, in_words(rows, declared), by=by, now=now)
    return chain


@transaction.atomic
def drop(*, kind: str, organisation: HiringOrganisation | None, by: User, now: datetime) -> None:
    """An organisation follows the house again; without the house's own chain nobody has to approve."""
    declared = _permitted(kind, by)
    chain = ApprovalChain.objects.filter(kind=kind, organisation=organisation).first()
    if chain is None:
        raise Missing(gettext("There is no such chain."))
    _record(chain, declared, "as for everybody" if organisation else NOBODY, by=by, now=now)
    chain.delete()


def _permitted(kind: str, by: User) -> ApprovalKind:
    if not by.has_perm(MANAGE):
        raise NotAllowed(gettext("Only administrators say who approves what."))
    if kind not in kinds.known():
        raise Missing(gettext("There is no such kind of approval."))
    return kinds.get(kind)


def _record(chain: ApprovalChain, kind: ApprovalKind, steps: str, *, by: User, now: datetime) -> None:
    where = str(chain.organisation) if chain.organisation else "everywhere"
    data = {"what": kind.label.lower(), "where": where, "steps": steps}
    record("approval.chain_changed", subject=chain, by=by, now=now, data=data)
