"""When two records are about the same request, put to two recruiters; pure."""

from typing import Protocol


class Asked(Protocol):
    """What of a record says whether it is the same request."""

    asked_by_id: int | None
    asked_by_name: str
    requisition_id: int | None
    subject: str


def key(record: Asked) -> tuple[int | str, int | None, str]:
    """Equal for records about the same request: who asked, for which role, about what."""
    asker = record.asked_by_id or _plain(record.asked_by_name)
    return asker, record.requisition_id, _plain(record.subject)


def _plain(text: str) -> str:
    return " ".join(text.casefold().split())
