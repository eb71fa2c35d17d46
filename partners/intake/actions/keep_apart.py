"""Words that somebody wrote over others that they had not read: kept beside those until one of the two chooses."""

from datetime import datetime
from typing import Any, NamedTuple

from ats.accounts.models import User
from ats.activity.record import record
from ats.kernel.languages import ours
from partners.intake.actions.note import stir
from partners.intake.domain.content import mark
from partners.intake.domain.fields import labels
from partners.intake.models import Brief, OtherWords
from requisitions.models import Criterion


class Apart(NamedTuple):
    """Which of one's own words somebody goes on with, and the mark of what those said."""

    id: int
    read: str


def _own(brief: Brief, apart: Apart | None, by: User) -> OtherWords | None:
    """The words that this person goes on with, as they left them; None where another window has written since."""
    if apart is None:
        return None
    row = brief.others.filter(pk=apart.id, by=by, settled_at__isnull=True).first()
    return row if row is not None and mark(row.words) == apart.read else None


def keep_apart(
    brief: Brief,
    code: str,
    words: Any,
    *,
    apart: Apart | None,
    by: User,
    now: datetime,
    criterion: Criterion | None = None,
) -> OtherWords:
    """Keep these words beside what the field says; that two wrote at once is on record, once."""
    row = _own(brief, apart, by)
    if row is None:
        row = OtherWords.objects.create(brief=brief, code=code, criterion=criterion, by=by, words=words)
        data = {"fields": [code], "what": ours(labels)([code])}
        record("brief.side_by_side", subject=brief, by=by, now=now, data=data)
    row.words = words
    row.save(update_fields=["words"])
    stir(brief.partnership.requisition_id)
    return row


def settle_apart(brief: Brief, apart: Apart | None, *, by: User, now: datetime) -> None:
    """What stood beside the field is in it by now."""
    row = _own(brief, apart, by)
    if row is not None:
        settle(row, by=by, now=now)


def settle(row: OtherWords, *, by: User, now: datetime) -> None:
    row.settled_at, row.settled_by = now, by
    row.save(update_fields=["settled_at", "settled_by"])
    stir(row.brief.partnership.requisition_id)
