"""Who signs the briefs of an organisation, and within how long."""

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction

from ats.accounts.domain import sides
from ats.accounts.models import User
from ats.activity.record import record
from ats.kernel.access import lock, lock_all
from ats.kernel.errors import Invalid, Missing, NotAllowed
from ats.kernel.kept import kept
from ats.kernel.languages import ours
from ats.kernel.staff_words import gettext
from ats.organisation.models import HiringOrganisation
from partners.alignment.actions.ask import hand_on, void
from partners.alignment.models import MOST_DAYS, Signature, Signer, SigningFunction, SigningRules
from partners.alignment.queries.people import rules_of, signers_of
from partners.alignment.rules import NAME
from partners.partnerships.models import Partnership, PartnershipState
from requisitions.models import Requisition

LIMITS = f"Give from 1 to {MOST_DAYS} working days."


@transaction.atomic
def name_signers(
    *,
    organisation_id: int,
    people: Mapping[str, int | None],
    sign_days: int,
    decide_days: int,
    waits: bool,
    by: User,
    now: datetime,
) -> SigningRules:
    """Make these sign, by function; nobody for a function: it is not asked.

    Briefs that are settled from here on ask them. Who is asked already and signs no longer is relieved: their
    successor is asked instead, or nobody. Adverts wait for the signed brief in roles that open from now on.
    """
    organisation = _permitted(organisation_id, by)
    _hold_roles(organisation)
    for name, days in (("sign_days", sign_days), ("decide_days", decide_days)):
        if not 1 <= days <= MOST_DAYS:
            raise Invalid(LIMITS, field=name)
    before = signers_of(organisation.pk)
    chosen = {
        function: _person(people.get(function), organisation_id, function, before)
        for function in SigningFunction
    }
    changed = [function for function in SigningFunction if _of(before, function) != chosen[function]]
    for function in changed:
        _name(organisation, function, chosen[function], days=sign_days, by=by, now=now)
    found = rules_of(organisation.pk)
    days_changed = (found.sign_days, found.decide_days) != (sign_days, decide_days)
    found.sign_days, found.decide_days = sign_days, decide_days
    is_waiting = waits and any(chosen.values())
    gate_changed = is_waiting != (found.since is not None)
    if gate_changed:
        found.since = now if is_waiting else None
    found.waits = waits
    found.save()
    if said := _in_words(changed, chosen, days=days_changed, gate=gate_changed, found=found):
        data = {"name": organisation.name, "what": said}
        record("signing.changed", subject=found, by=by, now=now, data=data)
    return found


def _permitted(organisation_id: int, by: User) -> HiringOrganisation:
    if not by.has_perm(NAME):
        raise NotAllowed(gettext("Only administrators name who signs."))
    lock(HiringOrganisation, organisation_id)
    organisation = HiringOrganisation.objects.filter(pk=organisation_id).first()
    if organisation is None:
        raise Missing(gettext("There is no organisation with this number."))
    return organisation


def _hold_roles(organisation: HiringOrganisation) -> None:
    """The roles whose signatures may change hands, and their partnerships after them."""
    rows = Signature.objects.open().filter(version__partnership__requisition__organisation=organisation)
    found = set(rows.values_list("version__partnership__requisition", "version__partnership"))
    lock_all(Requisition, {role for role, _ in found})
    lock_all(Partnership, {partnership for _, partnership in found})


def _person(
    number: int | None, organisation: int, function: str, before: Mapping[SigningFunction, Signer]
) -> User | None:
    """Somebody with access; who has none any more may stay named, so that it is seen."""
    if not number:
        return None
    person = User.objects.filter(pk=number).first()
    stays = _of(before, SigningFunction(function)) == person
    if person is None or not (person.is_active or stays):
        raise Invalid(gettext("Choose somebody who signs in here."), field=function)
    if not stays:
        sides.check(person, organisation, field=function)
    return person


def _of(signers: Mapping[SigningFunction, Signer], function: SigningFunction) -> User | None:
    return signers[function].person if function in signers else None


def _name(
    organisation: HiringOrganisation,
    function: SigningFunction,
    person: User | None,
    *,
    days: int,
    by: User,
    now: datetime,
) -> None:
    waiting = Signature.objects.open().filter(
        function=function,
        version__partnership__requisition__organisation=organisation,
        version__partnership__state=PartnershipState.ACTIVE,
    )
    whole = "version__partnership__requisition__organisation__calendar"
    rows = list(waiting.select_related(whole, "person").order_by("pk"))
    if person is None:
        Signer.objects.filter(organisation=organisation, function=function).delete()
        void(rows, why="nobody signs for it any more", by=by, now=now)
        return
    Signer.objects.update_or_create(organisation=organisation, function=function, defaults={"person": person})
    hand_on(rows, person, days=days, by=by, now=now)


def _in_words(
    changed: list[SigningFunction],
    chosen: Mapping[SigningFunction, User | None],
    *,
    days: bool,
    gate: bool,
    found: SigningRules,
) -> str:
    said = [f"{ours(str)(function.label)}: {chosen[function] or 'nobody'}" for function in changed]
    if days:
        said.append(kept(f"{found.sign_days} working days to sign, {found.decide_days} to decide"))
    if gate:
        said.append(
            kept("adverts wait for the signed brief") if found.since else kept("adverts wait for nothing")
        )
    return "; ".join(said)
