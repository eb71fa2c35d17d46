"""The states of a job post and the ways between them, as data."""

from ats.kernel.errors import WrongState
from ats.kernel.staff_words import gettext, pgettext_lazy
from requisitions.posts.models import PostState as State

START = State.DRAFT

TRANSITIONS: dict[State, frozenset[State]] = {
    State.DRAFT: frozenset({State.PUBLISHED}),
    State.PUBLISHED: frozenset({State.CLOSED}),
    # The same address shows the job again.
    State.CLOSED: frozenset({State.PUBLISHED}),
}


IN_WORDS = {
    State.DRAFT: pgettext_lazy("this post is", "draft"),
    State.PUBLISHED: pgettext_lazy("this post is", "published"),
    State.CLOSED: pgettext_lazy("this post is", "closed"),
}
"""A state inside a sentence."""


def check(state: str, target: State) -> None:
    """Raise WrongState unless a post in `state` may become `target`."""
    if target not in TRANSITIONS[State(state)]:
        raise WrongState(
            gettext("This post is %(state)s: it cannot become %(target)s.")
            % {"state": IN_WORDS[State(state)], "target": IN_WORDS[target]}
        )
