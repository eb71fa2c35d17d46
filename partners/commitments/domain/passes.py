"""Whose move it was, from when to when: the passes of one occasion, as its row keeps them."""

from collections.abc import Sequence
from datetime import UTC, datetime

from partners.commitments.domain.obligations import Away

Pass = list[str]
"""From when (ISO 8601, in UTC), and with whom the move was from then on."""


def passes_of(away: Sequence[Away], *, side: str, start: datetime, end: datetime | None) -> list[Pass]:
    """From the start to the end, or as far as is known: with the one who owes it, but where it was not theirs.

    Where two times meet, it was with whoever it went to last.
    """
    if not away:
        return [[start.astimezone(UTC).isoformat(), side]]
    known = [each for each in away if each.until is None or each.until > start]
    moments = {start, *(max(each.begin, start) for each in known)}
    moments |= {each.until for each in known if each.until is not None}
    found: list[Pass] = []
    for moment in sorted(moments):
        if end is not None and moment >= end and found:
            break
        whose = _whose(known, moment) or side
        if not found or found[-1][1] != whose:
            found.append([moment.astimezone(UTC).isoformat(), whose])
    return found


def _whose(away: Sequence[Away], moment: datetime) -> str:
    here = [each for each in away if each.begin <= moment and (each.until is None or moment < each.until)]
    return max(here, key=lambda each: (each.begin, each.whose)).whose.value if here else ""
