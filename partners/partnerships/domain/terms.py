"""What an agreement may promise: the terms of both sides, and within how many working days or hours.

A term is known by its code all through the package; `commitments/domain/kinds.py` says how each is measured.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import Enum

from ats.activity import verbs
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
    """One term: who owes what, counted from when, and the time that is proposed.

    With `ahead` its time is counted back from `since`. What shows that it was done is a verb of the record; where
    the verb it `needs` is not declared by any room yet, it cannot be measured, and so it is not promised either.
    """

    code: str
    side: PartnerSide
    what: str
    since: str
    time: int
    unit: Unit = Unit.DAYS
    ahead: bool = False
    needs: str = ""

    def within(self, time: int) -> str:
        how = "at least " if self.ahead else "within "
        return f"{how}{self.unit.counted(time)} {self.since}"


def _recruiter(code: str, what: str, since: str, time: int, **more: object) -> Default:
    return Default(code=code, side=PartnerSide.RECRUITER, what=what, since=since, time=time, **more)  # type: ignore[arg-type]


def _manager(code: str, what: str, since: str, time: int, **more: object) -> Default:
    return Default(code=code, side=PartnerSide.MANAGER, what=what, since=since, time=time, **more)  # type: ignore[arg-type]


REVIEWED = "outcome.reviewed"

DEFAULTS: dict[str, Default] = {
    default.code: default
    for default in (
        _recruiter("published", "The role published", "of our agreeing what it needs", 2),
        _recruiter("first_slate", "A first slate of qualified candidates", "of the opening", 10),
        _recruiter(
            "answer_manager", "An answer to every view the manager gives, passed on", "of the view", 2
        ),
        _recruiter("weekly_update", "An update on where the role stands", "of the last word", 5),
        _recruiter("candidates_told", "Candidates told of a decision", "of the decision", 2),
        _recruiter(
            "data_before",
            "The figures, with a word on them",
            "before a check-in",
            2,
            unit=Unit.HOURS,
            ahead=True,
        ),
        _manager("intake", "What the role needs, said in full", "of the opening", 3),
        _manager("slate_reviewed", "A view on every candidate put forward", "of being asked", 2),
        _manager("interviewed", "An interview after a yes", "of the yes", 5),
        _manager("decision", "A yes or a no after an unsure", "of the recruiter's answer", 3),
        _manager(
            "evidence",
            "Evidence from every interviewer, on each criterion, before they see the others'",
            "of the interview",
            8,
            unit=Unit.HOURS,
        ),
        _manager("debriefed", "A decision once all evidence is in", "of the last evidence", 2),
        _manager("check_in", "Check-ins held", "of their time", 1),
        _manager(
            "outcomes_agreed",
            "Outcomes agreed with the new hire",
            "of the first day",
            5,
            needs="hire.outcomes_agreed",
        ),
        _manager("review_30", "The talk after 30 days", "of the 30th day", 5, needs=REVIEWED),
        _manager("review_90", "The review after 90 days", "of the 90th day", 10, needs=REVIEWED),
        _manager("review_180", "The review after 180 days", "of the 180th day", 10, needs=REVIEWED),
    )
}
"""By code, in the order in which an agreement shows them."""


def offered() -> dict[str, Default]:
    """The terms that can be measured today, and so be promised."""
    known = verbs.known()
    return {
        code: default for code, default in DEFAULTS.items() if not default.needs or default.needs in known
    }


def not_yet() -> list[Default]:
    """What nobody can measure yet, and no agreement promises therefore."""
    can = offered()
    return [default for code, default in DEFAULTS.items() if code not in can]


def sides_of(codes: Iterable[str]) -> set[PartnerSide]:
    """Which sides promise something with these terms."""
    return {DEFAULTS[code].side for code in codes if code in DEFAULTS}


def proposed(own: Mapping[str, int | None]) -> dict[str, int]:
    """What a fresh agreement proposes, as an organisation set it; None: this is not promised there."""
    times = {code: own.get(code, default.time) for code, default in offered().items()}
    return {code: time for code, time in times.items() if time is not None}


def grace_in_words(days: int) -> str:
    """What an agreement says about a time that has just run out."""
    if not days:
        return "What is done after its time counts as late."
    return f"What is done within {counted(days, 'working day', 'working days')} after its time still counts as kept."
