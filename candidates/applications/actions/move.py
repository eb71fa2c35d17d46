"""Moving an application along its pipeline."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import QuerySet

from ats.accounts.models import User
from ats.activity.record import Entry, record, record_many
from ats.kernel.errors import ActionError, Conflict, Invalid, WrongState
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
    stage = checked(application, _stage(application, stage_id))
    left = application.stage
    if stage.pk == left.pk:
        return Moved(application, left)
    fetch.save(application, now=now, fields=(), stage=stage, stage_entered_at=now)
    record("application.moved", subject=application, by=by, now=now, data=_data(left, stage))
    return Moved(application, left)


@transaction.atomic
def move_many(
    *, targets: Mapping[int, int], by: User, now: datetime, versions: Mapping[int, int] | None = None
) -> dict[int, Moved | ActionError | None]:
    """`move` for many, each application to its stage, in a few statements for all of them.

    Of each: where it was, or why it stays; None for whom `by` may not move, or who is gone. `versions` are those
    that `by` saw.
    """
    found = fetch.locked_to_move(targets, user=by)
    stages = Stage.objects.in_bulk(set(targets.values()))
    outcomes: dict[int, Moved | ActionError | None] = {}
    for pk in sorted(targets):
        application = found.get(pk)
        try:
            outcomes[pk] = _take(application, stages.get(targets[pk]), (versions or {}).get(pk))
        except ActionError as error:
            outcomes[pk] = error
    moved = [each for each in outcomes.values() if isinstance(each, Moved)]
    going = [(each, stages[targets[each.application.pk]]) for each in moved]
    _write([(each, stage) for each, stage in going if stage.pk != each.left.pk], by=by, now=now)
    return outcomes


def _take(application: Application | None, stage: Stage | None, version: int | None) -> Moved | None:
    if application is None:
        return None
    if version is not None and version != application.version:
        raise Conflict(fetch.what_happened_last(application))
    workflow.check_active(application.state)
    checked(application, stage)
    return Moved(application, application.stage)


def _write(going: list[tuple[Moved, Stage]], *, by: User, now: datetime) -> None:
    if not going:
        return
    for each, stage in going:
        each.application.stage, each.application.stage_entered_at = stage, now
    fetch.save_all([each.application for each, _ in going], now=now, fields=("stage", "stage_entered_at"))
    entries = [Entry(each.application, _data(each.left, stage)) for each, stage in going]
    record_many("application.moved", entries, by=by, now=now)


def _data(left: Stage, stage: Stage) -> dict[str, Any]:
    return {
        "from_stage": left.name,
        "from_stage_id": left.pk,
        "from_kind": left.kind,
        "to_stage": stage.name,
        "to_stage_id": stage.pk,
        "to_kind": stage.kind,
        "to_candidate": stage.candidate_name or stage.name,
    }


@Prepared
def _stages(*, stage: int, requisition: int) -> QuerySet[Stage]:
    return Stage.objects.filter(requisition=requisition, pk=stage).order_by()


def _stage(application: Application, stage_id: int) -> Stage | None:
    # One that is being removed at this moment is guarded by its foreign key.
    return next(iter(_stages(stage=stage_id, requisition=application.requisition_id)), None)


def checked(application: Application, stage: Stage | None) -> Stage:
    """The stage, if this application can be moved there; whether it is in play is another question."""
    if stage is None or stage.requisition_id != application.requisition_id:
        raise Invalid(gettext("This stage does not belong to the role."), field="stage")
    if stage.kind == StageKind.HIRED:
        raise WrongState(
            gettext("Nobody is moved to hired: hire them, so that they take a seat and are told.")
        )
    return stage
