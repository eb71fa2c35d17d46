"""One thing that one side owes now, as pages and agendas say it: what, about whom, by when, where it is done."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from ats.kernel.kept import kept
from ats.kernel.languages import Words
from ats.kernel.languages import listed as in_a_row
from ats.kernel.rows import listed as answered
from ats.kernel.staff_words import gettext, ngettext
from ats.organisation.domain import working_time
from ats.organisation.models import WorkingCalendar
from candidates.models import KEPT_FROM_ANYBODY

MOST_NAMED = 3
LATE = kept("%(span)s late")
"""As an agenda keeps it."""
NAMES = f"""
    SELECT a.id, c.first_name, c.last_name FROM candidates_application a
    JOIN candidates_candidate c ON c.id = a.candidate_id WHERE a.id = ANY(%(applications)s)
      AND a.id NOT IN {KEPT_FROM_ANYBODY}
"""  # noqa: S608


@dataclass(frozen=True, kw_only=True)
class Card:
    """In the imperative, with the one click that leads there.

    `said` holds a `{}` where it speaks of candidates: `people` are their applications, whoever is due first on
    top. The text has no name in it, so that it may be kept; pages say it with the names of today.
    """

    code: str
    side: str
    said: Words
    due_at: datetime | None
    late: bool
    href: str
    action: Words
    people: tuple[int, ...] = ()
    count: int = 0
    lateness: str = ""
    """How late it is, in working time; empty while it is not."""
    in_grace: bool = False
    """Its time is over, and by the agreement it still counts as kept."""
    named: str = ""

    @property
    def text(self) -> str:
        people = ngettext("%(number)s candidate", "%(number)s candidates", self.count) % {
            "number": self.count
        }
        return str(self.said).format(people)

    @property
    def with_names(self) -> str:
        return self.named or self.text


@dataclass(frozen=True)
class Clock:
    """How a time stands to now, in the working time of an office."""

    calendar: WorkingCalendar
    now: datetime

    def card(self, *, due_at: datetime | None, until_at: datetime | None = None, **facts: object) -> Card:
        """`until_at` is up to when it counts as kept, where that is later than its time."""
        until = until_at or due_at
        late = until is not None and until < self.now
        past = due_at is not None and due_at < self.now
        return Card(
            due_at=due_at,
            late=late,
            lateness=self.lateness(due_at) if late and due_at is not None else "",
            in_grace=past and not late,
            **facts,  # type: ignore[arg-type]
        )

    def lateness(self, due_at: datetime) -> str:
        time = in_working_time(self.calendar, working_time.hours_between(self.calendar, due_at, self.now))
        return gettext("%(time)s late") % {"time": time}


def in_working_time(calendar: WorkingCalendar, hours: float) -> str:
    """Working hours in words: `3 working hours`, `2 working days`; never minutes, nor nights and weekends."""
    if round(hours) < 1:
        return gettext("less than a working hour")
    day = working_time.hours_of_a_day(calendar)
    if hours < day:
        number = round(hours)
        return ngettext("%(number)s working hour", "%(number)s working hours", number) % {"number": number}
    number = round(hours / day)
    return ngettext("%(number)s working day", "%(number)s working days", number) % {"number": number}


def with_names(cards: Iterable[Card]) -> list[Card]:
    """The cards with the names of whom they are about; one query, none where they are about nobody."""
    cards = list(cards)
    names = names_of(pk for card in cards for pk in card.people[: MOST_NAMED + 1])
    return [replace(card, named=_named(card, names)) if card.people else card for card in cards]


def names_of(applications: Iterable[int]) -> dict[int, str]:
    """The candidates' names by application; who was erased has none, nor who is kept from somebody in the house."""
    wanted = set(applications)
    if not wanted:
        return {}
    rows = answered(NAMES, {"applications": list(wanted)})
    return {pk: f"{first} {last}".strip() for pk, first, last in rows}


def _named(card: Card, names: Mapping[int, str]) -> str:
    known = [names[pk] for pk in card.people if pk in names]
    return str(card.said).format(listed(known, card.count)) if known else ""


def listed(names: Sequence[str], count: int) -> str:
    """`Ada`, `Ada and Ben`, `Ada, Ben, Cleo and 4 more`."""
    shown = names[:MOST_NAMED] if count > MOST_NAMED + 1 else names[: MOST_NAMED + 1]
    more = count - len(shown)
    return in_a_row([*shown, gettext("%(number)s more") % {"number": more}] if more > 0 else shown)
