"""Rich text of adverts: what may stand in it, and its plain text."""

import re
from html import unescape

import nh3

TAGS = {"p", "div", "br", "h2", "h3", "h4", "ul", "ol", "li", "strong", "b", "em", "i", "a", "blockquote"}
ATTRIBUTES = {"a": {"href"}}
SCHEMES = {"https", "http", "mailto"}
# The editor knows one heading; on the page there is a title above it already.
HEADINGS = (("<h1>", "<h2>"), ("</h1>", "</h2>"))
BREAKS = re.compile(r"<(?:br|/p|/div|/li|/h\d|/blockquote)[^>]*>", re.IGNORECASE)


def sanitised(html: str) -> str:
    """Only what an advert needs: headings, lists, emphasis, links; never a script, a style or a picture."""
    marked = nh3.clean(
        html, tags=TAGS | {"h1"}, attributes=ATTRIBUTES, url_schemes=SCHEMES, link_rel="noopener nofollow"
    )
    for before, after in HEADINGS:
        marked = marked.replace(before, after)
    return marked if plain(marked) else ""


def plain(html: str) -> str:
    """The words alone, a line for each block."""
    text = unescape(nh3.clean(BREAKS.sub("\n", html), tags=set()))
    lines = (" ".join(line.split()) for line in text.splitlines())
    return "\n".join(line for line in lines if line)
