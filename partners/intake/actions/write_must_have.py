"""Writing must-haves: each is a row that two can write in, and how it is assessed goes to the plan."""

from dataclasses import replace
from datetime import datetime
from typing import Any

from django.db import transaction

from ats.accounts.models import User
from ats.kernel.errors import Conflict, Invalid, Missing
from ats.kernel.staff_words import gettext
from partners.intake.actions.fetch import Held, fetch
from partners.intake.actions.keep_apart import Apart, keep_apart, settle_apart
from partners.intake.actions.note import note_changed
from partners.intake.actions.write import Written
from partners.intake.domain import values
from partners.intake.domain.content import mark
from partners.intake.models import MustHave
from partners.intake.rules import FILL
from requisitions.interview_plan import actions as plan
from requisitions.models import CriterionKind, PlannedInterview, Question
from requisitions.roles import actions as roles
from requisitions.roles.domain.facts import Wanted

EMPTY: dict[str, Any] = {"turn_down": "", "interviews": [], "way": "", "question": None, "how": ""}


@transaction.atomic
def add_must_have(*, partnership_id: int, name: str, why: str, by: User, now: datetime) -> int:
    """One must-have more, as the last; its number."""
    held = fetch(partnership_id, by, FILL)
    value = values.tidy_must_have(EMPTY | {"name": name, "why": why})
    add_to(held, [(value["name"], value["why"])], by=by, now=now)
    return _last(held)


def add_to(held: Held, rows: list[tuple[str, str]], *, by: User, now: datetime) -> None:
    """More must-haves behind those that are there: the name and the why of each."""
    _write(held, [*_wanted(held), *(Wanted(name, why) for name, why in rows)], by=by, now=now)


@transaction.atomic
def write_must_have(
    *,
    partnership_id: int,
    criterion_id: int,
    value: dict[str, Any],
    read: str,
    by: User,
    now: datetime,
    apart: Apart | None = None,
) -> Written:
    """Make a must-have say `value`, in the shape of a version's content, but for its number.

    Where it says something else than what was `read`, or is gone, these words are kept beside (see `write_field`).
    """
    held = fetch(partnership_id, by, FILL)
    value = {"id": criterion_id} | values.tidy_must_have(_known(held, value))
    saved = next((row for row in held.said["must_haves"] if row["id"] == criterion_id), None)
    if value == saved:
        settle_apart(held.brief, apart, by=by, now=now)
        return Written(saved)
    if saved is None or mark(saved) != read:
        criterion = held.requisition.criteria.filter(pk=criterion_id).first()
        row = keep_apart(held.brief, "must_haves", value, apart=apart, by=by, now=now, criterion=criterion)
        return Written(saved, row)
    apply_must_have(held, value, by=by, now=now)
    settle_apart(held.brief, apart, by=by, now=now)
    return Written(value)


@transaction.atomic
def take_out_must_have(
    *, partnership_id: int, criterion_id: int, read: str, by: User, now: datetime, to_nice: bool = False
) -> None:
    """Ask it of nobody, or let it be nice to have; Conflict where somebody has written in it since."""
    held = fetch(partnership_id, by, FILL)
    saved = next((row for row in held.said["must_haves"] if row["id"] == criterion_id), None)
    if saved is None:
        raise Missing(gettext("This must-have is gone."))
    if mark(saved) != read:
        raise Conflict(
            gettext("Somebody has just written in “%(savedname)s”: look at it again.")
            % {"savedname": saved["name"]}
        )
    left = [row for row in _wanted(held) if row.id != criterion_id]
    if to_nice:
        nice = list(held.requisition.criteria.filter(kind=CriterionKind.NICE).order_by("position", "pk"))
        kept = [Wanted(row.name, row.why, row.pk) for row in nice]
        _write(held, left, by=by, now=now, nice_to_haves=[*kept, Wanted(saved["name"], saved["why"])])
    else:
        _write(held, left, by=by, now=now)


def apply_must_have(held: Held, value: dict[str, Any], *, by: User, now: datetime) -> None:
    """Write it where it is kept: on the role, on the plan, and here; one that is gone comes back as the last."""
    name, why = value["name"], value["why"]
    rows = [replace(row, name=name, why=why) if row.id == value["id"] else row for row in _wanted(held)]
    if all(row.id != value["id"] for row in rows):
        _write(held, [*rows, Wanted(name, why)], by=by, now=now)
        value = value | {"id": _last(held)}
    else:
        _write(held, rows, by=by, now=now)
    _assess(held, value, by=by, now=now)
    MustHave.objects.update_or_create(
        criterion_id=value["id"],
        defaults={
            **{name: value[name] for name in ("turn_down", "way", "how")},
            "question_id": value["question"]["id"] if value["question"] else None,
        },
    )
    note_changed(held.brief, ["must_haves"], by=by, now=now)


def _last(held: Held) -> int:
    return held.requisition.criteria.filter(kind=CriterionKind.MUST).order_by("-position", "-pk")[0].pk


def _write(held: Held, rows: list[Wanted], *, by: User, now: datetime, **more: Any) -> None:
    if rows != _wanted(held) or more:
        roles.change_requisition(requisition_id=held.requisition.pk, by=by, now=now, must_haves=rows, **more)


def _wanted(held: Held) -> list[Wanted]:
    rows = held.requisition.criteria.filter(kind=CriterionKind.MUST).order_by("position", "pk")
    return [Wanted(row.name, row.why, row.pk) for row in rows]


def _assess(held: Held, value: dict[str, Any], *, by: User, now: datetime) -> None:
    """The interviews of the plan that assess it, and no others."""
    rows = PlannedInterview.objects.filter(requisition=held.requisition.pk, retired=False)
    before = set(rows.filter(criteria=value["id"]).values_list("pk", flat=True))
    for number in sorted(set(value["interviews"]) - before):
        plan.assess(planned_id=number, criterion_id=value["id"], by=by, now=now)
    for number in sorted(before - set(value["interviews"])):
        plan.stop_assessing(planned_id=number, criterion_id=value["id"], by=by, now=now)


def _known(held: Held, value: dict[str, Any]) -> dict[str, Any]:
    """The value with what it names as it is: interviews of the plan in their order, a question that is asked."""
    planned = [row["id"] for row in held.said["interview_plan"]]
    if set(value["interviews"]) - set(planned):
        raise Invalid(
            gettext("An interview of the plan was taken out meanwhile: look again."), field="interviews"
        )
    question = value["question"]
    if question is not None:
        asked = Question.objects.filter(post__requisition=held.requisition.pk, removed_at__isnull=True)
        found = asked.filter(pk=question["id"]).first()
        if found is None:
            raise Invalid(
                gettext("This question is not asked any more: choose another one."), field="question"
            )
        question = {"id": found.pk, "label": found.label}
    chosen = [number for number in planned if number in set(value["interviews"])]
    return EMPTY | value | {"interviews": chosen, "question": question}
