"""Which rule holds for somebody of this place and outcome, in an organisation of this size with its own numbers."""

from collections.abc import Mapping
from dataclasses import dataclass

from ats.organisation.domain.duty import Employees
from ats.organisation.domain.places import applies
from candidates.erasure.domain.rules_table import RULES, Binds, Rule

BY_CODE = {rule.code: rule for rule in RULES}
Own = Mapping[tuple[str, str], int]
"""An organisation's own months by place ("": everywhere) and outcome."""


@dataclass(frozen=True)
class Kept:
    """So many months, for this reason; `least` and `most` are the rules that no own number passes."""

    months: int
    code: str
    least: Rule | None
    most: Rule | None

    @property
    def rule(self) -> Rule | None:
        return BY_CODE.get(self.code)


def kept(place: str, outcome: str, *, employees: Employees, own: Own) -> Kept:
    """How long somebody is kept. `place` as `Location.jurisdiction`; unknown sizes count as large."""
    here = [rule for rule in RULES if _holds(rule, place, outcome, employees)]
    least = max((r for r in here if r.binds is Binds.AT_LEAST), key=_months, default=None)
    most = min((r for r in here if r.binds is Binds.AT_MOST), key=_months, default=None)
    months, code = _wanted(here, place, outcome, own)
    if least is not None and months < least.months:
        months, code = least.months, least.code
    elif most is not None and months > most.months:
        months, code = most.months, most.code
    return Kept(months, code, least, most)


def _holds(rule: Rule, place: str, outcome: str, employees: Employees) -> bool:
    number = employees.get(rule.place)
    if outcome not in rule.outcomes or (number is not None and number < rule.fewest_employees):
        return False
    return not rule.place or (bool(place) and applies([rule.place], place))


def _wanted(here: list[Rule], place: str, outcome: str, own: Own) -> tuple[int, str]:
    """The organisation's own number, else what is usual: the narrowest place first."""
    for spot in (place, place.split("-", 1)[0], ""):
        if (spot, outcome) in own:
            return own[spot, outcome], ""
    usual = max((rule for rule in here if rule.binds is Binds.USUAL), key=lambda rule: len(rule.place))
    return usual.months, usual.code


def _months(rule: Rule) -> int:
    return rule.months
