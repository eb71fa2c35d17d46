"""The steps of writing a requisition: each a form, and the facts that it holds."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.http import QueryDict

from requisitions.roles.forms import LeadForm, MustHaves, NiceToHaves, PayForm, RoleForm, StoryForm
from requisitions.roles.models import CriterionKind, OpeningState, Requisition

Data = QueryDict | None


@dataclass
class Bound:
    """A step filled in: its forms, whether they hold, and the facts in them."""

    form: forms.Form
    sets: dict[str, Any]

    def is_valid(self) -> bool:
        return all([self.form.is_valid(), *(one.is_valid() for one in self.sets.values())])

    def facts(self) -> dict[str, Any]:
        wanted = {name: one.wanted() for name, one in self.sets.items()}
        return {**self.form.cleaned_data, **wanted}

    def refuse(self, field: str | None, message: str) -> None:
        self.form.add_error(field if field in self.form.fields else None, message)


def _initial(requisition: Requisition, form: type[forms.Form]) -> dict[str, Any]:
    return {name: getattr(requisition, name, None) for name in form.base_fields}


def _role(requisition: Requisition, data: Data) -> Bound:
    seats = [seat for seat in requisition.openings.all() if seat.state != OpeningState.CANCELLED]
    form = RoleForm(
        data,
        initial=_initial(requisition, RoleForm) | {"openings": len(seats)},
        organisation=requisition.organisation,
        fixed=requisition.opened_at is not None,
    )
    return Bound(form, {})


def _pay(requisition: Requisition, data: Data) -> Bound:
    return Bound(PayForm(data, initial=_initial(requisition, PayForm)), {})


def _needs(requisition: Requisition, data: Data) -> Bound:
    rows = list(requisition.criteria.all())
    must = [
        {"id": row.pk, "name": row.name, "why": row.why} for row in rows if row.kind == CriterionKind.MUST
    ]
    nice = [{"id": row.pk, "name": row.name} for row in rows if row.kind == CriterionKind.NICE]
    sets: dict[str, Any] = {
        "must_haves": MustHaves(data, initial=must, prefix="must"),
        "nice_to_haves": NiceToHaves(data, initial=nice, prefix="nice"),
    }
    return Bound(forms.Form(data), sets)


def _story(requisition: Requisition, data: Data) -> Bound:
    return Bound(StoryForm(data, initial=_initial(requisition, StoryForm)), {})


def _team(requisition: Requisition, data: Data) -> Bound:
    return Bound(LeadForm(data, initial=_initial(requisition, LeadForm)), {})


@dataclass(frozen=True)
class Step:
    """One page of the writing; `brief` steps are the hiring manager's too."""

    name: str
    title: str
    line: str
    bind: Callable[[Requisition, Data], Bound]
    brief: bool = False


STEPS = (
    Step("role", "The role", "What it is called, where it is done, and how many people you want.", _role),
    Step(
        "pay",
        "Pay",
        "Nothing is published without it. A range you would really pay: candidates read it.",
        _pay,
    ),
    Step(
        "needs",
        "What it takes",
        "Few must-haves bring better people than many. Each one says why it decides.",
        _needs,
        brief=True,
    ),
    Step(
        "story",
        "Why somebody would want it",
        "The honest case for this role: what it is for, what one gets, and what is hard.",
        _story,
        brief=True,
    ),
    Step("team", "The team", "Who leads the search together, and who else takes part.", _team),
)


def steps_for(*, runs: bool) -> list[Step]:
    """All steps for who runs the role; the brief for its manager."""
    return [step for step in STEPS if runs or step.brief]
