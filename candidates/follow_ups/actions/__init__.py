"""Steps of journeys: planned, taken out, and taken when they are due."""

from candidates.follow_ups.actions.perform import LANE, do_due, owing, reason_to_skip, refining, stepping
from candidates.follow_ups.actions.plan import cancel, cancel_one, ordering, schedule, sendable

__all__ = [
    "LANE",
    "cancel",
    "cancel_one",
    "do_due",
    "ordering",
    "owing",
    "reason_to_skip",
    "refining",
    "schedule",
    "sendable",
    "stepping",
]
