"""The bytes of a message: headers that nobody can break out of, text and HTML, files, calendar entries.

Built from the older half of `email` and not with `EmailMessage`, which takes four times as long.
"""

import binascii
import re
from collections.abc import Sequence
from datetime import datetime
from email.encoders import encode_base64
from email.generator import BytesGenerator
from email.header import Header
from email.mime.base import MIMEBase
from email.mime.multipart import MIMEMultipart
from email.mime.nonmultipart import MIMENonMultipart
from email.policy import compat32
from email.utils import format_datetime, parseaddr, quote
from io import BytesIO

from django.conf import settings

from ats.mail import roles
from ats.mail.models import MailAttachment, MailKind, OutgoingMail
from ats.mail.render import one_line

POLICY = compat32.clone(linesep="\r\n", mangle_from_=False)
HEADER_NAME = re.compile(r"\A[A-Za-z][A-Za-z0-9-]{0,60}\Z")
OURS = frozenset(
    {"from", "to", "cc", "bcc", "sender", "reply-to", "subject", "date", "message-id", "in-reply-to"}
    | {"references", "auto-submitted", "mime-version", "content-type", "content-transfer-encoding"}
    | {"return-path", "received"}
)
"""Headers that a message's own extra headers cannot set."""


class Undeliverable(ValueError):
    """The address cannot be written on an envelope; trying again cannot help."""


def sender() -> str:
    """The bare address that all mail comes from."""
    return parseaddr(settings.DEFAULT_FROM_EMAIL)[1]


def ascii_domain(address: str) -> str:
    """The address with its domain as the mail system writes it (IDNA)."""
    local, _, domain = address.rpartition("@")
    try:
        return f"{local}@{domain.encode('idna').decode('ascii')}"
    except UnicodeError:
        raise Undeliverable(f"There is no such domain: {domain}") from None


def message_id(mail: OutgoingMail) -> str:
    """The same for every attempt, so that a message that did arrive twice is shown once."""
    return f"<{mail.uuid}@{settings.MAIL_DOMAIN}>"


def build(mail: OutgoingMail, attachments: Sequence[MailAttachment], *, now: datetime) -> bytes:
    """The whole message, as it goes to the server; `mail.in_reply_to` should be loaded."""
    out = BytesIO()
    for name, value in _headers(mail, now):
        out.write(f"{name}: {value}\r\n".encode())
    BytesGenerator(out, policy=POLICY).flatten(_content(mail, attachments))
    return out.getvalue()


def _headers(mail: OutgoingMail, now: datetime) -> list[tuple[str, str]]:
    name, address = parseaddr(settings.DEFAULT_FROM_EMAIL)
    headers = [
        ("From", _mailbox(mail.from_name or name, address)),
        ("To", _mailbox(mail.to_name, mail.to)),
        ("Subject", _text(mail.subject, "Subject")),
        ("Date", format_datetime(now)),
        ("Message-ID", message_id(mail)),
    ]
    if mail.reply_to:
        headers.append(("Reply-To", _mailbox(mail.from_name, mail.reply_to)))
    if mail.in_reply_to:
        earlier = message_id(mail.in_reply_to)
        headers += [("In-Reply-To", earlier), ("References", earlier)]
    role = roles.known().get(mail.role)
    if role is None or not role.by_hand:
        headers.append(("Auto-Submitted", "auto-generated"))
    return headers + _extra(mail)


def _extra(mail: OutgoingMail) -> list[tuple[str, str]]:
    """What the message brings along itself; a way to unsubscribe only where there is something to."""
    extra = []
    for name, value in mail.headers.items():
        if not HEADER_NAME.match(name) or name.lower() in OURS:
            raise Undeliverable(f"A message must not set the header {one_line(name)}.")
        if name.lower().startswith("list-unsubscribe"):
            continue
        extra.append((name, _text(str(value), name)))
    if mail.kind == MailKind.RELATIONSHIP:
        from ats.mail.unsubscribing import address_for

        extra += [
            ("List-Unsubscribe", f"<{address_for(mail.to)}>"),
            ("List-Unsubscribe-Post", "List-Unsubscribe=One-Click"),
        ]
    return extra


def _text(value: str, name: str) -> str:
    value = one_line(value)
    charset = "us-ascii" if _is_plain(value) else "utf-8"
    return Header(value, charset, header_name=name).encode(linesep="\r\n", splitchars=" ")


def _is_plain(value: str) -> bool:
    """It can stand as it is; what only looks encoded would be decoded by the reader's program."""
    return value.isascii() and "=?" not in value


def _mailbox(name: str, address: str) -> str:
    """`Name <address>`; a name with other letters is encoded, an address with other letters stands raw."""
    address = ascii_domain(one_line(address))
    name = one_line(name)
    if not name:
        return address
    if not _is_plain(name):
        return f"{Header(name, 'utf-8', maxlinelen=60).encode(linesep=chr(13) + chr(10))} <{address}>"
    return f'"{quote(name)}" <{address}>'


def _content(mail: OutgoingMail, attachments: Sequence[MailAttachment]) -> MIMEBase:
    texts = [_text_part(mail.text, "plain")]
    if mail.html:
        texts.append(_text_part(mail.html, "html"))
    # Mail programs show a calendar entry as such only when it is one of the alternatives, with its METHOD.
    texts += [_calendar_part(each) for each in attachments if each.method]
    content: MIMEBase = texts[0]
    if len(texts) > 1:
        content = MIMEMultipart("alternative", f"=_{mail.uuid.hex}_a", texts)
    if attachments:
        content = MIMEMultipart("mixed", f"=_{mail.uuid.hex}_m", [content, *map(_file_part, attachments)])
    return content


def _text_part(text: str, subtype: str, **parameters: str) -> MIMENonMultipart:
    part = MIMENonMultipart("text", subtype, charset="utf-8", **parameters)
    part["Content-Transfer-Encoding"] = "quoted-printable"
    lines = text.replace("\r\n", "\n").replace("\r", "\n")
    part.set_payload(binascii.b2a_qp(lines.encode("utf-8", "replace"), istext=True).decode("ascii"))
    return part


def _calendar_part(attachment: MailAttachment) -> MIMENonMultipart:
    return _text_part(bytes(attachment.content).decode("utf-8"), "calendar", method=attachment.method)


def _file_part(attachment: MailAttachment) -> MIMEBase:
    main, _, sub = attachment.content_type.partition("/")
    parameters = {"method": attachment.method} if attachment.method else {}
    part = MIMEBase(one_line(main), one_line(sub), **parameters)
    part.set_payload(bytes(attachment.content))
    encode_base64(part)
    filename = one_line(attachment.filename)
    part.add_header(
        "Content-Disposition",
        "attachment",
        filename=filename if filename.isascii() else ("utf-8", "", filename),
    )
    return part
