"""The words of a page as browsers write them (HTML, MHT), and of texts.

Runs in the shut-in process only (`child.py`).
"""

import re
from html.parser import HTMLParser

from candidates.documents.reading import asides
from candidates.documents.reading.charset import decoded

ARCHIVE = re.compile(rb"^(?:[\w-]+:.*\r?\n(?:[ \t].*\r?\n)*)+\r?\n", re.IGNORECASE)
MARKUP = re.compile(r"<[!a-z]", re.IGNORECASE)
CHARSET = re.compile(rb"<meta[^>]{0,200}charset=[\"']?([\w-]+)", re.IGNORECASE)
UNSEEN = {"script", "style", "head", "title", "template", "noscript"}
BLOCKS = {
    *("address", "article", "aside", "blockquote", "dd", "div", "dl", "dt", "figcaption", "figure", "footer"),
    *("h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "li", "main", "nav", "ol", "p", "pre", "section"),
    *("table", "tr", "ul"),
}


def text_of(content: bytes) -> str:
    """What a person sees of a page, or of a page with its parts in one file."""
    if ARCHIVE.match(content):
        return _page_in(content)
    text = _decoded(content)
    return _seen(text) if MARKUP.search(text) else text


def _page_in(archive: bytes) -> str:
    from email.parser import BytesParser
    from email.policy import default

    body = BytesParser(policy=default).parsebytes(archive).get_body(("html", "plain"))
    if body is None:
        return ""
    text = body.get_content()
    return _seen(text) if body.get_content_subtype() == "html" else text


def _decoded(content: bytes) -> str:
    said = CHARSET.search(content[:4096])
    try:
        return content.decode(said[1].decode() if said else "utf-8-sig")
    except (LookupError, UnicodeDecodeError):
        return decoded(content)[0]


def _seen(page: str) -> str:
    words = _Words()
    words.feed(page)
    words.close()
    return "".join(words.found)


class _Words(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[str] = []
        self._unseen: list[str] = []
        self._targets: list[str] = []
        self._ruby: dict[str, str] | None = None
        self._above = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in UNSEEN:
            self._unseen.append(tag)
        elif tag == "body":
            self._unseen.clear()
        elif tag == "a":
            self._targets.append(dict(attrs).get("href") or "")
        elif tag == "ruby":
            self._ruby, self._above = {"": "", "rt": "", "rp": ""}, ""
        elif tag in {"rt", "rp"}:
            self._above = tag
        elif tag in BLOCKS or tag == "br":
            self._end_line(always=tag == "br")

    def handle_endtag(self, tag: str) -> None:
        if tag in UNSEEN and tag in self._unseen:
            del self._unseen[self._unseen.index(tag) :]
        elif tag == "a" and self._targets:
            self.found.append(asides.link(self._targets.pop()))
        elif tag == "ruby" and self._ruby:
            self.found.append(asides.ruby(self._ruby[""], self._ruby["rt"]))
            self._ruby = None
        elif tag in {"rt", "rp"}:
            self._above = ""
        elif tag in BLOCKS:
            self._end_line()
        elif tag in {"td", "th"}:
            self.found.append("\t")

    def _end_line(self, *, always: bool = False) -> None:
        if always or (self.found and not self.found[-1].endswith("\n")):
            self.found.append("\n")

    def handle_data(self, data: str) -> None:
        if self._unseen:
            return
        words = re.sub(r"[ \t\r\n]+", " ", data)
        if self._ruby is None and words == " " and (not self.found or self.found[-1].endswith("\n")):
            return
        if self._ruby is None:
            self.found.append(words)
        else:
            self._ruby[self._above] += words
