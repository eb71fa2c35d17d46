"""What somebody says in a letter, apart from their signature and from what they answer to.

Nothing is thrown away: what does not belong to their own words is folded below them, for whoever wants to see it.
Lines are looked at one by one, each a bounded number of times; the libraries that there are look with patterns that a
letter can be made to keep busy for hours, and leave the French and Spanish forms in
(`docs/adr/0042-what-a-reply-says.md`).
"""

import re
import tomllib
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from email.message import Message
from html import unescape
from pathlib import Path

from ats.kernel.logs import without_own_keys
from ats.mail.incoming.parsing import (
    LONGEST_TEXT,
    TAG,
    UNSEEN,
    content,
    decoded,
    file_name,
    header,
    own_parts,
    param,
    text_of,
    without,
)

QUOTE = re.compile(r"\s{0,3}(?:>|&gt;)")
RULE = re.compile(r"\s{0,3}[-_\u2010-\u2015]{2,40}\s{0,3}(\S.{1,60}\S)\s{0,3}[-_\u2010-\u2015]{2,40}\s{0,3}$")
LINE = re.compile(r"\s{0,3}[-_\u2010-\u2015=*]{8,200}\s{0,3}$")
LABEL = re.compile(r"[\s*_>]{0,6}([^\W\d_][^:\uff1a\d]{0,24}?)[\s*_]{0,3}[:\uff1a]")
_ALL = tomllib.loads((Path(__file__).parent / "replies.toml").read_text(encoding="utf-8"))
NAMES = tuple(frozenset(names) for names in _ALL["head"].values())
FROM = frozenset(_ALL["head"]["from"])
WROTE, ORIGINAL, PROGRAMS = (
    tuple(_ALL[part][name])
    for part, name in (("introduction", "wrote"), ("rule", "original"), ("signature", "programs"))
)
BLOCKS = frozenset(
    {
        "p",
        "div",
        "br",
        "tr",
        "table",
        "ul",
        "ol",
        "li",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "hr",
        "pre",
        "blockquote",
    }
)
NAME = re.compile(r"<\s{0,3}(/?)\s{0,3}([A-Za-z][A-Za-z0-9]{0,20})")
SPACES = re.compile(r"[ \t\r\n\f\u00a0]+")
CLOSES = (":", "\uff1a")
MOST_LINES = 4_000
LONGEST_LINE = 1_000
LONGEST_SIGNATURE = 15
WITHIN = 5
"""So many lines of a head stand together, and an introduction is broken into at most three."""


def bare(text: str) -> str:
    """Small letters without accents, as `replies.toml` has its words."""
    folded = unicodedata.normalize("NFKD", text[:LONGEST_LINE]).casefold()
    return " ".join("".join(sign for sign in folded if not unicodedata.combining(sign)).split())


@dataclass(frozen=True)
class Letter:
    """`words`: their own. `below`: their signature, and what they answer to."""

    words: str
    below: str = ""


@dataclass(frozen=True)
class File:
    """What came along; it is decoded once somebody asks for what is in it."""

    name: str
    kind: str
    part: Message

    @property
    def content(self) -> bytes:
        return content(self.part)


def letter(message: Message) -> Letter:
    """What they say, without the keys in our own links that they quote: whoever reads it is not who got those."""
    return taken_apart(without_own_keys(whole_text(message)))


def taken_apart(text: str) -> Letter:
    """Someone's own words, and what stands below (or above) them."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    late = lines[MOST_LINES:]  # who writes as much has quoted it
    lines = lines[:MOST_LINES]
    begins, ends = _own(lines)
    own, below = lines[begins:ends], [*lines[:begins], *lines[ends:], *late]
    signed = _signature(own)
    parts = ("\n".join(each).strip("\n").rstrip() for each in (own[:signed], own[signed:], below))
    words, signature, rest = parts
    if not words.strip():  # nothing but what they quoted: better too much than nothing
        return Letter(text.strip())
    return Letter(words.strip(), "\n\n".join(each for each in (signature, rest) if each.strip()))


def _own(lines: list[str]) -> tuple[int, int]:
    """From which line to which stand somebody's own words."""
    ends = next((number for number in range(len(lines)) if _begins_original(lines, number)), len(lines))
    last = ends
    while last and (not lines[last - 1].strip() or QUOTE.match(lines[last - 1])):
        last -= 1
    if any(QUOTE.match(line) for line in lines[last:ends]):
        ends = _without_introduction(lines, last)
    return _answered_below(lines, ends), ends


def _begins_original(lines: list[str], number: int) -> bool:
    """Whether all that follows is the message that they answer, as Outlook and others put it below."""
    line = lines[number][:LONGEST_LINE]
    if (found := RULE.match(line)) and any(word in bare(found[1]) for word in ORIGINAL):
        return True
    if LINE.match(line):
        return _is_head(lines, number + 1)
    return _is_head(lines, number) or _introduces_unmarked(lines, number)


def _introduces_unmarked(lines: list[str], number: int) -> bool:
    """`On (day), Kim <kim@example.com> wrote:`, and what follows bears no marks."""
    for height in (1, 2):
        joined = " ".join(lines[number : number + height])[:LONGEST_LINE]
        if "@" not in joined or not joined.rstrip().endswith(CLOSES):
            continue
        following = next((line for line in lines[number + height :][:WITHIN] if line.strip()), "")
        return not QUOTE.match(following) and _introduces(joined) and _wrote(joined)
    return False


def _is_head(lines: list[str], number: int) -> bool:
    """Lines such as `From:`, `Sent:`, `To:`, `Subject:` together, the sender first, in whichever language."""
    while number < len(lines) and not lines[number].strip():
        number += 1
    if number >= len(lines) or label(lines[number]) not in FROM:
        return False
    found = {label(line) for line in lines[number : number + WITHIN + 3]}
    return sum(1 for names in NAMES if found & names) >= 3


def label(line: str) -> str:
    found = LABEL.match(line[:60])
    return bare(found[1]).strip() if found else ""


def _without_introduction(lines: list[str], last: int) -> int:
    """The end of their own words above a quotation: without the line that says who wrote it, and when."""
    for height in (1, 2, 3):
        begins = last - height
        if begins < 0 or not lines[begins].strip():
            break
        if _introduces(" ".join(line.strip() for line in lines[begins:last])[:LONGEST_LINE]):
            return begins
    return last


def _introduces(line: str) -> bool:
    is_dated = any(sign.isdigit() for sign in line)
    return line.rstrip().endswith(CLOSES) and is_dated and ("@" in line or _wrote(line))


def _wrote(line: str) -> bool:
    words = bare(line)
    return any(word in words for word in WROTE)


def _answered_below(lines: list[str], ends: int) -> int:
    """Where their words begin when they stand below all that they quote; an answer between quotations stays whole."""
    first = 0
    while first < ends and not lines[first].strip():
        first += 1
    for height in (0, 1, 2, 3):
        place = first + height
        while place < ends and not lines[place].strip():
            place += 1
        if place >= ends or not QUOTE.match(lines[place]):
            continue
        if height and not _introduces(" ".join(lines[first : first + height])[:LONGEST_LINE]):
            continue
        while place < ends and (not lines[place].strip() or QUOTE.match(lines[place])):
            place += 1
        if place >= ends or any(QUOTE.match(line) for line in lines[place:ends]):
            return 0
        return place
    return 0


def _signature(lines: list[str]) -> int:
    """The line at which a signature begins; after the last one where there is none."""
    for number in range(max(0, len(lines) - LONGEST_SIGNATURE), len(lines)):
        if lines[number].rstrip() in {"--", "\u2014"} and number:
            return number
    filled = [number for number, line in enumerate(lines) if line.strip()]
    if filled and len(filled) > 1 and bare(lines[filled[-1]][:200]).startswith(PROGRAMS):
        return filled[-1]
    return len(lines)


# --- The words of a message


def whole_text(message: Message) -> str:
    """Its plain words where it has some, else those of its page with quotations marked as in plain ones."""
    plain_ones, pages = [], []
    for part in own_parts(message):
        if part.get_content_maintype() != "text" or is_file(part):
            continue
        if part.get_content_type() == "text/html":
            pages.append(of_page(decoded(content(part)[: 4 * LONGEST_TEXT], param(part, "charset"))))
        elif part.get_content_type() in {"text/plain", "text/enriched", "text/markdown"}:
            plain_ones.append(text_of(part))
    for found in (plain_ones, pages):
        text = "\n\n".join(each for each in found if each.strip())[:LONGEST_TEXT]
        if text.strip():
            return text
    return ""


def of_page(page: str) -> str:
    """The words of a page, a line for each of its blocks, with `> ` before what it quotes."""
    for name in UNSEEN:
        page = without(page, f"<{name}", f"</{name}")
    return "\n".join(_lines(page))[:LONGEST_TEXT]


def _lines(page: str) -> Iterator[str]:
    depth, line, place = 0, "", 0
    for tag in TAG.finditer(page):
        line += SPACES.sub(" ", page[place : tag.start()])
        place = tag.end()
        found = NAME.match(tag[0])
        name = found[2].lower() if found else ""
        if name not in BLOCKS:
            continue
        if line.strip() or name == "br":
            yield _quoted(unescape(line), depth)
        line = ""
        if found and name == "blockquote":
            depth = max(0, depth - 1) if found[1] else min(depth + 1, 20)
        if found and name == "p" and found[1]:
            yield ""
    line += SPACES.sub(" ", page[place:])
    if line.strip():
        yield _quoted(unescape(line), depth)


def _quoted(line: str, depth: int) -> str:
    return f"{'> ' if depth else ''}{line.strip()}"


# --- Files


def is_file(part: Message) -> bool:
    disposition = header(part, "Content-Disposition").lower()
    return disposition.startswith("attachment") or bool(_name(part))


def files(message: Message) -> Iterator[File]:
    """What it brings along; not the pictures that stand in its page."""
    for part in own_parts(message):
        if part.get_content_maintype() == "multipart" or not is_file(part):
            continue
        is_drawn = part.get_content_maintype() == "image" and (
            header(part, "Content-ID") or header(part, "Content-Disposition").lower().startswith("inline")
        )
        if part is message or is_drawn:
            continue
        yield File(_name(part), part.get_content_type(), part)


def _name(part: Message) -> str:
    return " ".join(file_name(part).replace("\x00", "").split())[:255]
