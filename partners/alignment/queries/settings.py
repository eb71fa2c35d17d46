"""What the settings page about signing shows."""

from collections import defaultdict
from dataclasses import dataclass

from ats.accounts.models import User
from ats.kernel.staff_words import gettext
from ats.organisation.models import HiringOrganisation
from partners.alignment.models import Signature, Signer, SigningFunction, SigningRules
from partners.partnerships.models import PartnershipState


@dataclass(frozen=True)
class OfOrganisation:
    """How signing goes in one organisation."""

    organisation: HiringOrganisation
    rules: SigningRules
    signers: list[Signer]
    people: list[tuple[int, str]]
    """Who can be named: everybody with access, and whoever is named and has none any more."""
    waiting: int
    """How many briefs are being asked about."""

    @property
    def gone(self) -> list[Signer]:
        return [row for row in self.signers if not row.person.is_active]

    @property
    def unnamed(self) -> list[str]:
        named = {row.function for row in self.signers}
        return [str(function.label) for function in SigningFunction if function.value not in named]

    @property
    def initial(self) -> dict[str, object]:
        named: dict[str, object] = {row.function: row.person_id for row in self.signers}
        rules = self.rules
        days = {"sign_days": rules.sign_days, "decide_days": rules.decide_days, "waits": rules.waits}
        return named | days


def by_organisation() -> list[OfOrganisation]:
    """Of every organisation that hires, by name; four queries."""
    people = [(user.pk, str(user)) for user in User.objects.filter(is_active=True).order_by("name", "pk")]
    signers: dict[int, list[Signer]] = defaultdict(list)
    for row in Signer.objects.select_related("person").order_by("pk"):
        signers[row.organisation_id].append(row)
    waiting: dict[int, int] = defaultdict(int)
    place = "version__partnership__requisition__organisation"
    asked = Signature.objects.open().filter(version__partnership__state=PartnershipState.ACTIVE)
    for number in asked.values_list(place, flat=True):
        waiting[number] += 1
    rows = HiringOrganisation.objects.filter(is_active=True).select_related("signing_rules").order_by("name")
    return [
        OfOrganisation(
            organisation=row,
            rules=row.signing_rules if hasattr(row, "signing_rules") else SigningRules(organisation=row),
            signers=signers[row.pk],
            people=people + _without_access(signers[row.pk]),
            waiting=waiting[row.pk],
        )
        for row in rows
    ]


def _without_access(signers: list[Signer]) -> list[tuple[int, str]]:
    return [
        (row.person_id, gettext("%(person)s (no access)") % {"person": row.person})
        for row in signers
        if not row.person.is_active
    ]
