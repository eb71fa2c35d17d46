"""Reports that a message did not arrive (RFC 3464), read: of which message they speak, and for whom it failed.

Pure: nothing here knows the database. A report is believed only about a message whose Message-ID it holds,
which nobody knows but its reader and the servers on the way. Ours, for the libraries that guess at every kind of
report believe the address that it names.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from email.message import Message
from email.utils import getaddresses

MESSAGE_ID = re.compile(r"^Message-ID:\s*(<[^<>\s]+>)", re.IGNORECASE | re.MULTILINE)
ENHANCED = re.compile(r"\b([245]\.\d{1,3}\.\d{1,3})\b")
GONE = frozenset({"5.1.1", "5.1.2", "5.1.3", "5.1.6", "5.1.10", "5.2.1"})
"""Enhanced status codes of RFC 3463: bad mailbox, bad system, bad syntax, moved, null MX, disabled."""
LONGEST_REASON = 500


@dataclass(frozen=True)
class Failure:
    """One recipient whom a message did not reach, for good."""

    recipient: str
    status: str = ""
    reason: str = ""

    @property
    def no_such_address(self) -> bool:
        return self.status in GONE


@dataclass(frozen=True)
class Report:
    """What a server says became of a message: no failures where it only waits, or has arrived."""

    message_id: str
    failures: tuple[Failure, ...]

    def about(self, address: str) -> Failure | None:
        """What it says of this recipient; of whoever it was, where it names nobody."""
        nameless = (failure for failure in self.failures if not failure.recipient)
        named = (failure for failure in self.failures if failure.recipient.lower() == address.lower())
        return next(named, None) or next(nameless, None)


def is_report(message: Message) -> bool:
    """Whether this is a server's report, and not a person's letter."""
    if message.get_content_type() == "multipart/report":
        return str(message.get_param("report-type", "")).lower() == "delivery-status"
    return "X-Failed-Recipients" in message


def read_report(message: Message) -> Report | None:
    """The report in this message; None if it does not say of which message it speaks."""
    message_id = _message_id(message)
    if not message_id:
        return None
    return Report(message_id, tuple(_failures(message)))


def _message_id(message: Message) -> str:
    """That of the message that did not arrive: of its headers, which come back with the report."""
    for part in message.walk():
        if part is message:
            continue
        kind = part.get_content_type()
        if kind == "message/rfc822":
            inside = part.get_payload(0)
            return str(inside.get("Message-ID", "")).strip() if isinstance(inside, Message) else ""
        if kind == "text/rfc822-headers" and (found := MESSAGE_ID.search(_text(part))):
            return found[1]
    # Without parts (Exim's own form): a copy of the message follows the words.
    found = MESSAGE_ID.search(_text(message)) if not message.is_multipart() else None
    return found[1] if found else ""


def _failures(message: Message) -> Iterator[Failure]:
    blocks = [block for part in message.walk() for block in _blocks(part)]
    for block in blocks:
        if str(block.get("Action", "")).strip().lower() == "failed":
            reason = " ".join(str(block.get("Diagnostic-Code", "")).split(";", 1)[-1].split())
            status = str(block.get("Status", "")).split(" ")[0].strip()
            recipient = _address(block.get("Final-Recipient", "")) or _address(
                block.get("Original-Recipient", "")
            )
            yield Failure(recipient, _exact(status, reason), reason[:LONGEST_REASON])
    if not blocks:
        words = " ".join(_text(message).split())
        said = ENHANCED.search(words)
        for _, address in getaddresses(message.get_all("X-Failed-Recipients", [])):
            yield Failure(address, said[1] if said else "", words[:LONGEST_REASON])


def _blocks(part: Message) -> list[Message]:
    """The groups of fields of a delivery status, each for one recipient; the first speaks of the message."""
    if part.get_content_type() != "message/delivery-status":
        return []
    inside = part.get_payload()
    return [block for block in inside if isinstance(block, Message)] if isinstance(inside, list) else []


def _address(field: object) -> str:
    """`rfc822; robin@example.com`, without its type."""
    return str(field).rsplit(";", 1)[-1].strip().strip("<>")


def _exact(status: str, reason: str) -> str:
    """Some servers say 5.0.0 where they know better and write it into their words."""
    better = ENHANCED.search(reason)
    return better[1] if better and status in {"", "5.0.0"} else status


def _text(part: Message) -> str:
    content = part.get_payload(decode=True)
    return content.decode("utf-8", "replace") if isinstance(content, bytes) else ""
