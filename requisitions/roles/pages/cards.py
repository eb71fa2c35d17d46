"""Pieces of a requisition's pages that the floors above put there."""

from collections import defaultdict
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from ats.accounts.models import User
from requisitions.roles.models import Requisition


@dataclass(frozen=True)
class Panel:
    """A piece of a page: a template, and what it is given under the name `panel`."""

    template: str
    context: Mapping[str, Any] = field(default_factory=dict)


PanelMaker = Callable[[Requisition, User, datetime], Panel | None]


PLACES = ("top", "main", "side", "end")


_panels: dict[str, list[PanelMaker]] = defaultdict(list)


def panel(place: str) -> Callable[[PanelMaker], PanelMaker]:
    """Show what the decorated function makes: on the overview (`top`, `main`, `side`), or where a role ends."""
    if place not in PLACES:
        raise ValueError(f"A requisition's pages have no place called {place}.")

    def register(maker: PanelMaker) -> PanelMaker:
        _panels[place].append(maker)
        return maker

    return register


def panels(place: str, requisition: Requisition, *, user: User, now: datetime) -> list[Panel]:
    made = (maker(requisition, user, now) for maker in _panels[place])
    return [piece for piece in made if piece is not None]
