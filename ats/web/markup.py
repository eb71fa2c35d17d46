"""The smallest parts of a page, put together as text: a board shows hundreds of them.

A template is the place for everything larger; these stand behind the tags of `ats/templatetags/accord.py`.
"""

import re
from datetime import datetime
from functools import cache, lru_cache
from html import escape
from typing import Any

from django.conf import settings
from django.templatetags.static import static
from django.utils.safestring import SafeString

from ats.kernel import when
from ats.kernel.kept import retold
from ats.kernel.staff_words import gettext, gettext_lazy
from ats.web import parts

DRAWN = "img/icons.svg"
"""Icons drawn for Accord; every other name is one of Tabler's, listed in `icons.txt`."""


@cache
def drawn() -> frozenset[str]:
    text = (settings.ROOT / "static" / DRAWN).read_text()
    return frozenset(re.findall(r'<symbol id="([\w-]+)"', text))


@lru_cache(maxsize=1024)
def icon(name: str, label: str = "", cls: str = "") -> SafeString:
    """A picture beside a word, or one that stands alone and says its `label`."""
    sprite = DRAWN if name in drawn() else "vendor/icons.svg"
    said = f'role="img" aria-label="{escape(label)}"' if label else 'aria-hidden="true"'
    address = escape(f"{static(sprite)}#{name.replace('/', '-')}")
    return SafeString(f'<svg class="icon{cls and " " + cls}" {said}><use href="{address}"/></svg>')


def time(moment: datetime, words: str) -> SafeString:
    """A time in words, with the absolute one behind it."""
    stamp = moment.isoformat(timespec="seconds")
    return SafeString(f'<time datetime="{stamp}" title="{when.absolute(moment)}">{escape(words)}</time>')


def due_mark(moment: datetime, *, now: datetime) -> SafeString:
    """When a colleague's part is due; once it is late, in red and with its sign."""
    late = moment < now
    sign, cls = (icon("alert"), " is-late") if late else (icon("clock"), "")
    return SafeString(f'<span class="due-mark{cls}">{sign}{time(moment, when.due(moment, now=now))}</span>')


def two_sided(label: str, left: parts.Side, right: parts.Side) -> SafeString:
    """What two promised each other, growing outwards from `label`: drawn, and said below."""
    said = escape(label)
    between = f'<div class="two-sided-label" aria-hidden="true">{said}</div>'
    inner = f"{_grown(left, 'left')}{between}{_grown(right, 'right')}"
    return SafeString(f'<div class="two-sided" role="group" aria-label="{said}">{inner}</div>')


def _grown(side: parts.Side, where: str) -> str:
    bars = "".join(
        f'<rect class="bar-{each.kind}" x="{each.x}%" width="{each.width}%" y="1" height="12" rx="2"/>'
        for each in side.segments
    )
    words = "".join(
        f"<span>{icon(each.kind)}{each.count} {escape(str(parts.KIND_WORDS[each.kind]))}</span>"
        for each in side.segments
    )
    said = escape(side.said)
    return (
        f'<div class="two-sided-side two-sided-{where}">'
        f'<svg class="two-sided-bar" role="img" aria-label="{escape(side.name)}: {said}"'
        f' preserveAspectRatio="none" width="100%" height="14">{bars}</svg>'
        f'<span class="two-sided-said" aria-hidden="true">{words or said}</span></div>'
    )


def person(who: Any, *, line: str = "", href: str = "", size: str = "", sheet: str = "") -> SafeString:
    """A person: initials, name, one line of context; of a candidate also what they do and where."""
    kind, name = f"-{escape(size)}" if size else "", f"<bdi>{escape(parts.name_of(who))}</bdi>"
    if href:
        opens = f' hx-get="{escape(sheet)}" hx-target="#sheet" data-sheet-item' if sheet else ""
        name = f'<a class="person-name" href="{escape(href)}"{opens}>{name}</a>'
    else:
        name = f'<span class="person-name">{name}</span>'
    said = f'<span class="person-line">{escape(str(line))}</span>' if line else ""
    about = str(getattr(who, "who", "") or "")
    if about and about != str(line):
        said += f'<span class="person-line person-about">{escape(about)}</span>'
    return SafeString(
        f'<div class="person{kind and f" person{kind}"}">'
        f'<span class="avatar-mark{kind and f" avatar-mark{kind}"}" aria-hidden="true">'
        f'{escape(parts.initials_of(who))}</span><span class="person-text">{name}{said}</span></div>'
    )


HIDDEN = {
    "broken": gettext_lazy(", promise broken"),
    "waiting": gettext_lazy(", waiting for the candidate"),
}


def chip(promise: Any, *, now: datetime, short: bool = False) -> SafeString:
    """A promise: what and by when, how it stands, whose move it is; empty for none."""
    if not promise:
        return SafeString("")
    made = parts.chip_of(promise, now=now)
    what = f'<span class="chip-what">{escape(retold(made.what))}</span>' if made.what and not short else ""
    dot = '<span aria-hidden="true">·</span>' if what else ""
    ended = made.tone in {"kept", "released", "changed"} or made.moment is None
    said = made.when if ended or made.moment is None else time(made.moment, made.when)
    hidden = f'<span class="visually-hidden">{HIDDEN[made.tone]}</span>' if made.tone in HIDDEN else ""
    when_said = f'<span class="chip-when">{said}</span>{hidden}'
    words = f"{what}{dot}{when_said}"
    if made.waits:  # how long somebody waits, whose move it is, and under it what comes next
        if what:
            what += f" {dot}\N{NO-BREAK SPACE}"  # the dot stays with what follows it
        elif made.moment and made.moment >= now:
            what = escape(gettext("next date")) + " "
        words = (
            f'<span class="chip-again">{escape(made.waits)}</span>'
            f'<span class="chip-next">{what}{when_said}</span>'
        )
    return SafeString(f'<span class="chip chip-{made.tone}">{icon(made.icon)}{words}{_side(made)}</span>')


def _side(made: parts.Chip) -> str:
    move = escape(made.move)
    if made.side in {"candidate", "scheduling"} and not (made.owner and made.side == "scheduling"):
        sign = icon("user" if made.side == "candidate" else "calendar", made.move)
        return f'<span class="chip-side" title="{move}">{sign}</span>'
    if not made.owner:
        return ""
    return (
        f'<span class="avatar-mark avatar-mark-xs" role="img" aria-label="{move}" title="{move}">'
        f"{escape(made.initials)}</span>"
    )
