"""The surveys' part of the tick."""

from datetime import datetime

from ats.duework.engine import lane
from ats.duework.readiness import rows
from candidates.surveys.actions.publish import monday, publish_due, to_count


@lane("surveys", due=rows(to_count, monday=lambda now: monday(now.date())))
def count_answers(now: datetime) -> int:
    return publish_due(now)
