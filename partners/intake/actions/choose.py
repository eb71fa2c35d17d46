"""Choosing between two texts of one field."""

from datetime import datetime

from django.db import transaction

from ats.accounts.models import User
from ats.kernel.errors import Conflict, Invalid, Missing
from ats.kernel.staff_words import gettext
from partners.intake.actions.fetch import Held, fetch
from partners.intake.actions.keep_apart import settle
from partners.intake.actions.write import apply
from partners.intake.actions.write_must_have import apply_must_have
from partners.intake.domain import values
from partners.intake.domain.content import mark
from partners.intake.models import OtherWords
from partners.intake.rules import FILL

SAVED, OTHER, BOTH = "saved", "other", "both"


@transaction.atomic
def choose(
    *, partnership_id: int, other_id: int, keep: str, read: str, other_read: str, by: User, now: datetime
) -> OtherWords:
    """Keep what the field says (`saved`), the other words, or `both`; the rest is settled with that.

    `read` and `other_read` are the marks of the two that were seen: where either is another by now, nothing
    is chosen (Conflict).
    """
    held = fetch(partnership_id, by, FILL)
    row = (
        held.brief.others.select_related("criterion", "by")
        .filter(pk=other_id, settled_at__isnull=True)
        .first()
    )
    if row is None:
        raise Missing(gettext("This was chosen already."))
    row.brief = held.brief
    saved = _saved(held, row)
    if (mark(saved), mark(row.words)) != (read, other_read):
        raise Conflict(gettext("Somebody has written on meanwhile: look at both again."))
    if keep == OTHER:
        _take(held, row, by=by, now=now)
    elif keep == BOTH and row.code in values.MERGES:
        apply(held, row.code, values.both(row.code, saved, row.words, by=str(row.by)), by=by, now=now)
    elif keep != SAVED:
        raise Invalid(gettext("Choose which of the two to keep."))
    settle(row, by=by, now=now)
    return row


def _saved(held: Held, row: OtherWords) -> object:
    """What stands in the field; None for a must-have that is gone."""
    if row.code != "must_haves":
        return held.value(row.code)
    return next((one for one in held.said["must_haves"] if one["id"] == row.criterion_id), None)


def _take(held: Held, row: OtherWords, *, by: User, now: datetime) -> None:
    if row.code == "must_haves":
        apply_must_have(held, row.words, by=by, now=now)
    else:
        apply(held, row.code, row.words, by=by, now=now)
