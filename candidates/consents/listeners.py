"""What happens to relationship mail that nobody agreed to, and to agreements that a complaint ends."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from ats.activity.models import Activity
from ats.activity.record import subscribe
from ats.mail import refusals, roles
from ats.mail.models import OutgoingMail
from candidates.consents import actions, queries
from candidates.consents.models import Where

NOT_AGREED = "They have not agreed to messages of this kind."


@refusals.asked_at_the_door
def not_agreed(mails: Sequence[OutgoingMail], now: datetime) -> Mapping[int, str]:
    """Asked once more when a message leaves: between its writing and a second try somebody may say no."""
    known = roles.known()
    purposes = {mail.pk: known[mail.role].purpose for mail in mails if mail.role in known}
    agreed = queries.agreed({mail.candidate_id for mail in mails if mail.candidate_id}, now)
    return {
        mail.pk: NOT_AGREED
        for mail in mails
        if (purpose := purposes.get(mail.pk, "")) and (mail.candidate_id, purpose) not in agreed
    }


@subscribe("mail.complained")
def complained(activity: Activity) -> None:
    mail = OutgoingMail.objects.filter(pk=activity.subject_id).first()
    if mail is not None:
        actions.stop(address=mail.to, purpose="", now=activity.occurred_at, where=Where.COMPLAINT)
