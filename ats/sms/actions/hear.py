"""What somebody answered by SMS: a word that stops or starts them counts at once, all else is read like mail.

It becomes a message that answers the mail beside which our last SMS to this number stood. So it lands in that
conversation; from a number that we never wrote to it lies in the inbox.
"""

from dataclasses import dataclass
from datetime import datetime
from email.message import EmailMessage
from email.policy import SMTP

from django.db import transaction

from ats.kernel import writing
from ats.mail import inbound
from ats.mail.message import id_of
from ats.mail.models import OutgoingMail
from ats.sms.actions.suppress import suppress, take_back
from ats.sms.domain import stop_words
from ats.sms.domain.numbers import in_words
from ats.sms.models import HeardSms, SmsMessage, SmsState

SOURCE = "sms"
"""How a row of what came in says that it was an SMS."""
DOMAIN = "sms.invalid"
PICTURES = "(What they sent along, such as a picture, is not kept.)"
WENT = (SmsState.SENT, SmsState.UNKNOWN)


@dataclass(frozen=True, kw_only=True)
class Heard:
    """`key`: the provider's own number for it. `wants`: what the provider itself made of it, "stop" or "start"."""

    key: str
    number: str
    text: str
    organisation_id: int
    has_files: bool = False
    wants: str = ""


@transaction.atomic
def hear(heard: Heard, *, now: datetime) -> bool:
    """Do what this says, once; whether it is new."""
    if not writing.insert(HeardSms(key=heard.key, heard_at=now), unless_known=True):
        return False
    if heard.wants == "stop" or stop_words.says_stop(heard.text):
        suppress(heard.number, now=now)
    elif heard.wants == "start" or stop_words.says_start(heard.text):
        take_back(heard.number)
    else:
        inbound.arrive(_as_mail(heard), source=SOURCE, now=now)
    return True


def _as_mail(heard: Heard) -> bytes:
    """The same bytes however often it is handed on: no date, no boundary drawn by lot."""
    shown = in_words(heard.number).replace("\u00a0", " ").replace("\u2011", "-")
    mail = EmailMessage(policy=SMTP)
    mail["From"] = f'"{shown}" <{heard.number}@{DOMAIN}>'
    mail["Subject"] = f"SMS from {shown}"
    mail["Message-ID"] = f"<{heard.key}@{DOMAIN}>"
    if (answered := _answered(heard)) is not None:
        mail["In-Reply-To"] = id_of(answered.uuid)
    words = [heard.text.replace("\x00", ""), PICTURES if heard.has_files else ""]
    mail.set_content("\n\n".join(filter(None, words)) or PICTURES)
    return mail.as_bytes()


def _answered(heard: Heard) -> OutgoingMail | None:
    rows = SmsMessage.objects.filter(
        to=heard.number, organisation_id=heard.organisation_id, mail__isnull=False, state__in=WENT
    )
    last = rows.select_related("mail").order_by("-created_at", "-id").first()
    return last.mail if last else None
