"""Plans from templates, and templates from plans."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from ats.accounts.models import User
from ats.activity.record import record
from ats.kernel.errors import Invalid, Missing, NotAllowed, WrongState
from ats.kernel.staff_words import gettext
from requisitions.interview_plan.actions import fetch
from requisitions.interview_plan.actions.take_out import take_out
from requisitions.interview_plan.domain.facts import NO_INTERVIEW, address_of
from requisitions.interview_plan.models import (
    InterviewFacts,
    InterviewFormat,
    KitQuestion,
    PlannedInterview,
    PlanTemplate,
    TemplateInterview,
)
from requisitions.pipeline.models import Stage, StageKind
from requisitions.roles.models import Criterion, Requisition

FACTS = tuple(field.name for field in InterviewFacts._meta.local_fields)
Pair = tuple[PlannedInterview, TemplateInterview]


@transaction.atomic
def use_template(*, requisition_id: int, template_id: int, by: User, now: datetime) -> list[PlannedInterview]:
    """Plan what the template plans, instead of what was planned before; what was booked stays booked."""
    requisition = fetch.role(requisition_id, by)
    template = PlanTemplate.objects.filter(pk=template_id).first()
    if template is None:
        raise Invalid(gettext("Choose one of the templates."), field="template")
    wanted = list(template.interviews.order_by("position", "id"))
    stages = list(requisition.stages.exclude(kind__in=NO_INTERVIEW).order_by("position"))
    if not any(stage.kind == StageKind.INTERVIEW for stage in stages):
        raise WrongState(gettext("This role has no step for interviews yet: add one to its steps first."))
    for old in requisition.planned_interviews.filter(retired=False):
        take_out(old)
    planned = _lay(requisition, wanted, stages)
    record("plan.laid", subject=requisition, by=by, now=now, data={"template": template.name})
    return planned


def _lay(
    requisition: Requisition, wanted: Sequence[TemplateInterview], stages: Sequence[Stage]
) -> list[PlannedInterview]:
    places = _stages_for(wanted, stages)
    order = sorted(range(len(wanted)), key=lambda at: (places[at].position, at))
    first = requisition.planned_interviews.count()
    pairs: list[Pair] = []
    for position, at in enumerate(order, start=first):
        row = wanted[at]
        facts = {name: getattr(row, name) for name in FACTS}
        planned = PlannedInterview(requisition=requisition, stage=places[at], position=position, **facts)
        if planned.format == InterviewFormat.ON_SITE:
            planned.place = address_of(requisition)
        planned.save()
        pairs.append((planned, row))
    _lay_kits(requisition, pairs)
    return [planned for planned, _ in pairs]


def _stages_for(wanted: Sequence[TemplateInterview], stages: Sequence[Stage]) -> list[Stage]:
    """A stage for each: of its kind one after the other, the last one taking the rest."""
    of_kind: dict[str, list[Stage]] = {}
    for stage in stages:
        of_kind.setdefault(stage.kind, []).append(stage)
    used: dict[str, int] = {}
    places = []
    for row in wanted:
        kind = row.stage_kind if row.stage_kind in of_kind else StageKind.INTERVIEW
        at = used.get(kind, 0)
        used[kind] = at + 1
        places.append(of_kind[kind][min(at, len(of_kind[kind]) - 1)])
    return places


def _lay_kits(requisition: Requisition, pairs: Sequence[Pair]) -> None:
    by_name = {row.name.casefold(): row for row in requisition.criteria.all()}
    questions = []
    for planned, row in pairs:
        planned.criteria.set(_named(by_name, [*row.criteria, *(one["criterion"] for one in row.questions)]))
        questions += [
            KitQuestion(
                interview=planned,
                position=position,
                text=one["text"],
                good=one["good"],
                criterion=by_name.get(one["criterion"].casefold()),
            )
            for position, one in enumerate(row.questions)
        ]
    KitQuestion.objects.bulk_create(questions)


def _named(by_name: dict[str, Criterion], names: Sequence[str]) -> list[Criterion]:
    return [by_name[key] for name in dict.fromkeys(names) if (key := name.casefold()) in by_name]


@transaction.atomic
def save_template(
    *, requisition_id: int, name: str, by: User, now: datetime, description: str = ""
) -> PlanTemplate:
    """Keep the plan of a role as a template for others, without its people and places."""
    requisition = fetch.role(requisition_id, by)
    if not by.has_perm("requisitions.change_pools"):
        raise NotAllowed(gettext("Only the recruiting team keeps templates."))
    name, description = name.strip(), description.strip()
    if not name or len(name) > 100:
        raise Invalid(gettext("Give the template a name of at most 100 characters."), field="name")
    if len(description) > 300:
        raise Invalid(gettext("Keep it under 300 characters."), field="description")
    if PlanTemplate.objects.filter(name__iexact=name).exists():
        raise Invalid(gettext("There is a template of this name already."), field="name")
    rows = requisition.planned_interviews.filter(retired=False).order_by("stage__position", "position", "id")
    planned = list(rows.select_related("stage").prefetch_related("criteria", "questions__criterion"))
    if not planned:
        raise WrongState(gettext("There is nothing planned yet."))
    template = PlanTemplate.objects.create(name=name, description=description)
    TemplateInterview.objects.bulk_create(
        _as_template(template, row, position) for position, row in enumerate(planned)
    )
    record("plan.template_saved", subject=requisition, by=by, now=now, data={"template": name})
    return template


def _as_template(template: PlanTemplate, row: PlannedInterview, position: int) -> TemplateInterview:
    questions = sorted(row.questions.all(), key=lambda one: (one.position, one.pk))
    return TemplateInterview(
        template=template,
        stage_kind=row.stage.kind,
        position=position,
        criteria=[one.name for one in row.criteria.all()],
        questions=[
            {"criterion": one.criterion.name if one.criterion else "", "text": one.text, "good": one.good}
            for one in questions
        ],
        **{name: getattr(row, name) for name in FACTS},
    )


@transaction.atomic
def remove_template(*, template_id: int, by: User, now: datetime) -> None:
    """Remove a template of the house's own; plans that came from it stay."""
    if not by.has_perm("requisitions.change_pools"):
        raise NotAllowed(gettext("Only the recruiting team keeps templates."))
    template = PlanTemplate.objects.filter(pk=template_id).first()
    if template is None:
        raise Missing(gettext("There is no such template."))
    if template.is_shipped:
        raise WrongState(gettext("This template is shipped with Accord, and stays."))
    record("plan.template_removed", subject=template, by=by, now=now, data={"template": template.name})
    template.delete()
