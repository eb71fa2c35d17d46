"""What a report brings along of the message that it speaks of: its Message-ID, whom it went to, who sent it.

It comes back whole or as its headers, as a part of its own or as words below the report's; some name the id alone.
"""

import re
from base64 import b64decode
from binascii import Error
from collections.abc import Iterator
from dataclasses import dataclass, field
from email import message_from_bytes
from email.message import Message
from quopri import decodestring

from ats.mail.incoming import addresses
from ats.mail.incoming.parsing import STUMBLES, Wary, children, header, healed, own_parts, source, text_of

WHOLE = frozenset({"message/rfc822", "message/global", "message/news"})
HEADERS = frozenset(
    {"text/rfc822-headers", "text/rfc822-header", "message/rfc822-headers", "message/global-headers"}
)
ID = re.compile(r"<([^<>\s@]{1,300}@[^<>\s@]{1,250})>")
LINE = re.compile(r"^Message-ID:\s{0,5}(<[^<>\s]{3,500}>)", re.IGNORECASE | re.MULTILINE)
OWN_ID = re.compile(r"<([^<>\s]{3,500})>")
BARE_ID = re.compile(r"[^<>\s@]{1,300}@[^<>\s@]{1,250}")
MENTIONED = re.compile(
    r"message[ _-]?id(?:entifier)?\b[^<>]{0,80}(<[^<>\s@]{1,300}@[^<>\s@]{1,250}>)", re.IGNORECASE
)
FIELD = re.compile(r"[ \t>]{0,20}([A-Za-z][A-Za-z0-9_-]{0,60})[ \t]?:(?:[ \t]|$|(?=<))(.{0,2000})")
TIGHT = re.compile(r"(Received|Message-ID|From|To|Subject|Date):(\S.{0,2000})", re.IGNORECASE)
OF_MAIL = frozenset(
    {
        "received",
        "return-path",
        "message-id",
        "from",
        "to",
        "subject",
        "date",
        "mime-version",
        "delivered-to",
        "cc",
    }
    | {"reply-to", "sender", "content-type", "dkim-signature", "user-agent", "x-mailer"}
)
SIGNS_OF_MAIL = frozenset({"message-id", "received", "return-path", "mime-version"})
TO = ("to", "cc", "x-original-to", "delivered-to", "envelope-to", "x-envelope-to", "x-rcpt-to", "resent-to")
FROM = ("from", "sender", "return-path", "reply-to", "errors-to", "x-sender")
FOR = re.compile(r"\bfor\s{1,20}<?([^\s<>;@]{1,64}@[^\s<>;@]{1,250})>?\s{0,20}(?:;|$|\()")
MOST_LINES = 4_000
LONGEST_ENCODED, LONGEST_HEAD = 120_000, 8_000

Fields = dict[str, list[str]]


@dataclass(frozen=True)
class Original:
    """The message that did not arrive, as far as it came back."""

    message_id: str = ""
    to: tuple[str, ...] = ()
    sender: tuple[str, ...] = ()
    came_back: bool = False


@dataclass
class Block:
    """Lines of a text that are fields (`Name: value`), and where these begin."""

    begins: int
    fields: Fields = field(default_factory=dict)

    @property
    def is_mail(self) -> bool:
        names = self.fields.keys()
        return len(names & OF_MAIL) >= 3 and bool(names & SIGNS_OF_MAIL)


def blocks(text: str) -> Iterator[Block]:
    """Each run of lines that are fields, continued ones joined."""
    block: Block | None = None
    last: list[str] | None = None
    for number, line in enumerate(text.splitlines()[:MOST_LINES]):
        found = FIELD.match(line) or TIGHT.match(line)
        if found:
            block = block or Block(number)
            last = block.fields.setdefault(found[1].lower(), [])
            last.append(found[2].strip())
        elif block and last and line[:1] in {" ", "\t", ">"} and line.strip(" \t>"):
            last[-1] = f"{last[-1]} {line.strip(' >')}"[:2000] if len(last[-1]) < 2000 else last[-1]
        elif block:
            yield block
            block = last = None
    if block:
        yield block


def fields_of(message: Message, kinds: frozenset[str]) -> Fields:
    """All fields of the parts of these types."""
    found: Fields = {}
    for part in own_parts(message):
        if part.get_content_type() in kinds:
            for block in blocks(source(part)):
                found |= block.fields
    return found


def split(text: str) -> tuple[str, Block | None]:
    """A report's own words, and the headers of the message that stands below them."""
    for block in blocks(text):
        if block.is_mail:
            return "\n".join(text.splitlines()[: block.begins]), block
    return text, None


def find(message: Message, texts: list[str]) -> Original:
    """The message that a report speaks of; `texts` are the report's own parts."""
    found = [*_in_parts(message), *_in_texts(texts)]
    first_id = next((each.message_id for each in found if each.message_id), "")
    best = next((each for each in found if each.to or each.sender), Original())
    if not first_id:
        first_id = next((_first_id(hit[1]) for text in texts if (hit := MENTIONED.search(text))), "")
    return Original(first_id or answered(message), best.to, best.sender, bool(found))


def answered(message: Message) -> str:
    """The message to which this one answers, by its own headers."""
    for name in ("In-Reply-To", "Original-Message-ID", "X-Original-Message-ID", "References"):
        if found := ID.findall(header(message, name)):
            return f"<{found[-1 if name == 'References' else 0]}>"
    return ""


def _in_parts(message: Message) -> Iterator[Original]:
    for part in own_parts(message):
        kind = part.get_content_type()
        if kind in WHOLE:
            yield from (of_message(each) for each in inside(part))
        elif kind in HEADERS:
            first = next(blocks(source(part).lstrip()), None)
            if first:
                yield _of_fields(first.fields)
        elif part is not message and part.keys() and header(part, "Message-ID"):
            yield of_message(part)  # it came back as a part that has no head of its own


def inside(part: Message) -> Iterator[Message]:
    """The message that a part brings along."""
    if part.get_content_type() in WHOLE:
        way = header(part, "Content-Transfer-Encoding").lower()
        yield from (_unwrapped(each, way) for each in children(part)[:1])


def _unwrapped(message: Message, way: str) -> Message:
    """A message that came back encoded, though none may be."""
    if way not in {"base64", "quoted-printable"}:
        return message
    try:
        raw = message.as_bytes()[:LONGEST_ENCODED].strip()
        return message_from_bytes(b64decode(raw) if way == "base64" else decodestring(raw), policy=Wary())
    except (Error, *STUMBLES):
        return message


def of_message(message: Message) -> Original:
    fields: Fields = {}
    for name, value in message.raw_items():
        fields.setdefault(name.lower(), []).append(healed(str(value)))
    found = None if "message-id" in fields else LINE.search(text_of(message)[:LONGEST_HEAD])
    if found:  # a line that is none has ended its head too early
        fields["message-id"] = [found[1]]
    return _of_fields(fields)


def _of_fields(fields: Fields) -> Original:
    def values(names: tuple[str, ...]) -> list[str]:
        return [value for name in names for value in fields.get(name, [])]

    via = [found[1] for value in fields.get("received", [])[:20] if (found := FOR.search(value[:2000]))]
    return Original(
        message_id=next((_first_id(value) for value in fields.get("message-id", [])), ""),
        to=addresses.in_headers([*values(TO), *via]),
        sender=addresses.in_headers(values(FROM)),
        came_back=True,
    )


def _first_id(value: str) -> str:
    found = OWN_ID.search(value) or BARE_ID.search(value)
    return f"<{found[0].strip('<>')}>" if found else ""


def _in_texts(texts: list[str]) -> Iterator[Original]:
    for text in texts:
        _, block = split(text)
        if block:
            yield _of_fields(block.fields)


def own_texts(message: Message) -> list[str]:
    """The words of a message's own parts, plain ones before pages, without what came back as a part."""
    plain, pages = [], []
    for part in own_parts(message):
        kind = part.get_content_type()
        if kind == "text/html":
            pages.append(text_of(part))
        elif (
            kind not in HEADERS
            and kind != "text/calendar"
            and part.get_content_maintype() in {"text", "multipart"}
        ):
            plain.append(text_of(part))
    return [text for text in (*plain, *pages) if text.strip()][:20]
