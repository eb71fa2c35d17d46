"""Leaving out a step of a journey."""

from datetime import datetime

from django.db import transaction

from ats.accounts.models import User
from ats.kernel.errors import Invalid, WrongState
from candidates.applications.actions import fetch
from candidates.compose import words
from candidates.follow_ups import actions as follow_ups
from candidates.follow_ups.domain import journeys
from candidates.follow_ups.models import FollowUp, FollowUpState

WRITE = "candidates.message_candidate"


@transaction.atomic
def skip_follow_up(*, follow_up_id: int, reason: str, by: User, now: datetime) -> FollowUp:
    """Leave out a step that has not been taken yet."""
    found = FollowUp.objects.filter(pk=follow_up_id).values_list("application_id", flat=True).first()
    application = fetch.locked(found or 0, user=by, permission=WRITE)
    follow_up = application.follow_ups.select_for_update(no_key=True).get(pk=follow_up_id)
    if follow_up.state != FollowUpState.WAITING:
        raise WrongState("This step has been taken, or left out, already.")
    if follow_up.step in {journeys.ACKNOWLEDGEMENT, journeys.HOLDING_NOTE, journeys.DECISION}:
        raise WrongState("This is owed to the candidate; undo what it says instead.")
    if not words.typed(reason):
        raise Invalid("Say why.", field="reason")
    follow_ups.cancel_one(follow_up, reason=words.typed(reason)[:300], by=by, now=now)
    return follow_up
