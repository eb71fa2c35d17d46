"""An interview's card in the calendar, put together as text: a week shows hundreds of them."""

from functools import cache, lru_cache
from html import escape

from django.urls import reverse
from django.utils.safestring import SafeString

from ats.web import parts
from ats.web.markup import icon
from candidates.interviews.queries.calendar import Entry

STATES = {"held": ("check", "Took place"), "no_show": ("eye-off", "Candidate did not come")}
MOST_FACES = 4


def card(entry: Entry) -> SafeString:
    """When, whom, what, by whom; marked where it is over, or somebody cannot come."""
    marks = ""
    if entry.state in STATES:
        marks += icon(STATES[entry.state][0], STATES[entry.state][1])
    if entry.declined:
        marks += icon("alert", f"{', '.join(entry.declined)} cannot come")
    kinds = " is-mine" if entry.mine else ""
    kinds += " is-over" if entry.state in STATES else ""
    kinds += " is-wanting" if entry.declined else ""
    names = ", ".join(name for _, name in entry.people)
    return SafeString(
        f'<li class="meet{kinds}" data-item><a href="{_pages()}{entry.id}/">'
        f'<span class="meet-when"><time datetime="{entry.starts_at.isoformat(timespec="minutes")}">'
        f"{entry.starts_at:%H:%M}</time> to {entry.ends_at:%H:%M}{marks}</span>"
        f'<span class="meet-whom"><bdi>{escape(entry.candidate)}</bdi></span>'
        f'<span class="meet-what">{escape(entry.name)} · {escape(entry.role)}</span>'
        f'<span class="meet-who" title="{escape(names)}">{_faces(entry)}'
        f'<span class="visually-hidden">with {escape(names or "nobody yet")}</span></span></a></li>'
    )


def _faces(entry: Entry) -> str:
    shown = "".join(_face(name) for _, name in entry.people[:MOST_FACES])
    more = len(entry.people) - MOST_FACES
    return f'{shown}<span aria-hidden="true">+{more}</span>' if more > 0 else shown


@lru_cache(maxsize=1024)
def _face(name: str) -> str:
    initials = escape(parts.initials_of(name))
    return f'<span class="avatar-mark avatar-mark-xs" aria-hidden="true">{initials}</span>'


@cache
def _pages() -> str:
    """Where the pages of interviews are; worked out once, for a week has hundreds."""
    return reverse("interview_for_me", args=[0]).removesuffix("0/")
