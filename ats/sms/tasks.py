"""The lane of this slice, declared when Django is ready."""

from datetime import datetime

from ats.duework import engine, readiness
from ats.sms.actions.deliver import deliver, lost
from ats.sms.actions.send import LANE
from ats.sms.models import SmsMessage


@engine.lane(
    LANE,
    last=True,
    apart=True,
    due=readiness.either(readiness.rows(SmsMessage.objects.ready), readiness.rows_by_database(lost)),
)
def hand_over(now: datetime) -> int:
    return deliver(now)
