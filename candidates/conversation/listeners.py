"""What becomes of a message by the fate of its mail.

One that was scheduled counts from the moment at which it was handed over; one that left after the date it was to
keep has kept nothing; one that did not arrive takes back what it had settled.
"""

from datetime import datetime

from ats.activity.models import Activity
from ats.activity.record import record
from ats.mail.delivery import settled
from ats.mail.models import MailState, OutgoingMail
from candidates.conversation.actions import ROLE, arrived_after_all, did_not_arrive, said
from candidates.conversation.models import Message
from candidates.experience import promises, telling

LOST = (MailState.FAILED, MailState.BOUNCED, MailState.WITHHELD, MailState.CANCELLED)


@settled(ROLE)
def handed_over(mail: OutgoingMail, now: datetime) -> None:
    message = Message.objects.filter(mail=mail.pk).select_related("author", "application").first()
    if message is None or message.application is None:
        return
    message.mail = mail
    if mail.state in LOST:
        if _counted(message):
            did_not_arrive(message, now=now)
        return
    if mail.state != MailState.SENT:
        return
    application = promises.relocked(message.application)
    if _counted(message):
        telling.came_late(mail, now=mail.sent_at or now)
        arrived_after_all(message, application=application, now=now)
        return
    said(message, application=application, by=message.author, now=now)
    data = {"message_id": message.pk}
    record("message.sent", subject=message, by=message.author, now=now, data=data, **application.about())


def _counted(message: Message) -> bool:
    return Activity.objects.filter(
        application_id=message.application_id,
        verb="message.sent",
        subject_type="message",
        subject_id=message.pk,
    ).exists()
