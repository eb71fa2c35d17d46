"""A message that was scheduled counts from the moment at which it was handed over."""

from datetime import datetime

from ats.activity.models import Activity
from ats.activity.record import record
from ats.mail.delivery import settled
from ats.mail.models import MailState, OutgoingMail
from candidates.conversation.actions import ROLE, said
from candidates.conversation.models import Message
from candidates.experience import promises


@settled(ROLE)
def handed_over(mail: OutgoingMail, now: datetime) -> None:
    message = Message.objects.filter(mail=mail.pk).select_related("author", "application").first()
    if message is None or message.application is None or mail.state != MailState.SENT or _counted(message):
        return
    application = promises.relocked(message.application)
    message.mail = mail
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
