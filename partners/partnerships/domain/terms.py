"""What an agreement may promise: the terms of both sides, and within how many working days or hours.

A term is known by its code all through the package; `commitments/domain/kinds.py` says how each is measured.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import Enum

from ats.activity import verbs
from ats.kernel.languages import Words
from ats.kernel.staff_words import gettext, gettext_lazy, ngettext
from partners.partnerships.models import PartnerSide

GAP = "\x00"
LONGEST = 60
"""Working days, or hours, that a term may allow at most."""


class Unit(Enum):
    """What a term counts in: working days, each to its end, or working hours from the moment itself."""

    DAYS = "working day", "working days"
    HOURS = "working hour", "working hours"

    def counted(self, number: int) -> str:
        if self is Unit.DAYS:
            said = ngettext("%(number)s working day", "%(number)s working days", number)
        else:
            said = ngettext("%(number)s working hour", "%(number)s working hours", number)
        return said % {"number": number}


@dataclass(frozen=True, kw_only=True)
class Default:
    """One term: who owes what, counted from when, and the time that is proposed.

    With `ahead` its time is counted back from `since`. What shows that it was done is a verb of the record; where
    the verb it `needs` is not declared by any room yet, it cannot be measured, and so it is not promised either.
    """

    code: str
    side: PartnerSide
    what: Words
    since: Words
    time: int
    unit: Unit = Unit.DAYS
    ahead: bool = False
    needs: str = ""

    def within(self, time: int) -> str:
        """`within 2 working days of the opening`."""
        return self._said(time) % {"number": time, "since": self.since}

    @property
    def around(self) -> tuple[str, str]:
        """What stands before the number, and what behind it, where it is typed."""
        before, _, after = (self._said(LONGEST) % {"number": GAP, "since": self.since}).partition(GAP)
        return before.strip(), after.strip()

    def _said(self, time: int) -> str:
        if self.ahead and self.unit is Unit.HOURS:
            return ngettext(
                "at least %(number)s working hour %(since)s",
                "at least %(number)s working hours %(since)s",
                time,
            )
        if self.ahead:
            return ngettext(
                "at least %(number)s working day %(since)s",
                "at least %(number)s working days %(since)s",
                time,
            )
        if self.unit is Unit.HOURS:
            return ngettext(
                "within %(number)s working hour %(since)s", "within %(number)s working hours %(since)s", time
            )
        return ngettext(
            "within %(number)s working day %(since)s", "within %(number)s working days %(since)s", time
        )


def _recruiter(code: str, what: Words, since: Words, time: int, **more: object) -> Default:
    return Default(code=code, side=PartnerSide.RECRUITER, what=what, since=since, time=time, **more)  # type: ignore[arg-type]


def _manager(code: str, what: Words, since: Words, time: int, **more: object) -> Default:
    return Default(code=code, side=PartnerSide.MANAGER, what=what, since=since, time=time, **more)  # type: ignore[arg-type]


REVIEWED = "outcome.reviewed"

DEFAULTS: dict[str, Default] = {
    default.code: default
    for default in (
        _recruiter(
            "published", gettext_lazy("The role published"), gettext_lazy("of our agreeing what it needs"), 2
        ),
        _recruiter(
            "first_slate",
            gettext_lazy("A first slate of qualified candidates"),
            gettext_lazy("of the opening"),
            10,
        ),
        _recruiter(
            "answer_manager",
            gettext_lazy("An answer to every view the manager gives, passed on"),
            gettext_lazy("of the view"),
            2,
        ),
        _recruiter(
            "weekly_update",
            gettext_lazy("An update on where the role stands"),
            gettext_lazy("of the last word"),
            5,
        ),
        _recruiter(
            "candidates_told",
            gettext_lazy("Candidates told of a decision"),
            gettext_lazy("of the decision"),
            2,
        ),
        _recruiter(
            "data_before",
            gettext_lazy("The figures, with a word on them"),
            gettext_lazy("before a check-in"),
            2,
            unit=Unit.HOURS,
            ahead=True,
        ),
        _manager(
            "intake", gettext_lazy("What the role needs, said in full"), gettext_lazy("of the opening"), 3
        ),
        _manager(
            "slate_reviewed",
            gettext_lazy("A view on every candidate put forward"),
            gettext_lazy("of being asked"),
            2,
        ),
        _manager("interviewed", gettext_lazy("An interview after a yes"), gettext_lazy("of the yes"), 5),
        _manager(
            "decision",
            gettext_lazy("A yes or a no after an unsure"),
            gettext_lazy("of the recruiter's answer"),
            3,
        ),
        _manager(
            "evidence",
            gettext_lazy("Evidence from every interviewer, on each criterion, before they see the others'"),
            gettext_lazy("of the interview"),
            8,
            unit=Unit.HOURS,
        ),
        _manager(
            "debriefed",
            gettext_lazy("A decision once all evidence is in"),
            gettext_lazy("of the last evidence"),
            2,
        ),
        _manager("check_in", gettext_lazy("Check-ins held"), gettext_lazy("of their time"), 1),
        _manager(
            "outcomes_agreed",
            gettext_lazy("Outcomes agreed with the new hire"),
            gettext_lazy("of the first day"),
            5,
            needs="hire.outcomes_agreed",
        ),
        _manager(
            "review_30",
            gettext_lazy("The talk after 30 days"),
            gettext_lazy("of the 30th day"),
            5,
            needs=REVIEWED,
        ),
        _manager(
            "review_90",
            gettext_lazy("The review after 90 days"),
            gettext_lazy("of the 90th day"),
            10,
            needs=REVIEWED,
        ),
        _manager(
            "review_180",
            gettext_lazy("The review after 180 days"),
            gettext_lazy("of the 180th day"),
            10,
            needs=REVIEWED,
        ),
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
        return gettext("What is done after its time counts as late.")
    said = ngettext(
        "What is done within %(number)s working day after its time still counts as kept.",
        "What is done within %(number)s working days after its time still counts as kept.",
        days,
    )
    return said % {"number": days}
