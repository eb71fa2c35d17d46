"""Moving an application along its pipeline."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import QuerySet

from ats.accounts.models import User
from ats.activity.record import record
from ats.kernel.errors import Invalid, WrongState
from ats.kernel.prepared import Prepared
from ats.kernel.staff_words import gettext
from candidates.applications import workflow
from candidates.applications.actions import fetch
from candidates.applications.models import Application
from requisitions.models import Stage, StageKind


@dataclass(frozen=True)
class Moved:
    """An application where it is now, and the stage that it has left."""

    application: Application
    left: Stage


def move(
    *, application_id: int, stage_id: int, by: User, now: datetime, version: int | None = None
) -> Application:
    """Move to another stage of the same pipeline; `Conflict` if it is not the `version` that `by` saw.

    What was promised is kept, and what the new stage promises is promised. To where it is already: nothing.
    """
    return move_away(
        application_id=application_id, stage_id=stage_id, by=by, now=now, version=version
    ).application


@transaction.atomic
def move_away(
    *,
    application_id: int,
    stage_id: int,
    by: User,
    now: datetime,
    version: int | None = None,
    requisition_id: int | None = None,
) -> Moved:
    """`move`, for who wants to know where it was; of this requisition, where one is given."""
    application = fetch.locked(
        application_id,
        user=by,
        permission=fetch.MOVE,
        version=version,
        rows=fetch.TO_MOVE,
        requisition_id=requisition_id,
    )
    workflow.check_active(application.state)
    stage = _stage(application, stage_id)
    left = application.stage
    if stage.pk == left.pk:
        return Moved(application, left)
    fetch.save(application, now=now, fields=(), stage=stage, stage_entered_at=now)
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
    return Moved(application, left)


@Prepared
def _stages(*, stage: int, requisition: int) -> QuerySet[Stage]:
    return Stage.objects.filter(requisition=requisition, pk=stage).order_by()


def _stage(application: Application, stage_id: int) -> Stage:
    # One that is being removed at this moment is guarded by its foreign key.
    stage = next(iter(_stages(stage=stage_id, requisition=application.requisition_id)), None)
    if stage is None:
        raise Invalid(gettext("This stage does not belong to the role."), field="stage")
    if stage.kind == StageKind.HIRED:
        raise WrongState(
            gettext("Nobody is moved to hired: hire them, so that they take a seat and are told.")
        )
    return stage
