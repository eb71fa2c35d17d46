"""The steps of writing a requisition: each a form, and the facts that it holds."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django import forms
from django.http import QueryDict
from django.urls import reverse

from ats.kernel.languages import Words
from ats.kernel.staff_words import gettext, gettext_lazy
from requisitions.roles.domain.facts import LED
from requisitions.roles.models import CriterionKind, OpeningState, Requisition, RequisitionState
from requisitions.roles.pages.forms import LeadForm, MustHaves, NiceToHaves, PayForm, RoleForm, StoryForm
from requisitions.roles.queries import readiness

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
        said: dict[str, Any] = getattr(self.form, "facts", lambda: self.form.cleaned_data)()
        return {**said, **wanted}

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
    return Bound(
        LeadForm(data, initial=_initial(requisition, LeadForm), organisation=requisition.organisation_id), {}
    )


@dataclass(frozen=True)
class Step:
    """One page of the writing; `brief` steps are the hiring manager's too, `led` ones of who leads alone."""

    name: str
    title: Words
    line: Words
    bind: Callable[[Requisition, Data], Bound]
    brief: bool = False
    led: bool = False


STEPS = (
    Step(
        "role",
        gettext_lazy("The role"),
        gettext_lazy("What it is called, where it is done, and how many people you want."),
        _role,
    ),
    Step(
        "pay",
        gettext_lazy("Pay"),
        gettext_lazy("Nothing is published without it. A range you would really pay: candidates read it."),
        _pay,
        led=True,
    ),
    Step(
        "needs",
        gettext_lazy("What it takes"),
        gettext_lazy("Few must-haves bring better people than many. Each one says why it decides."),
        _needs,
        brief=True,
    ),
    Step(
        "story",
        gettext_lazy("Why somebody would want it"),
        gettext_lazy("The honest case for this role: what it is for, what one gets, and what is hard."),
        _story,
        brief=True,
    ),
    Step(
        "team",
        gettext_lazy("The team"),
        gettext_lazy("Who leads the search together, and who else takes part."),
        _team,
        led=True,
    ),
)


def steps_for(*, runs: bool) -> list[Step]:
    """All steps for who runs the role; the brief for its manager."""
    return [step for step in STEPS if runs or step.brief]


def leave_to(form: forms.Form, role: Requisition) -> None:
    """What those who lead the role say is shown, and left to them."""
    for name in form.fields.keys() & LED:
        form.fields[name].disabled = True
        form.fields[name].help_text = gettext("Ask %(recruiter)s to change it.") % {
            "recruiter": role.recruiter
        }


STEP_OF = {
    "hiring_manager": "team",
    "must_haves": "needs",
    "openings": "role",
    "location": "role",
    "confidential": "role",
    "pay_min": "pay",
}
"""The step in which a gap is closed."""

STORY = ("why", "outcomes", "value_proposition", "hard_part")


def where(role: Requisition, field: str) -> str:
    """The page on which a gap is closed."""
    if field in STEP_OF:
        return reverse("requisition_step", args=[role.pk, STEP_OF[field]])
    if field == "pipeline":
        return reverse("pipeline", args=[role.pk])
    if field in {"requisition", "approval"}:
        return reverse("requisition", args=[role.pk])
    return text_of(role)


def text_of(role: Requisition) -> str:
    """The page on which the text of its advert is written."""
    posts = sorted(
        role.posts.all(), key=lambda post: (post.state == "published", post.state == "draft", post.pk)
    )
    return reverse("post_edit", args=[posts[-1].pk]) if posts else reverse("post_new", args=[role.pk])


@dataclass(frozen=True)
class Stop:
    """A step on the way of a role to its advert: where it is done, and whether it is."""

    name: str
    title: Words
    href: str
    done: bool


TEXT = "text"


def way(role: Requisition, *, runs: bool, leads: bool, now: datetime) -> list[Stop]:
    """The steps in their order, up to the text of the advert; the brief alone for the hiring manager."""
    missing = {gap.field for gap in [*readiness.to_open(role), *readiness.to_be_found(role, now)]}
    lacking = {STEP_OF.get(field, TEXT) for field in missing - {"pipeline"}}
    if not any(getattr(role, name) for name in STORY):
        lacking.add("story")
    stops = [
        Stop(
            step.name,
            step.title,
            reverse("requisition_step", args=[role.pk, step.name]),
            step.name not in lacking,
        )
        for step in steps_for(runs=runs)
        if leads or not step.led
    ]
    if not runs:
        return stops
    if "pipeline" in missing:
        stops.append(
            Stop("pipeline", gettext("Steps for candidates"), reverse("pipeline", args=[role.pk]), False)
        )
    if not role.confidential:
        is_out = role.state == RequisitionState.OPEN and any(p.state == "published" for p in role.posts.all())
        stops.append(Stop(TEXT, gettext("The advert"), text_of(role), is_out))
    return stops


def next_stop(stops: list[Stop], here: str) -> Stop | None:
    """Where to go on from here: the next that is missing, then what was left out before, the advert at the end."""
    at = next((place for place, stop in enumerate(stops) if stop.name == here), -1)
    others = [*stops[at + 1 :], *stops[: max(at, 0)]]
    others.sort(key=lambda stop: stop.name == TEXT)
    return next((stop for stop in others if not stop.done), None)
