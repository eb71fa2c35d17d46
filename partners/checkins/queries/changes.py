"""What happened since an agenda was written: who came, left, was answered, was decided; what was done.

The agenda stays as it was. Beside it stands this, so that nobody takes a figure of Monday for one of today.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db.models import Q

from ats.kernel.languages import Words, ours
from ats.kernel.staff_words import gettext, gettext_lazy, ngettext
from candidates.models import Application, ApplicationState, Promise
from candidates.promises.models import PromiseState
from partners.checkins.models import CheckIn, CheckInState
from partners.checkins.pages import cards
from partners.checkins.pages.cards import Card
from partners.checkins.queries import agenda, owing
from partners.checkins.queries.known import Known

AHEAD = (CheckInState.PLANNED, CheckInState.READY)
DECIDED: Mapping[str, Words] = {
    ApplicationState.REJECTED: gettext_lazy("was declined"),
    ApplicationState.WITHDRAWN: gettext_lazy("withdrew"),
    ApplicationState.HIRED: gettext_lazy("was hired"),
}
DONE = gettext_lazy("done since")
"""What became of a step that is not owed any more."""
SETTLED: Mapping[str, Words] = {
    PromiseState.KEPT: gettext_lazy("got what was promised"),
    PromiseState.BROKEN: gettext_lazy("their date passed"),
    PromiseState.RELEASED: gettext_lazy("something else was agreed"),
}


@dataclass(frozen=True)
class Change:
    """Since an agenda; empty where it is about now, or where the check-in is past."""

    moved: str
    """In words, between the agenda and now, or its check-in."""
    then: int | None = None
    now: int | None = None
    """How many waited, and wait now."""
    came: int = 0
    people: Mapping[int, str] = field(default_factory=dict)
    """What became of those of the agenda, by application."""
    others: Sequence[tuple[Application, Promise]] = ()
    """Who waits and was not there: the one due first on top."""
    steps: Mapping[tuple[str, str], str] = field(default_factory=dict)
    """What became of a step, by its side and code."""
    owed: Mapping[str, Sequence[Card]] = field(default_factory=dict)
    """What each side owes that it did not owe then."""
    funnel: Sequence[int] = ()

    @property
    def left(self) -> int:
        return (self.then or 0) + self.came - (self.now or 0)

    @property
    def waiting(self) -> str:
        """`18 waited then, 11 wait now: 2 came, 9 left.`"""
        if self.then is None or self.now is None:
            return ""
        parts = []
        if self.came:
            parts.append(gettext("%(number)s came") % {"number": self.came})
        if self.left:
            parts.append(gettext("%(number)s left or got an outcome") % {"number": self.left})
        said = ngettext(
            "%(number)s person waited then, %(now)s now",
            "%(number)s people waited then, %(now)s now",
            self.then,
        ) % {"number": self.then, "now": self.now}
        return f"{said}: {', '.join(parts)}." if parts else f"{said}."


def since(check_in: CheckIn, *, now: datetime) -> Change | None:
    """None where nothing was written yet."""
    written, facts = check_in.agenda_written_at, check_in.agenda
    if written is None or not facts:
        return None
    ahead = check_in.state in AHEAD
    requisition = check_in.partnership.requisition_id
    end = now if ahead else check_in.held_at or check_in.skipped_at
    moved = agenda.moves_in_words(agenda.moved_since(requisition, since=written, now=end), nothing="")
    if not ahead:
        return Change(moved=moved)
    waits = agenda.who_waits(requisition)
    then = facts.get("waits")
    standing = Known(check_in.partnership, now)
    steps, owed = _steps(facts, owing.owed(check_in.partnership, now=now, known=standing))
    known = then if then is not None else [row["application"] for row in facts.get("candidates", [])]
    return Change(
        moved=moved,
        then=len(then) if then is not None else None,
        now=len(waits) if then is not None else None,
        came=len(set(waits) - set(known)),
        people=_people(facts.get("candidates", [])),
        others=_others(requisition, without=known) if then is not None else (),
        steps=steps,
        owed=owed,
        funnel=[step.count for step in standing.standing.steps],
    )


def _people(rows: Iterable[Mapping[str, Any]]) -> dict[int, str]:
    """Two queries."""
    rows = list(rows)
    promised = {row["application"]: row.get("promise") for row in rows}
    states = dict(Application.objects.filter(pk__in=promised).values_list("pk", "state"))
    wanted = [number for number in promised.values() if number]
    settled = dict(Promise.objects.filter(pk__in=wanted).values_list("pk", "state"))
    return {
        application: str(said)
        for application, promise in promised.items()
        if (said := DECIDED.get(states.get(application, "")) or SETTLED.get(settled.get(promise or 0, "")))
    }


def _others(requisition_id: int, *, without: Iterable[int]) -> list[tuple[Application, Promise]]:
    rows = agenda.of_partners(
        Promise.objects.open().filter(
            ~Q(application__in=list(without)), application__requisition=requisition_id
        )
    )
    rows = rows.select_related("application__candidate", "application__stage").order_by("due_at", "pk")
    return [(row.application, row) for row in rows[: agenda.LONGEST_LIST]]


def _steps(
    facts: Mapping[str, Any], found: Mapping[str, Sequence[Card]]
) -> tuple[dict[tuple[str, str], str], dict[str, list[Card]]]:
    """What became of every step of the agenda, and what is owed that was not in it."""
    became: dict[tuple[str, str], str] = {}
    new: dict[str, list[Card]] = {}
    for side, mine in found.items():
        steps = facts["sides"][side]["next"]
        now = {_key(card): card for card in mine}
        for step in steps:
            if said := _became(step, now.get(key_of(step))):
                became[side, key_of(step)] = said
        known = {key_of(step) for step in steps} | {"check_in"}
        new[side] = [card for key, card in now.items() if key not in known]
    named = cards.with_names(card for mine in new.values() for card in mine)
    return became, {side: [card for card in named if card.side == side] for side in new}


def _text(card: Card) -> str:
    return card.text


def _key(card: Card) -> str:
    return ours(_text)(card) if card.code == "action" else card.code


def key_of(step: Mapping[str, Any]) -> str:
    """What a step is known by among those of its side: there are several actions, and one of everything else."""
    return step["text"] if step["code"] == "action" else step["code"]


def _became(step: Mapping[str, Any], card: Card | None) -> str:
    """`done since`, `2 of 3 done since`, `now: Give word to 11 candidates who wait`; empty while it is as it was."""
    if card is None:
        return str(DONE)
    people = set(step.get("people") or [])
    done, more = len(people - set(card.people)), len(set(card.people) - people)
    if not people:
        # An agenda from before the words were kept apart from their numbers says the same otherwise.
        # It was kept in English, whoever reads it now.
        same = ours(_text)(card) == step["text"] or "said" not in step
        return "" if same else gettext("now: %(what)s") % {"what": card.text}
    parts = []
    if done:
        some = gettext("%(done)s of %(number)s done since") % {"done": done, "number": len(people)}
        parts.append(str(DONE) if done == len(people) else some)
    if more:
        parts.append(gettext("%(number)s more came since") % {"number": more})
    return ", ".join(parts)
