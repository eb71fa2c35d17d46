"""Giving feedback: a person has put it together, looked at it, and sends it. Nothing of it leaves by itself."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from ats.accounts.models import User
from ats.activity.record import CanAct, record
from ats.duework import tasks
from ats.kernel.access import lock
from ats.kernel.errors import Invalid, WrongState
from ats.kernel.languages import recorded
from ats.kernel.lawful import TOLD
from ats.kernel.staff_words import gettext
from candidates.applications.actions import fetch
from candidates.applications.models import Application
from candidates.compose import lawful, letters
from candidates.compose.words import typed
from candidates.feedback import queries, workflow
from candidates.feedback.actions.put_aside import let_go
from candidates.feedback.actions.requests import settle
from candidates.feedback.domain.points import CARD, CLIENT, Evidence, check_depth
from candidates.feedback.domain.safe import Said
from candidates.feedback.models import (
    Depth,
    Feedback,
    FeedbackPoint,
    FeedbackState,
    RequestState,
)
from candidates.feedback.rules import GIVE
from candidates.internal.queries import recruiter_of
from candidates.messages import actions as conversation
from candidates.people.domain.keys import one_line

LEAVES = "feedback"
"""The kind of due task by which it leaves once they know the decision."""


class Doubtful(Invalid):
    """Words that may be all right, and to which whoever sends says so."""

    code = "doubtful_wording"

    def __init__(self, found: Sequence[Said]) -> None:
        super().__init__(found[0].sentence, field="body")
        self.found = found


@transaction.atomic
def give(
    *,
    application_id: int,
    subject: str,
    body: str,
    seals: Sequence[str],
    by: User,
    now: datetime,
    meant: bool = False,
    gaps_meant: bool = False,
) -> Feedback:
    """Send these words, put together from the evidence of these seals; once for a decision.

    Who does not know the decision yet gets it right after it. `meant`: yes to words that may be all right.
    """
    application = fetch.locked(application_id, user=by, permission=GIVE)
    if refusal := queries.refusal_of(application, queries.given_in(application)):
        raise WrongState(refusal)
    points = queries.chosen(queries.evidence_of(application, by), seals)
    depth = queries.depth_of(application)
    check_depth(points, depth)
    subject, body = one_line(subject), _looked_through(application, subject, body, by=by, meant=meant)
    if not subject:
        raise Invalid(gettext("Write a subject."), field="subject")
    written = letters.own_words(subject, body, gaps_meant, application=application)
    row = Feedback.objects.create(
        application=application,
        author=by,
        depth=depth,
        language=letters.shipped("feedback.given", application).language or application.candidate.language,
        subject=written.subject[:300],
        body=written.body,
        gaps_meant=gaps_meant,
        written_at=now,
    )
    _keep_points(row, points)
    let_go(application)
    if application.told_at is None:
        said = {"subject": row.subject, "words": row.body}
        record("feedback.written", subject=row, by=by, now=now, data=said)
    else:
        _send(row, application, by=by, now=now)
    return row


def _looked_through(application: Application, subject: str, body: str, *, by: User, meant: bool) -> str:
    """`Unlawful`, `Invalid` or `Doubtful` for what must not leave, or may be all right."""
    body = typed(body)
    if not body:
        raise Invalid(gettext("Write the message."), field="body")
    if len(body) > letters.LONGEST_BODY:
        raise Invalid(
            gettext("Keep the message under %(most)s characters.") % {"most": letters.LONGEST_BODY},
            field="body",
        )
    texts = {"subject": subject, "body": body}
    lawful.check(application, texts, where="feedback", what="The feedback to", uses=TOLD)
    found = queries.look(application, f"{one_line(subject)}\n\n{body}", sender=str(by))
    # What a rule calls unlawful was refused above, unless a lead has cleared it here.
    if refused := [each for each in found if each.refused and not each.is_unlawful]:
        raise Invalid("\n".join(each.sentence for each in refused), field="body")
    if (doubts := [each for each in found if not each.refused]) and not meant:
        raise Doubtful(doubts)
    return body


def _keep_points(row: Feedback, points: Sequence[Evidence]) -> None:
    FeedbackPoint.objects.bulk_create(
        FeedbackPoint(
            feedback=row,
            position=position,
            criterion=point.criterion,
            evidence=point.words,
            number=point.number,
            mark_id=point.pk if point.source == CARD else None,
            client_word_id=point.pk if point.source == CLIENT else None,
        )
        for position, point in enumerate(points, start=1)
    )


def _send(row: Feedback, application: Application, *, by: User, now: datetime) -> None:
    """Into the conversation and out by mail; what was asked for is answered."""
    workflow.check(row.state, FeedbackState.SENT)
    message = conversation.send(
        application_id=application.pk,
        subject=row.subject,
        body=row.body,
        by=by,
        now=now,
        gaps_meant=row.gaps_meant,
    )
    row.state, row.sent_at, row.message = FeedbackState.SENT, now, message
    row.subject, row.body = message.subject, message.body
    row.save(update_fields=["state", "sent_at", "message", "subject", "body"])
    criteria = dict.fromkeys(row.points.order_by("position").values_list("criterion", flat=True))
    data = {
        "depth": recorded(Depth(row.depth).label).lower(),
        "criteria": ", ".join(criteria) or "the reason",
        "subject": row.subject,
        "words": row.body,
        "message_id": message.pk,
    }
    record("feedback.sent", subject=row, by=by, now=now, data=data)
    settle(application, RequestState.GIVEN, by=by, now=now)


def plan_to_leave(application: Application, *, now: datetime) -> None:
    """They know the decision now: feedback that waited for it leaves next."""
    row = Feedback.objects.filter(application=application, state=FeedbackState.WAITING).first()
    if row is not None:
        tasks.plan(LEAVES, subject_id=row.pk, due_at=now, key=f"feedback:{row.pk}")


def leave(feedback_id: int, *, now: datetime) -> None:
    """What a person wrote and sent leaves, where they still know the decision that it is about."""
    place = Feedback.objects.filter(pk=feedback_id).values_list("application", flat=True).first()
    if place is None:
        return
    lock(Application, place)
    row = Feedback.objects.select_related("author").get(pk=feedback_id)
    application = Application.objects.whole().get(pk=place)
    if row.state != FeedbackState.WAITING or application.told_at is None:
        return
    writes = row.author if row.author.has_perm(GIVE, application) else recruiter_of(application)
    _send(row, application, by=writes, now=now)


@transaction.atomic
def take_back(*, application_id: int, by: User, now: datetime) -> Feedback:
    """It waits for the decision to be told, and is not to leave after all."""
    application = fetch.locked(application_id, user=by, permission=GIVE)
    row = Feedback.objects.filter(application=application, state=FeedbackState.WAITING).first()
    if row is None:
        raise WrongState(workflow.LEFT)
    _end(row, FeedbackState.CANCELLED, why="by hand", by=by, now=now)
    return row


def decision_undone(application: Application, *, by: CanAct | None, now: datetime) -> None:
    """The decision is no more: what waits does not leave, what was sent was about it alone."""
    for row in Feedback.objects.standing().filter(application=application):
        if row.state == FeedbackState.WAITING:
            _end(row, FeedbackState.CANCELLED, why="the decision was taken back", by=by, now=now)
        else:
            workflow.check(row.state, FeedbackState.PAST)
            row.state = FeedbackState.PAST
            row.save(update_fields=["state"])
    let_go(application)
    settle(application, RequestState.VOID, by=by, now=now)


def _end(row: Feedback, state: FeedbackState, *, why: str, by: CanAct | None, now: datetime) -> None:
    workflow.check(row.state, state)
    row.state = state
    row.save(update_fields=["state"])
    record("feedback.taken_back", subject=row, by=by, now=now, data={"why": why})
