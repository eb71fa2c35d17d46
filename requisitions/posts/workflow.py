"""The states of a job post and the ways between them, as data."""

from ats.kernel.errors import WrongState
from requisitions.posts.models import PostState as State

START = State.DRAFT

TRANSITIONS: dict[State, frozenset[State]] = {
    State.DRAFT: frozenset({State.PUBLISHED}),
    State.PUBLISHED: frozenset({State.CLOSED}),
    # The same address shows the job again.
    State.CLOSED: frozenset({State.PUBLISHED}),
}


def check(state: str, target: State) -> None:
    """Raise WrongState unless a post in `state` may become `target`."""
    if target not in TRANSITIONS[State(state)]:
        raise WrongState(
            f"This post is {State(state).label.lower()}: it cannot become {target.label.lower()}."
        )
