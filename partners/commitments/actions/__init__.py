"""Every write to commitments: measuring them, and what partners and the clock say of single ones."""

from partners.commitments.actions.escalate import ESCALATE_TASK, OLDEST, escalate, missed, note_missed
from partners.commitments.actions.excuse import MAX_REASON, excuse
from partners.commitments.actions.look_after import Agreed
from partners.commitments.actions.look_after_another_way import (
    escalate_unreached,
    late_unreached,
    note_unreached,
)
from partners.commitments.actions.measure import (
    BATCH,
    LANE,
    measure_due,
    measure_touched,
    remeasure,
    run_out,
    touch,
    touch_all,
)
from partners.commitments.actions.remind import (
    DIGEST,
    FARTHEST,
    also,
    near,
    note_near,
    plan_digest,
    send_digest,
    untold,
)
from partners.commitments.actions.remind_of_tasks import note_tasks, untold_tasks
from partners.commitments.actions.remind_of_times import note_times, untold_times

__all__ = [
    "BATCH",
    "DIGEST",
    "ESCALATE_TASK",
    "FARTHEST",
    "LANE",
    "MAX_REASON",
    "OLDEST",
    "Agreed",
    "also",
    "escalate",
    "escalate_unreached",
    "excuse",
    "late_unreached",
    "measure_due",
    "measure_touched",
    "missed",
    "near",
    "note_missed",
    "note_near",
    "note_tasks",
    "note_times",
    "note_unreached",
    "plan_digest",
    "remeasure",
    "run_out",
    "send_digest",
    "touch",
    "touch_all",
    "untold",
    "untold_tasks",
    "untold_times",
]
