"""Every write to the interviews of a plan."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, Unpack

from django.db import transaction
from django.db.models import Max

from ats.accounts.models import User
from ats.activity.record import record
from ats.kernel.errors import Conflict, Invalid, Missing
from ats.kernel.kept import kept
from ats.kernel.staff_words import gettext
from ats.kernel.when import counted
from requisitions.interview_plan.actions import fetch
from requisitions.interview_plan.actions.change_pools import (
    add_pool,
    remove_member,
    remove_pool,
    rename_pool,
    set_member,
)
from requisitions.interview_plan.actions.check import check, people, pool_of
from requisitions.interview_plan.actions.take_out import take_out
from requisitions.interview_plan.actions.use_template import remove_template, save_template, use_template
from requisitions.interview_plan.actions.write_kit import Line, assess, set_kit
from requisitions.interview_plan.domain.facts import COLUMNS, InterviewWords, address_of, cleaned
from requisitions.interview_plan.models import InterviewFormat, PlannedInterview
from requisitions.pipeline.models import Stage
from requisitions.roles.models import Requisition

__all__ = [
    "Line",
    "add_interview",
    "add_pool",
    "agree_scorecard_hours",
    "assess",
    "change_interview",
    "order_interviews",
    "plan_again",
    "remove_member",
    "remove_pool",
    "remove_template",
    "rename_pool",
    "retire_interview",
    "save_template",
    "set_kit",
    "set_member",
    "use_template",
]

MOST_INTERVIEWS = 20


@transaction.atomic
def add_interview(
    *, requisition_id: int, by: User, now: datetime, **words: Unpack[InterviewWords]
) -> PlannedInterview:
    """Plan one interview more, as the last of its stage."""
    requisition = fetch.role(requisition_id, by)
    _check_room(requisition)
    last = requisition.planned_interviews.aggregate(last=Max("position"))["last"]
    new = PlannedInterview(requisition=requisition, position=0 if last is None else last + 1)
    _write(new, cleaned(dict(words)))
    _renumber(requisition)
    _record(new, kept(f"planned the interview {new.name}"), by=by, now=now)
    return new


@transaction.atomic
def change_interview(
    *, planned_id: int, by: User, now: datetime, **words: Unpack[InterviewWords]
) -> PlannedInterview:
    """Change what is planned from now on; what is booked keeps the facts and the kit it was booked with."""
    planned = fetch.interview(planned_id, by)
    before = planned.name
    if _write(planned, cleaned(dict(words))):
        _renumber(planned.requisition)
        said = kept(f"changed the interview {before}")
        if planned.name != before:
            said = kept(f"renamed the interview {before} to {planned.name}")
        _record(planned, said, by=by, now=now)
    return planned


@transaction.atomic
def retire_interview(*, planned_id: int, by: User, now: datetime) -> bool:
    """Take it out of the plan; whether it stays in the record, because it was booked before."""
    planned = fetch.interview(planned_id, by)
    stays = take_out(planned)
    _record(planned, kept(f"took the interview {planned.name} out of the plan"), by=by, now=now)
    return stays


@transaction.atomic
def plan_again(*, planned_id: int, by: User, now: datetime) -> PlannedInterview:
    """Take a retired one back into the plan as it was, with its people, its kit and its history."""
    planned = fetch.interview(planned_id, by, retired=True)
    _check_room(planned.requisition)
    planned.retired = False
    planned.save(update_fields=["retired"])
    _renumber(planned.requisition)
    _record(planned, kept(f"took the interview {planned.name} back into the plan"), by=by, now=now)
    return planned


@transaction.atomic
def agree_scorecard_hours(*, requisition_id: int, hours: int, by: User | None, now: datetime) -> None:
    """The partners have agreed by when scorecards are due; the caller has seen to it that they may."""
    other = PlannedInterview.objects.filter(requisition=requisition_id).exclude(scorecard_hours=hours)
    if other.update(scorecard_hours=hours, updated_at=now):
        requisition = Requisition.objects.get(pk=requisition_id)
        what = kept(
            f"asks for scorecards within {counted(hours, 'working hour', 'working hours')}, as agreed"
        )
        record("plan.changed", subject=requisition, by=by, now=now, data={"what": what})


@transaction.atomic
def order_interviews(
    *, stage_id: int, planned_ids: Sequence[int], by: User, now: datetime
) -> list[PlannedInterview]:
    """Put the interviews of a stage in this order: all that are planned in it."""
    requisition_id = Stage.objects.filter(pk=stage_id).values_list("requisition_id", flat=True).first()
    if requisition_id is None:
        raise Missing(gettext("No step with the number %(stage_id)s is visible.") % {"stage_id": stage_id})
    requisition = fetch.role(requisition_id, by)
    rows = requisition.planned_interviews.filter(stage=stage_id, retired=False).order_by("position", "id")
    planned = {row.pk: row for row in rows}
    if sorted(planned_ids) != sorted(planned):
        raise Conflict(gettext("The plan was changed by somebody else: look at it again."))
    if list(planned_ids) == list(planned):
        return list(planned.values())
    ordered = [planned[number] for number in planned_ids]
    places = sorted(row.position for row in ordered)
    for place, row in zip(places, ordered, strict=True):
        row.position = place
    PlannedInterview.objects.bulk_update(ordered, ["position"])
    _renumber(requisition)
    names = " → ".join(row.name for row in ordered)
    data = {"what": kept(f"put the interviews in another order: {names}")}
    record("plan.changed", subject=requisition, by=by, now=now, data=data)
    return ordered


def _check_room(requisition: Requisition) -> None:
    if requisition.planned_interviews.filter(retired=False).count() >= MOST_INTERVIEWS:
        raise Invalid(gettext("Nobody should have to go through more interviews than that."), field="name")


def _write(planned: PlannedInterview, given: dict[str, Any]) -> bool:
    """Write what is given; whether anything changed."""
    requisition = planned.requisition
    chosen = people(requisition, given["interviewer_ids"]) if "interviewer_ids" in given else None
    changed = [name for name in COLUMNS if name in given and given[name] != getattr(planned, name)]
    for name in changed:
        setattr(planned, name, given[name])
    if "pool_id" in changed:
        planned.pool = pool_of(requisition, planned.pool_id)
    if planned.format == InterviewFormat.ON_SITE and not planned.place:
        planned.place = address_of(requisition)
        changed.append("place")
    before = set(planned.interviewers.values_list("pk", flat=True)) if planned.pk else set()
    after = before if chosen is None else {user.pk for user in chosen}
    stage = requisition.stages.filter(pk=planned.stage_id).first()
    check(planned, stage=stage, chosen=len(after))
    if planned.pk is None:
        planned.save()
    elif changed:
        planned.save(update_fields=[name.removesuffix("_id") for name in changed])
    if after != before:
        planned.interviewers.set(after)
    return bool(changed) or after != before


def _renumber(requisition: Requisition) -> None:
    """Positions run through the whole plan, in the order of the stages."""
    rows = list(requisition.planned_interviews.order_by("stage__position", "position", "id"))
    moved = [row for place, row in enumerate(rows) if row.position != place]
    for place, row in enumerate(rows):
        row.position = place
    PlannedInterview.objects.bulk_update(moved, ["position"])


def _record(planned: PlannedInterview, what: str, *, by: User, now: datetime) -> None:
    record("plan.changed", subject=planned.requisition, by=by, now=now, data={"what": what})
