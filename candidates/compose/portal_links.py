"""The link to a candidate's own page. The portal, a floor up, says how it is made."""

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from django.conf import settings

if TYPE_CHECKING:
    from candidates.people.models import Candidate

MakeLinks = Callable[[Sequence["Candidate"], datetime], list[str]]


def _ask_for_one(candidates: Sequence["Candidate"], now: datetime) -> list[str]:
    """Where no portal is installed: the page on which a link can be asked for."""
    return [f"{settings.BASE_URL}/status/" for _ in candidates]


_make: list[MakeLinks] = [_ask_for_one]


def register_portal_links(make: MakeLinks) -> MakeLinks:
    """Let `make(candidates, now)` give the absolute address of each one's portal, in their order."""
    _make[0] = make
    return make


def portal_links(candidates: Sequence["Candidate"], now: datetime) -> list[str]:
    """Fresh links to these candidates' portals, each for a message to their own address."""
    return _make[0](candidates, now)


def portal_link(candidate: "Candidate", now: datetime) -> str:
    return portal_links([candidate], now)[0]
