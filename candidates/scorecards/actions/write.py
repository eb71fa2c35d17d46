"""Writing down evidence: saved as one types, handed in once, corrected in the open."""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction

from ats.accounts.models import User
from ats.activity.record import record
from ats.kernel.access import get_for, lock, lock_all
from ats.kernel.errors import Conflict, Invalid, WrongState
from ats.kernel.staff_words import gettext
from ats.organisation.domain import working_time
from candidates.applications.models import Application
from candidates.compose import lawful
from candidates.interviews.models import Interview
from candidates.scorecards import workflow
from candidates.scorecards.actions.follow import facts
from candidates.scorecards.domain import evidence
from candidates.scorecards.domain.due import due_at
from candidates.scorecards.domain.evidence import MAX_WHY, Content
from candidates.scorecards.models import Scorecard, ScorecardMark, ScorecardState, ScorecardVersion

WRITE = "candidates.write_scorecard"


class OtherWindow(Conflict):
    """What is kept now is not what this window last saw. `scorecard` and `kept` are what the other one wrote."""

    def __init__(self, scorecard: Scorecard, kept: Content) -> None:
        super().__init__(
            gettext("This was changed in another window. Both texts are here: choose what to keep.")
        )
        self.scorecard = scorecard
        self.kept = kept


def save_draft(*, scorecard_id: int, revision: int, content: Content, by: User, now: datetime) -> Scorecard:
    """Keep what has been typed so far; `OtherWindow` if it is no longer at the `revision` that was seen.

    Saving what is kept already changes nothing. Typing is no event: nothing is recorded.
    """
    with transaction.atomic():
        card, marks = _locked(scorecard_id, by)
        workflow.check_is(card.state, ScorecardState.DRAFT)
        _keep(card, marks, content, revision=revision)
    return card


def hand_in(*, scorecard_id: int, revision: int, content: Content, by: User, now: datetime) -> Scorecard:
    """Now others may read it, and the interviewer theirs. Every criterion has a rating and evidence by then."""
    with transaction.atomic():
        # As every move and decision does first: handing in may pass the candidate's promise on.
        place = Scorecard.objects.filter(pk=scorecard_id).values_list("application", flat=True).first()
        lock(Application, place or 0)
        card, marks = _locked(scorecard_id, by)
        workflow.check(card.state, ScorecardState.SUBMITTED)
        if card.interview.starts_at > now:
            raise WrongState(gettext("The interview has not begun yet: until then this stays a draft."))
        content = _keep(card, marks, content, revision=revision)
        _check_whole(content, marks)
        _check_lawful(card, content)
        card.state, card.submitted_at, card.nudge_at = ScorecardState.SUBMITTED, now, None
        _add_version(card, marks, content, now=now)
        card.save(update_fields=["state", "submitted_at", "nudge_at", "number"])
        data = facts(card, card.interview) | {"on_time": now <= card.due_at}
        record("scorecard.handed_in", subject=card, by=by, now=now, data=data)
    return card


def correct(
    *, scorecard_id: int, revision: int, content: Content, why: str, by: User, now: datetime
) -> Scorecard:
    """A further version of what is in, with the reason; the ones before it stay to be read."""
    with transaction.atomic():
        card, marks = _locked(scorecard_id, by)
        workflow.check_is(card.state, ScorecardState.SUBMITTED)
        why = why.strip()[:MAX_WHY]
        if not why:
            raise Invalid(gettext("Say why it is corrected."), field="why")
        was = evidence.content_of(card, marks)
        content = _keep(card, marks, content, revision=revision)
        _check_whole(content, marks)
        _check_lawful(card, content, why=why)
        if evidence.as_json(was, marks) == evidence.as_json(content, marks):
            raise Invalid(gettext("Nothing in it has changed."), field="why")
        _add_version(card, marks, content, now=now, why=why)
        card.save(update_fields=["number"])
        data = facts(card, card.interview) | {"version": card.number}
        record("scorecard.corrected", subject=card, by=by, now=now, data=data)
    return card


def keep_notes(*, scorecard_id: int, private_notes: str, by: User, now: datetime) -> Scorecard:
    """The author's own notes; they are no part of the evidence, and nobody else's business."""
    with transaction.atomic():
        card, marks = _locked(scorecard_id, by)
        given = evidence.cleaned(Content(private_notes=private_notes), marks)
        card.private_notes = given.private_notes
        card.revision += 1
        card.save(update_fields=["private_notes", "revision"])
    return card


def change_due(*, scorecard_id: int, due_at: datetime) -> None:
    """It is due at another time: the agreement of the partners says so."""
    Scorecard.objects.owed().filter(pk=scorecard_id).update(due_at=due_at)


@transaction.atomic
def agree_hours(*, requisition_id: int, hours: int, now: datetime) -> None:
    """The partners have agreed within how many working hours: what is still owed is due then too.

    A shorter time never ends before the day on which it was agreed.
    """
    cards = Scorecard.objects.owed().filter(application__requisition=requisition_id)
    lock_all(Application, cards.values_list("application", flat=True))
    rows = cards.select_related("interview__application__requisition__organisation__calendar")
    owed = list(rows.order_by("pk"))
    interviews = {card.interview_id: card.interview for card in owed}
    Interview.objects.filter(pk__in=interviews).update(scorecard_hours=hours)
    for card in owed:
        interview = interviews[card.interview_id]
        interview.scorecard_hours = hours
        due = due_at(interview, now=interview.ends_at)
        if due < now:
            due = working_time.after_days(interview.application.requisition.organisation.calendar, now, 0)
        change_due(scorecard_id=card.pk, due_at=due)


def _locked(scorecard_id: int, by: User) -> tuple[Scorecard, list[ScorecardMark]]:
    rows = Scorecard.objects.select_related(
        "interviewer", "interview", "application__candidate", "application__requisition"
    )
    card = get_for(rows, scorecard_id, user=by, permission=WRITE, for_update=True)
    card.interview.application = card.application
    return card, list(card.marks.order_by("position"))


def _keep(card: Scorecard, marks: list[ScorecardMark], content: Content, *, revision: int) -> Content:
    """Write what differs; the content as it is kept now."""
    content = evidence.cleaned(content, marks)
    kept = evidence.content_of(card, marks)
    if content == kept:
        return content
    if revision != card.revision:
        raise OtherWindow(card, kept)
    card.recommendation, card.reason = content.recommendation, content.reason
    card.private_notes = content.private_notes
    card.revision += 1
    card.save(update_fields=["recommendation", "reason", "private_notes", "revision"])
    for mark in marks:
        given = content.marks[mark.position]
        if given != kept.marks[mark.position]:
            mark.rating, mark.evidence = given.rating, given.evidence
            mark.save(update_fields=["rating", "evidence"])
    return content


def _check_whole(content: Content, marks: Iterable[ScorecardMark]) -> None:
    for field, message in evidence.missing(content, marks):
        raise Invalid(message, field=field)


def _check_lawful(card: Scorecard, content: Content, *, why: str = "") -> None:
    """What others are to read; a draft is its writer's alone, and keeps what was typed."""
    said = {f"evidence_{place}": given.evidence for place, given in content.marks.items()}
    texts = said | {"reason": content.reason, "why": why}
    lawful.check(card.application, texts, where=f"scorecard-{card.pk}", what="The evidence on")


def _add_version(
    card: Scorecard, marks: list[ScorecardMark], content: Content, *, now: datetime, why: str = ""
) -> None:
    card.number += 1
    ScorecardVersion.objects.create(
        scorecard=card,
        number=card.number,
        handed_in_at=now,
        content=evidence.as_json(content, marks),
        why=why,
    )
