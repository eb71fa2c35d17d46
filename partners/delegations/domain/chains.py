"""Who does the part of somebody who is away, when those they chose may be away too: pure."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

MOST_HOPS = 2
"""So often something is passed on at most: from the one who is away to a colleague, and from there once more."""


@dataclass(frozen=True)
class Link:
    """One person does another's part, from when to when."""

    owner: int
    delegate: int
    begins_at: datetime
    ends_at: datetime

    def meets(self, other: "Link") -> bool:
        return self.begins_at < other.ends_at and other.begins_at < self.ends_at


def closes_a_circle(new: Link, standing: Iterable[Link]) -> bool:
    """Whether following from the delegate, at that time, comes back to the owner."""
    links = [link for link in standing if link.meets(new)]
    seen, ahead = set(), {new.delegate}
    while ahead:
        if new.owner in ahead:
            return True
        seen |= ahead
        ahead = {link.delegate for link in links if link.owner in ahead} - seen
    return False


def hops(new: Link, standing: Iterable[Link]) -> int:
    """How often something is passed on with this link, at the most; of links that close no circle."""
    links = [link for link in standing if link.meets(new)]
    return _before(new.owner, links, MOST_HOPS + 1) + 1 + _after(new.delegate, links, MOST_HOPS + 1)


def _before(person: int, links: list[Link], most: int) -> int:
    if not most:
        return 0
    return max(
        (1 + _before(link.owner, links, most - 1) for link in links if link.delegate == person), default=0
    )


def _after(person: int, links: list[Link], most: int) -> int:
    if not most:
        return 0
    return max(
        (1 + _after(link.delegate, links, most - 1) for link in links if link.owner == person), default=0
    )


def who_does_it(owner: int, active: dict[int, int]) -> int | None:
    """Whom the part of `owner` comes to, by who stands in for whom now; None where they are here."""
    person, left = active.get(owner), MOST_HOPS
    while person is not None and person in active and left:
        person, left = active[person], left - 1
        if person == owner:
            return None
    return person
