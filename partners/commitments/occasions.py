"""Occasions on which something is owed, read out of what happened: pure functions on facts.

Each function takes the facts of one requisition in their order and yields the occasions of one kind. An
occasion says what set its clock going, what settled it, what made it fall away, and when the clock stood
still because it was the other side's or the candidate's move.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any


@dataclass(frozen=True)
class Fact:
    """One activity, as far as measuring needs it."""

    id: int
    verb: str
    at: datetime
    subject_id: int
    application_id: int | None = None
    actor_id: int | None = None
    data: dict[str, Any] = field(default_factory=dict, compare=False, hash=False)


Wait = tuple[datetime, datetime | None]


@dataclass(frozen=True, kw_only=True)
class Occasion:
    key: str
    kind: str
    started: Fact
    application_id: int | None = None
    settled: Fact | None = None
    released: Fact | None = None
    waits: tuple[Wait, ...] = ()


ASKED, ANSWERED, TAKEN_BACK = "review.asked", "review.answered", "review.cancelled"
MOVED, NOTED = "application.moved", "application.noted"
REJECTED, HIRED, WITHDRAWN = "application.rejected", "application.hired", "application.withdrawn"
TOLD, UNDONE = "application.told", "application.decision_undone"
OPENED, HELD, RESUMED, ENDED = (
    "requisition.opened",
    "requisition.held",
    "requisition.resumed",
    "requisition.ended",
)
PRESENTED, INTAKE = "slate.presented", "intake.given"
INTERVIEWED, NOBODY_CAME = "interview.held", "interview.no_show"
WANTED, GIVEN = "scorecard.opened", "scorecard.handed_in"
NOT_NEEDED, NEVER_GIVEN = "scorecard.cancelled", "scorecard.never_given"

RELEVANT = frozenset(
    {ASKED, ANSWERED, TAKEN_BACK, MOVED, NOTED, REJECTED, HIRED, WITHDRAWN, TOLD, UNDONE}
    | {OPENED, HELD, RESUMED, ENDED, PRESENTED, INTAKE}
    | {INTERVIEWED, NOBODY_CAME, WANTED, GIVEN, NOT_NEEDED, NEVER_GIVEN}
)
"""The verbs that measuring reads."""


def first(facts: Iterable[Fact], *verbs: str, after: Fact | None = None) -> Fact | None:
    """The first of these verbs, after another fact where one is given."""
    for fact in facts:
        if fact.verb in verbs and (after is None or order(fact) > order(after)):
            return fact
    return None


def order(fact: Fact) -> tuple[datetime, int]:
    return fact.at, fact.id


def holds(facts: Sequence[Fact]) -> tuple[Wait, ...]:
    """When the role stood still, for both sides."""
    waits: list[Wait] = []
    for fact in facts:
        if fact.verb == HELD:
            end = first(facts, RESUMED, ENDED, after=fact)
            waits.append((fact.at, end.at if end else None))
    return tuple(waits)


def by_application(facts: Iterable[Fact]) -> dict[int, list[Fact]]:
    """The facts of each application, in their order."""
    grouped: dict[int, list[Fact]] = defaultdict(list)
    for fact in facts:
        if fact.application_id is not None:
            grouped[fact.application_id].append(fact)
    return grouped


def manager_views(facts: Sequence[Fact]) -> list[Fact]:
    """The answers that the hiring manager gave as such; others of the team may be asked too."""
    asked = {fact.subject_id for fact in facts if fact.verb == ASKED and fact.data.get("side") == "manager"}
    return [fact for fact in facts if fact.verb == ANSWERED and fact.subject_id in asked]


# --- What the recruiter owes


def first_slate(facts: Sequence[Fact]) -> Iterator[Occasion]:
    """From the opening to the first slate. The clock stands still until the role says what it needs."""
    opened = first(facts, OPENED)
    if opened is None:
        return
    given = first(facts, INTAKE)
    until_given: Wait = (opened.at, given.at if given else None)
    yield Occasion(
        key="first_slate",
        kind="first_slate",
        started=opened,
        settled=first(facts, PRESENTED, after=opened),
        released=first(facts, ENDED, after=opened),
        waits=(until_given, *holds(facts)),
    )


def answer_manager(facts: Sequence[Fact]) -> Iterator[Occasion]:
    """From each view to what the recruiter makes of it: a step, a decision, a note, or asking again."""
    ended, on_hold = first(facts, ENDED), holds(facts)
    for application_id, own in by_application(facts).items():
        views = manager_views(own)
        for view in views:
            again = next((later for later in views if order(later) > order(view)), None)
            others = [fact for fact in own if fact.actor_id != view.actor_id or fact.verb != NOTED]
            yield Occasion(
                key=f"answer_manager:{view.id}",
                kind="answer_manager",
                application_id=application_id,
                started=view,
                settled=first(others, MOVED, REJECTED, HIRED, NOTED, ASKED, after=view),
                released=_earliest(first(own, WITHDRAWN, after=view), again, _after(ended, view)),
                waits=on_hold,
            )


def candidates_told(facts: Sequence[Fact]) -> Iterator[Occasion]:
    """From each decision to the message. The end of the role, or a hold, changes nothing about it."""
    for application_id, own in by_application(facts).items():
        for decision in own:
            if decision.verb in {REJECTED, HIRED}:
                yield Occasion(
                    key=f"candidates_told:{decision.id}",
                    kind="candidates_told",
                    application_id=application_id,
                    started=decision,
                    settled=first(own, TOLD, after=decision),
                    released=first(own, UNDONE, WITHDRAWN, after=decision),
                )


# --- What the manager owes


def intake(facts: Sequence[Fact]) -> Iterator[Occasion]:
    """From the opening until the role says all that a recruiter needs."""
    if opened := first(facts, OPENED):
        yield Occasion(
            key="intake",
            kind="intake",
            started=opened,
            settled=first(facts, INTAKE),
            released=first(facts, ENDED, after=opened),
            waits=holds(facts),
        )


def slate_reviewed(facts: Sequence[Fact]) -> Iterator[Occasion]:
    """From being asked about a slate to the last view on it; who leaves the race needs none."""
    on_hold = holds(facts)
    slates: dict[int, list[Fact]] = defaultdict(list)
    for fact in facts:
        if fact.verb == ASKED and fact.data.get("side") == "manager":
            slates[fact.data["slate"]].append(fact)
    for slate, asked in slates.items():
        ends = [_end_of_question(facts, question) for question in asked]
        settled: list[Fact] = [end for end in ends if end is not None]
        whole = len(settled) == len(asked)
        last = max(settled, key=order) if whole else None
        viewed = any(end.verb == ANSWERED for end in settled)
        yield Occasion(
            key=f"slate_reviewed:{slate}",
            kind="slate_reviewed",
            started=asked[0],
            settled=last if viewed else None,
            released=None if viewed else last,
            waits=on_hold,
        )


def decision(facts: Sequence[Fact]) -> Iterator[Occasion]:
    """From an unsure to a yes or a no. Until the recruiter answers it, it is the recruiter's move."""
    ended, on_hold = first(facts, ENDED), holds(facts)
    for application_id, own in by_application(facts).items():
        views = manager_views(own)
        for unsure in views:
            if unsure.data.get("verdict") != "unsure":
                continue
            later = [view for view in views if order(view) > order(unsure)]
            decided = next((view for view in later if view.data.get("verdict") != "unsure"), None)
            again = next((view for view in later if view.data.get("verdict") == "unsure"), None)
            others = [fact for fact in own if fact.actor_id != unsure.actor_id]
            reply = first(others, NOTED, ASKED, after=unsure)
            over = first(own, MOVED, REJECTED, HIRED, WITHDRAWN, after=unsure)
            yield Occasion(
                key=f"decision:{unsure.id}",
                kind="decision",
                application_id=application_id,
                started=unsure,
                settled=decided,
                released=_earliest(over, again, _after(ended, unsure)),
                waits=((unsure.at, reply.at if reply else None), *on_hold),
            )


def evidence(facts: Sequence[Fact]) -> Iterator[Occasion]:
    """From the end of an interview to each interviewer's scorecard; a recruiter's own is not the manager's to bring.

    Where the candidate did not come there was nothing to write.
    """
    ended, on_hold = first(facts, ENDED), holds(facts)
    for application_id, own in by_application(facts).items():
        for wanted in own:
            if wanted.verb != WANTED or wanted.data.get("side") == "recruiter":
                continue
            interview = [fact for fact in own if _is_of(fact, wanted.data["interview_id"])]
            held = first(interview, INTERVIEWED)
            if held is None or first(interview, NOBODY_CAME, after=wanted) is not None:
                continue
            mine = [fact for fact in own if _is_on(fact, wanted.subject_id)]
            started = _since(held, wanted)
            over = _earliest(first(mine, NOT_NEEDED, NEVER_GIVEN, after=wanted), _after(ended, wanted))
            if over is not None and over.at <= started.at:
                continue
            yield Occasion(
                key=f"evidence:{wanted.id}",
                kind="evidence",
                application_id=application_id,
                started=started,
                settled=first(mine, GIVEN, after=wanted),
                released=over,
                waits=on_hold,
            )


def _is_of(fact: Fact, interview_id: int) -> bool:
    return fact.verb in {INTERVIEWED, NOBODY_CAME} and fact.data.get("interview_id") == interview_id


def _is_on(fact: Fact, scorecard_id: int) -> bool:
    return fact.verb in {GIVEN, NOT_NEEDED, NEVER_GIVEN} and fact.subject_id == scorecard_id


def _since(held: Fact, wanted: Fact) -> Fact:
    """The end of the interview, and not the minute in which the clock noted it; later, if asked for later."""
    over = replace(held, at=datetime.fromisoformat(held.data["ends_at"]))
    return max(over, wanted, key=order)


def _end_of_question(facts: Sequence[Fact], question: Fact) -> Fact | None:
    for fact in facts:
        if fact.subject_id == question.subject_id and fact.verb in {ANSWERED, TAKEN_BACK}:
            return fact
    return None


def _after(fact: Fact | None, other: Fact) -> Fact | None:
    return fact if fact is not None and order(fact) > order(other) else None


def _earliest(*facts: Fact | None) -> Fact | None:
    return min((fact for fact in facts if fact is not None), key=order, default=None)
