"""What the slices above know about an application and show on its page."""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.db.models import Prefetch, QuerySet

from ats.accounts.models import User
from candidates.applications.models import Application

if TYPE_CHECKING:
    from candidates.promises.models import Promise


@dataclass(frozen=True)
class Panel:
    """A piece of the page: a template, and what it is given under the name `panel`."""

    template: str
    context: Mapping[str, Any] = field(default_factory=dict)


PanelMaker = Callable[[Application, User, datetime], Panel | None]
HiddenFrom = Callable[[Collection[int], User], Iterable[int]]
_panels: list[PanelMaker] = []
_on_top: list[PanelMaker] = []
_hiders: list[tuple[frozenset[str], HiddenFrom]] = []


def panel(maker: PanelMaker) -> PanelMaker:
    """Show what the decorated function makes beside the person; None shows nothing."""
    _panels.append(maker)
    return maker


def panel_on_top(maker: PanelMaker) -> PanelMaker:
    """Show what the decorated function makes before everything else: what nobody may overlook."""
    _on_top.append(maker)
    return maker


def panels_on_top(application: Application, *, user: User, now: datetime) -> list[Panel]:
    made = (maker(application, user, now) for maker in _on_top)
    return [piece for piece in made if piece is not None]


def panels(application: Application, *, user: User, now: datetime) -> list[Panel]:
    made = (maker(application, user, now) for maker in _panels)
    return [piece for piece in made if piece is not None]


OPEN = "open_promises"
_owed: list[Callable[[], "QuerySet[Promise]"]] = []


def owing(promises: Callable[[], "QuerySet[Promise]"]) -> Callable[[], "QuerySet[Promise]"]:
    """Let the decorated function give what is owed in any application: at most one promise in each."""
    _owed.append(promises)
    return promises


def owed_to(application: Application) -> "Promise | None":
    """What is owed next and by whom, for a page or a letter; one query."""
    return _owed[0]().filter(application=application).select_related("owner").first()


def with_owed(rows: QuerySet[Application]) -> QuerySet[Application]:
    """These applications with what is owed in them; one query more."""
    return rows.prefetch_related(Prefetch("promises", _owed[0](), to_attr=OPEN))


def owed_in(application: Application) -> "Promise | None":
    """What is owed in one of those that came `with_owed`."""
    return next(iter(getattr(application, OPEN)), None)


def hides(*verbs: str) -> Callable[[HiddenFrom], HiddenFrom]:
    """Keep these verbs out of the stories of the applications that the decorated function names, for that viewer."""

    def register(hider: HiddenFrom) -> HiddenFrom:
        _hiders.append((frozenset(verbs), hider))
        return hider

    return register


def hidden(
    applications: Collection[int], viewer: User, *, among: Collection[str] | None = None
) -> Mapping[int, frozenset[str]]:
    """Of each of these applications, the verbs that are kept from this viewer.

    As many queries as there are hiders of any verb `among` those that would be shown, or of any at all.
    """
    found: dict[int, frozenset[str]] = defaultdict(frozenset)
    for verbs, hider in _hiders:
        if among is None or not verbs.isdisjoint(among):
            for application in hider(applications, viewer):
                found[application] |= verbs
    return found
