"""The pieces of the intake's page: each field with its form, each step with its fields."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django import forms
from django.forms import BoundField

from partners.intake.actions.calibrate import MOST_PROFILES
from partners.intake.domain.fields import STEPS, Step
from partners.intake.pages.forms import FORMS, MustHaveForm, ProfileForm, VerdictForm, form_of
from partners.intake.queries.calibration import Judged, profiles, to_choose_from
from partners.intake.queries.page import Intake, Line, Must
from partners.intake.queries.prefill import earlier
from partners.intake.queries.timeline import time_line
from requisitions.models import PostState
from requisitions.posts.models import JobPost


@dataclass(frozen=True)
class Piece:
    """A field and its form; what is written elsewhere has none."""

    place: str
    line: Line | Must
    form: forms.Form | None
    action: str = ""
    trigger: str = ""

    @property
    def assessing(self) -> list[BoundField]:
        """Of a must-have: the fields that say how it is assessed."""
        wanted = ("interviews", "way", "question", "how")
        return [self.form[name] for name in wanted if self.form and name in self.form.fields]


@dataclass(frozen=True)
class Part:
    """A step of the page with its pieces."""

    step: Step
    pieces: list[Piece]


TYPING = "input delay:800ms, change, submit"
LEAVING = "change, submit"
"""What candidates read already is kept once somebody leaves the field, not while they search for words."""


def around(page: Intake) -> dict[str, Any]:
    """What every piece of the page is drawn with."""
    return {"page": page, "partnership": page.partnership, "role": page.role}


def whole(page: Intake, wrong: forms.Form | None = None, *, now: datetime) -> dict[str, Any]:
    """The page; `wrong` is a form that was sent and refused, shown with what was typed."""
    is_out = JobPost.objects.filter(requisition=page.role.pk, state=PostState.PUBLISHED).exists()
    start = page.said["target_start"]
    return around(page) | {
        "is_out": is_out,
        "time_line": time_line(
            page.role, date.fromisoformat(start) if start else None, is_out=is_out, now=now
        ),
        "earlier": bool(page.fills and not page.version and earlier(page.user, page.partnership)),
        **calibrating(page),
        "parts": [Part(step, [_piece(page, code, is_out, wrong) for code in step.fields]) for step in STEPS],
        "musts": [_must(page, must, is_out, wrong) for must in page.musts],
    }


def calibrating(page: Intake) -> dict[str, Any]:
    """The profiles with what this person may read of them, and a form for each that waits for their side."""
    judged = profiles(page)
    may_add = page.fills and len(judged) < MOST_PROFILES
    return {
        "judged": [(row, _verdict_form(page, row)) for row in judged],
        "profile_form": ProfileForm(people=to_choose_from(page.user, page.role)) if may_add else None,
    }


def _verdict_form(page: Intake, row: Judged) -> VerdictForm | None:
    if row.both or not page.fills:
        return None
    said = {"verdict": row.mine.verdict, "why": row.mine.why} if row.mine else None
    return VerdictForm(initial=said, prefix=f"of-{row.profile.pk}")


def _piece(page: Intake, code: str, is_out: bool, wrong: forms.Form | None) -> Piece:
    line = page.line(code)
    form = form_of(code, line.value) if code in FORMS else None
    if wrong is not None and wrong.prefix == code:
        form = wrong  # type: ignore[assignment]
    trigger = LEAVING if is_out and line.field.shown else TYPING
    return Piece(f"field-{code}", line, form, code, trigger)


def _must(page: Intake, must: Must, is_out: bool, wrong: forms.Form | None) -> Piece:
    form: forms.Form = MustHaveForm(value=must.value, planned=page.planned, questions=page.questions)
    if wrong is not None and wrong.prefix == form.prefix:
        form = wrong
    return Piece(f"must-{must.value['id']}", must, form, "", LEAVING if is_out else TYPING)
