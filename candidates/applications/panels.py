"""What the slices above know about an application and show on its page."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from ats.accounts.models import User
from candidates.applications.models import Application


@dataclass(frozen=True)
class Panel:
    """A piece of the page: a template, and what it is given under the name `panel`."""

    template: str
    context: Mapping[str, Any] = field(default_factory=dict)


PanelMaker = Callable[[Application, User, datetime], Panel | None]
HiddenFrom = Callable[[Application, User], frozenset[str]]
_panels: list[PanelMaker] = []
_hiders: list[HiddenFrom] = []


def panel(maker: PanelMaker) -> PanelMaker:
    """Show what the decorated function makes beside the person; None shows nothing."""
    _panels.append(maker)
    return maker


def panels(application: Application, *, user: User, now: datetime) -> list[Panel]:
    made = (maker(application, user, now) for maker in _panels)
    return [piece for piece in made if piece is not None]


def hides(hider: HiddenFrom) -> HiddenFrom:
    """Keep the verbs that the decorated function names out of the story, for that viewer."""
    _hiders.append(hider)
    return hider


def hidden(application: Application, viewer: User) -> frozenset[str]:
    return frozenset().union(*(hider(application, viewer) for hider in _hiders))
