"""Django's own mail (password resets and the like) goes into the outbox as everything else does."""

import uuid
from collections.abc import Sequence
from email.utils import parseaddr

from django.core.mail import EmailMessage, EmailMultiAlternatives
from django.core.mail.backends.base import BaseEmailBackend
from django.db import transaction
from django.utils import timezone

from ats.mail.outbox import To, queue
from ats.mail.render import Rendered, plain

ROLE = "account.message"


class OutboxBackend(BaseEmailBackend):
    """Writes one row for each recipient; the sending lane does the rest."""

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        with transaction.atomic():
            for message in email_messages:
                _put(message)
        return len(email_messages)


def _put(message: EmailMessage) -> None:
    if message.attachments:
        raise NotImplementedError("Files leave through ats.mail.outbox.queue, with their kind.")
    rendered = plain(str(message.subject), str(message.body))
    if isinstance(message, EmailMultiAlternatives) and message.alternatives:
        html = next((content for content, kind in message.alternatives if kind == "text/html"), rendered.html)
        rendered = Rendered(subject=rendered.subject, text=rendered.text, html=str(html))
    for recipient in message.recipients():
        name, address = parseaddr(recipient)
        queue(
            ROLE,
            to=To(address=address, name=name, reply_to=next(iter(message.reply_to), "")),
            message=rendered,
            key=f"{ROLE}:{uuid.uuid4()}",
            now=timezone.now(),
        )
