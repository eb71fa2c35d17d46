"""How many pass from one kind of stage to the next, on one role and in the organisation's own past."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from ats.kernel.staff_words import gettext, pgettext_lazy
from partners.dashboard.domain.forecast import KINDS

LEAST_HERE, LEAST_USUAL = 5, 30
"""Of fewer candidates no share is told: on this role, and in the past."""

NAMES = {
    "applied": pgettext_lazy("a passage", "applied"),
    "review": pgettext_lazy("a passage", "review"),
    "interview": pgettext_lazy("a passage", "interview"),
    "assessment": pgettext_lazy("a passage", "assessment"),
    "offer": pgettext_lazy("a passage", "offer"),
    "hired": pgettext_lazy("a passage", "hire"),
}

Counts = Mapping[str, int]
"""How many ended their way in each kind of stage; who was hired did in the last."""


@dataclass(frozen=True, slots=True)
class Step:
    """Of `of` candidates who were in one kind of stage and are not any more, `share` percent came to the next.

    None where they are too few to say.
    """

    begin: str
    until: str
    share: int | None
    of: int
    usual: int | None
    usual_of: int

    @property
    def names(self) -> str:
        begin, until = str(NAMES[self.begin]), str(NAMES[self.until])
        return gettext("%(begin)s to %(until)s") % {"begin": begin[0].upper() + begin[1:], "until": until}


def reached(counts: Counts, kind: str) -> int:
    """How many came to this kind of stage, or further."""
    return sum(counts.get(each, 0) for each in KINDS[KINDS.index(kind) :])


def steps(kinds: Sequence[str], *, here: Counts, in_play: Counts, past: Counts) -> list[Step]:
    """From each kind of stage of a role to the next; who is still in one has neither passed nor stayed behind."""
    everyone = {kind: here.get(kind, 0) + in_play.get(kind, 0) for kind in KINDS}
    ordered = [kind for kind in KINDS if kind in kinds]
    found = []
    for begin, until in pairwise(ordered):
        passed = reached(everyone, until)
        left = passed + sum(here.get(kind, 0) for kind in _between(begin, until))
        ended = reached(past, begin)
        found.append(
            Step(
                begin,
                until,
                _percent(passed, left, LEAST_HERE),
                left,
                _percent(reached(past, until), ended, LEAST_USUAL),
                ended,
            )
        )
    return found


def _between(begin: str, until: str) -> Sequence[str]:
    return KINDS[KINDS.index(begin) : KINDS.index(until)]


def _percent(part: int, whole: int, least: int) -> int | None:
    return round(100 * part / whole) if whole >= least else None
