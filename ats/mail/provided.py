"""What a provider of mail calls us with, as the mail that a server would have sent: one reader stands behind both.

A message is taken as it came where the provider gives it whole. What became of one of ours is put into the report of
RFC 3464, or for a complaint of RFC 5965: the row in the inbox shows it as it shows any other, and a report counts
only about a message whose id it holds, whoever it came from.
"""

from email.message import EmailMessage, Message
from email.mime.base import MIMEBase
from email.mime.multipart import MIMEMultipart
from email.mime.text import MIMEText
from email.policy import SMTP
from email.utils import format_datetime
from hashlib import sha256
from typing import Any

from anymail.exceptions import AnymailConfigurationError, AnymailError, AnymailWebhookValidationFailure
from anymail.inbound import AnymailInboundMessage
from anymail.signals import AnymailInboundEvent, AnymailTrackingEvent, EventType
from django.http import HttpRequest
from django.utils.module_loading import import_string

from ats.mail import providers
from ats.mail.arrivals import SAME_IN
from ats.mail.incoming import Unreadable
from ats.mail.message import id_of
from ats.mail.providers import HOOKS

RAW = ("RawEmail", "raw")
"""Where Postmark, if asked to, and MailerSend put a message as it came in."""
OUTCOMES = {
    EventType.BOUNCED: ("failed", "5.0.0"),
    EventType.FAILED: ("failed", "5.0.0"),
    EventType.REJECTED: ("failed", "5.7.0"),
    EventType.DEFERRED: ("delayed", "4.0.0"),
}
LONGEST = 500


class Untrue(Exception):
    """It showed no secret of ours, or no signature of theirs."""


def mails_of(request: HttpRequest, provider: str, what: str) -> list[bytes]:
    """What a call says, as mail; `Untrue` or `Unreadable` where it is not to be believed or understood."""
    caller: Any = import_string(f"anymail.webhooks.{HOOKS[provider, what].view}")()
    try:
        caller.run_validators(request)
        events = caller.parse_events(request)
        mails = [letter(each) if what == "incoming" else report(each, provider=provider) for each in events]
    except AnymailWebhookValidationFailure as error:
        raise Untrue from error
    except (
        AnymailError,
        AnymailConfigurationError,
        LookupError,
        ValueError,
        TypeError,
        AttributeError,
    ) as error:
        raise Unreadable(type(error).__name__) from error
    return [mail for mail in mails if mail is not None]


def letter(event: AnymailInboundEvent) -> bytes:
    """The message that came in."""
    facts: Any = event.esp_event if isinstance(event.esp_event, dict) else {}
    for place in (facts, facts.get("data") or {}):
        for name in RAW:
            if isinstance(raw := place.get(name), str):
                return raw.encode("utf-8", "surrogateescape")
    message: AnymailInboundMessage = event.message
    if not message.get("From"):
        raise ValueError("Nobody sent it.")
    return _steady(message)


def report(event: AnymailTrackingEvent, *, provider: str) -> bytes | None:
    """What became of a message of ours; None for what nobody has to hear of: that it was sent, arrived, was opened."""
    if event.event_type == EventType.COMPLAINED:
        fields = {"Feedback-Type": "abuse", "User-Agent": provider, "Version": "1"}
        fields["Original-Rcpt-To"] = event.recipient or ""
        return _whole(event, "feedback-report", [fields], provider)
    outcome = OUTCOMES.get(event.event_type)
    if outcome is None:
        return None
    action, status = outcome
    fields = {
        "Final-Recipient": f"rfc822; {event.recipient or ''}",
        "Action": action,
        "Status": status,
        "Diagnostic-Code": f"x-{provider}; {_line(event.mta_response or event.description or event.reject_reason)}",
    }
    return _whole(event, "delivery-status", [{"Reporting-MTA": f"dns; {provider}"}, fields], provider)


def _whole(event: AnymailTrackingEvent, kind: str, said: list[dict[str, str]], provider: str) -> bytes:
    whole = MIMEMultipart("report", report_type=kind)
    whole["From"] = f"{provider} <mailer-daemon@{provider}.invalid>"
    whole["Subject"] = f"{provider}: {event.event_type} {_line(event.recipient)}"
    whole["Message-ID"] = f"<{_line(event.event_id) or 'none'}@{provider}.invalid>"
    whole["Auto-Submitted"] = "auto-generated"
    if event.timestamp:
        whole["Date"] = format_datetime(event.timestamp)
    whole.attach(MIMEText(_line(event.description or event.mta_response), "plain", "utf-8"))
    status = MIMEBase("message", kind)
    status.set_payload([_fields(fields) for fields in said])
    whole.attach(status)
    original = EmailMessage(policy=SMTP)
    number = providers.number_in(event.metadata, event.tags)
    if named := id_of(number) if number else _line(event.message_id):
        original["Message-ID"] = named
    if event.recipient:
        original["To"] = _line(event.recipient)
    head = MIMEBase("text", "rfc822-headers")
    head.set_payload(original.as_string())
    whole.attach(head)
    return _steady(whole)


def _steady(message: Message) -> bytes:
    """Its bytes, the same ones if they call again: with a boundary drawn by lot it would be another message."""
    said = "\n".join(str(value) for name in SAME_IN for value in message.get_all(name, []))
    name = sha256(said.encode("utf-8", "replace")).hexdigest()[:40]
    for number, part in enumerate(message.walk()):
        if part.get_content_maintype() == "multipart" and part.get_boundary() is None:
            part.set_boundary(f"={name}={number}")
    return message.as_bytes(policy=SMTP)


def _fields(fields: dict[str, str]) -> Message:
    block = Message(policy=SMTP)
    for name, value in fields.items():
        block[name] = _line(value)
    return block


def _line(words: Any) -> str:
    """One line of a field, in letters that it may hold."""
    return " ".join(str(words or "").encode("ascii", "replace").decode().split())[:LONGEST]
