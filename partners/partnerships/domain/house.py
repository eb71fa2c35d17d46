"""What one organisation has said of its agreements."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from partners.partnerships.domain.terms import proposed
from partners.partnerships.models import DRY, ESCALATE, GRACE, MISSED, NUDGE


@dataclass(frozen=True, kw_only=True)
class HouseTerms:
    """What one organisation has said. `times`: by term, None where it is not promised; else as the house has it.

    After `meet_missed` missed commitments, and after `meet_dry_days` without a new candidate, partners meet sooner;
    0: not for that.
    """

    grace_days: int = GRACE
    nudge_hours: int = NUDGE
    escalate_days: int = ESCALATE
    meet_missed: int = MISSED
    meet_dry_days: int = DRY
    times: Mapping[str, int | None] = field(default_factory=dict)

    def proposed(self) -> dict[str, int]:
        return proposed(self.times)
