"""What the database says when somebody else was faster, and the next times there are."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.db import IntegrityError, transaction

from ats.kernel import guards, when
from ats.kernel.errors import ActionError, Conflict
from ats.kernel.kept import kept, retold
from ats.kernel.languages import later
from ats.kernel.staff_words import gettext_lazy
from ats.kernel.when import counted
from candidates.scheduling.domain.slots import Search, Slot, free_slots

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo

NEXT = 3
THEIRS = "interview_candidate_once_at_a_time"
TOLD = frozenset({"seat_no_two_at_a_time", THEIRS, "seat_once"})
"""The constraints that two who book at the same moment come to."""
WEEK_IS_FULL = gettext_lazy("One of the pool already has as many interviews in that week as they agreed to.")
"""What the trigger `pool_weekly_limit` refuses."""


class Taken(Conflict):
    """The time is no longer free; `slots` are the next ones that suit everybody.

    `is_theirs`: it is the candidate who has another interview then.
    """

    code = "taken"

    def __init__(self, slots: Sequence[Slot], zone: Any, *, is_theirs: bool = False) -> None:
        super().__init__(later(retold, _next_in_words(slots, zone, is_theirs=is_theirs)))
        self.slots, self.is_theirs = list(slots), is_theirs


def _next_in_words(slots: Sequence[Slot], zone: "ZoneInfo", *, is_theirs: bool) -> str:
    why = guards.kept_words(THEIRS) if is_theirs else kept("This time is no longer free.")
    if not slots:
        return kept(f"{why} No other is left between the days that were asked for.")
    said = "; ".join(when.span(slot.starts_at, slot.ends_at, zone) for slot in slots)
    return kept(f"{why} The next {counted(len(slots), 'one is', 'are')}: {said}.")


def taken(search: Search, wanted: datetime) -> Taken:
    """The refusal, with the next times from the one that was wanted on; earlier ones if there are none."""
    slots = free_slots(search)
    later = [slot for slot in slots if slot.starts_at >= wanted]
    ends = wanted + search.needs[0].length
    is_theirs = any(start < ends and end > wanted for start, end in search.taken)
    return Taken((later or slots)[:NEXT], search.candidate, is_theirs=is_theirs)


@contextmanager
def faster(refused: Callable[[], ActionError] | None = None) -> Iterator[None]:
    """Turn the database's refusal of an overlap or of too much into words, with what was written undone."""
    try:
        with transaction.atomic():
            yield
    except IntegrityError as error:
        name = guards.name_of(error)
        if name == "seat_no_two_at_a_time" and refused is not None:
            raise refused() from error
        if name == "pool_weekly_limit":
            raise Conflict(WEEK_IS_FULL) from error
        if name not in TOLD:
            raise
        raise Conflict(guards.words(name)) from error
