"""Pools follow what people agree to and take back."""

from ats.activity.models import Activity
from ats.activity.record import subscribe
from candidates.pools import actions


@subscribe("candidate.consented", "candidate.agreed", "candidate.refused")
def consent_changed(activity: Activity) -> None:
    actions.follow_consent(candidate_id=activity.candidate_id or 0, now=activity.occurred_at)
