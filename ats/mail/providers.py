"""Providers of mail: the addresses that they call, and what they are told with each message that they are handed.

They are told so that their calls name our message. Two send what they get under a Message-ID of theirs, and say that
one alone when something comes back: Postmark keeps ours if asked, and hands data of ours back, MailerSend hands back
tags. Mailgun names our Message-ID by itself.
"""

from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple
from uuid import UUID

from django.conf import settings

from ats.mail.models import OutgoingMail


class Hook(NamedTuple):
    """An address that a provider calls."""

    setting: str
    """The setting without which there is no such address."""
    view: str
    """What checks its signature and reads its format: imported by who is called, for it is some 10 MB."""


HOOKS: Mapping[tuple[str, str], Hook] = {
    ("mailgun", "incoming"): Hook("MAILGUN_WEBHOOK_SIGNING_KEY", "mailgun.MailgunInboundWebhookView"),
    ("mailgun", "events"): Hook("MAILGUN_WEBHOOK_SIGNING_KEY", "mailgun.MailgunTrackingWebhookView"),
    ("mailersend", "incoming"): Hook("MAILERSEND_INBOUND_SECRET", "mailersend.MailerSendInboundWebhookView"),
    ("mailersend", "events"): Hook("MAILERSEND_SIGNING_SECRET", "mailersend.MailerSendTrackingWebhookView"),
    ("postmark", "incoming"): Hook("WEBHOOK_SECRET", "postmark.PostmarkInboundWebhookView"),
    ("postmark", "events"): Hook("WEBHOOK_SECRET", "postmark.PostmarkTrackingWebhookView"),
}
NAME = "accord"
TOLD: Mapping[str, tuple[tuple[str, str], ...]] = {
    "postmarkapp.com": (("X-PM-KeepID", "true"), (f"X-PM-Metadata-{NAME}", "{number}")),
    "mailersend.net": (("X-MailerSend-Tags", "{number}"),),
}
"""By the name of the server that mail is handed to, or of what it stands below."""


def headers(mail: OutgoingMail) -> list[tuple[str, str]]:
    """What is said to the provider that mail is handed to; nothing where it is none of these."""
    host = settings.EMAIL_HOST.lower()
    told = next((said for name, said in TOLD.items() if host == name or host.endswith(f".{name}")), ())
    return [(name, value.format(number=mail.uuid)) for name, value in told]


def number_in(metadata: Mapping[str, Any] | None, tags: Iterable[Any] | None) -> UUID | None:
    """The number of the message of ours that a call speaks of."""
    for value in (dict(metadata or {}).get(NAME), *(tags or ())):
        try:
            return UUID(str(value))
        except ValueError:
            continue
    return None
