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


def cards(entries: list[Entry]) -> SafeString:
    """The cards of these, one after the other."""
    return SafeString("".join(map(_card, entries)))


def _card(entry: Entry) -> str:
    """When, whom, what, by whom; marked where it is over, or somebody cannot come."""
    marks = ""
    if entry.state in STATES:
        marks += icon(STATES[entry.state][0], STATES[entry.state][1])
    if entry.declined:
        marks += icon("alert", f"{', '.join(entry.declined)} cannot come")
    kinds = " is-mine" if entry.mine else ""
    kinds += " is-over" if entry.state in STATES else ""
    kinds += " is-wanting" if entry.declined else ""
    since, until = entry.starts_at, entry.ends_at
    return (
        f'<li class="meet{kinds}" data-item><a href="{_pages()}{entry.id}/">'
        f'<span class="meet-when"><time datetime="{since.isoformat(timespec="minutes")}">'
        f"{since.hour:02}:{since.minute:02}</time> to {until.hour:02}:{until.minute:02}{marks}</span>"
        f'<span class="meet-whom"><bdi>{escape(entry.candidate)}</bdi></span>'
        f'<span class="meet-what">{_words(entry.name)} · {_words(entry.role)}</span>{_who(entry.people)}</a></li>'
    )


@lru_cache(maxsize=1024)
def _words(said: str) -> str:
    """The same few names of interviews and roles stand on all of them."""
    return escape(said)


@lru_cache(maxsize=1024)
def _who(people: tuple[tuple[int, str], ...]) -> str:
    names = ", ".join(name for _, name in people)
    return (
        f'<span class="meet-who" title="{escape(names)}">{_faces(people)}'
        f'<span class="visually-hidden">with {escape(names or "nobody yet")}</span></span>'
    )


def _faces(people: tuple[tuple[int, str], ...]) -> str:
    shown = "".join(_face(name) for _, name in people[:MOST_FACES])
    more = len(people) - MOST_FACES
    return f'{shown}<span aria-hidden="true">+{more}</span>' if more > 0 else shown


def _face(name: str) -> str:
    initials = escape(parts.initials_of(name))
    return f'<span class="avatar-mark avatar-mark-xs" aria-hidden="true">{initials}</span>'


@cache
def _pages() -> str:
    """Where the pages of interviews are; worked out once, for a week has hundreds."""
    return reverse("interview_for_me", args=[0]).removesuffix("0/")
