"""The response record is measured anew every hour."""

from datetime import datetime

from ats.duework import engine
from ats.duework.readiness import rows
from requisitions.careers import actions
from requisitions.careers.domain.response_record import AGE
from requisitions.careers.models import to_measure


@engine.lane("response-records", last=True, due=rows(to_measure, before=lambda now: now - AGE))
def measure_records(now: datetime) -> int:
    return actions.measure_one(now)
