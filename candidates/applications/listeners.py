"""A message to a candidate is sent again from the outbox in the same way as from their application.

And what is no longer so of a role is not written to anybody.
"""

from datetime import datetime

from ats.accounts.models import User
from ats.activity.models import Activity
from ats.activity.record import subscribe
from ats.duework.tasks import plan
from ats.mail.actions import sends_again
from ats.mail.models import OutgoingMail
from candidates.applications.actions import check_claims, resend
from candidates.applications.domain import automation
from candidates.compose import letters

__all__ = ["automation"]

__all__ = ["automation"]

FIND_ANEW = "applications.find_anew"


@sends_again
def send_to_candidate_again(mail: OutgoingMail, by: User, now: datetime) -> OutgoingMail | None:
    if mail.application_id is None or mail.role not in letters.roles_to_candidates():
        return None
    return resend.send_again(application_id=mail.application_id, mail_id=mail.pk, by=by, now=now)


@subscribe("application.decision_undone", "application.withdrawn")
def hold_back_what_is_not_so(activity: Activity) -> None:
    """A hire came to nothing: letters that wait, and say that somebody was chosen, do not leave."""
    if activity.data.get("was") == "hired" and activity.requisition_id is not None:
        check_claims.hold_back(activity.requisition_id, now=activity.occurred_at)


@subscribe("requisition.changed")
def find_by_what_all_may_read(activity: Activity) -> None:
    """What people gave to a confidential role is not found by its words, and who is known by it alone is hidden."""
    if "confidential" in activity.data.get("fields", ()) and activity.requisition_id is not None:
        plan(
            FIND_ANEW,
            subject_id=activity.requisition_id,
            due_at=activity.occurred_at,
            key=f"{FIND_ANEW}:{activity.requisition_id}:{activity.occurred_at.isoformat()}",
        )
