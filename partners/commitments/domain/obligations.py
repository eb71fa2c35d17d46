"""What measuring reads: the facts of one role in their order, and the occasions on which something is owed.

An occasion says what set its clock going, what settled it, what made it fall away, and with whom the move was
meanwhile (`away`): the clock of the one who owes it stands still while it is the other side's or the candidate's
move, or while the role is on hold. `recruiters_owe.py`, `managers_owe.py` and `after_the_hire.py` find them.

What an occasion is about (the candidacy, the role) may be decided before it is done: then it falls away, and
nothing is owed that begins after its subject was decided.
"""

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from functools import cached_property
from types import MappingProxyType
from typing import Any, NamedTuple

from partners.commitments.models import Court


class Fact(NamedTuple):
    """One activity, as far as measuring needs it."""

    id: int
    verb: str
    at: datetime
    subject_id: int
    application_id: int | None = None
    actor_id: int | None = None
    data: Mapping[str, Any] = MappingProxyType({})


Wait = tuple[datetime, datetime | None]


class Away(NamedTuple):
    """A time in which the move was not with the one who owes it; without an end it still is not."""

    begin: datetime
    until: datetime | None
    whose: Court


class Occasion(NamedTuple):
    """Something that is owed once: what set its clock going, what ended it, and whose move it was meanwhile."""

    key: str
    kind: str
    started: Fact
    application_id: int | None = None
    about: tuple[int, ...] = ()
    """Whom it is about, where that is not one application: who still waits, or all once nobody does."""
    settled: Fact | None = None
    released: Fact | None = None
    lost: Fact | None = None
    """Since then it cannot be done any more, and that does not make up for it."""
    away: tuple[Away, ...] = ()
    before: datetime | None = None
    """What it has to be done ahead of, where its time is counted back from there."""


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
OFFERED, ACCEPTED = "offer.sent", "offer.accepted"
PRESENTED, INTAKE, PUBLISHED = "slate.presented", "intake.given", "post.published"
BRIEF_CHANGED, BRIEF_SETTLED = "brief.changed", "brief.settled"
SIGNATURE_ASKED, SIGNED = "signature.asked", "signature.given"
BOOKED, INTERVIEWED, NOBODY_CAME = "interview.booked", "interview.held", "interview.no_show"
CALLED_OFF = "interview.cancelled"
TIME_ASKED, TIME_GIVEN = "booking.asked", "booking.given"
TIME_EXPIRED, TIME_TAKEN_BACK = "booking.expired", "booking.cancelled"
AVAILABILITY_ASKED = "availability.asked"
AVAILABILITY_GIVEN, AVAILABILITY_CLOSED = "availability.given", "availability.closed"
WANTED, GIVEN = "scorecard.opened", "scorecard.handed_in"
NOT_NEEDED, NEVER_GIVEN = "scorecard.cancelled", "scorecard.never_given"
DEBRIEFED = "debrief.decided"
UPDATED = "update.given"
MEETING_NEAR, MEETING_MOVED = "checkin.agenda_sent", "checkin.moved"
MET, MEETING_SKIPPED, MEETING_CANCELLED = "checkin.held", "checkin.skipped", "checkin.cancelled"
STARTED, NOT_STARTED = "hire.started", "hire.undone"
OUTCOMES_AGREED, OUTCOME_REVIEWED = "hire.outcomes_agreed", "outcome.reviewed"
EXCUSED, ESCALATED = "commitment.excused", "commitment.escalated"

RELEVANT = frozenset(
    {ASKED, ANSWERED, TAKEN_BACK, MOVED, NOTED, *DECIDED, TOLD, NOT_TOLD, UNDONE, OFFERED, ACCEPTED}
    | {OPENED, HELD, RESUMED, ENDED, REOPENED, PRESENTED, INTAKE, PUBLISHED, BRIEF_CHANGED, BRIEF_SETTLED}
    | {SIGNATURE_ASKED, SIGNED}
    | {BOOKED, INTERVIEWED, NOBODY_CAME, CALLED_OFF, TIME_ASKED, TIME_GIVEN, TIME_EXPIRED, TIME_TAKEN_BACK}
    | {AVAILABILITY_ASKED, AVAILABILITY_GIVEN, AVAILABILITY_CLOSED}
    | {WANTED, GIVEN, NOT_NEEDED, NEVER_GIVEN, DEBRIEFED, UPDATED}
    | {MEETING_NEAR, MEETING_MOVED, MET, MEETING_SKIPPED, MEETING_CANCELLED}
    | {STARTED, NOT_STARTED, OUTCOMES_AGREED, OUTCOME_REVIEWED, EXCUSED, ESCALATED}
)
"""The verbs that measuring reads."""


def order(fact: Fact) -> tuple[datetime, int]:
    return fact.at, fact.id


def earliest(*facts: Fact | None) -> Fact | None:
    return min(filter(None, facts), key=order, default=None)


def anything(fact: Fact) -> bool:
    return True


def by_another(than: Fact) -> Callable[[Fact], bool]:
    """Whether it was done in somebody else's name: a deputy's word is that of whoever is away."""
    return lambda fact: in_whose_name(fact) != in_whose_name(than)


def in_whose_name(fact: Fact) -> int | None:
    return fact.data.get("for_id") or fact.actor_id


class Story(Sequence[Fact]):
    """Facts in their order, looked up by what happened: those of a role, or of one candidacy in it."""

    def __init__(self, facts: Iterable[Fact]) -> None:
        self._facts = sorted(facts, key=order)

    @classmethod
    def _in_order(cls, facts: list[Fact]) -> "Story":
        story = cls(())
        story._facts = facts
        return story

    def __getitem__(self, place: Any) -> Any:
        return self._facts[place]

    def __len__(self) -> int:
        return len(self._facts)

    def __iter__(self) -> Iterator[Fact]:
        return iter(self._facts)

    @cached_property
    def _of_verb(self) -> dict[str, list[Fact]]:
        found: dict[str, list[Fact]] = {}
        for fact in self._facts:
            found.setdefault(fact.verb, []).append(fact)
        return found

    def every(self, *verbs: str) -> list[Fact]:
        """All with one of these verbs, in their order."""
        found = [fact for verb in verbs for fact in self._of_verb.get(verb, ())]
        return found if len(verbs) == 1 else sorted(found, key=order)

    def first(
        self, *verbs: str, after: Fact | None = None, where: Callable[[Fact], bool] = anything
    ) -> Fact | None:
        """The first with one of these verbs, after another fact where one is given."""
        found, begin = None, order(after) if after is not None else None
        for verb in verbs:
            for fact in self._after(verb, begin):
                if found is not None and order(found) < order(fact):
                    break
                if where(fact):
                    found = fact
                    break
        return found

    def _after(self, verb: str, begin: tuple[datetime, int] | None) -> Sequence[Fact]:
        facts = self._of_verb.get(verb, ())
        if not facts or begin is None or order(facts[0]) > begin:
            return facts
        return facts[bisect_right(facts, begin, key=order) :] if order(facts[-1]) > begin else ()

    def last(self, *verbs: str, until: Fact) -> str:
        """Which of these verbs came last up to this fact; empty where none had come."""
        found: list[Fact] = []
        for verb in verbs:
            facts = self._of_verb.get(verb)
            if facts and (end := bisect_right(facts, order(until), key=order)):
                found.append(facts[end - 1])
        return max(found, key=order).verb if found else ""

    @cached_property
    def of_each(self) -> "dict[int, Story]":
        """The facts of each application."""
        grouped: dict[int, list[Fact]] = defaultdict(list)
        for fact in self._facts:
            if fact.application_id is not None:
                grouped[fact.application_id].append(fact)
        return {application: Story._in_order(facts) for application, facts in grouped.items()}

    @cached_property
    def holds(self) -> tuple[Away, ...]:
        """When the role stood still, for both sides."""
        found = []
        for held in self.every(HELD):
            end = self.first(RESUMED, ENDED, after=held)
            found.append(Away(held.at, end.at if end else None, Court.HOLD))
        return tuple(found)

    @cached_property
    def lives(self) -> list[tuple[Fact, Fact | None]]:
        """The times in which people were looked for: from the opening, or from taking it up again, to its end."""
        found: list[tuple[Fact, Fact | None]] = []
        begun: Fact | None = None
        for fact in self.every(OPENED, REOPENED, ENDED):
            if fact.verb != ENDED:
                begun = begun or fact
            elif begun is not None:
                found.append((begun, fact))
                begun = None
        return [*found, (begun, None)] if begun is not None else found

    @cached_property
    def manager_views(self) -> list[Fact]:
        """The answers that the hiring manager gave as such; others of the team may be asked too."""
        asked = {fact.subject_id for fact in self.every(ASKED) if fact.data.get("side") == "manager"}
        return [fact for fact in self.every(ANSWERED) if fact.subject_id in asked]

    def is_decided(self, at: Fact) -> bool:
        """Whether the candidacy had ended by then, and was not open again."""
        return self.last(*DECIDED, UNDONE, until=at) in DECIDED

    def is_over(self, at: Fact) -> bool:
        """Whether the role had ended by then, and was not taken up again."""
        return self.last(ENDED, OPENED, REOPENED, until=at) == ENDED


def key_of_life(kind: str, opened: Fact) -> str:
    return kind if opened.verb == OPENED else f"{kind}:{opened.id}"
