"""What a fresh agreement proposes: the terms of both sides, and within how many working days or hours.

A term is known by its code all through the package; `commitments/domain/kinds.py` says how each is measured.
"""

from dataclasses import dataclass
from enum import Enum

from ats.kernel.when import counted
from partners.partnerships.models import PartnerSide

LONGEST = 60
"""Working days, or hours, that a term may allow at most."""


class Unit(Enum):
    """What a term counts in: working days, each to its end, or working hours from the moment itself."""

    DAYS = "working day", "working days"
    HOURS = "working hour", "working hours"

    def counted(self, number: int) -> str:
        return counted(number, *self.value)


@dataclass(frozen=True, kw_only=True)
class Default:
    """One term: who owes what, counted from when, and the time that is proposed."""

    code: str
    side: PartnerSide
    what: str
    since: str
    time: int
    unit: Unit = Unit.DAYS

    def within(self, time: int) -> str:
        return f"within {self.unit.counted(time)} {self.since}"


DEFAULTS: dict[str, Default] = {
    default.code: default
    for default in (
        Default(
            code="first_slate",
            side=PartnerSide.RECRUITER,
            what="A first slate of candidates",
            since="of the opening",
            time=10,
        ),
        Default(
            code="answer_manager",
            side=PartnerSide.RECRUITER,
            what="An answer to every view the manager gives",
            since="of the view",
            time=2,
        ),
        Default(
            code="candidates_told",
            side=PartnerSide.RECRUITER,
            what="Candidates told of a decision",
            since="of the decision",
            time=2,
        ),
        Default(
            code="intake",
            side=PartnerSide.MANAGER,
            what="What the role needs, said in full",
            since="of the opening",
            time=3,
        ),
        Default(
            code="slate_reviewed",
            side=PartnerSide.MANAGER,
            what="A view on every candidate put forward",
            since="of being asked",
            time=2,
        ),
        Default(
            code="decision",
            side=PartnerSide.MANAGER,
            what="A yes or a no after an unsure",
            since="of the recruiter's answer",
            time=3,
        ),
        Default(
            code="evidence",
            side=PartnerSide.MANAGER,
            what="Evidence from every interviewer",
            since="of the interview",
            time=8,
            unit=Unit.HOURS,
        ),
    )
}
"""By code, in the order in which an agreement shows them."""


def grace_in_words(days: int) -> str:
    """What an agreement says about a time that has just run out."""
    if not days:
        return "What is done after its time counts as late."
    return f"What is done within {counted(days, 'working day', 'working days')} after its time still counts as kept."
