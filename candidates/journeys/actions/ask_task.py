"""Tasks that a person asks of a colleague about somebody's application; they stand beside those of journeys."""

from datetime import date, datetime, timedelta

from django.db import transaction

from ats.accounts.models import User
from ats.activity.record import record
from ats.kernel.access import get_for
from ats.kernel.errors import Invalid
from ats.kernel.kept import kept
from ats.kernel.lawful import WRITTEN
from ats.kernel.staff_words import gettext
from ats.notifications.actions import tell
from ats.notifications.models import Kind
from ats.organisation.domain import working_time
from candidates.applications.models import Application
from candidates.compose import lawful, words
from candidates.journeys.actions.settle_task import FARTHEST, held_task
from candidates.journeys.actions.take import write_of_task
from candidates.journeys.models import LONGEST_TASK, StepTask
from candidates.journeys.rules import STEP, VIEW_APPLICATION


@transaction.atomic
def ask_by_hand(
    *, application_id: int, what: str, owner_id: int, due_on: date, by: User, now: datetime
) -> StepTask:
    """Ask a colleague who may see the application, or oneself, to do this by the end of that working day."""
    rows = Application.objects.whole()
    application = get_for(rows, application_id, user=by, permission=STEP, for_update=True)
    said = words.typed(what)
    if not said:
        raise Invalid(gettext("Say what is to be done."), field="what")
    if len(said) > LONGEST_TASK:
        raise Invalid(gettext("Keep it under %(limit)s characters.") % {"limit": LONGEST_TASK}, field="what")
    lawful.check(application, {"what": said}, where="task", what="The task about", uses=WRITTEN)
    task = StepTask.objects.create(
        application=application,
        asked_by=by,
        owner=_owner(owner_id, application),
        what=said,
        asked_at=now,
        due_at=_end_of(due_on, application, now),
    )
    data = {"owner": str(task.owner), "what": said}
    record("followup.asked", subject=task, by=by, now=now, data=data, **application.about())
    _tell(task, by=by, now=now)
    return task


@transaction.atomic
def hand_task(*, task_id: int, owner_id: int, by: User, now: datetime) -> StepTask:
    """Somebody else does it; they are told."""
    task = held_task(task_id, by=by)
    owner = _owner(owner_id, task.application)
    if owner == task.owner:
        return task
    task.owner, task.nudged_at = owner, None
    task.save(update_fields=["owner", "nudged_at"])
    record(
        "followup.task_handed", subject=task, by=by, now=now, data={"owner": str(owner), "what": task.what}
    )
    _tell(task, by=by, now=now)
    return task


@transaction.atomic
def reopen_task(*, task_id: int, by: User, now: datetime) -> StepTask:
    """It was not done, or is to be done after all."""
    task = held_task(task_id, by=by, is_open=False)
    task.done_at, task.done_by, task.skipped_at, task.reason = None, None, None, ""
    task.save(update_fields=["done_at", "done_by", "skipped_at", "reason"])
    record("followup.task_reopened", subject=task, by=by, now=now, data={"what": task.what})
    return task


def _owner(owner_id: int, application: Application) -> User:
    owner = User.objects.filter(pk=owner_id, is_active=True).first()
    if owner is None or not owner.has_perm(VIEW_APPLICATION, application):
        raise Invalid(gettext("Choose somebody who may see this application."), field="owner")
    return owner


def _end_of(day: date, application: Application, now: datetime) -> datetime:
    calendar = application.calendar
    due_at = working_time.end_of(calendar, working_time.next_working_day(calendar, day - timedelta(days=1)))
    if due_at <= now:
        raise Invalid(gettext("Give a day that lies ahead."), field="due_on")
    if due_at - now > FARTHEST:
        raise Invalid(gettext("Give a day within three months."), field="due_on")
    return due_at


def _tell(task: StepTask, *, by: User, now: datetime) -> None:
    if task.owner == by:
        return
    wants_mail = tell(
        task.owner,
        Kind.TASK,
        key=f"{task.key}:{now:%Y%m%d%H%M%S%f}",
        text=kept(f"{by} asks you to do something for a candidate."),
        link=f"/applications/{task.application_id}/tasks/{task.pk}/",
        now=now,
    )
    if wants_mail:
        write_of_task(task, now)
