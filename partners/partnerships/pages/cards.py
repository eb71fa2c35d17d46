"""Pieces of a partnership's page that the rooms above put there."""

from collections.abc import Callable
from datetime import datetime

from ats.accounts.models import User
from partners.partnerships.models import Partnership
from requisitions.roles.pages.cards import Panel

PanelMaker = Callable[[Partnership, User, datetime], Panel | None]
_panels: list[PanelMaker] = []


def panel(maker: PanelMaker) -> PanelMaker:
    """Show on the page of a partnership what the decorated function makes, in the order of declaration."""
    _panels.append(maker)
    return maker


def panels(partnership: Partnership, *, user: User, now: datetime) -> list[Panel]:
    made = (maker(partnership, user, now) for maker in _panels)
    return [piece for piece in made if piece is not None]
