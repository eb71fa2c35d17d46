"""A record with everything in it, as data; pure."""

from datetime import datetime
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from partners.declined.models import DeclinedAddition, DeclinedRequest

FACTS = ("asked", "subject", "rule", "alternative", "candidate_name")


def facts_of(record: "DeclinedRequest", *, by: str, at: datetime) -> dict[str, Any]:
    """Every field by its name, people by theirs, moments with their zone."""
    return {
        "number": record.pk,
        "recorded_by": str(record.recorded_by),
        "recorded_at": record.recorded_at.isoformat(),
        "asked_by": record.asker,
        "asked_at": record.asked_at.isoformat(),
        "asked_how": record.get_asked_how_display(),
        "ground": record.get_ground_display(),
        "role": str(record.requisition or ""),
        **{name: getattr(record, name) for name in FACTS},
        "additions": [_addition(each) for each in record.additions.all()],
        "handed_out": {"to": by, "at": at.isoformat()},
    }


def _addition(each: "DeclinedAddition") -> dict[str, str]:
    return {
        "what": each.get_kind_display(),
        "text": each.text,
        "by": str(each.by or ""),
        "at": each.at.isoformat(),
    }
