"""A candidate asks for feedback, once; somebody answers, or the lead hears that nobody did."""

from datetime import datetime

from django.db import transaction

from ats.accounts.models import User
from ats.activity.record import CanAct, record
from ats.duework import engine as duework
from ats.kernel.errors import Invalid, Missing, WrongState
from ats.kernel.lawful import TOLD
from ats.kernel.staff_words import gettext
from ats.mail import outbox
from ats.organisation.domain import working_time
from candidates.applications.actions import fetch
from candidates.applications.models import Application, ApplicationState
from candidates.compose import lawful, letters, words
from candidates.feedback import queries, workflow
from candidates.feedback.mails import ASKED, LATE
from candidates.feedback.models import FeedbackRequest, RequestState
from candidates.feedback.rules import GIVE
from candidates.internal.queries import recruiter_of
from candidates.messages import actions as conversation
from candidates.people.models import Candidate
from candidates.promises.engine import lead_of


@transaction.atomic
def ask(*, application: Application, candidate: Candidate, now: datetime) -> FeedbackRequest:
    """They ask, and are told by when they hear; a second click asks nothing more.

    `WrongState` where nothing was decided that they know of, or feedback is there.
    """
    if application.candidate_id != candidate.pk:
        raise Missing("No such application.")
    application = fetch.relocked(application)
    if application.state != ApplicationState.REJECTED or application.told_at is None:
        raise WrongState(gettext("Nothing is decided here that feedback could be about."))
    row = FeedbackRequest.objects.filter(application=application).first()
    if row is not None and row.state != RequestState.VOID:
        return row
    if queries.given_in(application) is not None:
        raise WrongState(gettext("Feedback has been given already."))
    days = queries.rules_of(application.requisition.organisation_id).answer_days
    if row is None:
        row = FeedbackRequest(application=application)
    else:
        workflow.check_request(row.state, RequestState.OPEN)
    row.state, row.asked_at, row.settled_at, row.settled_by = RequestState.OPEN, now, None, None
    row.due_at, row.answer, row.lead_told_at = _due(application, now, days), None, None
    row.attempts, row.retry_at, row.last_error = 0, None, ""
    row.save()
    due = words.day(row.due_at, application.calendar.zone)
    data = {"due": due, "due_at": row.due_at.isoformat()}
    record("feedback.asked", subject=row, by=candidate, now=now, data=data)
    _tell(ASKED, recruiter_of(application), row, key=f"feedback-asked:{row.pk}:{now:%Y%m%d%H%M}", now=now)
    return row


def _due(application: Application, now: datetime, days: int) -> datetime:
    return working_time.after_days(application.calendar, now, days)


@transaction.atomic
def decline(
    *, application_id: int, subject: str, body: str, by: User, now: datetime, gaps_meant: bool = False
) -> FeedbackRequest:
    """Give none, and tell them why, in words that are looked through as feedback is."""
    application = fetch.locked(application_id, user=by, permission=GIVE)
    row = FeedbackRequest.objects.filter(application=application).first()
    if row is None:
        raise WrongState(gettext("They have not asked for feedback."))
    workflow.check_request(row.state, RequestState.DECLINED)
    texts = {"subject": subject, "body": body}
    lawful.check(application, texts, where="feedback", what="The feedback to", uses=TOLD)
    found = queries.look(application, body[: letters.LONGEST_BODY], sender=str(by))
    if refused := [each for each in found if each.refused and not each.is_unlawful]:
        raise Invalid("\n".join(each.sentence for each in refused), field="body")
    message = conversation.send(
        application_id=application_id, subject=subject, body=body, by=by, now=now, gaps_meant=gaps_meant
    )
    row.answer = message
    _settle(row, RequestState.DECLINED, by=by, now=now)
    data = {"words": message.body, "message_id": message.pk}
    record("feedback.declined", subject=row, by=by, now=now, data=data)
    return row


def settle(application: Application, state: RequestState, *, by: CanAct | None, now: datetime) -> None:
    """What was asked for in this application, if anything was and nobody has given it."""
    row = FeedbackRequest.objects.filter(application=application).exclude(state=state).first()
    if row is not None and state in workflow.REQUESTS[RequestState(row.state)]:
        _settle(row, state, by=by, now=now)


def _settle(row: FeedbackRequest, state: RequestState, *, by: CanAct | None, now: datetime) -> None:
    workflow.check_request(row.state, state)
    row.state, row.settled_at = state, now
    row.settled_by = by if isinstance(by, User) else None
    row.save(update_fields=["state", "settled_at", "settled_by", "answer"])


def tell_leads(now: datetime) -> int:
    """Past the day that the candidate was told: whoever leads hears of it, once."""
    return duework.under_lock(FeedbackRequest.objects.late(now), _tell_lead, now=now)


def _tell_lead(row: FeedbackRequest, now: datetime) -> None:
    application = Application.objects.whole().get(pk=row.application_id)
    row.application, row.lead_told_at = application, now
    row.save(update_fields=["lead_told_at"])
    lead, owner = lead_of(application), recruiter_of(application)
    due = words.day(row.due_at, application.calendar.zone)
    record("feedback.late", subject=row, by=None, now=now, data={"to": str(lead), "due": due})
    _tell(LATE, lead, row, key=f"feedback-late:{row.pk}:{row.asked_at:%Y%m%d}", now=now, owner=str(owner))


def _tell(role: str, user: User, row: FeedbackRequest, *, key: str, now: datetime, owner: str = "") -> None:
    application = row.application
    values = {
        "user.first_name": user.get_short_name(),
        "candidate.name": application.candidate.name,
        "job.title": application.requisition.title,
        "due": words.told_day(row.due_at, application.calendar.zone),
        "link": letters.staff_link(f"/applications/{application.pk}/feedback/"),
    } | ({"owner.name": owner} if role == LATE else {})
    message = outbox.write(role, values=values, organisation=None, language=user.language)
    about = {"requisition_id": application.requisition_id}
    outbox.queue(role, to=letters.to_user(user), message=message, key=key, now=now, about=about)
