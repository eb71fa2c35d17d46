"""Every write to a partnership and its agreement."""

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction

from ats.accounts.models import User
from ats.activity.models import Activity
from ats.activity.record import CanAct, record
from ats.kernel.access import get_for, lock
from ats.kernel.errors import Conflict, Invalid, Missing, NotAllowed, WrongState
from ats.organisation.models import HiringOrganisation
from partners.partnerships import intake, invitations
from partners.partnerships.defaults import DEFAULTS, LONGEST, grace_in_words
from partners.partnerships.models import (
    GRACE,
    MOST_GRACE,
    Agreement,
    AgreementState,
    HouseRules,
    Partnership,
    PartnershipState,
    PartnerSide,
    Term,
)
from partners.partnerships.rules import SET_RULES, binds
from requisitions.models import Requisition


@transaction.atomic
def begin(*, requisition: Requisition, now: datetime, by: CanAct | None = None) -> Partnership:
    """The partnership of a role that opens, with the house's defaults as its proposed agreement; once."""
    partnership, created = Partnership.objects.get_or_create(
        requisition=requisition, defaults={"started_at": now}
    )
    if created:
        record("partnership.begun", subject=partnership, by=by, now=now)
        times = {code: default.time for code, default in DEFAULTS.items()}
        grace = grace_of(requisition.organisation_id)
        agreement = _propose(partnership, times=times, grace=grace, by=None, now=now)
        invitations.invite(agreement, now=now)
        note_intake(requisition_id=requisition.pk, by=by, now=now)
    return partnership


@transaction.atomic
def close(*, requisition_id: int, why: str, by: CanAct | None, now: datetime) -> Partnership | None:
    """The role has ended, and with it what its partners owe each other from here on."""
    partnership = _lock(requisition_id)
    if partnership is None or partnership.state == PartnershipState.CLOSED:
        return None
    partnership.state, partnership.closed_at = PartnershipState.CLOSED, now
    partnership.save(update_fields=["state", "closed_at"])
    record("partnership.closed", subject=partnership, by=by, now=now, data={"why": why})
    return partnership


@transaction.atomic
def resume(*, requisition_id: int, why: str, by: CanAct | None, now: datetime) -> Partnership | None:
    """The role is looked for again, and its partners owe each other again what they agreed."""
    partnership = _lock(requisition_id)
    if partnership is None or partnership.state == PartnershipState.ACTIVE:
        return None
    partnership.state, partnership.closed_at = PartnershipState.ACTIVE, None
    partnership.save(update_fields=["state", "closed_at"])
    record("partnership.resumed", subject=partnership, by=by, now=now, data={"why": why})
    return partnership


@transaction.atomic
def accept(*, partnership_id: int, version: int, by: User, now: datetime) -> Agreement:
    """Accept the proposed agreement in the name of one's side; once both have, it is in force.

    `version` is the one that was read: where another was proposed meanwhile, nothing is accepted (Conflict).
    """
    partnership = _get(partnership_id, by)
    agreement = _newest(partnership)
    if agreement.version != version:
        raise Conflict("Another version was proposed meanwhile: please read that one.")
    if agreement.state != AgreementState.PROPOSED:
        raise WrongState("Both of you have accepted this already.")
    sides = [side for side in PartnerSide if side in binds(by, partnership.requisition)]
    open_sides = [side for side in sides if getattr(agreement, f"{side}_accepted_at") is None]
    if not open_sides:
        raise WrongState("You have accepted this already; the other side has not yet.")
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
    partnership = _get(partnership_id, by)
    newest = _newest(partnership)
    if newest.version != version:
        raise Conflict("Another version was proposed meanwhile: please read that one.")
    checked = _checked(times)
    grace = newest.grace_days if grace is None else grace
    if not 0 <= grace <= MOST_GRACE:
        raise Invalid(f"Choose from 0 to {MOST_GRACE} working days.", field="grace")
    same = {term.kind: term.time for term in newest.terms.all()}
    if (checked, grace) == (same, newest.grace_days):
        raise Invalid("Nothing is different from what is proposed already: accept that instead.")
    sides = binds(by, partnership.requisition)
    accepted = dict.fromkeys(sides, by)
    agreement = _propose(partnership, times=checked, grace=grace, by=by, now=now, accepted=accepted)
    invitations.invite(agreement, now=now)
    return agreement


@transaction.atomic
def renew(*, requisition_id: int, by: CanAct | None, now: datetime) -> Agreement | None:
    """Another person stands on one side: they are asked to accept the same terms; None if nobody has changed.

    What is in force stays so meanwhile. The side that did not change need not accept again.
    """
    partnership = _lock(requisition_id)
    if partnership is None or partnership.state == PartnershipState.CLOSED:
        return None
    newest = _newest(partnership)
    staying = _still_accepted(newest)
    if newest.state == AgreementState.ACCEPTED and len(staying) == len(PartnerSide):
        return None
    times = {term.kind: term.time for term in newest.terms.all()}
    grace = newest.grace_days
    agreement = _propose(partnership, times=times, grace=grace, by=None, now=now, accepted=staying)
    invitations.invite(agreement, now=now)
    return agreement


@transaction.atomic
def note_intake(*, requisition_id: int, by: CanAct | None, now: datetime) -> Activity | None:
    """Put on record, once, that the role now says all that the recruiter needs."""
    partnership = Partnership.objects.select_related("requisition").filter(requisition=requisition_id).first()
    if partnership is None or intake.missing(partnership.requisition):
        return None
    _lock(requisition_id)
    if Activity.objects.filter(requisition_id=requisition_id, verb="intake.given").exists():
        return None
    return record("intake.given", subject=partnership, by=by, now=now)


def grace_of(organisation_id: int) -> int:
    """The grace that a fresh agreement of this organisation proposes."""
    said = HouseRules.objects.filter(organisation=organisation_id).values_list("grace_days", flat=True)
    return next(iter(said), GRACE)


@transaction.atomic
def set_grace(*, organisation_id: int, days: int, by: User, now: datetime) -> HouseRules:
    """What agreements propose from here on; those that were made keep what they say."""
    if not by.has_perm(SET_RULES):
        raise NotAllowed("Only administrators look after organisations.")
    lock(HiringOrganisation, organisation_id)
    organisation = HiringOrganisation.objects.filter(pk=organisation_id).first()
    if organisation is None:
        raise Missing("There is no organisation with this number.")
    if not 0 <= days <= MOST_GRACE:
        raise Invalid(f"Choose from 0 to {MOST_GRACE} working days.", field="grace")
    found, _ = HouseRules.objects.get_or_create(organisation=organisation)
    if found.grace_days != days:
        found.grace_days = days
        found.save(update_fields=["grace_days", "updated_at"])
        data = {"name": organisation.name, "what": grace_in_words(days)}
        record("agreement.rules_changed", subject=found, by=by, now=now, data=data)
    return found


def _get(partnership_id: int, by: User) -> Partnership:
    """The partnership after its role, which an agreement may change, and under which it changes hands."""
    place = Partnership.objects.filter(pk=partnership_id).values_list("requisition", flat=True).first()
    lock(Requisition, place or 0)
    rows = Partnership.objects.select_related("requisition__organisation", "requisition__recruiter")
    partnership = get_for(rows, partnership_id, user=by, permission="partners.agree", for_update=True)
    if partnership.state == PartnershipState.CLOSED:
        raise WrongState("This role has ended, and its partnership with it.")
    return partnership


def _lock(requisition_id: int) -> Partnership | None:
    rows = Partnership.objects.filter(requisition=requisition_id).prefetch_related("requisition")
    return rows.select_for_update(no_key=True).first()


def _newest(partnership: Partnership) -> Agreement:
    return partnership.agreements.prefetch_related("terms").order_by("-version")[0]


def _checked(times: Mapping[str, int]) -> dict[str, int]:
    if set(times) != set(DEFAULTS):
        raise Invalid("An agreement has a time for every term of both sides.")
    for code, number in times.items():
        if not 1 <= number <= LONGEST:
            raise Invalid(f"Choose from 1 to {DEFAULTS[code].unit.counted(LONGEST)}.", field=code)
    return dict(times)


def _propose(
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
        "side_label": PartnerSide(side).label.lower(),
        "in_force": agreement.state == AgreementState.ACCEPTED,
    }
    record("agreement.accepted", subject=agreement, by=by, now=now, data=data)
