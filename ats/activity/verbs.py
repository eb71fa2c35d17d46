"""The verbs of the record: each with its words, and the personal data that it holds."""

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class Verb:
    """One kind of thing that happens.

    `text` is what staff read, after the actor's name ("moved to {stage}"); `{...}` are keys of the
    activity's data. `candidate_text` is the candidate's own version of it, or None if it is not shown
    to them. `personal` names the keys of the data that hold a person's data, which erasure removes.
    `opened` entries show their `body` key in full on a timeline.
    """

    name: str
    text: str
    candidate_text: str | None = None
    personal: tuple[str, ...] = ()
    icon: str = "dot"
    opened: bool = False


_verbs: dict[str, Verb] = {}


def declare(verbs: Iterable[Verb]) -> None:
    """Make verbs known; a name is declared once."""
    for verb in verbs:
        if verb.name in _verbs:
            raise ValueError(f"The verb {verb.name} is declared twice.")
        _verbs[verb.name] = verb


def get(name: str) -> Verb:
    """The verb of that name; KeyError if nobody declared it."""
    return _verbs[name]


def known() -> dict[str, Verb]:
    return dict(_verbs)
