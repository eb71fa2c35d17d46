"""A message taken apart as strangers write it: in a time that goes with its length, whatever its encodings claim."""

import re
from codecs import lookup
from collections.abc import Iterator
from email import message_from_bytes
from email.errors import HeaderParseError
from email.header import decode_header, make_header
from email.message import Message
from email.policy import Compat32
from html import unescape

from chardetng_py import detect

LARGEST = 1_000_000
"""No more of a message is ever read: what says what it is about stands at its beginning."""
LONGEST_HEADER = 2_000
MOST_PARTS, MOST_NESTED = 500, 40
NO_CHARSETS = frozenset({"ascii", "punycode", "idna", "unicode-escape", "raw-unicode-escape", "undefined"})
"""Python knows more codecs by name than mail is written in: some take minutes for a page, or make halves of letters.
ASCII is what everybody says who has not looked."""
LONGEST_TEXT = 100_000
TAG = re.compile(r"<[^<>]{0,2000}>")
UNSEEN = ("style", "script", "head")
STUMBLES = (TypeError, ValueError, LookupError, AttributeError, RecursionError, HeaderParseError)
"""What Python's own reader raises over some headers."""
CALENDAR_FILE = b"BEGIN:VCALENDAR"


class Unreadable(ValueError):
    """No mail program writes like this: a person may look at it, and no machine goes on."""


class Wary(Compat32):
    """Strangers write these: headers are taken apart only where they are asked for, and never without end."""

    def header_source_parse(self, sourcelines: list[str]) -> tuple[str, str]:
        name, value = super().header_source_parse(sourcelines)
        return name[:LONGEST_HEADER], value[:LONGEST_HEADER]


def parsed(content: bytes) -> Message:
    """The message, in a time that goes with its length; `Unreadable` where it was made to take longer."""
    low = content.lower()
    nested = low.count(b"boundary") + low.count(b"message/rfc822")
    if content.count(b"\n--") > MOST_PARTS or nested > MOST_NESTED:
        raise Unreadable("It has more parts than a message has.")
    if content[:100].lstrip(b"\xef\xbb\xbf \r\n\t").upper().startswith(CALENDAR_FILE):
        content = b"Content-Type: text/calendar\r\n\r\n" + content  # a calendar's file alone, as one saves it
    return message_from_bytes(content, policy=Wary())


def children(part: Message) -> list[Message]:
    """What stands inside: the parts of a multipart, the message of a `message/rfc822`, the groups of a status."""
    inside = part.get_payload() if part.is_multipart() else []
    return [each for each in inside if isinstance(each, Message)] if isinstance(inside, list) else []


def content(part: Message) -> bytes:
    """A part's bytes, whatever its encoding claims; none of what has parts itself."""
    if part.is_multipart():
        return b""
    try:
        inside = part.get_payload(decode=True)
    except STUMBLES:
        return b""
    return inside if isinstance(inside, bytes) else b""


def own_parts(message: Message) -> Iterator[Message]:
    """The message and its parts, without what stands inside a message that it brings along."""
    waiting, seen = [message], 0
    while waiting and seen < MOST_PARTS:
        part = waiting.pop()
        seen += 1
        yield part
        if part.get_content_maintype() == "multipart":
            waiting += reversed(children(part))


def header(message: Message, name: str) -> str:
    """The first header of this name, decoded, in one line; empty where there is none."""
    value = next((raw for key, raw in message.raw_items() if key.lower() == name.lower()), "")
    return _decoded(healed(str(value)))


def headers(message: Message, name: str) -> list[str]:
    """All of this name."""
    return [_decoded(healed(str(raw))) for key, raw in message.raw_items() if key.lower() == name.lower()]


def _decoded(value: str) -> str:
    line = " ".join(value.split())
    if "=?" not in line:
        return line
    try:
        return " ".join(str(make_header(decode_header(line))).split())
    except (*STUMBLES, UnicodeError):
        return line


def file_name(part: Message) -> str:
    """As the sender calls a file, also where it is written as other headers are (RFC 2047), which RFC 2231 forbids
    and mail programs do; empty where it has no name."""
    try:
        said = part.get_filename() or ""
    except (*STUMBLES, UnicodeError):
        return ""
    return without_halves(_decoded(healed(said)))


def param(part: Message, name: str) -> str:
    """A parameter of its Content-Type, in small letters."""
    try:
        return str(part.get_param(name, "")).lower()
    except STUMBLES:
        return ""


def text_of(part: Message) -> str:
    """The words of one part."""
    words = decoded(content(part)[: 2 * LONGEST_TEXT], param(part, "charset"))[:LONGEST_TEXT]
    return without_tags(words) if part.get_content_type() == "text/html" else words


def without_tags(page: str) -> str:
    for name in UNSEEN:
        page = without(page, f"<{name}", f"</{name}")
    return unescape(TAG.sub(" ", page))


def without(page: str, opening: str, closing: str) -> str:
    """A page without what stands between these; where it is never closed, up to its end."""
    kept, low, place = [], page.lower(), 0
    while (begins := low.find(opening, place)) >= 0:
        kept.append(page[place:begins])
        ends = low.find(closing, begins)
        place = ends + len(closing) if ends >= 0 else len(page)
    return "".join([*kept, page[place:]])


def decoded(content: bytes, charset: str = "") -> str:
    """Bytes in the charset that they name; where that is not so, in the one that they look like."""
    guesses = [charset] if _is_of_mail(charset) else []
    if b"\x1b$" in content:
        guesses.insert(0, "iso-2022-jp")
    for name in (*guesses, "utf-8"):
        try:
            return without_halves(content.decode(name))
        except (LookupError, UnicodeError, ValueError):
            continue
    name = guesses[0] if guesses else detect(content[:10_000])
    try:
        return without_halves(content.decode(name, "replace"))
    except (LookupError, UnicodeError):
        return content.decode("latin-1")


def _is_of_mail(charset: str) -> bool:
    try:
        return bool(charset) and lookup(charset).name not in NO_CHARSETS
    except (LookupError, ValueError):
        return False


def without_halves(words: str) -> str:
    """Words that a page and a row can hold: where a letter is half, a question mark."""
    return words.encode("utf-8", "replace").decode("utf-8")


def healed(text: str) -> str:
    """Bytes that Python has hidden in a header, as the letters that they are."""
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:
        return decoded(text.encode("utf-8", "surrogateescape"))
    return text


def source(part: Message) -> str:
    """A part's fields and words as they stand in it, also where Python has taken it for messages of its own."""
    blocks = children(part)
    if not blocks:
        return text_of(part)
    text = "\n\n".join(_written(block) for block in blocks[:MOST_PARTS])[:LONGEST_TEXT]
    way = header(part, "Content-Transfer-Encoding").lower()
    if way not in {"base64", "quoted-printable"}:
        return text
    bare = Message()
    bare["Content-Transfer-Encoding"] = way
    bare.set_payload(text)
    return decoded(content(bare))


def _written(block: Message) -> str:
    head = healed("".join(f"{name}: {value}\n" for name, value in block.raw_items()))
    body = decoded(content(block))
    return f"{head}\n{body}" if head else body
