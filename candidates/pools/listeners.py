"""Pools follow what people agree to and take back; and what colleagues pass on by mail."""

from datetime import datetime

from ats.activity.models import Activity
from ats.activity.record import subscribe
from ats.mail.arrivals import Arrived, Outcome
from ats.mail.inbound import reads_for
from ats.mail.reply_tags import Answered
from candidates.pools import actions
from candidates.pools.pages import cards

__all__ = ["cards"]


@subscribe("candidate.consented", "candidate.agreed", "candidate.refused")
def consent_changed(activity: Activity) -> None:
    actions.follow_consent(candidate_id=activity.candidate_id or 0, now=activity.occurred_at)


@reads_for(Answered.PERSON)
def passed_on(arrived: Arrived, number: int, now: datetime) -> Outcome:
    """What was sent to a colleague's own address."""
    return actions.pass_on(arrived, number, now)
