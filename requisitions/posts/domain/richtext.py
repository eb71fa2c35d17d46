"""Rich text of adverts: what may stand in it, and its plain text."""

import re
from html import unescape

import nh3

TAGS = {"p", "div", "br", "h2", "h3", "h4", "ul", "ol", "li", "strong", "b", "em", "i", "a", "blockquote"}
ATTRIBUTES = {"a": {"href"}}
SCHEMES = {"https", "http", "mailto"}
# The editor knows one heading; on the page there is a title above it already.
HEADINGS = (("<h1>", "<h2>"), ("</h1>", "</h2>"))
HEADING = re.compile(r"<(/?)h([2-4])>")
BREAKS = re.compile(r"<(?:br|/p|/div|/li|/h\d|/blockquote)[^>]*>", re.IGNORECASE)


def sanitised(html: str) -> str:
    """Only what an advert needs: headings, lists, emphasis, links; never a script, a style or a picture."""
    marked = nh3.clean(
        html, tags=TAGS | {"h1"}, attributes=ATTRIBUTES, url_schemes=SCHEMES, link_rel="noopener nofollow"
    )
    for before, after in HEADINGS:
        marked = marked.replace(before, after)
    return in_order(marked) if plain(marked) else ""


def in_order(marked: str) -> str:
    """Headings as a reader by ear can follow them: under the title of the page, and no level left out."""
    ranks = {
        level: 2 + rank
        for rank, level in enumerate(sorted({int(found[2]) for found in HEADING.finditer(marked)}))
    }
    at = 1

    def put(found: re.Match[str]) -> str:
        nonlocal at
        if not found[1]:
            at = min(ranks[int(found[2])], at + 1)
        return f"<{found[1]}h{at}>"

    return HEADING.sub(put, marked)


def plain(html: str) -> str:
    """The words alone, a line for each block."""
    text = unescape(nh3.clean(BREAKS.sub("\n", html), tags=set()))
    lines = (" ".join(line.split()) for line in text.splitlines())
    return "\n".join(line for line in lines if line)
