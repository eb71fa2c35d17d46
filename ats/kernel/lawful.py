"""Words by which nobody may be judged: refused wherever somebody writes them down.

What those words are is known a floor higher (`requisitions/wording`), which answers here for everybody below it.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from ats.kernel.errors import Invalid

JUDGED = ("feedback",)
"""Uses of words (`requisitions.wording.models.Use`): what is written about somebody."""
TOLD = ("message", "feedback")
"""What somebody reads who is judged: neither asked what is unlawful to ask, nor told what is unlawful to weigh."""
WRITTEN = ("message",)
"""What candidates read that judges nobody."""


@dataclass(frozen=True, kw_only=True)
class Place:
    """Where a text is to be kept. `name` is its own; `also` are places whose leave counts here too.

    `what` is how people call it, `about` what the record of it is about.
    """

    name: str
    what: str
    jurisdiction: str = ""
    about: Mapping[str, int] = field(default_factory=dict)
    also: tuple[str, ...] = ()


class Unlawful(Invalid):
    """It needs another wording. `shown` is the same for a form, with the way to say that the rule misread it."""

    code = "unlawful_wording"

    def __init__(self, message: str, *, field: str | None, shown: str) -> None:
        super().__init__(message, field=field)
        self.shown = shown


Check = Callable[[Mapping[str, str], Place, tuple[str, ...]], None]
_checks: list[Check] = []


def answers(check: Check) -> Check:
    """Let the decorated function look through texts."""
    _checks.append(check)
    return check


def check(texts: Mapping[str, str], *, place: Place, uses: tuple[str, ...] = JUDGED) -> None:
    """Raise `Unlawful` for the first of these texts, by the names of their fields, that may not be kept."""
    for one in _checks:
        one(texts, place, uses)
