"""What one organisation has said of its agreements."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from partners.partnerships.domain.terms import proposed
from partners.partnerships.models import ESCALATE, GRACE, NUDGE


@dataclass(frozen=True, kw_only=True)
class HouseTerms:
    """What one organisation has said. `times`: by term, None where it is not promised; else as the house has it."""

    grace_days: int = GRACE
    nudge_hours: int = NUDGE
    escalate_days: int = ESCALATE
    times: Mapping[str, int | None] = field(default_factory=dict)

    def proposed(self) -> dict[str, int]:
        return proposed(self.times)
