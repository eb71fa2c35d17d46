"""An interview's card in the calendar, put together as text: a week shows hundreds of them.

And the places on the pages of interviews that rooms above fill.
"""

from collections.abc import Callable
from datetime import datetime
from functools import cache, lru_cache
from html import escape

from django.urls import reverse
from django.utils.safestring import SafeString

from ats.accounts.models import User
from ats.kernel.staff_words import gettext, gettext_lazy
from ats.web import parts
from ats.web.markup import icon
from candidates.applications.models import Application
from candidates.interviews.models import Interview
from candidates.interviews.queries.calendar import Entry
from requisitions.roles.pages.cards import Panel

STATES = {
    "held": ("check", gettext_lazy("Took place")),
    "no_show": ("eye-off", gettext_lazy("Candidate did not come")),
}
MOST_FACES = 4


def cards(entries: list[Entry]) -> SafeString:
    """The cards of these, one after the other."""
    return SafeString("".join(map(_card, entries)))


def _card(entry: Entry) -> str:
    """When, whom, what, by whom; marked where it is over, somebody cannot come, or the viewer only sits in."""
    marks = ""
    if entry.state in STATES:
        marks += icon(STATES[entry.state][0], str(STATES[entry.state][1]))
    if entry.declined:
        marks += icon("alert", gettext("%(names)s cannot come") % {"names": ", ".join(entry.declined)})
    if entry.learns:
        marks += icon("eye", gettext("You sit in, to learn"))
    kinds = " is-mine" if entry.mine else ""
    kinds += " is-over" if entry.state in STATES else ""
    kinds += " is-wanting" if entry.declined else ""
    since, until = entry.starts_at, entry.ends_at
    ends = gettext("to %(end)s") % {"end": f"{until.hour:02}:{until.minute:02}"}
    who = _who(entry.people, entry.shadows, gettext("sits in"))
    return (
        f'<li class="meet{kinds}" data-item><a href="{_pages()}{entry.id}/">'
        f'<span class="meet-when"><time datetime="{since.isoformat(timespec="minutes")}">'
        f"{since.hour:02}:{since.minute:02}</time> {ends}{marks}</span>"
        f'<span class="meet-whom"><bdi>{escape(entry.candidate)}</bdi></span>'
        f'<span class="meet-what">{_words(entry.name)} · {_words(entry.role)}</span>{who}</a></li>'
    )


@lru_cache(maxsize=1024)
def _words(said: str) -> str:
    """The same few names of interviews and roles stand on all of them."""
    return escape(said)


@lru_cache(maxsize=1024)
def _who(people: tuple[tuple[int, str], ...], shadows: tuple[int, ...], sits_in: str) -> str:
    names = ", ".join(f"{name} ({sits_in})" if person in shadows else name for person, name in people)
    said = escape(gettext("with %(names)s") % {"names": names or gettext("nobody yet")})
    return (
        f'<span class="meet-who" title="{escape(names)}">{_faces(people, shadows)}'
        f'<span class="visually-hidden">{said}</span></span>'
    )


def _faces(people: tuple[tuple[int, str], ...], shadows: tuple[int, ...]) -> str:
    shown = "".join(_face(name, sits_in=person in shadows) for person, name in people[:MOST_FACES])
    more = len(people) - MOST_FACES
    return f'{shown}<span aria-hidden="true">+{more}</span>' if more > 0 else shown


def _face(name: str, *, sits_in: bool) -> str:
    initials, mark = escape(parts.initials_of(name)), " is-shadow" if sits_in else ""
    return f'<span class="avatar-mark avatar-mark-xs{mark}" aria-hidden="true">{initials}</span>'


@cache
def _pages() -> str:
    """Where the pages of interviews are; worked out once, for a week has hundreds."""
    return reverse("interview_for_me", args=[0]).removesuffix("0/")


InterviewMaker = Callable[[Interview, User, datetime], Panel | None]
ArrangingMaker = Callable[[Application, User, datetime], Panel | None]
_on_interview: list[InterviewMaker] = []
_on_arranging: list[ArrangingMaker] = []


def interview_shows(maker: InterviewMaker) -> InterviewMaker:
    """Show on the page of an interview what the decorated function makes."""
    _on_interview.append(maker)
    return maker


def arranging_shows(maker: ArrangingMaker) -> ArrangingMaker:
    """Show on the page where interviews are arranged what the decorated function makes."""
    _on_arranging.append(maker)
    return maker


def shown_on_interview(interview: Interview, *, user: User, now: datetime) -> list[Panel]:
    made = (maker(interview, user, now) for maker in _on_interview)
    return [piece for piece in made if piece is not None]


def shown_on_arranging(application: Application, *, user: User, now: datetime) -> list[Panel]:
    made = (maker(application, user, now) for maker in _on_arranging)
    return [piece for piece in made if piece is not None]
