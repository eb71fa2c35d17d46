"""The link to a candidate's own page. The portal, a floor up, says how it is made."""

from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING

from django.conf import settings

if TYPE_CHECKING:
    from candidates.people.models import Candidate

MakeLink = Callable[["Candidate", datetime], str]


def _ask_for_one(candidate: "Candidate", now: datetime) -> str:
    """Until the portal is there: the page on which a link can be asked for."""
    return f"{settings.BASE_URL}/status/"


_make: list[MakeLink] = [_ask_for_one]


def register_portal_link(make: MakeLink) -> MakeLink:
    """Let `make(candidate, now)` give the absolute address of a candidate's portal."""
    _make[0] = make
    return make


def portal_link(candidate: "Candidate", now: datetime) -> str:
    """A fresh link to this candidate's portal, for a message to their own address."""
    return _make[0](candidate, now)
