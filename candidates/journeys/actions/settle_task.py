"""What becomes of a task of a journey: done, put off, or skipped with the reason."""

from datetime import datetime, timedelta

from django.db import transaction

from ats.accounts.models import User
from ats.activity.record import record
from ats.kernel.access import get_for
from ats.kernel.errors import Invalid, Missing, WrongState
from ats.kernel.staff_words import gettext
from ats.organisation.domain import working_time
from candidates.applications.models import Application
from candidates.compose import words
from candidates.journeys.actions.alter import reason_of
from candidates.journeys.models import StepTask
from candidates.journeys.rules import STEP, VIEW_APPLICATION

FARTHEST = timedelta(days=92)


@transaction.atomic
def do_task(*, task_id: int, by: User, now: datetime) -> StepTask:
    """What the journey asked was done."""
    task = held_task(task_id, by=by)
    task.done_at, task.done_by = now, by
    task.save(update_fields=["done_at", "done_by"])
    record("followup.task_done", subject=task, by=by, now=now, data={"what": task.what})
    return task


@transaction.atomic
def put_off_task(*, task_id: int, due_at: datetime, reason: str, by: User, now: datetime) -> StepTask:
    """Another day for it, at most three months away; a working day's end."""
    task = held_task(task_id, by=by)
    if due_at <= now:
        raise Invalid(gettext("Give a day that lies ahead."), field="due_on")
    if due_at - now > FARTHEST:
        raise Invalid(gettext("Give a day within three months."), field="due_on")
    calendar = task.application.calendar
    day = working_time.next_working_day(calendar, due_at.astimezone(calendar.zone).date() - timedelta(days=1))
    task.reason = reason_of(reason, task.application)
    task.due_at, task.nudged_at = working_time.end_of(calendar, day), None
    task.save(update_fields=["due_at", "reason", "nudged_at"])
    said = {"what": task.what, "when": words.day(task.due_at, calendar.zone), "reason": task.reason}
    record("followup.task_put_off", subject=task, by=by, now=now, data=said)
    return task


@transaction.atomic
def skip_task(*, task_id: int, reason: str, by: User, now: datetime) -> StepTask:
    """It is not done for this candidate."""
    task = held_task(task_id, by=by)
    task.reason, task.skipped_at = reason_of(reason, task.application), now
    task.save(update_fields=["reason", "skipped_at"])
    said = {"what": task.what, "reason": task.reason}
    record("followup.task_skipped", subject=task, by=by, now=now, data=said)
    return task


def held_task(task_id: int, *, by: User, is_open: bool = True) -> StepTask:
    """The task with its application, locked: for who may write to the candidate, and for whom it was asked of."""
    found = StepTask.objects.filter(pk=task_id).values_list("application_id", "owner_id").first()
    if found is None:
        raise Missing("There is no such task.")
    permission = VIEW_APPLICATION if found[1] == by.pk else STEP
    rows = Application.objects.whole()
    application = get_for(rows, found[0], user=by, permission=permission, for_update=True)
    task = StepTask.objects.select_for_update(no_key=True).get(pk=task_id)
    if task.is_open != is_open:
        raise WrongState(
            gettext("This is done, or was skipped, already.")
            if is_open
            else gettext("This is to be done still.")
        )
    task.application = application
    return task
