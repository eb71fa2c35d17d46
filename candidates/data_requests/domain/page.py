"""The page of a copy: one file that needs nothing else, runs nothing and asks nobody for anything."""

import json
from collections.abc import Iterable
from datetime import date, datetime
from html import escape
from typing import Any

from django.utils import timezone
from django.utils.formats import date_format

LOOKS = """
:root{color-scheme:light dark;--ink:#1c1e22;--soft:#5a5e66;--line:#d9dbe0;--ground:#fff;--link:#1f4d43}
@media (prefers-color-scheme:dark){:root{--ink:#e8e9ec;--soft:#a7abb4;--line:#3a3d44;--ground:#17181b;--link:#8fd0c0}}
body{background:var(--ground);color:var(--ink);font:1rem/1.5 system-ui,sans-serif;margin:0 auto;max-width:46rem;
padding:2rem 1rem 4rem}
h1{font-size:1.75rem;line-height:1.2}
h2{border-top:1px solid var(--line);font-size:1.25rem;margin:2.5rem 0 .5rem;padding-top:1rem}
h3{font-size:1rem;margin:1.25rem 0 0}
dl{display:grid;gap:.15rem 1rem;grid-template-columns:minmax(8rem,12rem) 1fr;margin:1rem 0}
dt{color:var(--soft)}dd{margin:0;overflow-wrap:anywhere;white-space:pre-wrap}
a{color:var(--link)}
@media (max-width:34rem){dl{grid-template-columns:1fr}dd{margin-bottom:.4rem}}
"""
POLICY = "default-src 'none'; style-src 'unsafe-inline'"


def head(title: str, *, language: str, direction: str) -> str:
    return (
        f'<!doctype html>\n<html lang="{escape(language)}" dir="{direction}"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f'<meta http-equiv="Content-Security-Policy" content="{POLICY}">'
        f"<title>{escape(title)}</title><style>{LOOKS}</style></head>\n<body><main><h1>{escape(title)}</h1>\n"
    )


def tail() -> str:
    return "</main></body></html>\n"


def heading(words: str) -> str:
    return f"<h2>{escape(words)}</h2>\n"


def subheading(words: str) -> str:
    return f"<h3><bdi>{escape(words)}</bdi></h3>\n"


def paragraph(words: str) -> str:
    return f"<p>{escape(words)}</p>\n"


def listed(lines: Iterable[str]) -> str:
    return f"<ul>{''.join(f'<li>{escape(line)}</li>' for line in lines)}</ul>\n"


def facts(lines: Iterable[tuple[str, str]], *, href: str = "") -> str:
    """What is known of one row, label by label; the first leads to the file at `href`."""
    told = [
        f'<dt>{escape(label)}</dt><dd dir="auto">{_linked(escape(words), href if not place else "")}</dd>'
        for place, (label, words) in enumerate(lines)
    ]
    return f"<dl>{''.join(told)}</dl>\n" if told else ""


def _linked(words: str, href: str) -> str:
    return f'<a href="{escape(_address(href))}">{words}</a>' if href else words


def _address(entry: str) -> str:
    """An entry's name as a link beside the page: what a link would take for something else is written otherwise."""
    return entry.replace("%", "%25").replace("#", "%23").replace("?", "%3F")


def text(value: Any) -> str:
    """A value as people read it, in the language and the zone of now."""
    if isinstance(value, datetime):
        return date_format(timezone.localtime(value), "LONG_DATE_TIME")
    if isinstance(value, date):
        return date_format(value, "LONG_DATE")
    if isinstance(value, list) and all(isinstance(each, str) for each in value):
        return "\n".join(value)
    if isinstance(value, list | dict):
        return json.dumps(value, ensure_ascii=False, indent=1)
    return str(value)
