"""The kinds of commitments as data: how each is found in the record, and how it is said.

The terms themselves (side, usual time) are in `partnerships/domain/terms.py`, under the same codes.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from partners.commitments.domain import after_the_hire, managers_owe, recruiters_owe
from partners.commitments.domain.obligations import Occasion, Story
from partners.partnerships.domain.terms import DEFAULTS, Default


@dataclass(frozen=True, kw_only=True)
class Kind:
    """One kind of commitment.

    `owed` says in the imperative what is to be done, `about` the same where it speaks of candidates; `action` is
    the button that leads there; `waits` is for whom the clock stands still. `theme` groups what the two sides owe
    each other for the same purpose. `per_slate` kinds rest on the facts of several applications together. What is
    `asked` of each person by itself, as views and evidence are, pages show as that. Where `reminds` is not set,
    another room reminds of it.
    """

    code: str
    find: Callable[[Story], Iterator[Occasion]]
    owed: str
    theme: str
    about: str = ""
    action: str = "Open"
    waits: str = ""
    per_application: bool = False
    per_slate: bool = False
    asked: bool = False
    reminds: bool = True

    @property
    def term(self) -> Default:
        return DEFAULTS[self.code]

    @property
    def of_role(self) -> bool:
        """It rests on what happens to the role, and on no candidacy."""
        return not (self.per_application or self.per_slate)


START, ANSWER, CLOSE = "Getting started", "Answering each other", "Deciding and telling"
HIRE = "After the hire"
THEMES = (START, ANSWER, CLOSE, HIRE)


def _of_one(code: str, find: Callable[[Story], Iterator[Occasion]], **said: object) -> Kind:
    """A kind of which each occasion is about one candidacy."""
    return Kind(code=code, find=find, per_application=True, **said)  # type: ignore[arg-type]


_ALL = (
    Kind(
        code="published",
        find=recruiters_owe.published,
        owed="Publish the role",
        action="Publish it",
        waits="until the brief is settled",
        theme=START,
    ),
    Kind(
        code="first_slate",
        find=recruiters_owe.first_slate,
        owed="Present the first slate",
        action="Choose them",
        waits="until the role says what it needs",
        theme=START,
    ),
    _of_one(
        "answer_manager",
        recruiters_owe.answer_manager,
        owed="Answer the manager's view",
        about="Answer the view on {}",
        action="Answer",
        theme=ANSWER,
    ),
    Kind(
        code="weekly_update",
        find=recruiters_owe.weekly_update,
        owed="Say where the role stands",
        action="Write it",
        theme=ANSWER,
    ),
    _of_one(
        "candidates_told",
        recruiters_owe.candidates_told,
        owed="Tell the candidate",
        about="Tell {} how it ended",
        action="Tell them",
        theme=CLOSE,
        reminds=False,
    ),
    Kind(
        code="data_before",
        find=recruiters_owe.data_before,
        owed="Give the figures for the check-in, with a word on them",
        action="Write it",
        theme=ANSWER,
    ),
    Kind(
        code="intake", find=managers_owe.intake, owed="Say what the role needs", action="Say it", theme=START
    ),
    Kind(
        code="slate_reviewed",
        find=managers_owe.slate_reviewed,
        owed="Give a view on the slate",
        about="Give a view on {}",
        action="Look",
        theme=ANSWER,
        per_slate=True,
        asked=True,
    ),
    _of_one(
        "interviewed",
        managers_owe.interviewed,
        owed="Hold the interview",
        about="Meet {} for an interview",
        waits="for a time",
        theme=CLOSE,
    ),
    _of_one(
        "decision",
        managers_owe.decision,
        owed="Decide yes or no",
        about="Say yes or no to {}",
        action="Decide",
        waits="for the recruiter's answer",
        theme=CLOSE,
    ),
    _of_one(
        "evidence",
        managers_owe.evidence,
        owed="Hand in the evidence from an interview",
        about="Bring the evidence about {}",
        action="Write",
        theme=ANSWER,
        asked=True,
        reminds=False,
    ),
    _of_one(
        "debriefed",
        managers_owe.debriefed,
        owed="Decide on the evidence",
        about="Decide on the evidence about {}",
        action="Decide",
        theme=CLOSE,
        asked=True,
    ),
    Kind(code="check_in", find=managers_owe.check_in, owed="Hold the check-in", theme=ANSWER, asked=True),
    _of_one(
        "outcomes_agreed",
        after_the_hire.outcomes_agreed,
        owed="Agree the outcomes with the new hire",
        about="Agree the outcomes with {}",
        theme=HIRE,
    ),
    *(
        _of_one(
            f"review_{day}",
            after_the_hire.reviewed(day),
            owed=f"Talk with the new hire after {day} days",
            about=f"Talk with {{}} after {day} days",
            theme=HIRE,
            reminds=False,
        )
        for day in after_the_hire.REVIEWS
    ),
)

KINDS: dict[str, Kind] = {code: kind for code in DEFAULTS for kind in _ALL if kind.code == code}
"""By code, in the order of the agreement."""
