"""A card of the board: a few lines about one person.

A board shows two hundred at a time, so they are put together as text and not by a template, which would
take most of the page's time for them alone.
"""

import zlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from html import escape
from typing import Any

from django.utils.safestring import SafeString

from ats.kernel import when
from ats.kernel.staff_words import gettext, ngettext, pgettext_lazy
from ats.web import markup
from ats.web.markup import icon
from candidates.people.models import who


@dataclass(frozen=True)
class Mark:
    """What one reviewer said: yes, no, unsure, or nothing yet."""

    verdict: str
    reviewer: str

    @property
    def said(self) -> str:
        return self.verdict or "asked"

    @property
    def html(self) -> str:
        who, said = escape(self.reviewer), VERDICTS[self.said]
        by = gettext("by %(name)s") % {"name": who}
        return (
            f'<span class="board-mark board-mark-{self.said}" title="{who}: {said}">'
            f'{icon(SIGNS[self.said])}{said}<span class="visually-hidden"> {by}</span></span>'
        )


VERDICTS = {
    "yes": pgettext_lazy("a view", "yes"),
    "no": pgettext_lazy("a view", "no"),
    "unsure": pgettext_lazy("a view", "unsure"),
    "asked": pgettext_lazy("a view", "asked"),
}
SIGNS = {"yes": "check", "no": "x", "unsure": "question", "asked": "waiting"}


@dataclass(frozen=True)
class Card:
    """One application on the board; `chip` is its promise, ready to be shown."""

    id: int
    stage_id: int
    version: int
    name: str
    about: str
    entered_at: datetime
    entered: str
    since: str
    hired: bool
    writes: bool
    chip: str
    marks: tuple[Mark, ...]

    @property
    def digest(self) -> str:
        """Changes when the card would look different: a page that has it already leaves it alone."""
        return f"{zlib.crc32(repr(self).encode()):x}"

    @property
    def html(self) -> SafeString:
        """The card of somebody who works on the board."""
        name = escape(self.name)
        return self._html(
            name,
            pick='<input class="form-check-input board-pick" type="checkbox" data-pick'
            f' aria-label="{gettext("Select %(name)s") % {"name": name}}">',
            more='<button class="board-more" type="button" data-card-menu aria-haspopup="dialog"'
            f' aria-label="{gettext("Move or decide: %(name)s") % {"name": name}}">{icon("more")}</button>',
        )

    @property
    def html_to_look_at(self) -> SafeString:
        """The card of somebody who only looks on."""
        return self._html(escape(self.name))

    def _html(self, name: str, *, pick: str = "", more: str = "") -> SafeString:
        kind = "board-card board-card-hired" if self.hired else "board-card"
        if self.hired:
            pick = more = ""
        about = (
            f'<p class="board-about" title="{escape(self.about)}">{escape(self.about)}</p>'
            if self.about
            else ""
        )
        writes = ""
        if self.writes:
            writes = WRITES.format(icon=icon("message"), said=gettext("A message waits for an answer"))
        address = f"/applications/{self.id}/"
        since = gettext("In this stage since %(day)s") % {"day": self.since}
        return SafeString(
            f'<li class="{kind}" id="card-{self.id}" data-card="{self.id}" data-stage="{self.stage_id}"'
            f' data-version="{self.version}" data-entered="{self.entered_at.isoformat("T", "microseconds")}"'
            f' data-digest="{self.digest}" data-item>'
            f'<div class="board-who">{pick}<a class="board-name" href="{address}" hx-get="{address}"'
            f" data-sheet-item><bdi>{name}</bdi></a>{more}</div>{about}"
            f'<div class="board-line"><span class="board-here" title="{since}">'
            f"{icon('clock')}{self.entered}</span>{''.join(mark.html for mark in self.marks)}{writes}</div>"
            f"{self.chip}</li>"
        )


WRITES = (
    '<span class="board-mark board-mark-writes" title="{said}">{icon}'
    '<span class="visually-hidden">{said}</span></span>'
)


def made_of(rows: Iterable[Mapping[str, Any]], now: datetime) -> list[Card]:
    """Cards from the rows that `board.read_cards` reads; promises that read the same are put together once."""
    chips: dict[tuple[Any, ...], str] = {}
    return [
        Card(
            id=row["id"],
            stage_id=row["stage_id"],
            version=row["version"],
            name=f"{row['first_name']} {row['last_name']}".strip() or gettext("No name"),
            about=who(row["headline"], row["city"]),
            entered_at=row["stage_entered_at"],
            entered=time_here(row["stage_entered_at"], now),
            since=when.day(row["stage_entered_at"], now=now),
            hired=row["state"] == "hired",
            writes=row["writes"],
            chip=_chip(row, chips, now),
            marks=tuple(Mark(verdict, reviewer) for verdict, reviewer in row["marks"] or ()),
        )
        for row in rows
    ]


PROMISE = ("kind", "what", "usual", "due_at", "side", "owner", "broken_before", "waiting_since")


def _chip(row: Mapping[str, Any], chips: dict[tuple[Any, ...], str], now: datetime) -> str:
    if row["due_at"] is None:
        return ""
    key = tuple(row[name] for name in PROMISE)
    if key not in chips:
        # The column's head says what its stage promises; a card says it only where something else is owed.
        chips[key] = markup.chip(
            dict(zip(PROMISE, key, strict=True)),
            now=now,
            short=row["what"] == row["usual"] and row["kind"] != "debt",
        )
    return chips[key]


def time_here(since: datetime, now: datetime) -> str:
    """`today`, `1 day`, `12 days`."""
    days = when.days_between(since, now)
    if days <= 0:
        return gettext("today")
    return ngettext("%(number)s day", "%(number)s days", days) % {"number": days}
