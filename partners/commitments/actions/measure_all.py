"""All commitments measured again from the whole record, by several processes at once."""

import logging
import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial

from ats.kernel import processes
from partners.commitments.actions.measure import remeasure
from partners.partnerships.models import Partnership

logger = logging.getLogger(__name__)

CHUNK = 100


@dataclass
class Outcome:
    """How many roles were measured; how many rows of which of them stood otherwise; and which could not be."""

    roles: int = 0
    others: dict[int, int] = field(default_factory=dict)
    failed: list[int] = field(default_factory=list)

    def add(self, more: "Outcome") -> None:
        self.roles += more.roles
        self.others |= more.others
        self.failed += more.failed


def remeasure_all(now: datetime, *, at_once: int | None = None) -> Outcome:
    """Measure every role's commitments as they stand at `now`, and write what differs; people go on working.

    As many processes as there are processors, unless told otherwise; with one it is done in this process.
    """
    roles = list(Partnership.objects.order_by("pk").values_list("requisition_id", flat=True))
    chunks = [roles[place : place + CHUNK] for place in range(0, len(roles), CHUNK)]
    many, outcome = min(at_once or os.cpu_count() or 1, len(chunks)), Outcome()
    for each in _by_many(chunks, many, now) if many > 1 else map(partial(_measure, now=now), chunks):
        outcome.add(each)
    return outcome


def _by_many(chunks: Sequence[Sequence[int]], many: int, now: datetime) -> Iterator[Outcome]:
    with processes.pool(many) as pool:
        yield from pool.map(partial(_measure, now=now), chunks)


def _measure(roles: Sequence[int], now: datetime) -> Outcome:
    outcome = Outcome(roles=len(roles))
    for partnership in Partnership.objects.filter(requisition_id__in=roles).order_by("pk"):
        role = partnership.requisition_id
        try:
            if changed := remeasure(partnership=partnership, now=now):
                outcome.others[role] = len(changed)
        except Exception:  # one role's record must not keep the others from being right
            logger.exception("The commitments of role %s could not be measured", role)
            outcome.failed.append(role)
    return outcome
