"""What is done when offered times run out, and when somebody was told the outcome."""

from datetime import datetime

from ats.duework.models import DueTask
from ats.duework.tasks import task_kind
from ats.mail.models import MailState, OutgoingMail
from candidates.applications.actions import fetch
from candidates.applications.models import DECISION_MAILS, Application, ApplicationState
from candidates.scheduling.actions import change_times, plan_work, request_times
from candidates.scheduling.models import BookingRequest, BookingState

DECIDED = "A decision has been made, so this interview is not needed any more."
HIRED = "The hire is agreed, so this interview is not needed any more."
UNTOLD = "This interview is not needed any more; we write to you about it shortly."


@task_kind(plan_work.EXPIRE)
def expire(task: DueTask, now: datetime) -> None:
    place = BookingRequest.objects.filter(pk=task.subject_id).values_list("application", flat=True).first()
    found = fetch.found(place or 0)
    if found is None:
        return
    application = fetch.relocked(found)
    request = BookingRequest.objects.select_for_update(no_key=True).get(pk=task.subject_id)
    request.application = application
    if request.state == BookingState.OPEN and request.expires_at <= now:
        request_times.expire(request, application, now=now)


@task_kind(plan_work.CALL_OFF)
def call_off(task: DueTask, now: datetime) -> None:
    """Once they have been told; at once where nobody is about to tell them, or they would come in vain."""
    application = Application.objects.filter(pk=task.subject_id).first()
    if application is None or application.state == ApplicationState.ACTIVE or application.decided_at is None:
        return
    letter = (
        OutgoingMail.objects.filter(
            application_id=application.pk, role__in=DECISION_MAILS, state=MailState.QUEUED, not_before__gt=now
        )
        .order_by("not_before")
        .first()
    )
    first = application.interviews.ahead().filter(starts_at__gt=now).order_by("starts_at").first()
    if letter is not None and (first is None or letter.not_before < first.starts_at):
        plan_work.plan_calling_off(
            application.pk,
            due_at=letter.not_before,
            decided_at=application.decided_at,
            again=f":{letter.not_before.isoformat()}",
        )
        return
    told = HIRED if application.state == ApplicationState.HIRED else DECIDED
    why = told if letter is None and application.told_at is not None else UNTOLD
    change_times.call_off(application_id=application.pk, why=why, by=None, now=now)
