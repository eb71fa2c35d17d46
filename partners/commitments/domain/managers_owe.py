"""What the hiring manager's side owes: each function yields the occasions of one kind, from the story of a role."""

from collections import defaultdict
from collections.abc import Callable, Iterator
from datetime import datetime

from partners.commitments.domain import obligations as known
from partners.commitments.domain.meetings import meetings
from partners.commitments.domain.obligations import (
    ANSWERED,
    ASKED,
    DECIDED,
    ENDED,
    GIVEN,
    INTAKE,
    INTERVIEWED,
    MOVED,
    NEVER_GIVEN,
    NOBODY_CAME,
    NOT_NEEDED,
    NOTED,
    OFFERED,
    TAKEN_BACK,
    WANTED,
    Away,
    Court,
    Fact,
    Occasion,
    Story,
    earliest,
    key_of_life,
    order,
)


def intake(story: Story) -> Iterator[Occasion]:
    """From the opening until the role says all that a recruiter needs."""
    given = story.first(INTAKE)
    for opened, ended in story.lives:
        if opened.verb == known.REOPENED and given is not None and order(given) < order(opened):
            continue
        yield Occasion(
            key=key_of_life("intake", opened),
            kind="intake",
            started=opened,
            settled=given,
            released=ended,
            away=story.holds,
        )


def slate_reviewed(story: Story) -> Iterator[Occasion]:
    """From being asked about a slate to the last view on it; who leaves the race needs none."""
    slates: dict[int, list[Fact]] = defaultdict(list)
    for fact in story.every(ASKED):
        if fact.data.get("side") != "manager":
            continue
        if not _own(story, fact).is_decided(fact) and not story.is_over(fact):
            slates[fact.data["slate"]].append(fact)
    for slate, asked in slates.items():
        ended = story.first(ENDED, after=asked[0])
        ends = [earliest(_end_of_question(_own(story, question), question), ended) for question in asked]
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
            away=story.holds,
        )


def _own(story: Story, fact: Fact) -> Story:
    return story.of_each.get(fact.application_id or 0) or Story(())


def decision(story: Story) -> Iterator[Occasion]:
    """From an unsure to a yes or a no. Until the recruiter answers it, it is the recruiter's move."""
    for application_id, own in story.of_each.items():
        views = own.manager_views
        for unsure in views:
            if unsure.data.get("verdict") != "unsure" or own.is_decided(unsure) or story.is_over(unsure):
                continue
            later = [view for view in views if order(view) > order(unsure)]
            decided = next((view for view in later if view.data.get("verdict") != "unsure"), None)
            again = next((view for view in later if view.data.get("verdict") == "unsure"), None)
            reply = own.first(NOTED, ASKED, after=unsure, where=known.by_another(unsure))
            over = own.first(MOVED, *DECIDED, after=unsure)
            asked_back = Away(unsure.at, reply.at if reply else None, Court.RECRUITER)
            yield Occasion(
                key=f"decision:{unsure.id}",
                kind="decision",
                application_id=application_id,
                started=unsure,
                settled=decided,
                released=earliest(over, again, story.first(ENDED, after=unsure)),
                away=(asked_back, *story.holds),
            )


def interviewed(story: Story) -> Iterator[Occasion]:
    """From the manager's yes to the interview. Arranging it is the recruiter's move, choosing a time the candidate's.

    Who has been met already, is offered the job or is decided about without one needs none.
    """
    for application_id, own in story.of_each.items():
        for yes in own.manager_views:
            if yes.data.get("verdict") != "yes" or own.is_decided(yes) or story.is_over(yes):
                continue
            met = own.first(INTERVIEWED)
            if met is not None and order(met) < order(yes):
                continue
            held = own.first(INTERVIEWED, after=yes)
            again = next((view for view in own.manager_views if order(view) > order(yes)), None)
            yield Occasion(
                key=f"interviewed:{yes.id}",
                kind="interviewed",
                application_id=application_id,
                started=yes,
                settled=held and _at_its_end(held),
                released=earliest(
                    own.first(OFFERED, NOBODY_CAME, *DECIDED, after=yes), again, story.first(ENDED, after=yes)
                ),
                away=(*_arranging(own, yes), *story.holds),
            )


_ARRANGING = {
    known.TIME_ASKED: Court.CANDIDATE,
    known.TIME_GIVEN: Court.RECRUITER,
    known.TIME_EXPIRED: Court.RECRUITER,
    known.TIME_TAKEN_BACK: Court.RECRUITER,
    known.CALLED_OFF: Court.RECRUITER,
    known.BOOKED: Court.MANAGER,
}
"""With whom the move is after each of these; a time that is booked is the manager's to keep."""


_TIMES = (known.AVAILABILITY_ASKED, known.AVAILABILITY_GIVEN, known.AVAILABILITY_CLOSED)


def _arranging(own: Story, yes: Fact) -> list[Away]:
    """When it was the recruiter's or the candidate's move, between the yes and the interview.

    While the recruiter waits for times of the manager's side, it is the manager's.
    """
    booked = own.first(known.BOOKED)
    whose = Court.MANAGER if booked is not None and order(booked) < order(yes) else Court.RECRUITER
    asked: set[int] = set()
    found, since, court = [], yes.at, whose
    for fact in own.every(*_ARRANGING, *_TIMES):
        if fact.verb in _TIMES:
            _note_times(asked, fact)
        elif order(fact) > order(yes):
            whose = _ARRANGING[fact.verb]
        if order(fact) <= order(yes):
            court = _court(whose, asked)
            continue
        if court is not Court.MANAGER:
            found.append(Away(since, fact.at, court))
        court, since = _court(whose, asked), fact.at
    return found if court is Court.MANAGER else [*found, Away(since, None, court)]


def _note_times(asked: set[int], fact: Fact) -> None:
    """Who of the manager's side is still asked when they can."""
    if fact.verb == known.AVAILABILITY_ASKED and fact.data.get("side") == "manager":
        asked.add(fact.subject_id)
    else:
        asked.discard(fact.subject_id)


def _court(whose: Court, asked: set[int]) -> Court:
    return Court.MANAGER if asked and whose is Court.RECRUITER else whose


def evidence(story: Story) -> Iterator[Occasion]:
    """From the end of an interview to each interviewer's scorecard; a recruiter's own is not the manager's to bring.

    It is in once every criterion given to them has its evidence, and until then they see nobody else's.
    Where the candidate did not come there was nothing to write.
    """
    for application_id, own in story.of_each.items():
        for wanted in own.every(WANTED):
            if wanted.data.get("side") == "recruiter":
                continue
            of_it = _about_interview(wanted.data["interview_id"])
            held = own.first(INTERVIEWED, where=of_it)
            if held is None or own.first(NOBODY_CAME, after=wanted, where=of_it) is not None:
                continue
            mine = _about(wanted.subject_id)
            started = max(_at_its_end(held), wanted, key=order)
            over = earliest(
                own.first(NOT_NEEDED, NEVER_GIVEN, after=wanted, where=mine),
                own.first(*DECIDED, after=wanted),
                story.first(ENDED, after=wanted),
            )
            if own.is_decided(started) or story.is_over(started):
                continue
            if over is not None and over.at <= started.at:
                continue
            yield Occasion(
                key=f"evidence:{wanted.id}",
                kind="evidence",
                application_id=application_id,
                started=started,
                settled=own.first(GIVEN, after=wanted, where=mine),
                released=over,
                away=story.holds,
            )


def _about_interview(number: int) -> Callable[[Fact], bool]:
    return lambda fact: fact.data.get("interview_id") == number


def _about(subject: int) -> Callable[[Fact], bool]:
    return lambda fact: fact.subject_id == subject


def _at_its_end(held: Fact) -> Fact:
    """The end of the interview, and not the minute in which the clock noted it."""
    return held._replace(at=datetime.fromisoformat(held.data["ends_at"]))


def debriefed(story: Story) -> Iterator[Occasion]:
    """From the moment at which all evidence on somebody is in to the decision on it.

    A step forward, an offer or the end of the candidacy makes it for them; another interview puts it off.
    """
    for application_id, own in story.of_each.items():
        for ready in _all_in(own):
            if own.is_decided(ready) or story.is_over(ready):
                continue
            yield Occasion(
                key=f"debriefed:{ready.id}",
                kind="debriefed",
                application_id=application_id,
                started=ready,
                settled=own.first(known.DEBRIEFED, after=ready),
                released=earliest(
                    own.first(MOVED, OFFERED, WANTED, *DECIDED, after=ready), story.first(ENDED, after=ready)
                ),
                away=story.holds,
            )


def _all_in(own: Story) -> Iterator[Fact]:
    """Each scorecard after which none of those asked for was left to write, one at least being in."""
    awaited: set[int] = set()
    given = False
    for fact in own.every(WANTED, GIVEN, NOT_NEEDED, NEVER_GIVEN):
        if fact.verb == WANTED:
            awaited.add(fact.subject_id)
            continue
        was = fact.subject_id in awaited
        awaited.discard(fact.subject_id)
        given = given or fact.verb == GIVEN
        if was and given and not awaited:
            yield fact
            given = False


def check_in(story: Story) -> Iterator[Occasion]:
    """From its time to the word that a check-in was held; one that is called off or moved is not owed then."""
    for meeting in meetings(story):
        yield Occasion(
            key=f"check_in:{meeting.number}",
            kind="check_in",
            started=meeting.near._replace(at=max(meeting.at, meeting.near.at)),
            settled=meeting.held,
            lost=meeting.skipped,
            released=earliest(meeting.cancelled, story.first(ENDED, after=meeting.near)),
        )


def _end_of_question(own: Story, question: Fact) -> Fact | None:
    """The answer, or what made it needless."""
    return earliest(
        own.first(*DECIDED, after=question),
        own.first(
            ANSWERED, TAKEN_BACK, after=question, where=lambda fact: fact.subject_id == question.subject_id
        ),
    )
