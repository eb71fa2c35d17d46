"""In which ways the address of one page is written."""

import re

SCHEME = re.compile(r"^https?://(?:www\.)?", re.IGNORECASE)


def bare(link: str) -> str:
    """Without what does not make it another page; empty for the front page of a site, which is nobody's own."""
    rest = SCHEME.sub("", link.strip()).rstrip("/")
    host, _, path = rest.partition("/")
    return f"{host.lower()}/{path}" if path else ""


def ways(links: list[str]) -> list[str]:
    """Every way in which somebody else may have written one of these."""
    found = (bare(link) for link in links if isinstance(link, str))
    return [
        f"{scheme}://{www}{each}{end}"
        for each in found
        if each
        for scheme in ("https", "http")
        for www in ("", "www.")
        for end in ("", "/")
    ]
