"""The lines of my day as text: there are dozens of them, and a template for each takes most of the page's time."""

from collections.abc import Iterable
from datetime import datetime
from html import escape

from django.utils.safestring import SafeString
from django.utils.text import Truncator

from ats.home.domain.rows import Row
from ats.kernel import when
from ats.kernel.kept import quoted
from ats.kernel.staff_words import gettext
from ats.web import markup

LONGEST_WROTE = 110


def rows(lines: Iterable[Row], *, now: datetime) -> SafeString:
    return SafeString("".join(_row(row, now) for row in lines))


def _row(row: Row, now: datetime) -> str:
    sheet = row.href if row.candidate and row.promise else ""
    person = markup.person(row.who, line=row.line, href=row.href, sheet=sheet)
    also = "".join(
        f'<p class="day-wrote">{markup.icon("plus")}'
        f'<span>{gettext("Also:")} <a href="{escape(more.way)}">{escape(more.what)}</a></span></p>'
        for more in row.also
    )
    return (
        f'<li class="row-item" data-item>{person}<div class="day-what">{_what(row, now)}{_wrote(row, now)}{also}'
        f'</div><div class="row-end">{_action(row)}</div></li>'
    )


def _what(row: Row, now: datetime) -> str:
    if row.promise:
        return markup.chip(row.promise, now=now)
    if not row.what or row.wrote:
        return ""
    icon = markup.icon(row.icon) if row.icon else ""
    return (
        f'<p class="day-debt">{icon}<span>{escape(row.what)}{_moment(row.moment, row.told, now)}</span></p>'
    )


def _wrote(row: Row, now: datetime) -> str:
    if row.wrote is None:
        return ""
    said = escape(Truncator(row.wrote.body).chars(LONGEST_WROTE))
    at = _moment(row.wrote.said_at, "ago", now)
    return f'<p class="day-wrote">{markup.icon("message")}<span>{quoted(said)}{at}</span></p>'


def _moment(moment: datetime | None, told: str, now: datetime) -> str:
    if moment is None:
        return ""
    if told == "due" and moment < now:
        return f" {markup.due_mark(moment, now=now)}"
    words = when.ago(moment, now=now) if told == "ago" else when.due(moment, now=now)
    return f' <span class="text-secondary">{markup.time(moment, words)}</span>'


def _action(row: Row) -> str:
    way = escape(row.way)
    dialog = f' hx-get="{way}" hx-target="#dialog"' if row.dialog else ""
    whom = escape(", ".join(filter(None, (row.name, row.line))))
    hidden = f'<span class="visually-hidden">: {whom}</span>'
    return f'<a class="btn" href="{way}"{dialog}>{escape(row.action)}{hidden}</a>'
