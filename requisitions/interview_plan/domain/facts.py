"""What can be said of a planned interview."""

from collections.abc import Sequence
from typing import Any, TypedDict

from requisitions.pipeline.models import StageKind
from requisitions.roles.models import Requisition

LENGTH = (5, 480)
MOST_PEOPLE = 8
MOST_HOURS = 80
NO_INTERVIEW = frozenset({StageKind.APPLIED, StageKind.HIRED})
"""Nobody is interviewed before they are looked at, or after they are hired."""


class InterviewWords(TypedDict, total=False):
    """What can be said of a planned interview, its kit apart."""

    stage_id: int
    name: str
    purpose: str
    minutes: int
    format: str
    interviewers_needed: int
    preparation: str
    scorecard_hours: int
    same_day: bool
    place: str
    video_link: str
    pool_id: int | None
    interviewer_ids: Sequence[int]


COLUMNS = tuple(name for name in InterviewWords.__annotations__ if name != "interviewer_ids")


def cleaned(words: dict[str, Any]) -> dict[str, Any]:
    """Texts without white space around them; TypeError where a fact has a name nobody knows."""
    if unknown := set(words) - set(InterviewWords.__annotations__):
        raise TypeError(f"A planned interview has no {', '.join(sorted(unknown))}.")
    return {name: value.strip() if isinstance(value, str) else value for name, value in words.items()}


def address_of(requisition: Requisition) -> str:
    """Where the role is, as one line; empty where nobody said."""
    place = requisition.location
    if place is None:
        return ""
    town = f"{place.postal_code} {place.city}".strip()
    return ", ".join(part for part in (place.street, town) if part)
