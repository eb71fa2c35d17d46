"""The kinds of commitments as data: how each is found in the record, and how it is said.

The terms themselves (side, default days) are in `partnerships/domain/terms.py`, under the same codes.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from partners.commitments.domain import obligations
from partners.commitments.domain.obligations import Fact, Occasion
from partners.partnerships.domain.terms import DEFAULTS, Default


@dataclass(frozen=True, kw_only=True)
class Kind:
    """One kind of commitment.

    `owed` says in the imperative what is to be done, `waits` for whom the clock stands still; `theme` groups
    what the two sides owe each other for the same purpose. `per_slate` kinds rest on the facts of several
    applications together.
    """

    code: str
    find: Callable[[Sequence[Fact]], Iterator[Occasion]]
    owed: str
    waits: str
    theme: str
    per_application: bool = False
    per_slate: bool = False

    @property
    def term(self) -> Default:
        return DEFAULTS[self.code]


START, ANSWER, CLOSE = "Getting started", "Answering each other", "Deciding and telling"
THEMES = (START, ANSWER, CLOSE)

KINDS: dict[str, Kind] = {
    kind.code: kind
    for kind in (
        Kind(
            code="first_slate",
            find=obligations.first_slate,
            owed="Present the first slate",
            waits="until the role says what it needs",
            theme=START,
        ),
        Kind(
            code="answer_manager",
            find=obligations.answer_manager,
            owed="Answer the manager's view",
            waits="while the role is on hold",
            theme=ANSWER,
            per_application=True,
        ),
        Kind(
            code="candidates_told",
            find=obligations.candidates_told,
            owed="Tell the candidate",
            waits="",
            theme=CLOSE,
            per_application=True,
        ),
        Kind(
            code="intake",
            find=obligations.intake,
            owed="Say what the role needs",
            waits="while the role is on hold",
            theme=START,
        ),
        Kind(
            code="slate_reviewed",
            find=obligations.slate_reviewed,
            owed="Give a view on the slate",
            waits="while the role is on hold",
            theme=ANSWER,
            per_slate=True,
        ),
        Kind(
            code="decision",
            find=obligations.decision,
            owed="Decide yes or no",
            waits="for the recruiter's answer",
            theme=CLOSE,
            per_application=True,
        ),
        Kind(
            code="evidence",
            find=obligations.evidence,
            owed="Hand in the evidence from an interview",
            waits="while the role is on hold",
            theme=ANSWER,
            per_application=True,
        ),
    )
}
"""By code, in the order of the agreement."""
