"""The states of another way to reach somebody, and the ways between them, as data."""

from ats.kernel.errors import WrongState
from ats.kernel.staff_words import gettext_lazy
from candidates.reaching.models import WayState

START = WayState.OPEN

TRANSITIONS: dict[WayState, frozenset[WayState]] = {
    WayState.OPEN: frozenset({WayState.TOLD, WayState.WRITTEN, WayState.ASIDE, WayState.VOID}),
    WayState.TOLD: frozenset(),
    WayState.WRITTEN: frozenset(),
    WayState.ASIDE: frozenset(),
    WayState.VOID: frozenset(),
}

OVER = gettext_lazy("Nobody has to be reached another way here any more.")


def check(state: str, target: WayState) -> None:
    """Raise WrongState unless such a duty in `state` may become `target`."""
    if target not in TRANSITIONS[WayState(state)]:
        raise WrongState(OVER)
