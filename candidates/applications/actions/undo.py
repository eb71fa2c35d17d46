"""Taking a decision back; and what becomes of a hire who does not come after all."""

from datetime import datetime

from django.db import transaction

from ats.accounts.models import User
from ats.activity.models import Activity
from ats.kernel.errors import Conflict, WrongState
from ats.kernel.languages import ours
from ats.kernel.staff_words import gettext
from ats.mail import outbox
from ats.mail.models import MailState
from candidates.applications import workflow
from candidates.applications.actions import decide, fetch, overtake
from candidates.applications.models import DECISION_MAILS, Application, ApplicationState, DispositionKind
from candidates.compose import words
from candidates.follow_ups import actions
from candidates.follow_ups.domain import journeys
from requisitions.models import Opening, Stage, StageKind
from requisitions.posts.actions import close_posts
from requisitions.roles.models import OpeningState

LEFT = (MailState.SENDING, MailState.SENT, MailState.UNKNOWN, MailState.BOUNCED)
"""States of a message that the candidate has, or may have."""


@transaction.atomic
def undo_decision(
    *,
    application_id: int,
    by: User,
    now: datetime,
    version: int | None = None,
    only_untold: bool = False,
) -> Application:
    """Take a decision back: the message that waited goes with it; `Conflict` if it is not the `version` that `by` saw.

    Once the candidate has it, only a rejection can be corrected, and they are told that it was. What a
    candidate decided themselves nobody undoes for them. `only_untold`: not once they have the message, or may have it.
    """
    fetch.keep_open_for(application_id, user=by)
    application = fetch.locked(application_id, user=by, permission=fetch.DECIDE, version=version)
    state = ApplicationState(application.state)
    if state not in workflow.UNDO:
        raise WrongState(gettext("Nothing has been decided here."))
    _check_undoable(application)
    told = _take_back_message(application, state, now=now)
    if told and only_untold:
        raise WrongState(
            gettext(
                "%(candidate)s has been told: take it back for them alone, and they are told that it was."
            )
            % {"candidate": application.candidate.name}
        )
    overtake.put_back(application, told=told, by=by, now=now)
    was, opening, stage = ours(str)(state.label).lower(), application.opening, application.stage
    decided_at = application.decided_at
    if state == ApplicationState.HIRED:
        stage = _stage_before_hire(application)
    fetch.save(
        application,
        now=now,
        fields=(),
        state=workflow.UNDO[state],
        stage=stage,
        decided_at=None,
        decided_by=None,
        reason=None,
        reason_note="",
        told_at=None,
        opening=None,
        starts_on=None,
    )
    _reopen(opening)
    if opening is not None and decided_at is not None:
        close_posts.show_again(opening.requisition_id, closed_at=decided_at, by=by, now=now)
    decide.noted("application.decision_undone", application, by=by, now=now, was=was, corrected=told)
    return application


def _take_back_message(application: Application, state: ApplicationState, *, now: datetime) -> bool:
    """Cancel what has not left yet; True if the candidate has a message that is now corrected."""
    if state == ApplicationState.WITHDRAWN and application.decided_by_id is None:
        raise WrongState(
            gettext("The candidate withdrew themselves: if they want to come back, add them again.")
        )
    outbox.cancel(roles_=DECISION_MAILS, now=now, application_id=application.pk)
    steps = (journeys.DECISION, journeys.THANKS, journeys.SURVEY, journeys.SURVEY_REMINDER)
    reason = "The decision was undone."
    actions.cancel(application=application, steps=steps, reason=reason, by=None, now=now)
    has_it = decide.decision_mails(application).filter(state__in=LEFT, not_before__gte=application.decided_at)
    told = application.told_at is not None or has_it.exists()
    if told and state not in workflow.CORRECTABLE:
        raise WrongState(
            gettext("%(candidate)s has been told: a yes is not taken back like this.")
            % {"candidate": application.candidate.name}
        )
    return told


def _check_undoable(application: Application) -> None:
    again = Application.objects.active().filter(
        candidate=application.candidate_id, requisition=application.requisition_id
    )
    if again.exists():
        raise Conflict(
            gettext("%(candidate)s has applied again in the meantime.")
            % {"candidate": application.candidate.name}
        )


def _stage_before_hire(application: Application) -> Stage:
    """Where they were hired from; where that stage is no more, the last one before hired."""
    stages = application.requisition.stages.exclude(kind=StageKind.HIRED)
    hired = (
        Activity.objects.filter(application_id=application.pk, verb="application.hired")
        .order_by("-occurred_at", "-id")
        .first()
    )
    found = stages.filter(pk=hired.data.get("from_stage_id")).first() if hired else None
    return found or stages.order_by("-position")[0]


@transaction.atomic
def did_not_come(*, application: Application, reason_text: str, by: User, now: datetime) -> Application:
    """Hired, told, and not coming after all: they withdrew, and the seat is open again."""
    application = fetch.relocked(application)
    if ApplicationState(application.state) not in workflow.NOT_COMING:
        raise WrongState(gettext("%(candidate)s is not hired.") % {"candidate": application.candidate.name})
    opening, stage = application.opening, _stage_before_hire(application)
    steps = (journeys.DECISION, journeys.SURVEY, journeys.SURVEY_REMINDER)
    actions.cancel(application=application, steps=steps, reason="They do not come.", by=by, now=now)
    outbox.cancel(roles_=DECISION_MAILS, now=now, application_id=application.pk)
    fetch.save(
        application,
        now=now,
        fields=(),
        state=workflow.NOT_COMING[ApplicationState.HIRED],
        stage=stage,
        decided_at=now,
        decided_by=by,
        reason=decide.reason_of("withdrew", kind=DispositionKind.WITHDREW),
        reason_note=words.typed(reason_text)[:5000],
        opening=None,
        starts_on=None,
    )
    overtake.take_back(application, by=by, now=now)
    _reopen(opening)
    decide.noted("application.withdrawn", application, by=by, now=now, was="hired")
    return application


def _reopen(opening: Opening | None) -> None:
    if opening is not None:
        opening.state, opening.filled_at = OpeningState.OPEN, None
        opening.save(update_fields=["state", "filled_at"])
