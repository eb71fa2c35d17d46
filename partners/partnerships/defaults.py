"""What a fresh agreement proposes: the terms of both sides, and within how many working days.

A term is known by its code all through the package; `commitments/kinds.py` says how each is measured.
"""

from dataclasses import dataclass

from ats.common.when import counted
from partners.partnerships.models import PartnerSide

LONGEST = 60
"""Working days that a term may allow at most."""


@dataclass(frozen=True, kw_only=True)
class Default:
    """One term: who owes what, counted from when, and the days that are proposed."""

    code: str
    side: PartnerSide
    what: str
    since: str
    days: int

    def within(self, days: int) -> str:
        return f"within {counted(days, 'working day', 'working days')} {self.since}"


DEFAULTS: dict[str, Default] = {
    default.code: default
    for default in (
        Default(
            code="first_slate",
            side=PartnerSide.RECRUITER,
            what="A first slate of candidates",
            since="of the opening",
            days=10,
        ),
        Default(
            code="answer_manager",
            side=PartnerSide.RECRUITER,
            what="An answer to every view the manager gives",
            since="of the view",
            days=2,
        ),
        Default(
            code="candidates_told",
            side=PartnerSide.RECRUITER,
            what="Candidates told of a decision",
            since="of the decision",
            days=2,
        ),
        Default(
            code="intake",
            side=PartnerSide.MANAGER,
            what="What the role needs, said in full",
            since="of the opening",
            days=3,
        ),
        Default(
            code="slate_reviewed",
            side=PartnerSide.MANAGER,
            what="A view on every candidate put forward",
            since="of being asked",
            days=2,
        ),
        Default(
            code="decision",
            side=PartnerSide.MANAGER,
            what="A yes or a no after an unsure",
            since="of the recruiter's answer",
            days=3,
        ),
    )
}
"""By code, in the order in which an agreement shows them."""
