"""Profiles to calibrate on: one's own verdict, and both once both are in."""

from dataclasses import dataclass
from itertools import starmap

from django.db.models import Prefetch, Q

from ats.accounts.models import User
from ats.kernel.staff_words import gettext
from candidates.models import Application
from partners.intake.models import CalibrationVerdict, Profile
from partners.intake.queries.page import Intake
from partners.partnerships.models import PartnerSide
from requisitions.models import Requisition

MOST_TO_CHOOSE = 40


@dataclass(frozen=True)
class Judged:
    """One profile as this person may read it: `both` is empty until both sides have said theirs."""

    number: int
    profile: Profile
    application: Application | None
    """None where it is a sample, or a person that this reader may not see."""
    mine: CalibrationVerdict | None
    both: list[CalibrationVerdict]

    @property
    def differ(self) -> bool:
        return len({row.verdict for row in self.both}) > 1

    @property
    def name(self) -> str:
        if self.profile.sample:
            return gettext("Sample %(number)s") % {"number": self.number}
        return (
            str(self.application.candidate.name) if self.application else gettext("Somebody you may not see")
        )


def profiles(page: Intake) -> list[Judged]:
    """Three queries. What one side said is read here only for that side, or once both have said theirs."""
    rows = Profile.objects.filter(brief=page.brief.pk).order_by("pk")
    found = list(
        rows.prefetch_related(
            Prefetch("verdicts", CalibrationVerdict.objects.select_related("by").order_by("-side"))
        )
    )
    wanted = [row.application_id for row in found if row.application_id]
    seen = (
        Application.objects.visible_to(page.user).filter(pk__in=wanted).select_related("candidate", "stage")
    )
    known = {row.pk: row for row in seen}
    numbered = enumerate(found, 1)
    return list(starmap(lambda number, row: _judged(number, row, page, known), numbered))


def _judged(number: int, row: Profile, page: Intake, known: dict[int, Application]) -> Judged:
    said = list(row.verdicts.all())
    return Judged(
        number=number,
        profile=row,
        application=known.get(row.application_id or 0),
        mine=next((one for one in said if one.side in page.sides), None),
        both=said if len(said) == len(PartnerSide) else [],
    )


def to_choose_from(user: User, requisition: Requisition) -> list[tuple[int, str]]:
    """People of this role, and of earlier roles of the same manager, that somebody may see; newest first."""
    of_role = Q(requisition=requisition)
    if requisition.hiring_manager_id:
        of_role |= Q(requisition__hiring_manager=requisition.hiring_manager_id)
    rows = Application.objects.visible_to(user).filter(of_role).select_related("candidate", "requisition")
    return [
        (row.pk, f"{row.candidate.name} · {row.requisition}")
        for row in rows.order_by("-applied_at", "-pk")[:MOST_TO_CHOOSE]
    ]
