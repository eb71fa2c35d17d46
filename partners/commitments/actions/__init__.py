"""Every write to commitments: measuring them, and what partners and the clock say of single ones."""

from partners.commitments.actions.escalate import ESCALATE_TASK, escalate, note_missed
from partners.commitments.actions.excuse import MAX_REASON, excuse
from partners.commitments.actions.look_after import Agreed
from partners.commitments.actions.measure import BATCH, LANE, measure_due, measure_touched, remeasure, touch
from partners.commitments.actions.remind import (
    DIGEST,
    FARTHEST,
    also,
    near,
    note_near,
    plan_digest,
    send_digest,
)

__all__ = [
    "BATCH",
    "DIGEST",
    "ESCALATE_TASK",
    "FARTHEST",
    "LANE",
    "MAX_REASON",
    "Agreed",
    "also",
    "escalate",
    "excuse",
    "measure_due",
    "measure_touched",
    "near",
    "note_missed",
    "note_near",
    "plan_digest",
    "remeasure",
    "send_digest",
    "touch",
]
