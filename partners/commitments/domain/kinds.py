"""The kinds of commitments as data: how each is found in the record, and how it is said.

The terms themselves (side, usual time) are in `partnerships/domain/terms.py`, under the same codes.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from ats.kernel.languages import Words, later
from ats.kernel.staff_words import gettext, gettext_lazy, pgettext_lazy
from partners.commitments.domain import after_the_hire, managers_owe, recruiters_owe
from partners.commitments.domain.obligations import Occasion, Story
from partners.partnerships.domain.terms import DEFAULTS, Default

OPEN = pgettext_lazy("the act", "Open")


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
    owed: Words
    theme: Words
    about: Words = ""
    action: Words = OPEN
    waits: Words = ""
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


START, ANSWER = gettext_lazy("Getting started"), gettext_lazy("Answering each other")
CLOSE, HIRE = gettext_lazy("Deciding and telling"), gettext_lazy("After the hire")
THEMES = (START, ANSWER, CLOSE, HIRE)


def _talk(day: int) -> str:
    return gettext("Talk with the new hire after %(day)s days") % {"day": day}


def _talk_with(day: int) -> str:
    return gettext("Talk with {} after %(day)s days") % {"day": day}


def _of_one(code: str, find: Callable[[Story], Iterator[Occasion]], **said: object) -> Kind:
    """A kind of which each occasion is about one candidacy."""
    return Kind(code=code, find=find, per_application=True, **said)  # type: ignore[arg-type]


_ALL = (
    Kind(
        code="published",
        find=recruiters_owe.published,
        owed=gettext_lazy("Publish the role"),
        action=gettext_lazy("Publish it"),
        waits=gettext_lazy("waiting until the brief is settled"),
        theme=START,
    ),
    Kind(
        code="first_slate",
        find=recruiters_owe.first_slate,
        owed=gettext_lazy("Present the first slate"),
        action=gettext_lazy("Choose them"),
        waits=gettext_lazy("waiting until the role says what it needs"),
        theme=START,
    ),
    _of_one(
        "answer_manager",
        recruiters_owe.answer_manager,
        owed=gettext_lazy("Answer the manager's view"),
        about=gettext_lazy("Answer the view on {}"),
        action=pgettext_lazy("the act", "Answer"),
        theme=ANSWER,
    ),
    Kind(
        code="weekly_update",
        find=recruiters_owe.weekly_update,
        owed=gettext_lazy("Say where the role stands"),
        action=gettext_lazy("Write it"),
        theme=ANSWER,
    ),
    _of_one(
        "candidates_told",
        recruiters_owe.candidates_told,
        owed=gettext_lazy("Tell the candidate"),
        about=gettext_lazy("Tell {} how it ended"),
        action=gettext_lazy("Tell them"),
        theme=CLOSE,
        reminds=False,
    ),
    Kind(
        code="data_before",
        find=recruiters_owe.data_before,
        owed=gettext_lazy("Give the figures for the check-in, with a word on them"),
        action=gettext_lazy("Write it"),
        theme=ANSWER,
    ),
    Kind(
        code="intake",
        find=managers_owe.intake,
        owed=gettext_lazy("Say what the role needs"),
        action=gettext_lazy("Say it"),
        theme=START,
    ),
    Kind(
        code="slate_reviewed",
        find=managers_owe.slate_reviewed,
        owed=gettext_lazy("Give a view on the slate"),
        about=gettext_lazy("Give a view on {}"),
        action=gettext_lazy("Look"),
        theme=ANSWER,
        per_slate=True,
        asked=True,
    ),
    _of_one(
        "interviewed",
        managers_owe.interviewed,
        owed=gettext_lazy("Hold the interview"),
        about=gettext_lazy("Meet {} for an interview"),
        waits=gettext_lazy("waiting for a time"),
        theme=CLOSE,
    ),
    _of_one(
        "decision",
        managers_owe.decision,
        owed=gettext_lazy("Decide yes or no"),
        about=gettext_lazy("Say yes or no to {}"),
        action=gettext_lazy("Decide"),
        waits=gettext_lazy("waiting for the recruiter's answer"),
        theme=CLOSE,
    ),
    _of_one(
        "evidence",
        managers_owe.evidence,
        owed=gettext_lazy("Hand in the evidence from an interview"),
        about=gettext_lazy("Bring the evidence about {}"),
        action=gettext_lazy("Write"),
        theme=ANSWER,
        asked=True,
        reminds=False,
    ),
    _of_one(
        "debriefed",
        managers_owe.debriefed,
        owed=gettext_lazy("Decide on the evidence"),
        about=gettext_lazy("Decide on the evidence about {}"),
        action=gettext_lazy("Decide"),
        theme=CLOSE,
        asked=True,
    ),
    Kind(
        code="check_in",
        find=managers_owe.check_in,
        owed=gettext_lazy("Hold the check-in"),
        theme=ANSWER,
        asked=True,
    ),
    _of_one(
        "outcomes_agreed",
        after_the_hire.outcomes_agreed,
        owed=gettext_lazy("Agree the outcomes with the new hire"),
        about=gettext_lazy("Agree the outcomes with {}"),
        theme=HIRE,
    ),
    *(
        _of_one(
            f"review_{day}",
            after_the_hire.reviewed(day),
            owed=later(_talk, day),
            about=later(_talk_with, day),
            theme=HIRE,
            reminds=False,
        )
        for day in after_the_hire.REVIEWS
    ),
)

KINDS: dict[str, Kind] = {code: kind for code in DEFAULTS for kind in _ALL if kind.code == code}
"""By code, in the order of the agreement."""
