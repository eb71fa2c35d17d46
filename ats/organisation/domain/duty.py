"""One duty towards candidates at one place: what it wants, from whom, since when, and how sure we are of it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from ats.kernel.languages import Words

Employees = Mapping[str, int]
"""How many people are employed, by the code of a place, as `HiringOrganisation.employees` keeps it."""


class Kind(StrEnum):
    """What a duty is about."""

    OUTCOME = "outcome"
    PAY = "pay"
    VACANCY = "vacancy"
    FILL_BY = "fill_by"
    SCREENING = "screening"
    WORDING = "wording"
    AUTOMATED = "automated"
    PAY_HISTORY = "pay_history"
    ACKNOWLEDGEMENT = "acknowledgement"
    DATA_COMPLAINT = "data_complaint"


STATEMENTS = (Kind.PAY, Kind.VACANCY, Kind.FILL_BY, Kind.SCREENING)
"""What a post has to say, in the order in which it says it."""


class Sure(StrEnum):
    """How sure we are of a row."""

    READ = "read"
    REPORTED = "reported"


@dataclass(frozen=True, kw_only=True)
class Pay:
    """How wide a range may be in a year, and from what pay on a post need not state any."""

    currency: str
    widest: Decimal
    unless_above: Decimal


@dataclass(frozen=True, kw_only=True)
class Duty:
    """One duty at one place. `place` is an ISO 3166 code such as CA-ON or GB, or EU.

    `days` are calendar days. `since` is None while it is not known, or not decided, when it begins.
    """

    code: str
    place: str
    kind: Kind
    says: Words
    source: str
    link: str
    sure: Sure
    since: date | None = None
    until: date | None = None
    state: Words = ""
    """Where it stands, for a duty that is not enforced: in committee, passed, only reported."""
    fewest_employees: int = 0
    days: int | None = None
    kept_years: int | None = None
    """How long what shows that it was done is to be kept."""
    pay: Pay | None = None

    def holds_on(self, day: date) -> bool:
        """Whether it is in force on that day and was read at its source."""
        if self.sure is not Sure.READ or self.since is None or day < self.since:
            return False
        return self.until is None or day <= self.until

    def binds(self, employees: Employees) -> bool:
        """Whether it is for an employer of this size; one whose size nobody has given counts as large enough."""
        number = employees.get(self.place)
        return number is None or number >= self.fewest_employees

    def size_is_open(self, employees: Employees) -> bool:
        """Whether it depends on a number that nobody has given."""
        return self.fewest_employees > 0 and self.place not in employees
