"""Reading résumés, by the worker for strangers' files."""

from datetime import datetime

from ats.duework import engine
from ats.duework.engine import lane
from ats.duework.models import MAX_ATTEMPTS, DueTask
from ats.duework.readiness import rows
from ats.duework.tasks import READER, task_kind
from candidates.resumes import actions
from candidates.resumes.actions.draft import FORGET, READ
from candidates.resumes.actions.read import GAVE_UP, LANE
from candidates.resumes.domain.facts import Facts
from candidates.resumes.models import ReadState, ResumeDraft, ResumeReading

BATCH = 20


@lane(LANE, queue=READER, due=rows(ResumeReading.objects.to_read))
def read_resumes(now: datetime) -> int:
    """Those that nobody has read, the newest first; then those of an older reader."""
    ready = ResumeReading.objects.to_read(now).select_related("document").order_by("form", "-id")
    return engine.under_lock(ready, actions.read_one, now=now, batch=BATCH)


@task_kind(READ, outside=True)
def read_draft(task: DueTask, now: datetime) -> None:
    """Read what was dropped for somebody new, unless it is gone meanwhile; the last time it is not opened."""
    draft = ResumeDraft.objects.filter(pk=task.subject_id, state=ReadState.WAITING).first()
    if draft is None:
        return
    last = task.attempts == MAX_ATTEMPTS - 1
    facts, problem = (Facts(), GAVE_UP) if last else actions.read_draft(draft=draft)
    actions.settle(draft_id=draft.pk, facts=facts, problem=problem)


@task_kind(FORGET)
def forget_draft(task: DueTask, now: datetime) -> None:
    actions.let_go(draft_id=task.subject_id)
