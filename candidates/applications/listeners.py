"""When the message about an outcome was handed over, its candidate counts as told.

And a message to a candidate is sent again from the outbox in the same way as from their application.
"""

from datetime import datetime

from ats.accounts.models import User
from ats.activity.models import Activity
from ats.activity.record import record, subscribe
from ats.kernel.access import lock
from ats.mail.actions import sends_again
from ats.mail.delivery import settled
from ats.mail.models import MailState, OutgoingMail
from candidates.applications import claims, mailing
from candidates.applications.models import DECISION_MAILS, Application, ApplicationState
from candidates.conversation.models import Channel, Direction, Message
from candidates.experience import letters, telling


@sends_again
def send_to_candidate_again(mail: OutgoingMail, by: User, now: datetime) -> OutgoingMail | None:
    if mail.application_id is None or mail.role not in letters.roles_to_candidates():
        return None
    return mailing.send_again(application_id=mail.application_id, mail_id=mail.pk, by=by, now=now)


@settled(*DECISION_MAILS)
def tell_outcome(mail: OutgoingMail, now: datetime) -> None:
    """Sent: told, and the promise is kept. Came back: a debt again. Everything else leaves the debt as it is."""
    if mail.state not in {MailState.SENT, MailState.BOUNCED}:
        return
    lock(Application, mail.application_id or 0)
    decided = Application.objects.whole().exclude(state=ApplicationState.ACTIVE)
    application = decided.filter(pk=mail.application_id or 0).first()
    if application is None or application.decided_at is None or mail.not_before < application.decided_at:
        return  # about a decision that was taken back
    if mail.state == MailState.SENT and application.told_at is None:
        _told(application, at=mail.sent_at or now, by=None, now=now, mail=mail)
    elif mail.state == MailState.BOUNCED and application.told_at is not None and not _in_person(application):
        application.told_at = None
        application.save(update_fields=["told_at"])
        record("application.not_told", subject=application, by=None, now=now, data={"mail_id": mail.pk})
        telling.failed(application, mail, now=now)


@subscribe("message.noted")
def told_in_person(activity: Activity) -> None:
    """Who notes that they told somebody the outcome has told it."""
    message = Message.objects.select_related("author").get(pk=activity.subject_id)
    lock(Application, activity.application_id or 0)
    decided = Application.objects.whole().filter(pk=activity.application_id or 0, told_at=None)
    application = decided.filter(state__in=[ApplicationState.REJECTED, ApplicationState.HIRED]).first()
    if application is not None and message.said_at >= (application.decided_at or message.said_at):
        at = message.said_at
        _told(application, at=at, by=message.author, now=activity.occurred_at, mail=None)


def _told(
    application: Application, *, at: datetime, by: User | None, now: datetime, mail: OutgoingMail | None
) -> None:
    application.told_at = at
    application.save(update_fields=["told_at"])
    data = {"mail_id": mail.pk} if mail else {}
    record("application.told", subject=application, by=by, now=now, data=data)
    telling.told(application, by=by, now=at, mail=mail)


def _in_person(application: Application) -> bool:
    """Whether somebody told them beside the message: that stands, whatever becomes of it."""
    noted = application.messages.filter(direction=Direction.OUT, said_at__gte=application.decided_at)
    return noted.exclude(channel=Channel.MAIL).exists()


@subscribe("application.decision_undone", "application.withdrawn")
def hold_back_what_is_not_so(activity: Activity) -> None:
    """A hire came to nothing: letters that wait, and say that somebody was chosen, do not leave."""
    if activity.data.get("was") == "hired" and activity.requisition_id is not None:
        claims.hold_back(activity.requisition_id, now=activity.occurred_at)
