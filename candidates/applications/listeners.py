"""When the message about an outcome was handed over, its candidate counts as told.

And a message to a candidate is sent again from the outbox in the same way as from their application.
"""

from datetime import datetime

from ats.accounts.models import User
from ats.activity.record import record
from ats.common.access import lock
from ats.mail.actions import sends_again
from ats.mail.delivery import settled
from ats.mail.models import MailState, OutgoingMail
from candidates.applications import mailing
from candidates.applications.models import DECISION_MAILS, Application, ApplicationState
from candidates.experience import letters


@sends_again
def send_to_candidate_again(mail: OutgoingMail, by: User, now: datetime) -> OutgoingMail | None:
    if mail.application_id is None or mail.role not in letters.roles_to_candidates():
        return None
    return mailing.send_again(application_id=mail.application_id, mail_id=mail.pk, by=by, now=now)


@settled(*DECISION_MAILS)
def tell_outcome(mail: OutgoingMail, now: datetime) -> None:
    """Sent: told. Came back: a debt again. Everything else leaves the debt as it is."""
    if mail.state not in {MailState.SENT, MailState.BOUNCED}:
        return
    lock(Application, mail.application_id or 0)
    decided = Application.objects.whole().exclude(state=ApplicationState.ACTIVE)
    application = decided.filter(pk=mail.application_id or 0).first()
    if application is None or application.decided_at is None or mail.not_before < application.decided_at:
        return  # about a decision that was taken back
    told_at = (mail.sent_at or now) if mail.state == MailState.SENT else None
    if (application.told_at is None) == (told_at is None):
        return
    application.told_at = told_at
    application.save(update_fields=["told_at"])
    if told_at is not None:
        record("application.told", subject=application, by=None, now=now, data={"mail_id": mail.pk})
