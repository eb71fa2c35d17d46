"""The states of an offer and the ways between them, as data."""

from ats.kernel.errors import WrongState
from ats.kernel.languages import Words
from ats.kernel.staff_words import gettext, gettext_lazy
from candidates.offers.models import NextState
from candidates.offers.models import OfferState as State

START = State.DRAFT

TRANSITIONS: dict[State, frozenset[State]] = {
    State.DRAFT: frozenset({State.APPROVAL, State.WITHDRAWN}),
    State.APPROVAL: frozenset({State.DRAFT, State.APPROVED, State.WITHDRAWN}),
    State.APPROVED: frozenset({State.DRAFT, State.SENT, State.WITHDRAWN}),
    State.SENT: frozenset({State.ACCEPTED, State.DECLINED, State.EXPIRED, State.WITHDRAWN}),
    State.ACCEPTED: frozenset({State.RENEGED}),
    State.DECLINED: frozenset(),
    State.EXPIRED: frozenset(),
    State.WITHDRAWN: frozenset(),
    State.RENEGED: frozenset(),
}
"""A change of terms leads back to the draft: what was approved is what is sent, and nothing else."""

ENDED = frozenset(state for state, ways in TRANSITIONS.items() if not ways)

SAID: dict[State, Words] = {
    State.DRAFT: gettext_lazy("is a draft"),
    State.APPROVAL: gettext_lazy("waits for approval"),
    State.APPROVED: gettext_lazy("is approved and not sent yet"),
    State.SENT: gettext_lazy("is with the candidate"),
    State.ACCEPTED: gettext_lazy("has been accepted"),
    State.DECLINED: gettext_lazy("was declined"),
    State.EXPIRED: gettext_lazy("has run out"),
    State.WITHDRAWN: gettext_lazy("was withdrawn"),
    State.RENEGED: gettext_lazy("was accepted, and they did not come"),
}


def check(state: str, target: State) -> None:
    """Raise WrongState unless an offer in `state` may become `target`."""
    if target not in TRANSITIONS[State(state)]:
        raise WrongState(gettext("This offer %(state)s.") % {"state": SAID[State(state)]})


CHANGEABLE = frozenset({State.DRAFT, State.APPROVAL, State.APPROVED})


def check_changeable(state: str) -> None:
    """Raise WrongState where the terms no longer change: what the candidate has read stays what it was."""
    if State(state) not in CHANGEABLE:
        raise WrongState(
            gettext("This offer %(state)s: its terms no longer change.") % {"state": SAID[State(state)]}
        )


# --- The next version of one that is with the candidate

NEXT: dict[NextState, frozenset[NextState]] = {
    NextState.NONE: frozenset({NextState.DRAFT}),
    NextState.DRAFT: frozenset({NextState.APPROVAL, NextState.NONE}),
    NextState.APPROVAL: frozenset({NextState.DRAFT, NextState.APPROVED, NextState.NONE}),
    NextState.APPROVED: frozenset({NextState.DRAFT, NextState.NONE}),
}
"""It ends as none: sent, once it is approved, it is the version that holds; dropped, it never was."""

NEXT_SAID: dict[NextState, Words] = {
    NextState.NONE: gettext_lazy("has not been begun"),
    NextState.DRAFT: gettext_lazy("is a draft"),
    NextState.APPROVAL: gettext_lazy("waits for approval"),
    NextState.APPROVED: gettext_lazy("is approved already"),
}


def check_next(state: str, target: NextState) -> None:
    """Raise WrongState unless a next version in `state` may become `target`."""
    if target not in NEXT[NextState(state)]:
        raise WrongState(
            gettext("The next version of this offer %(state)s.") % {"state": NEXT_SAID[NextState(state)]}
        )


def check_next_may_leave(state: str) -> None:
    """Raise WrongState unless the next version may be sent: what was approved, and nothing else."""
    if NextState(state) != NextState.APPROVED:
        raise WrongState(
            gettext("The next version of this offer %(state)s.") % {"state": NEXT_SAID[NextState(state)]}
        )
