"""Values behind the parts of a page, worked out apart from the templates so that they can be tested."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import groupby
from typing import Any

from django.utils import timezone

from ats.kernel import when
from ats.kernel.staff_words import gettext, gettext_lazy

SOON = timedelta(hours=24)
SIDES = {
    "recruiter": gettext_lazy("Recruiter's move"),
    "manager": gettext_lazy("Hiring manager's move"),
    "candidate": gettext_lazy("Candidate's move"),
    "scheduling": gettext_lazy("Scheduling"),
}


def name_of(person: Any) -> str:
    """The name of a user, a candidate, a mapping, or the text itself; empty for nobody."""
    if person is None:
        return ""
    if isinstance(person, Mapping):
        return str(person.get("name", ""))
    return str(getattr(person, "name", "") or getattr(person, "full_name", "") or person)


def initials_of(person: Any) -> str:
    words = [word for word in name_of(person).split() if word[0].isalnum()]
    return "".join(word[0] for word in (words[:1] + words[1:][-1:])).upper() or "?"


@dataclass(frozen=True)
class Chip:
    """A promise as its chip shows it."""

    tone: str  # calm, soon, broken, waiting, kept, released, changed
    icon: str
    what: str
    when: str
    moment: datetime | None
    owner: Any
    side: str
    move: str
    waits: str
    """How long they have waited in vain, in words; empty where no broken date lies behind the promise."""

    @property
    def initials(self) -> str:
        return initials_of(self.owner) if self.owner else ""


ICONS = {
    "calm": "circle",
    "soon": "half",
    "broken": "alert",
    "waiting": "waiting",
    "kept": "kept",
    "released": "minus",
    "changed": "minus",
}

SETTLED = {
    "kept": gettext_lazy("kept"),
    "released": gettext_lazy("no longer owed"),
    "changed": gettext_lazy("another date was given"),
}
ENDED = frozenset({"kept", "released", "broken", "changed"})


def tone_of(state: str, side: str, due_at: datetime, now: datetime) -> str:
    if state in ENDED:
        return state
    if due_at < now:
        return "broken"
    if side == "candidate":
        return "waiting"
    return "soon" if due_at - now <= SOON else "calm"


def chip_of(promise: Any, *, now: datetime) -> Chip:
    """The chip of a promise: its tone, its words, whose move it is."""

    def get(name: str, default: Any = None) -> Any:
        if isinstance(promise, Mapping):
            return promise.get(name, default)
        return getattr(promise, name, default)

    due_at, side, owner = get("due_at"), get("side", "recruiter") or "recruiter", get("owner")
    state, broken = get("state", "open"), get("broken_before", 0) or 0
    waits = when.waits(broken, get("waiting_since"), now=now) if broken and state not in ENDED else ""
    tone = "broken" if waits else tone_of(state, side, due_at, now)
    words = str(SETTLED[tone]) if tone in SETTLED else when.due(due_at, now=now)
    is_debt = get("kind", "") == "debt" and state not in ENDED
    if is_debt:
        words = gettext("without a date")
    move = str(SIDES.get(side, ""))
    if owner and side != "candidate":
        move = gettext("%(person)s's move") % {"person": name_of(owner)}
    return Chip(
        tone=tone,
        icon=ICONS[tone],
        what=str(get("what", "")),
        when=words,
        moment=None if is_debt else due_at,
        owner=owner,
        side=side,
        move=move,
        waits=waits,
    )


@dataclass(frozen=True)
class Figure:
    """A number with what makes it mean something."""

    label: str
    value: Any
    unit: str = ""
    before: Any = None
    usual: Any = None
    cases: int | None = None
    few: int = 5
    note: str = ""
    bad: bool = False

    @property
    def too_few(self) -> bool:
        return self.value is None or (self.cases is not None and self.cases < self.few)

    @property
    def change(self) -> str:
        """`up`, `down` or `same` against before; no word where either is no number."""
        try:
            difference = float(self.value) - float(self.before)
        except (TypeError, ValueError):
            return ""
        return "same" if difference == 0 else "up" if difference > 0 else "down"


KINDS = ("kept", "late", "missed")
KIND_WORDS = {"kept": gettext_lazy("kept"), "late": gettext_lazy("late"), "missed": gettext_lazy("missed")}


@dataclass(frozen=True)
class Segment:
    kind: str
    count: int
    x: float
    width: float


@dataclass(frozen=True)
class Side:
    name: str
    total: int
    segments: list[Segment]
    said: str


def two_sides(
    left: Mapping[str, int], right: Mapping[str, int], *, left_name: str, right_name: str
) -> tuple[Side, Side]:
    """Both sides of a commitment on one scale, growing outwards from the middle, in percent."""
    scale = max(sum(left.get(k, 0) for k in KINDS), sum(right.get(k, 0) for k in KINDS), 1)

    def side(name: str, counts: Mapping[str, int], *, mirrored: bool) -> Side:
        segments, at = [], 0.0
        for kind in KINDS:
            width = counts.get(kind, 0) * 100 / scale
            if width:
                x = 100 - at - width if mirrored else at
                segments.append(Segment(kind, counts[kind], round(x, 3), round(width, 3)))
                at += width
        said = ", ".join(f"{counts[kind]} {KIND_WORDS[kind]}" for kind in KINDS if counts.get(kind))
        return Side(name, sum(counts.get(k, 0) for k in KINDS), segments, said or gettext("nothing due yet"))

    return side(left_name, left, mirrored=True), side(right_name, right, mirrored=False)


def by_day(entries: Iterable[Any]) -> list[tuple[date, list[Any]]]:
    """Entries with an `at`, in their order, grouped by the viewer's day."""

    def day(entry: Any) -> date:
        at = entry["at"] if isinstance(entry, Mapping) else entry.at
        return timezone.localtime(at).date()

    return [(key, list(group)) for key, group in groupby(entries, key=day)]


def around(current: int, last: int, *, reach: int = 2) -> list[int | None]:
    """Numbers of pages to show, `None` where some are left out."""
    shown = sorted({1, last, *range(max(1, current - reach), min(last, current + reach) + 1)})
    numbers: list[int | None] = []
    for number in shown:
        if numbers and numbers[-1] is not None and number - numbers[-1] > 1:
            numbers.append(None)
        numbers.append(number)
    return numbers
