"""What is other in what somebody is asked now than in what they answered before; pure."""

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Change:
    """One fact; `was` or `now` is empty where it was added or left out."""

    label: str
    was: str
    now: str


def changes(before: Sequence[Sequence[str]], after: Sequence[Sequence[str]]) -> list[Change]:
    """The facts that differ, in the order in which they are shown, those left out last."""
    was, now = _by_label(before), _by_label(after)
    labels = [*now, *(label for label in was if label not in now)]
    found = (Change(label, was.get(label, ""), now.get(label, "")) for label in labels)
    return [change for change in found if change.was != change.now]


def _by_label(facts: Sequence[Sequence[str]]) -> dict[str, str]:
    """A label that stands twice counts as one fact of several lines."""
    found: dict[str, str] = {}
    for label, text in facts:
        found[label] = f"{found[label]}\n{text}" if label in found else text
    return found
