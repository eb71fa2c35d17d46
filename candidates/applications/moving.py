"""Moving an application along its pipeline."""

from datetime import datetime

from django.db import transaction

from ats.accounts.models import User
from ats.activity.record import record
from ats.common.errors import Invalid, WrongState
from candidates.applications import fetching, workflow
from candidates.applications.models import Application
from candidates.experience import promises
from candidates.experience.policy import Event
from requisitions.models import Stage, StageKind


@transaction.atomic
def move(
    *, application_id: int, stage_id: int, by: User, now: datetime, version: int | None = None
) -> Application:
    """Move to another stage of the same pipeline; `Conflict` if it is not the `version` that `by` saw.

    What was promised is kept, and what the new stage promises is promised. To where it is already: nothing.
    """
    application = fetching.locked(application_id, user=by, permission=fetching.MOVE, version=version)
    workflow.check_active(application.state)
    stage = _stage(application, stage_id)
    if stage.pk == application.stage_id:
        return application
    left = application.stage
    fetching.save(application, now=now, fields=(), stage=stage, stage_entered_at=now)
    promises.happened(Event.MOVED, application=application, by=by, now=now)
    data = {
        "from_stage": left.name,
        "from_stage_id": left.pk,
        "from_kind": left.kind,
        "to_stage": stage.name,
        "to_stage_id": stage.pk,
        "to_kind": stage.kind,
        "to_candidate": stage.candidate_name or stage.name,
    }
    record("application.moved", subject=application, by=by, now=now, data=data)
    return application


def _stage(application: Application, stage_id: int) -> Stage:
    # One that is being removed at this moment is guarded by its foreign key.
    stage = Stage.objects.filter(requisition=application.requisition_id, pk=stage_id).first()
    if stage is None:
        raise Invalid("This stage does not belong to the role.", field="stage")
    if stage.kind == StageKind.HIRED:
        raise WrongState("Nobody is moved to hired: hire them, so that they take a seat and are told.")
    return stage
