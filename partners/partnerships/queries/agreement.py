"""What the agreement's pages show."""

from dataclasses import dataclass
from datetime import datetime

from django.forms import BoundField, Form

from ats.accounts.models import User
from ats.kernel.access import get_for
from ats.organisation.models import HiringOrganisation
from partners.partnerships.domain.house import HouseTerms
from partners.partnerships.domain.terms import DEFAULTS, Default, grace_in_words, not_yet, offered
from partners.partnerships.models import Agreement, AgreementState, Partnership, PartnerSide
from partners.partnerships.rules import binds


@dataclass(frozen=True)
class SideOfAgreement:
    """What one side promises in this version, and whether it has accepted."""

    side: PartnerSide
    person: User | None
    terms: list[tuple[str, str]]
    """What is owed, and within how long."""
    accepted_at: datetime | None
    accepted_by: User | None


@dataclass(frozen=True)
class AgreementPage:
    """The newest version, and the one in force where that is another."""

    newest: Agreement
    in_force: Agreement | None
    sides: list[SideOfAgreement]
    may_accept: bool
    may_propose: bool
    grace: str
    """What it says about a time that has just run out."""
    missing: list[str]
    """What can be promised and is not part of it: made before there was such a term, or left out by both."""
    not_yet: list[str]
    """What nobody can measure yet."""

    @property
    def binds(self) -> bool:
        return self.newest.state == AgreementState.ACCEPTED


def agreement_page(partnership: Partnership, user: User) -> AgreementPage:
    """Two queries."""
    agreements = list(
        partnership.agreements.select_related("recruiter_accepted_by", "manager_accepted_by", "proposed_by")
        .prefetch_related("terms")
        .order_by("-version")
    )
    newest = agreements[0]
    mine = binds(user, partnership.requisition)
    live = partnership.state == "active"
    return AgreementPage(
        newest=newest,
        in_force=next((row for row in agreements if row.state == AgreementState.ACCEPTED), None),
        sides=[_side(newest, side, partnership) for side in PartnerSide],
        may_accept=live
        and newest.state == AgreementState.PROPOSED
        and any(getattr(newest, f"{side}_accepted_at") is None for side in mine),
        may_propose=live and bool(mine),
        grace=grace_in_words(newest.grace_days),
        missing=_missing(newest),
        not_yet=[str(default.what) for default in not_yet()],
    )


def _missing(agreement: Agreement) -> list[str]:
    promised = {term.kind for term in agreement.terms.all()}
    return [str(default.what) for code, default in offered().items() if code not in promised]


def _side(agreement: Agreement, side: PartnerSide, partnership: Partnership) -> SideOfAgreement:
    times = {term.kind: term.time for term in agreement.terms.all()}
    requisition = partnership.requisition
    return SideOfAgreement(
        side=side,
        person=requisition.recruiter if side == PartnerSide.RECRUITER else requisition.hiring_manager,
        terms=[
            (str(default.what), default.within(times[code]))
            for code, default in DEFAULTS.items()
            if default.side == side and code in times
        ],
        accepted_at=getattr(agreement, f"{side}_accepted_at"),
        accepted_by=getattr(agreement, f"{side}_accepted_by"),
    )


def to_propose(user: User, partnership_id: int) -> tuple[Partnership, Agreement]:
    """The partnership that this person leads a side of, and the version to change."""
    rows = Partnership.objects.select_related(
        "requisition", "requisition__recruiter", "requisition__hiring_manager"
    )
    partnership = get_for(rows, partnership_id, user=user, permission="partners.agree")
    return partnership, partnership.agreements.prefetch_related("terms").order_by("-version")[0]


def whom_to_write(user: User, partnership_id: int) -> tuple[Partnership, list[tuple[int, str]]]:
    """The partnership, and who else is on the team of its role, by number and name; the manager first."""
    rows = Partnership.objects.select_related("requisition__organisation")
    partnership = get_for(rows, partnership_id, user=user, permission="partners.view_partnership")
    team = User.objects.filter(is_active=True, memberships__requisition=partnership.requisition_id)
    people = list(team.exclude(pk=user.pk).distinct().order_by("name", "pk"))
    people.sort(key=lambda person: person.pk != partnership.requisition.hiring_manager_id)
    return partnership, [(person.pk, str(person)) for person in people]


def fields_by_side(form: Form) -> list[tuple[PartnerSide, list[tuple[BoundField, Default]]]]:
    return [
        (side, [(form[code], default) for code, default in offered().items() if default.side == side])
        for side in PartnerSide
    ]


def house_rules() -> list[tuple[HiringOrganisation, HouseTerms]]:
    """What agreements of every organisation that hires propose, by name."""
    rows = HiringOrganisation.objects.filter(is_active=True).select_related("partnership_rules")
    return [(row, terms_of(row)) for row in rows.order_by("name")]


def terms_of(organisation: HiringOrganisation) -> HouseTerms:
    if not hasattr(organisation, "partnership_rules"):
        return HouseTerms()
    said = organisation.partnership_rules
    return HouseTerms(
        grace_days=said.grace_days,
        nudge_hours=said.nudge_hours,
        escalate_days=said.escalate_days,
        meet_missed=said.meet_missed,
        meet_dry_days=said.meet_dry_days,
        times=said.times,
    )
