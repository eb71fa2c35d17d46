"""Proposing the terms of an agreement, and accepting them."""

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction

from ats.accounts.models import User
from ats.activity.record import CanAct, record
from ats.kernel.errors import Conflict, Invalid, WrongState
from ats.kernel.languages import ours
from ats.kernel.staff_words import gettext
from partners.partnerships import mails
from partners.partnerships.actions.fetch import fetch, lock_of, newest_agreement
from partners.partnerships.domain.terms import DEFAULTS, LONGEST, offered, sides_of
from partners.partnerships.models import (
    MOST_GRACE,
    Agreement,
    AgreementState,
    Partnership,
    PartnershipState,
    PartnerSide,
    Term,
)
from partners.partnerships.rules import binds


@transaction.atomic
def accept(*, partnership_id: int, version: int, by: User, now: datetime) -> Agreement:
    """Accept the proposed agreement in the name of one's side; once both have, it is in force.

    `version` is the one that was read: where another was proposed meanwhile, nothing is accepted (Conflict).
    """
    partnership = fetch(partnership_id, by)
    agreement = newest_agreement(partnership)
    if agreement.version != version:
        raise Conflict(gettext("Another version was proposed meanwhile: please read that one."))
    if agreement.state != AgreementState.PROPOSED:
        raise WrongState(gettext("Both of you have accepted this already."))
    sides = [side for side in PartnerSide if side in binds(by, partnership.requisition)]
    open_sides = [side for side in sides if getattr(agreement, f"{side}_accepted_at") is None]
    if not open_sides:
        raise WrongState(gettext("You have accepted this already; the other side has not yet."))
    for side in open_sides:
        setattr(agreement, f"{side}_accepted_at", now)
        setattr(agreement, f"{side}_accepted_by", by)
    _put_in_force(agreement)
    signed = [f"{side}_accepted_{what}" for side in open_sides for what in ("at", "by")]
    agreement.save(update_fields=["state", *signed])
    for side in open_sides:
        _record_accepted(agreement, side, by=by, now=now)
    return agreement


@transaction.atomic
def propose(
    *,
    partnership_id: int,
    times: Mapping[str, int],
    version: int,
    by: User,
    now: datetime,
    grace: int | None = None,
) -> Agreement:
    """Propose other times, accepted by the own side with that; the other side is asked.

    `times` by term, in what it counts, and the `grace` in working days (None: as it is); `version` is the one
    that was read. What is in force stays so until
    both have accepted.
    """
    partnership = fetch(partnership_id, by)
    newest = newest_agreement(partnership)
    if newest.version != version:
        raise Conflict(gettext("Another version was proposed meanwhile: please read that one."))
    checked = _checked(times)
    grace = newest.grace_days if grace is None else grace
    if not 0 <= grace <= MOST_GRACE:
        raise Invalid(
            gettext("Choose from 0 to %(MOST_GRACE)s working days.") % {"MOST_GRACE": MOST_GRACE},
            field="grace",
        )
    same = {term.kind: term.time for term in newest.terms.all()}
    if (checked, grace) == (same, newest.grace_days):
        raise Invalid(gettext("Nothing is different from what is proposed already: accept that instead."))
    sides = binds(by, partnership.requisition)
    accepted = dict.fromkeys(sides, by)
    agreement = write_proposal(partnership, times=checked, grace=grace, by=by, now=now, accepted=accepted)
    mails.invite(agreement, now=now)
    return agreement


@transaction.atomic
def renew(*, requisition_id: int, by: CanAct | None, now: datetime) -> Agreement | None:
    """Another person stands on one side: they are asked to accept the same terms; None if nobody has changed.

    What is in force stays so meanwhile. The side that did not change need not accept again.
    """
    partnership = lock_of(requisition_id)
    if partnership is None or partnership.state == PartnershipState.CLOSED:
        return None
    newest = newest_agreement(partnership)
    staying = _still_accepted(newest)
    if newest.state == AgreementState.ACCEPTED and len(staying) == len(PartnerSide):
        return None
    times = {term.kind: term.time for term in newest.terms.all()}
    grace = newest.grace_days
    agreement = write_proposal(partnership, times=times, grace=grace, by=None, now=now, accepted=staying)
    mails.invite(agreement, now=now)
    return agreement


def _checked(times: Mapping[str, int]) -> dict[str, int]:
    """In the order of the terms. What is left out is not promised, but either side promises something."""
    if unknown := set(times) - set(offered()):
        raise Invalid(gettext("This cannot be promised: %(what)s.") % {"what": ", ".join(sorted(unknown))})
    for code, number in times.items():
        if not 1 <= number <= LONGEST:
            raise Invalid(
                gettext("Choose from 1 to %(most)s.") % {"most": DEFAULTS[code].unit.counted(LONGEST)},
                field=code,
            )
    if sides_of(times) != set(PartnerSide):
        raise Invalid(gettext("An agreement takes two: each side promises something."))
    return {code: times[code] for code in DEFAULTS if code in times}


def write_proposal(
    partnership: Partnership,
    *,
    times: Mapping[str, int],
    grace: int,
    by: User | None,
    now: datetime,
    accepted: Mapping[PartnerSide, User] | None = None,
) -> Agreement:
    """A new version; one that was only proposed before makes way for it."""
    earlier = partnership.agreements.order_by("-version").values_list("version", flat=True).first() or 0
    partnership.agreements.filter(state=AgreementState.PROPOSED).update(state=AgreementState.SUPERSEDED)
    agreement = Agreement(partnership=partnership, version=earlier + 1, proposed_by=by, grace_days=grace)
    for side, person in (accepted or {}).items():
        setattr(agreement, f"{side}_accepted_at", now)
        setattr(agreement, f"{side}_accepted_by", person)
    _put_in_force(agreement)
    agreement.save()
    Term.objects.bulk_create(
        Term(agreement=agreement, kind=code, side=DEFAULTS[code].side, time=number)
        for code, number in times.items()
    )
    data = {"version": agreement.version, "times": dict(times), "grace": grace}
    record("agreement.proposed", subject=agreement, by=by, now=now, data=data)
    for side in accepted or {}:
        _record_accepted(agreement, side, by=(accepted or {})[side], now=now)
    return agreement


def _put_in_force(agreement: Agreement) -> None:
    """Where both have accepted, this one binds and the one before it no longer does."""
    if agreement.recruiter_accepted_at is None or agreement.manager_accepted_at is None:
        return
    in_force = agreement.partnership.agreements.filter(state=AgreementState.ACCEPTED)
    in_force.update(state=AgreementState.SUPERSEDED)
    agreement.state = AgreementState.ACCEPTED


def _still_accepted(agreement: Agreement) -> dict[PartnerSide, User]:
    """Who of those that accepted still leads their side."""
    requisition = agreement.partnership.requisition
    leaders = {
        PartnerSide.RECRUITER: requisition.recruiter,
        PartnerSide.MANAGER: requisition.hiring_manager,
    }
    staying = {}
    for side in PartnerSide:
        person = getattr(agreement, f"{side}_accepted_by")
        if person is not None and person == leaders[side]:
            staying[side] = person
    return staying


def _record_accepted(agreement: Agreement, side: str, *, by: User, now: datetime) -> None:
    data = {
        "version": agreement.version,
        "side": side,
        "side_label": ours(str)(PartnerSide(side).label).lower(),
        "in_force": agreement.state == AgreementState.ACCEPTED,
    }
    record("agreement.accepted", subject=agreement, by=by, now=now, data=data)
