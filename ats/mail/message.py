"""The bytes of a message: headers that nobody can break out of, text and HTML, files, calendar entries.

Written by hand and not with `EmailMessage`, which takes ten times as long.
"""

import re
from base64 import b64encode, encodebytes
from binascii import b2a_qp
from collections.abc import Sequence
from datetime import datetime
from email.utils import format_datetime, parseaddr
from functools import lru_cache
from textwrap import wrap
from urllib.parse import quote
from uuid import UUID

from django.conf import settings

from ats.mail import providers, reply_tags, roles
from ats.mail.models import MailAttachment, MailKind, OutgoingMail
from ats.mail.render import one_line

HEADER_NAME = re.compile(r"\A[A-Za-z][A-Za-z0-9-]{0,60}\Z")
THEIR_ID = re.compile(r"<[!-;=?-~]{3,250}>")
"""A Message-ID as others write them: one word of ASCII, so that none breaks out of its header."""
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
    return _parsed(settings.DEFAULT_FROM_EMAIL)[1]


_parsed = lru_cache(parseaddr)


def ascii_domain(address: str) -> str:
    """The address with its domain as the mail system writes it (IDNA)."""
    local, _, domain = address.rpartition("@")
    try:
        return f"{local}@{domain.encode('idna').decode('ascii')}"
    except UnicodeError:
        raise Undeliverable(f"There is no such domain: {domain}") from None


def message_id(mail: OutgoingMail) -> str:
    """The same for every attempt, so that a message that did arrive twice is shown once."""
    return id_of(mail.uuid)


def id_of(number: UUID) -> str:
    """The Message-ID of the message of ours with this number."""
    return f"<{number}@{settings.MAIL_DOMAIN}>"


def number_in(message_id: str) -> UUID | None:
    """The number of the message of ours that bears this Message-ID; None where it is none of ours."""
    local, _, domain = message_id.strip("<> ").rpartition("@")
    if domain.lower() != settings.MAIL_DOMAIN.lower():
        return None
    try:
        return UUID(local)
    except ValueError:
        return None


def build(
    mail: OutgoingMail, attachments: Sequence[MailAttachment], *, now: datetime, earlier: Sequence[str] = ()
) -> bytes:
    """The whole message, as it goes to the server; `mail.in_reply_to` should be loaded.

    `earlier`: the Message-IDs of what was said before, in order; the last one is answered, unless the message
    itself says which.
    """
    head = "".join(f"{name}: {value}\r\n" for name, value in _headers(mail, now, earlier))
    return head.encode() + b"MIME-Version: 1.0\r\n" + _content(mail, attachments)


def _headers(mail: OutgoingMail, now: datetime, earlier: Sequence[str]) -> list[tuple[str, str]]:
    name, address = _parsed(settings.DEFAULT_FROM_EMAIL)
    headers = [
        ("From", _mailbox(mail.from_name or name, address)),
        ("To", _mailbox(mail.to_name, mail.to)),
        ("Subject", _text(mail.subject, "Subject")),
        ("Date", format_datetime(now)),
        ("Message-ID", message_id(mail)),
    ]
    if answers := mail.reply_to or reply_tags.address_of(mail.pk):
        headers.append(("Reply-To", _mailbox(mail.from_name, answers)))
    headers += _thread(mail, earlier)
    role = roles.known().get(mail.role)
    if role is None or not role.by_hand:
        headers.append(("Auto-Submitted", "auto-generated"))
    return headers + providers.headers(mail) + _extra(mail)


def _thread(mail: OutgoingMail, earlier: Sequence[str]) -> list[tuple[str, str]]:
    ids = [each for each in earlier if THEIR_ID.fullmatch(each)]
    if mail.in_reply_to:
        answered = message_id(mail.in_reply_to)
        ids = [*(each for each in ids if each != answered), answered]
    if not ids:
        return []
    return [("In-Reply-To", ids[-1]), ("References", "\r\n ".join(ids))]


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

        role = roles.known().get(mail.role)
        purpose = role.purpose if role else ""
        extra += [
            ("List-Unsubscribe", f"<{address_for(mail.to, purpose)}>"),
            ("List-Unsubscribe-Post", "List-Unsubscribe=One-Click"),
        ]
    return extra


def _text(value: str, name: str = "") -> str:
    """Words of a header, folded; with other letters than ASCII as encoded words (RFC 2047)."""
    value = one_line(value)
    if _is_plain(value):
        return (
            value
            if len(name) + len(value) <= 75
            else "\r\n ".join(wrap(value, 75, break_on_hyphens=False, break_long_words=False))
        )
    words, word = [], b""
    for letter in value:
        if len(word) + len(encoded := letter.encode("utf-8", "replace")) > 42:
            words.append(word)
            word = b""
        word += encoded
    return "\r\n ".join(f"=?utf-8?b?{b64encode(each).decode()}?=" for each in (*words, word))


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
        return f"{_text(name)} <{address}>"
    quoted = name.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{quoted}" <{address}>'


def _content(mail: OutgoingMail, attachments: Sequence[MailAttachment]) -> bytes:
    parts = [_readable("plain", mail.text)]
    if mail.html:
        parts.append(_readable("html", mail.html))
    entries = [each for each in attachments if each.method]
    # Mail programs show a calendar entry as such only when it is one of the alternatives, with its METHOD.
    # A message can offer one so: all components of a REQUEST have the same UID (RFC 5546, 3.2.2), and of
    # several alternatives one is shown. Several entries are files, each of which is opened by itself.
    if len(entries) == 1:
        entry = bytes(entries[0].content).decode("utf-8")
        parts.append(_readable(f"calendar; method={entries[0].method}", entry))
    content = parts[0] if len(parts) == 1 else _several("alternative", f"=_{mail.uuid.hex}_a", parts)
    if attachments:
        content = _several("mixed", f"=_{mail.uuid.hex}_m", [content, *map(_file, attachments)])
    return content


def _several(kind: str, boundary: str, parts: Sequence[bytes]) -> bytes:
    line = f"\r\n--{boundary}".encode()
    head = f'Content-Type: multipart/{kind}; boundary="{boundary}"\r\n'.encode()
    return head + b"".join(line + b"\r\n" + part for part in parts) + line + b"--\r\n"


def _readable(kind: str, text: str) -> bytes:
    head = (
        f'Content-Type: text/{kind}; charset="utf-8"\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n'
    )
    lines = text.replace("\r\n", "\n").replace("\r", "\n").encode("utf-8", "replace")
    return head.encode("ascii") + b2a_qp(lines, istext=True).replace(b"\n", b"\r\n")


def _file(attachment: MailAttachment) -> bytes:
    kind = one_line(attachment.content_type)
    if attachment.method:
        kind += f"; method={attachment.method}"
    filename = quote(one_line(attachment.filename), safe="")
    head = (
        f"Content-Type: {kind}\r\n"
        f"Content-Disposition: attachment; filename*=utf-8''{filename}\r\n"
        "Content-Transfer-Encoding: base64\r\n\r\n"
    )
    return head.encode("ascii", "replace") + encodebytes(bytes(attachment.content)).replace(b"\n", b"\r\n")
