"""The rows of the list of people, put together as text: for a template each of their parts costs more than its row."""

from collections.abc import Callable
from html import escape

from django.utils import timezone
from django.utils.safestring import SafeString

from ats.kernel import when
from ats.kernel.staff_words import gettext
from ats.web import markup
from candidates.people_pages.domain.columns import Wish
from candidates.people_pages.queries.listing import Line


def rows(lines: list[Line], wish: Wish, *, are_picked: bool) -> SafeString:
    """A row for each; `are_picked`: with a box by which it is selected."""
    cells = [_CELLS[name] for name in wish.columns]
    return SafeString(
        "".join(
            f"<tr data-item>{_box(line) if are_picked else ''}{_name(line)}{''.join(cell(line) for cell in cells)}</tr>"
            for line in lines
        )
    )


def _box(line: Line) -> str:
    said = escape(gettext("Select %(name)s") % {"name": line.candidate.name})
    return (
        '<td class="row-pick"><label class="pick"><input class="form-check-input" type="checkbox"'
        f' value="{line.candidate.pk}" data-row-pick aria-label="{said}"></label></td>'
    )


def _name(line: Line) -> str:
    parts = "".join(
        f"<mark>{escape(part.text)}</mark>" if part.is_hit else escape(part.text) for part in line.why
    )
    why = f'<p class="people-why">{parts}</p>' if parts else ""
    return f"<td>{markup.person(line.candidate, href=line.href, sheet=line.href)}{why}</td>"


def _applications(line: Line) -> str:
    roles = "".join(
        f'<div class="people-role"><a href="{href}">{escape(title)}</a>'
        f' <span class="text-secondary">{escape(how)}</span></div>'
        for href, title, how in line.roles
    )
    if not roles:
        roles = _aside(gettext("No application"))
    if line.further:
        roles += _aside(gettext("and %(further)s more") % {"further": line.further})
    return f'<td class="people-roles">{roles}</td>'


def _aside(words: str) -> str:
    return f'<span class="text-secondary">{escape(words)}</span>'


def _owed(line: Line) -> str:
    return f'<td class="people-promise">{markup.chip(line.promise, now=timezone.now())}</td>'


def _tags(line: Line) -> str:
    marks = "".join(f'<span class="tag-mark">{escape(tag)}</span> ' for tag in line.tags)
    return f'<td class="people-tags">{marks}</td>'


def _since(line: Line) -> str:
    since = line.candidate.created_at
    return f'<td class="number text-secondary">{markup.time(since, when.ago(since, now=timezone.now()))}</td>'


_CELLS: dict[str, Callable[[Line], str]] = {
    "applications": _applications,
    "owed": _owed,
    "tags": _tags,
    "since": _since,
    "source": lambda line: f"<td>{escape(line.source)}</td>",
    "city": lambda line: f"<td>{escape(line.candidate.city)}</td>",
    "email": lambda line: f'<td class="people-contact">{escape(line.candidate.email)}</td>',
    "phone": lambda line: f'<td class="people-contact"><bdi>{escape(line.candidate.phone)}</bdi></td>',
}
