"""When the message about an outcome was handed over, its candidate counts as told."""

from datetime import datetime

from ats.activity.record import record
from ats.common.access import lock
from ats.mail.delivery import settled
from ats.mail.models import MailState, OutgoingMail
from candidates.applications.models import DECISION_MAILS, Application, ApplicationState


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
