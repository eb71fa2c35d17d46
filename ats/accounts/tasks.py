"""Apart from the request, which is the same for everybody: who forgot a password, needs a code, saw a sign-in fail."""

from datetime import datetime

from django.conf import settings

from ats.accounts.actions.codes import SEND_CODE, send_code
from ats.accounts.actions.notify import NOTE_FAILED, note_failed
from ats.accounts.actions.reset import SEND_RESET, send_reset
from ats.accounts.actions.seal import seal_anew
from ats.duework.engine import lane
from ats.duework.models import DueTask
from ats.duework.readiness import where
from ats.duework.tasks import task_kind


@task_kind(SEND_RESET)
def send_to_whom_it_concerns(task: DueTask, now: datetime) -> None:
    send_reset(email=task.payload["email"], now=now)


@task_kind(SEND_CODE)
def send_the_code(task: DueTask, now: datetime) -> None:
    send_code(user_id=task.subject_id, question=task.payload["question"], now=now)


@task_kind(NOTE_FAILED)
def note_what_failed(task: DueTask, now: datetime) -> None:
    note_failed(user_id=task.subject_id, payload=task.payload)


@lane("second-steps", last=True, due=where(lambda: bool(settings.SECRET_KEY_FALLBACKS)))
def seal_second_steps_anew(now: datetime) -> int:
    return seal_anew()
