"""Writing in a field of the brief: what two write at once is kept, both of it."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction

from ats.accounts.models import User
from ats.kernel.errors import Missing
from ats.kernel.staff_words import gettext
from partners.intake.actions.fetch import Held, fetch
from partners.intake.actions.keep_apart import Apart, keep_apart, settle_apart
from partners.intake.actions.note import note_changed
from partners.intake.domain import values
from partners.intake.domain.content import mark
from partners.intake.domain.fields import FIELDS, Kept
from partners.intake.models import OtherWords
from partners.intake.rules import FILL
from partners.partnerships.models import Partnership
from requisitions.models import CriterionKind
from requisitions.roles import actions as roles
from requisitions.roles.domain.facts import Wanted

BY_ROWS = frozenset({"must_haves", "interview_plan"})
"""Fields that are written row by row, or elsewhere."""


@dataclass(frozen=True)
class Written:
    """What became of words: what the field says now, and where one's own stand if they stand beside it."""

    value: Any
    apart: OtherWords | None = None


@transaction.atomic
def write_field(
    *,
    partnership_id: int,
    code: str,
    value: Any,
    read: str,
    by: User,
    now: datetime,
    apart: Apart | None = None,
) -> Written:
    """Make a field say `value`, in the shape of a version's content.

    `read` is the mark of what it said when it was read (`content.mark`). Where it says something else by now, that
    stays, and these words are kept beside it; `apart` says which those are, while somebody goes on with them.
    """
    if code not in FIELDS or code in BY_ROWS:
        raise Missing(gettext("A brief has no such field to write in."))
    held = fetch(partnership_id, by, FILL)
    value = values.tidy(code, value, today=now.date())
    saved = held.value(code)
    if value != saved and mark(saved) != read:
        return Written(saved, keep_apart(held.brief, code, value, apart=apart, by=by, now=now))
    if value != saved:
        apply(held, code, value, by=by, now=now)
    settle_apart(held.brief, apart, by=by, now=now)
    return Written(value)


def apply(held: Held, code: str, value: Any, *, by: User, now: datetime) -> None:
    """Write a value where it is kept; of what is kept on the role, the brief hears as everybody does."""
    if FIELDS[code].kept == Kept.ROLE:
        facts = values.facts(code, value)
        if code == "nice_to_haves":
            facts = {code: values.wanted(value, _nice(held.partnership))}
        roles.change_requisition(requisition_id=held.requisition.pk, by=by, now=now, **facts)
        return
    columns = values.columns(code, value)
    for name, kept in columns.items():
        setattr(held.brief, name, kept)
    held.brief.save(update_fields=list(columns))
    note_changed(held.brief, [code], by=by, now=now)


def _nice(partnership: Partnership) -> dict[str, Wanted]:
    rows = partnership.requisition.criteria.filter(kind=CriterionKind.NICE).order_by("position", "pk")
    return {row.name: Wanted(row.name, row.why, row.pk) for row in rows}
