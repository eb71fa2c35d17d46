"""How a shipped rule is written down."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from requisitions.wording.models import Severity, Use

ASKED = (Use.QUESTION, Use.MESSAGE)
"""Where a candidate is asked something."""

SAID = (Use.ADVERT, Use.CRITERION)
"""Where it is said who is wanted."""

JUDGED = (Use.FEEDBACK, Use.NOTE)
"""Where somebody is judged; in notes it is said, and nothing is refused."""

TOLD = (Use.CRITERION, Use.NOTE)
"""Where it can be said whom not to take."""


@dataclass(frozen=True, kw_only=True)
class Shipped:
    """One shipped rule, by the names of `WordingRule`."""

    code: str
    topic: str
    uses: Sequence[str]
    phrases: list[str]
    reason: str
    alternative: str
    source: str
    severity: str = Severity.UNLAWFUL
    jurisdictions: list[str] = field(default_factory=list)
    except_phrases: list[str] = field(default_factory=list)


def listed(text: str) -> list[str]:
    """Phrases as they are written here: one a line, or several with a bar between."""
    return [phrase for phrase in (part.strip() for part in text.replace("\n", "|").split("|")) if phrase]


def states(names: str) -> list[str]:
    """The codes of these states of the US."""
    return [f"US-{name}" for name in names.split()]
