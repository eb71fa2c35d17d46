"""Every write to the stages of a requisition. Each locks the requisition first, so two never mix."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, TypedDict, Unpack

from django.db import transaction
from django.db.models import F, ProtectedError

from ats.accounts.models import User
from ats.activity.record import record
from ats.kernel.access import get_for
from ats.kernel.errors import Conflict, Invalid, Missing, WrongState
from ats.kernel.staff_words import gettext, gettext_lazy, ngettext
from requisitions.pipeline import seeds
from requisitions.pipeline.models import PipelineTemplate, Side, Stage, StageFacts, StageKind
from requisitions.roles.models import Requisition
from requisitions.roles.rules import check_may
from requisitions.roles.workflow import check_not_ended

FIXED = frozenset({StageKind.APPLIED, StageKind.HIRED})
"""Every pipeline begins and ends with these; there is one of each."""


MOST_STAGES = 20


MOST_DAYS = 60


class StageWords(TypedDict, total=False):
    """What can be said of a stage: its name, its promise, and its words for the candidate."""

    name: str
    promise: str
    promise_days: int
    promise_side: str
    candidate_name: str


@transaction.atomic
def use_template(
    *, requisition_id: int, by: User, now: datetime, template_id: int | None = None
) -> list[Stage]:
    """Replace all stages by those of a template (None: the default); refused while anybody is in one."""
    requisition = _get(requisition_id, by)
    template = None
    if template_id is not None:
        template = PipelineTemplate.objects.filter(pk=template_id).first()
        if template is None:
            raise Invalid(gettext("Choose one of the templates."), field="template")
    _delete(requisition, list(requisition.stages.order_by("position")))
    stages = lay(requisition, template=template)
    record("pipeline.laid", subject=requisition, by=by, now=now, data=_names(stages))
    return stages


@transaction.atomic
def add_stage(
    *,
    requisition_id: int,
    kind: str,
    by: User,
    now: datetime,
    after_id: int | None = None,
    **words: Unpack[StageWords],
) -> Stage:
    """Add a stage behind `after_id`; without it, at the end, before hired."""
    requisition = _get(requisition_id, by)
    if kind not in StageKind.values or kind in FIXED:
        raise Invalid(gettext("Choose what happens in this step."), field="kind")
    stages = list(requisition.stages.order_by("position"))
    if len(stages) >= MOST_STAGES:
        raise Invalid(
            gettext("%(MOST_STAGES)s steps are more than anybody will go through.")
            % {"MOST_STAGES": MOST_STAGES},
            field="name",
        )
    stage = Stage(requisition=requisition, kind=kind, **words)
    _check(stage)
    before = [row for row in stages if row.pk == after_id] or stages[-2:-1]
    if before[0].kind == StageKind.HIRED:
        raise Invalid(gettext("Nothing comes after the hire."), field="after")
    stage.position = before[0].position + 1
    requisition.stages.filter(position__gte=stage.position).update(position=F("position") + 1)
    stage.save()
    record("stage.added", subject=requisition, by=by, now=now, data={"stage": stage.name})
    return stage


@transaction.atomic
def change_stage(*, stage_id: int, by: User, now: datetime, **words: Unpack[StageWords]) -> Stage:
    """Change a stage's name, promise or words; promises that were made already stay as they were made."""
    stage = _stage(stage_id, by)
    before = stage.name
    given = {name: value.strip() if isinstance(value, str) else value for name, value in words.items()}
    changed = [name for name, value in given.items() if value != getattr(stage, name)]
    for name in changed:
        setattr(stage, name, given[name])
    _check(stage)
    if not changed:
        return stage
    stage.save(update_fields=changed)
    if "name" in changed:
        data = {"before": before, "stage": stage.name}
        record("stage.renamed", subject=stage.requisition, by=by, now=now, data=data)
    if changed != ["name"]:
        data = {"stage": stage.name}
        record("stage.changed", subject=stage.requisition, by=by, now=now, data=data)
    return stage


def rename_stage(*, stage_id: int, name: str, by: User, now: datetime) -> Stage:
    """Give a stage another name."""
    return change_stage(stage_id=stage_id, by=by, now=now, name=name)


@transaction.atomic
def order_stages(*, requisition_id: int, stage_ids: Sequence[int], by: User, now: datetime) -> list[Stage]:
    """Put the stages in this order: all of them, applied first, hired last."""
    requisition = _get(requisition_id, by)
    stages = {stage.pk: stage for stage in requisition.stages.order_by("position")}
    if sorted(stage_ids) != sorted(stages):
        raise Conflict(gettext("The steps were changed by somebody else: look at them again."))
    if list(stage_ids) == list(stages):
        return list(stages.values())
    ordered = [stages[stage_id] for stage_id in stage_ids]
    if ordered[0].kind != StageKind.APPLIED or ordered[-1].kind != StageKind.HIRED:
        raise Invalid(gettext("Applied comes first and hired last."), field="stage_ids")
    for position, stage in enumerate(ordered):
        stage.position = position
    Stage.objects.bulk_update(ordered, ["position"])
    record("stage.ordered", subject=requisition, by=by, now=now, data=_names(ordered))
    return ordered


@transaction.atomic
def remove_stage(*, stage_id: int, by: User, now: datetime) -> None:
    """Remove a stage in which nobody is and in which nobody's application ended."""
    stage = _stage(stage_id, by)
    if stage.kind in FIXED:
        raise WrongState(gettext("Every pipeline begins with applied and ends with hired."))
    data = {"stage": stage.name}
    _delete(stage.requisition, [stage])
    record("stage.removed", subject=stage.requisition, by=by, now=now, data=data)


def _get(requisition_id: int, by: User) -> Requisition:
    requisition = get_for(
        Requisition.objects.select_related("recruiter"),
        requisition_id,
        user=by,
        permission="requisitions.view_requisition",
        for_update=True,
    )
    check_may(
        by,
        "requisitions.change_pipeline",
        requisition,
        of=requisition,
        ask=gettext_lazy("Ask %(recruiter)s to change its steps."),
    )
    check_not_ended(requisition.state)
    return requisition


def _stage(stage_id: int, by: User) -> Stage:
    """The stage, fetched after its requisition was locked."""
    requisition_id = Stage.objects.filter(pk=stage_id).values_list("requisition_id", flat=True).first()
    requisition = _get(requisition_id or 0, by)
    stage = requisition.stages.filter(pk=stage_id).first()
    if stage is None:
        raise Missing(gettext("No step with the number %(stage_id)s is visible.") % {"stage_id": stage_id})
    stage.requisition = requisition
    return stage


def _delete(requisition: Requisition, stages: list[Stage]) -> None:
    """Remove stages with nobody in them: the rows are locked, so nobody can enter meanwhile."""
    locked = requisition.stages.filter(pk__in=[stage.pk for stage in stages])
    list(locked.select_for_update().values_list("pk", flat=True))
    try:
        locked.delete()
    except ProtectedError as error:
        raise WrongState(_who_is_in_the_way(error)) from error


def _who_is_in_the_way(error: ProtectedError) -> str:
    # Planned interviews belong to a higher slice: they are known by their model's name.
    planned: list[Any] = [
        row for row in error.protected_objects if row._meta.model_name == "plannedinterview"
    ]
    count = len(error.protected_objects) - len(planned)
    if not count:
        ahead = sum(not row.retired for row in planned)
        if not ahead:
            return gettext("Interviews of this step were booked: it stays part of the record.")
        said = ngettext(
            "%(number)s interview is planned in this step: take them out of the plan, or plan them elsewhere,"
            " first.",
            "%(number)s interviews are planned in this step: take them out of the plan, or plan them elsewhere,"
            " first.",
            ahead,
        )
        return said % {"number": ahead}
    said = ngettext(
        "%(number)s application is here: move it on first. What ended here stays part of the record.",
        "%(number)s applications are here: move them on first. What ended here stays part of the record.",
        count,
    )
    return said % {"number": count}


def _check(stage: Stage) -> None:
    stage.name = stage.name.strip()
    if not stage.name or len(stage.name) > 80:
        raise Invalid(gettext("Give the step a name of at most 80 characters."), field="name")
    if len(stage.candidate_name) > 120:
        raise Invalid(gettext("Keep it under 120 characters."), field="candidate_name")
    if stage.kind == StageKind.HIRED:
        return
    if not stage.promise or len(stage.promise) > 120:
        raise Invalid(gettext("Say in a few words what you promise a candidate here."), field="promise")
    if not 1 <= stage.promise_days <= MOST_DAYS:
        raise Invalid(
            gettext("Give from 1 to %(MOST_DAYS)s working days.") % {"MOST_DAYS": MOST_DAYS},
            field="promise_days",
        )
    if stage.promise_side not in Side.values:
        raise Invalid(gettext("Choose whose move it is."), field="promise_side")


def _names(stages: Sequence[Stage]) -> dict[str, str]:
    return {"stages": " → ".join(stage.name for stage in stages)}


FACTS = tuple(field.name for field in StageFacts._meta.local_fields)


def default() -> PipelineTemplate:
    """The template for whom nothing else was chosen; where none is left, the shipped ones come back."""
    found = PipelineTemplate.objects.order_by("-is_default", "id").first()
    if found is None:
        seeds.write()
        found = PipelineTemplate.objects.order_by("-is_default", "id")[0]
    return found


def lay(requisition: Requisition, *, template: PipelineTemplate | None) -> list[Stage]:
    """Give a requisition without stages those of the template (None: the default one)."""
    stages = (template or default()).stages.order_by("position")
    return Stage.objects.bulk_create(
        Stage(requisition=requisition, **{name: getattr(stage, name) for name in FACTS}) for stage in stages
    )
