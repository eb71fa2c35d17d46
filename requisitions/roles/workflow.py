"""The states of a requisition and the ways between them, as data."""

from ats.kernel.errors import WrongState
from ats.kernel.staff_words import gettext, pgettext_lazy
from requisitions.roles.models import RequisitionState as State

START = State.DRAFT

TRANSITIONS: dict[State, frozenset[State]] = {
    State.DRAFT: frozenset({State.OPEN, State.CANCELLED}),
    State.OPEN: frozenset({State.ON_HOLD, State.FILLED, State.CLOSED, State.CANCELLED}),
    State.ON_HOLD: frozenset({State.OPEN, State.FILLED, State.CLOSED, State.CANCELLED}),
    State.FILLED: frozenset(),
    State.CLOSED: frozenset(),
    State.CANCELLED: frozenset(),
}

REOPEN: dict[State, State] = {State.FILLED: State.OPEN}
"""The one way back: somebody who was hired does not come, and the seat is free again."""

LIVE = frozenset({State.OPEN, State.ON_HOLD})
"""People may be in play."""

ENDED = frozenset(state for state, ways in TRANSITIONS.items() if not ways)
"""Nothing leads out of these."""


IN_WORDS = {
    State.DRAFT: pgettext_lazy("this role is", "draft"),
    State.OPEN: pgettext_lazy("this role is", "open"),
    State.ON_HOLD: pgettext_lazy("this role is", "on hold"),
    State.FILLED: pgettext_lazy("this role is", "filled"),
    State.CLOSED: pgettext_lazy("this role is", "closed"),
    State.CANCELLED: pgettext_lazy("this role is", "cancelled"),
}
"""A state inside a sentence."""


def check(state: str, target: State) -> None:
    """Raise WrongState unless a requisition in `state` may become `target`."""
    if target not in TRANSITIONS[State(state)]:
        raise WrongState(
            gettext("This role is %(state)s: it cannot become %(target)s.")
            % {"state": IN_WORDS[State(state)], "target": IN_WORDS[target]}
        )


def check_not_ended(state: str) -> None:
    """Raise WrongState where the requisition is over."""
    if State(state) in ENDED:
        raise WrongState(
            gettext("This role is %(state)s: nothing about it changes any more.")
            % {"state": IN_WORDS[State(state)]}
        )
