"""The lane of this slice, declared when Django is ready."""

from datetime import datetime

from ats.chat.actions.deliver import deliver, lost
from ats.chat.actions.say import LANE
from ats.chat.models import ChatMessage
from ats.duework import engine, readiness


@engine.lane(
    LANE,
    last=True,
    apart=True,
    due=readiness.either(readiness.rows(ChatMessage.objects.ready), readiness.rows_by_database(lost)),
)
def hand_over(now: datetime) -> int:
    return deliver(now)
