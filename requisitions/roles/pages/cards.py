"""Pieces of requisitions' pages: those that the floors above put there, and the lines of the list as text.

A template for each of fifty lines takes a quarter of the page's time.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from html import escape
from typing import Any

from django.utils.safestring import SafeString

from ats.accounts.models import User
from ats.kernel import when
from ats.kernel.staff_words import gettext, ngettext
from ats.web import markup
from ats.web.addresses import pages
from requisitions.roles.models import Requisition, RequisitionState
from requisitions.roles.queries import Row


@dataclass(frozen=True)
class Panel:
    """A piece of a page: a template, and what it is given under the name `panel`."""

    template: str
    context: Mapping[str, Any] = field(default_factory=dict)


PanelMaker = Callable[[Requisition, User, datetime], Panel | None]
PLACES = ("top", "main", "side", "end")
_panels: dict[str, list[PanelMaker]] = defaultdict(list)


def panel(place: str) -> Callable[[PanelMaker], PanelMaker]:
    """Show what the decorated function makes: on the overview (`top`, `main`, `side`), or where a role ends."""
    if place not in PLACES:
        raise ValueError(f"A requisition's pages have no place called {place}.")

    def register(maker: PanelMaker) -> PanelMaker:
        _panels[place].append(maker)
        return maker

    return register


def panels(place: str, requisition: Requisition, *, user: User, now: datetime) -> list[Panel]:
    made = (maker(requisition, user, now) for maker in _panels[place])
    return [piece for piece in made if piece is not None]


NoticeMaker = Callable[[User, datetime], Panel | None]
_notices: list[NoticeMaker] = []


def notice(maker: NoticeMaker) -> NoticeMaker:
    """Show what the decorated function makes above the list of roles."""
    _notices.append(maker)
    return maker


def notices(user: User, *, now: datetime) -> list[Panel]:
    """What is to be seen above the list."""
    return [piece for maker in _notices if (piece := maker(user, now)) is not None]


ICONS = {"draft": "edit", "open": "play", "on_hold": "pause", "filled": "check"}
"""Of a state; an `x` for the others."""
LABELS = dict(RequisitionState.choices)


def lines(rows: Iterable[Row], *, now: datetime) -> SafeString:
    page, said = pages("requisition"), Said()
    return SafeString("".join(_line(row, page(row.pk), now, said) for row in rows))


@dataclass(frozen=True)
class Said:
    """The words of the list, said once for all its lines."""

    not_yet: str = field(default_factory=lambda: escape(gettext("Not yet")))
    not_named: str = field(default_factory=lambda: escape(gettext("Not named yet")))
    of_seats: str = field(default_factory=lambda: escape(gettext("%(filled)s of %(seats)s")))
    confidential: str = field(default_factory=lambda: escape(gettext("Confidential")))
    in_time: str = field(default_factory=lambda: escape(gettext("In time")))


def _line(row: Row, href: str, now: datetime, said: Said) -> str:
    opened = markup.time(row.opened_at, when.ago(row.opened_at, now=now)) if row.opened_at else said.not_yet
    manager = escape(row.manager) or _quiet(said.not_named)
    seats = said.of_seats % {"filled": row.filled, "seats": row.seats}
    return (
        f'<tr data-item><td class="role-cell"><a class="role-name" href="{href}">{escape(row.title)}</a>'
        f'<span class="role-line">{_about(row, said)}</span></td><td>{state(row.state)}</td>'
        f'<td class="roomy">{manager}</td><td class="roomy">{escape(row.recruiter)}</td>'
        f'<td class="number roomy">{seats}</td>'
        f'<td class="number wider">{row.figures.active or _quiet("0")}</td>'
        f'<td class="number roomy">{row.figures.new or _quiet("0")}</td>'
        f'<td>{_owed(row, said)}</td><td class="text-secondary roomy">{opened}</td></tr>\n'
    )


def _about(row: Row, said: Said) -> str:
    facts = [escape(part) for part in (row.reference, row.department, row.location) if part]
    return " · ".join([*facts, f"{markup.icon('lock')} {said.confidential}"] if row.confidential else facts)


def state(value: str) -> SafeString:
    """How a role stands: a sign and a word."""
    sign = markup.icon(ICONS.get(value, "x"))
    return SafeString(f'<span class="tag-mark role-state role-state-{value}">{sign}{LABELS[value]}</span>')


def _owed(row: Row, said: Said) -> str:
    if late := row.figures.overdue:
        words = ngettext("%(number)s waits too long", "%(number)s wait too long", late) % {"number": late}
        return f'<span class="chip chip-broken">{markup.icon("alert")}<span class="chip-text">{words}</span></span>'
    return _quiet(said.in_time) if row.figures.active else ""


def _quiet(words: str) -> str:
    return f'<span class="text-secondary">{words}</span>'
