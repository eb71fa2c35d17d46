"""The part of the tick for filters that somebody follows."""

from datetime import datetime

from ats.duework.engine import lane
from ats.duework.readiness import rows
from candidates.saved_filters import actions
from candidates.saved_filters.models import FollowedFilter


@lane(actions.LANE, due=rows(FollowedFilter.objects.ready))
def look(now: datetime) -> int:
    return actions.look(now)
