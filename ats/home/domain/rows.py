"""The lines of my day: one for each person, whatever is owed to them, with the one click that settles it."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from ats.kernel.languages import shipped
from ats.kernel.staff_words import gettext_noop
from candidates.models import Message, Promise
from candidates.promises.models import QUESTIONS
from requisitions.models import Side, StageKind

ANSWER, WRITE, REMIND = gettext_noop("Answer"), gettext_noop("Write"), gettext_noop("Remind")
FIND, DECIDE = gettext_noop("Find a time"), gettext_noop("Decide")
VERBS: dict[str, str] = {StageKind.APPLIED: ANSWER, StageKind.OFFER: WRITE}
"""What settles a debt in these stages; in the others it is a decision."""


def at(role: str, organisation: str) -> str:
    return f"{role} · {organisation}" if organisation else role


@dataclass(frozen=True, slots=True)
class Whom:
    """An application as a line shows it: whose, for which role, led by whom, and how it stands."""

    candidate_id: int
    name: str
    who: str
    """What they do now and where, as far as it is known."""
    role: str
    recruiter: str
    partner: str
    """The hiring manager; empty where there is none."""
    state: str
    decided_at: datetime | None
    stage_kind: str
    organisation_id: int = 0
    organisation: str = ""
    """For whom the role is; empty for whoever works for one organisation alone."""

    @property
    def line(self) -> str:
        """The role, and for whom it is where that is a question."""
        return at(self.role, self.organisation)


@dataclass(frozen=True, slots=True)
class Owed:
    """A promise as a line shows it: its owner by name."""

    kind: str
    what: str
    side: str
    state: str
    due_at: datetime
    broken_before: int
    waiting_since: datetime | None
    application_id: int
    owner: str


@dataclass(frozen=True)
class Also:
    """What else is owed to the person of a line."""

    what: str
    way: str


@dataclass(kw_only=True)
class Row:
    """A line: about whom, what is owed, and where it is settled.

    `moment` is told as `told`: how late or how soon (`due`), or how long ago (`ago`). `dialog`: it is settled
    in a dialogue. `href`: the page of whom it is about.
    """

    who: Any
    line: str
    href: str
    action: str
    way: str
    what: str = ""
    icon: str = ""
    moment: datetime | None = None
    told: str = "due"
    promise: Promise | Owed | None = None
    wrote: Message | None = None
    candidate: int | None = None
    dialog: bool = False
    also: list[Also] = field(default_factory=list)

    @property
    def name(self) -> str:
        return str(getattr(self.who, "name", self.who))


@dataclass(frozen=True)
class Section:
    """Lines of one kind, with how many there are in all, and a page that has all of them."""

    key: str
    title: str
    rows: list[Row]
    count: int = 0
    more: tuple[str, str] | None = None


def once_each(sections: Iterable[Section]) -> list[Section]:
    """Each person in the first section only that has them; what else is owed to them is said there."""
    seen: dict[int, Row] = {}
    kept = []
    for section in sections:
        rows = []
        for row in section.rows:
            first = seen.get(row.candidate) if row.candidate is not None else None
            if first is None:
                rows.append(row)
                if row.candidate is not None:
                    seen[row.candidate] = row
            elif row.what:
                first.also.append(Also(row.what, row.way))
        if rows:
            kept.append(Section(section.key, section.title, rows, section.count, section.more))
    return kept


def about(whom: Whom, *, href: str, action: str, **more: Any) -> Row:
    """A line about somebody's application."""
    return Row(
        who=whom,
        line=whom.line,
        candidate=whom.candidate_id,
        href=href,
        action=action,
        way=more.pop("way", href),
        **more,
    )


def debt(promise: Promise | Owed, whom: Whom, wrote: Message | None, *, href: str, interviews: str) -> Row:
    """Somebody who waits for us: what was promised, what they wrote, and what settles it."""
    verb = _verb(promise, whom, wrote)
    place = "#write" if verb in {ANSWER, WRITE, REMIND} and _is_written(promise, wrote, verb) else ""
    way = interviews if verb == FIND else f"{href}{place}"
    return about(whom, href=href, action=shipped(verb), way=way, promise=promise, wrote=wrote)


def _verb(promise: Promise | Owed, whom: Whom, wrote: Message | None) -> str:
    if wrote is not None or promise.kind in QUESTIONS:
        return ANSWER
    if promise.side == Side.SCHEDULING:
        return FIND
    if promise.side == Side.CANDIDATE:
        return REMIND
    if promise.side == Side.MANAGER:
        return WRITE
    return VERBS.get(whom.stage_kind, DECIDE)


def _is_written(promise: Promise | Owed, wrote: Message | None, verb: str) -> bool:
    return wrote is not None or promise.kind in QUESTIONS or verb in {WRITE, REMIND}
