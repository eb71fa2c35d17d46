"""Occasions on which something is owed, read out of what happened: pure functions on facts.

Each function takes the facts of one requisition in their order and yields the occasions of one kind. An
occasion says what set its clock going, what settled it, what made it fall away, and when the clock stood
still because it was the other side's or the candidate's move.

What an occasion is about (the candidacy, the role) may be decided before it is done: then it falls away, and
nothing is owed that begins after its subject was decided.
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
    about: tuple[int, ...] = ()
    """Whom it is about, where that is not one application: who still waits, or all once nobody does."""
    settled: Fact | None = None
    released: Fact | None = None
    waits: tuple[Wait, ...] = ()


ASKED, ANSWERED, TAKEN_BACK = "review.asked", "review.answered", "review.cancelled"
MOVED, NOTED = "application.moved", "application.noted"
REJECTED, HIRED, WITHDRAWN = "application.rejected", "application.hired", "application.withdrawn"
TOLD, NOT_TOLD, UNDONE = "application.told", "application.not_told", "application.decision_undone"
DECIDED = (REJECTED, HIRED, WITHDRAWN)
OPENED, HELD, RESUMED, ENDED, REOPENED = (
    "requisition.opened",
    "requisition.held",
    "requisition.resumed",
    "requisition.ended",
    "requisition.reopened",
)
ACCEPTED = "offer.accepted"
PRESENTED, INTAKE = "slate.presented", "intake.given"
INTERVIEWED, NOBODY_CAME = "interview.held", "interview.no_show"
WANTED, GIVEN = "scorecard.opened", "scorecard.handed_in"
NOT_NEEDED, NEVER_GIVEN = "scorecard.cancelled", "scorecard.never_given"

RELEVANT = frozenset(
    {ASKED, ANSWERED, TAKEN_BACK, MOVED, NOTED, *DECIDED, TOLD, NOT_TOLD, UNDONE, ACCEPTED}
    | {OPENED, HELD, RESUMED, ENDED, REOPENED, PRESENTED, INTAKE}
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


def lives(facts: Sequence[Fact]) -> Iterator[tuple[Fact, Fact | None]]:
    """The times in which people were looked for: from the opening, or from taking it up again, to its end."""
    begun: Fact | None = None
    for fact in facts:
        if begun is None and fact.verb in {OPENED, REOPENED}:
            begun = fact
        elif begun is not None and fact.verb == ENDED:
            yield begun, fact
            begun = None
    if begun is not None:
        yield begun, None


def is_decided(own: Iterable[Fact], at: Fact) -> bool:
    """Whether the candidacy had ended by then, and was not open again."""
    return _last(own, *DECIDED, UNDONE, until=at) in DECIDED


def is_over(facts: Iterable[Fact], at: Fact) -> bool:
    """Whether the role had ended by then, and was not taken up again."""
    return _last(facts, ENDED, OPENED, REOPENED, until=at) == ENDED


def _last(facts: Iterable[Fact], *verbs: str, until: Fact) -> str:
    found = [fact for fact in facts if fact.verb in verbs and order(fact) <= order(until)]
    return max(found, key=order).verb if found else ""


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
    """From the opening to the first slate. The clock stands still until the role says what it needs.

    A role that is taken up again owes one again: whoever was put forward before has been told how it ended.
    """
    given, on_hold = first(facts, INTAKE), holds(facts)
    for opened, ended in lives(facts):
        until_given: Wait = (opened.at, given.at if given else None)
        yield Occasion(
            key=_key("first_slate", opened),
            kind="first_slate",
            started=opened,
            settled=first(facts, PRESENTED, after=opened),
            released=ended,
            waits=(until_given, *on_hold),
        )


def _key(kind: str, opened: Fact) -> str:
    return kind if opened.verb == OPENED else f"{kind}:{opened.id}"


def answer_manager(facts: Sequence[Fact]) -> Iterator[Occasion]:
    """From each view to what the recruiter makes of it: a step, a decision, a note, or asking again.

    A view that comes after the decision, or after the end of the role, is heard and owes nothing.
    """
    on_hold = holds(facts)
    for application_id, own in by_application(facts).items():
        views = manager_views(own)
        for view in views:
            if is_decided(own, view) or is_over(facts, view):
                continue
            again = next((later for later in views if order(later) > order(view)), None)
            others = [fact for fact in own if fact.actor_id != view.actor_id or fact.verb != NOTED]
            yield Occasion(
                key=f"answer_manager:{view.id}",
                kind="answer_manager",
                application_id=application_id,
                started=view,
                settled=first(others, MOVED, REJECTED, HIRED, NOTED, ASKED, after=view),
                released=_earliest(first(own, WITHDRAWN, after=view), again, first(facts, ENDED, after=view)),
                waits=on_hold,
            )


def candidates_told(facts: Sequence[Fact]) -> Iterator[Occasion]:
    """From each decision to the message. The end of the role, or a hold, changes nothing about it.

    Who accepted an offer was hired by their own yes: there is nothing to tell. Where it turns out that the
    message did not arrive, they are owed another from then on, and the first counts for nothing.
    """
    for application_id, own in by_application(facts).items():
        for start in own:
            decided = start.verb in {REJECTED, HIRED} and not _is_their_own(own, start)
            failed = start.verb == NOT_TOLD and is_decided(own, start)
            told = first(own, TOLD, after=start)
            if not (decided or failed) or (told is not None and _is_taken_back(own, told)):
                continue
            yield Occasion(
                key=f"candidates_told:{start.id}",
                kind="candidates_told",
                application_id=application_id,
                started=start,
                settled=told,
                released=first(own, UNDONE, WITHDRAWN, after=start),
            )


def _is_taken_back(own: Iterable[Fact], told: Fact) -> bool:
    """What came next about this decision is that they were not told after all."""
    following = first(own, NOT_TOLD, UNDONE, *DECIDED, after=told)
    return following is not None and following.verb == NOT_TOLD


def _is_their_own(own: Iterable[Fact], decision: Fact) -> bool:
    """Hired in the moment in which they accepted."""
    return decision.verb == HIRED and any(
        fact.verb == ACCEPTED and fact.at == decision.at and fact.id < decision.id for fact in own
    )


# --- What the manager owes


def intake(facts: Sequence[Fact]) -> Iterator[Occasion]:
    """From the opening until the role says all that a recruiter needs."""
    given, on_hold = first(facts, INTAKE), holds(facts)
    for opened, ended in lives(facts):
        if opened.verb == REOPENED and given is not None and order(given) < order(opened):
            continue
        yield Occasion(
            key=_key("intake", opened),
            kind="intake",
            started=opened,
            settled=given,
            released=ended,
            waits=on_hold,
        )


def slate_reviewed(facts: Sequence[Fact]) -> Iterator[Occasion]:
    """From being asked about a slate to the last view on it; who leaves the race needs none."""
    on_hold, of_each = holds(facts), by_application(facts)
    slates: dict[int, list[Fact]] = defaultdict(list)
    for fact in facts:
        if fact.verb != ASKED or fact.data.get("side") != "manager":
            continue
        if not is_decided(of_each[fact.application_id or 0], fact) and not is_over(facts, fact):
            slates[fact.data["slate"]].append(fact)
    for slate, asked in slates.items():
        ended = first(facts, ENDED, after=asked[0])
        ends = [
            _earliest(_end_of_question(of_each[question.application_id or 0], question), ended)
            for question in asked
        ]
        settled: list[Fact] = [end for end in ends if end is not None]
        whole = len(settled) == len(asked)
        last = max(settled, key=order) if whole else None
        viewed = any(end.verb == ANSWERED for end in settled)
        left = [question for question, end in zip(asked, ends, strict=True) if end is None]
        yield Occasion(
            key=f"slate_reviewed:{slate}",
            kind="slate_reviewed",
            about=tuple(question.application_id or 0 for question in left or asked),
            started=asked[0],
            settled=last if viewed else None,
            released=None if viewed else last,
            waits=on_hold,
        )


def decision(facts: Sequence[Fact]) -> Iterator[Occasion]:
    """From an unsure to a yes or a no. Until the recruiter answers it, it is the recruiter's move."""
    on_hold = holds(facts)
    for application_id, own in by_application(facts).items():
        views = manager_views(own)
        for unsure in views:
            if unsure.data.get("verdict") != "unsure" or is_decided(own, unsure) or is_over(facts, unsure):
                continue
            later = [view for view in views if order(view) > order(unsure)]
            decided = next((view for view in later if view.data.get("verdict") != "unsure"), None)
            again = next((view for view in later if view.data.get("verdict") == "unsure"), None)
            others = [fact for fact in own if fact.actor_id != unsure.actor_id]
            reply = first(others, NOTED, ASKED, after=unsure)
            over = first(own, MOVED, *DECIDED, after=unsure)
            yield Occasion(
                key=f"decision:{unsure.id}",
                kind="decision",
                application_id=application_id,
                started=unsure,
                settled=decided,
                released=_earliest(over, again, first(facts, ENDED, after=unsure)),
                waits=((unsure.at, reply.at if reply else None), *on_hold),
            )


def evidence(facts: Sequence[Fact]) -> Iterator[Occasion]:
    """From the end of an interview to each interviewer's scorecard; a recruiter's own is not the manager's to bring.

    Where the candidate did not come there was nothing to write.
    """
    on_hold = holds(facts)
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
            over = _earliest(
                first(mine, NOT_NEEDED, NEVER_GIVEN, after=wanted),
                first(own, *DECIDED, after=wanted),
                first(facts, ENDED, after=wanted),
            )
            if is_decided(own, started) or is_over(facts, started):
                continue
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


def _end_of_question(own: Iterable[Fact], question: Fact) -> Fact | None:
    """The answer, or what made it needless."""
    for fact in own:
        if order(fact) <= order(question):
            continue
        if fact.verb in DECIDED:
            return fact
        if fact.subject_id == question.subject_id and fact.verb in {ANSWERED, TAKEN_BACK}:
            return fact
    return None


def _earliest(*facts: Fact | None) -> Fact | None:
    return min((fact for fact in facts if fact is not None), key=order, default=None)
