"""What the recruiting side owes: each function yields the occasions of one kind, from the story of a role."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from partners.commitments.domain import obligations as known
from partners.commitments.domain.meetings import Meeting, meetings
from partners.commitments.domain.obligations import (
    ASKED,
    DECIDED,
    ENDED,
    HIRED,
    INTAKE,
    MOVED,
    NOT_TOLD,
    NOTED,
    PRESENTED,
    REJECTED,
    TOLD,
    UNDONE,
    WITHDRAWN,
    Away,
    Court,
    Fact,
    Occasion,
    Story,
    earliest,
    key_of_life,
    order,
)

FRESH = timedelta(days=2)
"""So old may be at an agenda what the recruiter wrote before it."""
SOON = timedelta(days=3)
"""A word that comes sooner than that after the one before only sets the clock anew."""


def first_slate(story: Story) -> Iterator[Occasion]:
    """From the opening to the first slate. The clock stands still until the role says what it needs.

    A role that is taken up again owes one again: whoever was put forward before has been told how it ended.
    """
    given = story.first(INTAKE)
    for opened, ended in story.lives:
        until_given = Away(opened.at, given.at if given else None, Court.MANAGER)
        yield Occasion(
            key=key_of_life("first_slate", opened),
            kind="first_slate",
            started=opened,
            settled=story.first(PRESENTED, after=opened),
            released=ended,
            away=(until_given, *story.holds),
        )


def published(story: Story) -> Iterator[Occasion]:
    """From the moment at which the role says what it needs to its first post.

    Where the two are writing a brief, the clock stands still until both have settled it, and then until those who
    sign it have: nothing is published that they do not agree on.
    """
    given = story.first(INTAKE)
    if given is None:
        return
    touched, settled = story.first(known.BRIEF_CHANGED), story.first(known.BRIEF_SETTLED)
    written: tuple[Away, ...] = ()
    if touched is not None:
        until = settled.at if settled else None
        written = (Away(max(touched.at, given.at), until, Court.MANAGER),)
        if until is not None and until <= given.at:
            written = ()
    for opened, ended in story.lives:
        started = max(opened, given, key=order)
        if ended is not None and order(started) > order(ended):
            continue
        yield Occasion(
            key=key_of_life("published", opened),
            kind="published",
            started=started,
            settled=story.first(known.PUBLISHED, after=opened) or _public_since(story, opened),
            released=ended,
            away=(*written, *_signing(story), *story.holds),
        )


def _signing(story: Story) -> Iterator[Away]:
    """While somebody is asked to sign the brief as it was settled last, and has not agreed."""
    asked: set[str] = set()
    since: datetime | None = None
    for fact in story.every(known.BRIEF_SETTLED, known.SIGNATURE_ASKED, known.SIGNED):
        if fact.verb == known.BRIEF_SETTLED:
            asked = set()
        elif fact.verb == known.SIGNATURE_ASKED or fact.data.get("verdict") == "no":
            asked.add(fact.data["code"])
        else:
            asked.discard(fact.data["code"])
        if asked and since is None:
            since = fact.at
        elif not asked and since is not None:
            yield Away(since, fact.at, Court.SIGNERS)
            since = None
    if since is not None:
        yield Away(since, None, Court.SIGNERS)


def _public_since(story: Story, opened: Fact) -> Fact | None:
    """A post may be out before its role is opened; of a role taken up again, it is shown again after that."""
    return story.first(known.PUBLISHED) if opened.verb == known.OPENED else None


def weekly_update(story: Story) -> Iterator[Occasion]:
    """From each word to the manager to the next: an update, a slate, or a check-in that was held."""
    for opened, ended in story.lives:
        begun: Fact | None = opened
        while begun is not None and (ended is None or order(begun) < order(ended)):
            word = story.first(known.UPDATED, PRESENTED, known.MET, after=begun)
            soon = word is not None and word.at - begun.at < SOON
            yield Occasion(
                key=f"weekly_update:{begun.id}",
                kind="weekly_update",
                started=begun,
                settled=None if soon else word,
                released=earliest(ended, word if soon else None),
                away=story.holds,
            )
            begun = word


def data_before(story: Story) -> Iterator[Occasion]:
    """Before each check-in, once its agenda is out: the recruiter's own words on the figures.

    What they wrote since the meeting before counts, where that is not older than two days.
    """
    for meeting in meetings(story):
        if meeting.at <= meeting.near.at:
            continue
        yield Occasion(
            key=f"data_before:{meeting.number}",
            kind="data_before",
            started=meeting.near,
            settled=_word_for(story, meeting),
            released=earliest(meeting.cancelled, meeting.held, story.first(ENDED, after=meeting.near)),
            away=story.holds,
            before=meeting.at,
        )


def _word_for(story: Story, meeting: Meeting) -> Fact | None:
    fresh = meeting.near.at - FRESH
    met = [fact.at for fact in story.every(known.MET) if fact.at < meeting.near.at]
    since = max([fresh, *met])
    return next((fact for fact in story.every(known.UPDATED) if fact.at >= since), None)


def answer_manager(story: Story) -> Iterator[Occasion]:
    """From each view to what the recruiter makes of it: a step, a decision, a note, or asking again.

    A view that comes after the decision, or after the end of the role, is heard and owes nothing.
    """
    for application_id, own in story.of_each.items():
        for place, view in enumerate(own.manager_views):
            if own.is_decided(view) or story.is_over(view):
                continue
            again = next(
                (later for later in own.manager_views[place + 1 :] if order(later) > order(view)), None
            )
            yield Occasion(
                key=f"answer_manager:{view.id}",
                kind="answer_manager",
                application_id=application_id,
                started=view,
                settled=earliest(
                    own.first(MOVED, REJECTED, HIRED, ASKED, after=view),
                    own.first(NOTED, after=view, where=known.by_another(view)),
                ),
                released=earliest(own.first(WITHDRAWN, after=view), again, story.first(ENDED, after=view)),
                away=story.holds,
            )


def candidates_told(story: Story) -> Iterator[Occasion]:
    """From each decision to the message. The end of the role, or a hold, changes nothing about it.

    Who accepted an offer was hired by their own yes: there is nothing to tell. Where it turns out that the
    message did not arrive, they are owed another from then on, and the first counts for nothing.
    """
    for application_id, own in story.of_each.items():
        for start in own.every(REJECTED, HIRED, NOT_TOLD):
            decided = start.verb in {REJECTED, HIRED} and not _is_their_own(own, start)
            failed = start.verb == NOT_TOLD and own.is_decided(start)
            told = own.first(TOLD, after=start)
            if not (decided or failed) or (told is not None and _is_taken_back(own, told)):
                continue
            yield Occasion(
                key=f"candidates_told:{start.id}",
                kind="candidates_told",
                application_id=application_id,
                started=start,
                settled=told,
                released=own.first(UNDONE, WITHDRAWN, after=start),
            )


def _is_taken_back(own: Story, told: Fact) -> bool:
    """What came next about this decision is that they were not told after all."""
    following = own.first(NOT_TOLD, UNDONE, *DECIDED, after=told)
    return following is not None and following.verb == NOT_TOLD


def _is_their_own(own: Story, decision: Fact) -> bool:
    """Hired in the moment in which they accepted."""
    return decision.verb == HIRED and any(
        fact.at == decision.at and fact.id < decision.id for fact in own.every(known.ACCEPTED)
    )
