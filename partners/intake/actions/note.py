"""Noting that a brief has changed: who wrote in which field, and the number that open pages ask for."""

from collections.abc import Iterable
from datetime import datetime

from django.db.models import F

from ats.accounts.models import User
from ats.activity.record import record
from ats.kernel.languages import ours
from partners.intake.domain.fields import labels
from partners.intake.models import Brief, BriefField
from partners.partnerships.models import Partnership


def stir(requisition_id: int) -> None:
    """Something that the brief of this role shows is another: pages that show it look again."""
    Brief.objects.filter(partnership__requisition=requisition_id).update(revision=F("revision") + 1)


def note_written(
    brief: Brief,
    codes: Iterable[str],
    *,
    by: User | None,
    now: datetime,
    came_from: Partnership | None = None,
) -> list[str]:
    """Write down who wrote in these fields; in which of them for the first time since the last version."""
    first = []
    for code in codes:
        row, _ = BriefField.objects.get_or_create(brief=brief, code=code, defaults={"changed_at": now})
        if by is not None and by.pk not in row.writers:
            row.writers = [*row.writers, by.pk]
            first.append(code)
        row.changed_at, row.changed_by, row.came_from = now, by, came_from
        row.save(update_fields=["writers", "changed_at", "changed_by", "came_from"])
    return first


def note_changed(brief: Brief, codes: list[str], *, by: User, now: datetime) -> None:
    """The brief's own fields were written in; on record once for each person, field and version."""
    if first := note_written(brief, codes, by=by, now=now):
        record(
            "brief.changed",
            subject=brief,
            by=by,
            now=now,
            data={"fields": first, "what": ours(labels)(first)},
        )
    stir(brief.partnership.requisition_id)


def hear_of(*, requisition_id: int, codes: list[str], by: User | None, now: datetime) -> None:
    """Fields that are kept on the role or on its plan were written in, wherever that was done."""
    brief = Brief.objects.filter(partnership__requisition=requisition_id).first()
    if brief is not None:
        note_written(brief, codes, by=by, now=now)
        stir(requisition_id)


def begin(*, partnership_id: int) -> None:
    """A partnership has a brief from its first moment on."""
    Brief.objects.get_or_create(partnership_id=partnership_id)
