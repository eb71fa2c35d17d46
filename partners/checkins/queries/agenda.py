"""The agenda of a check-in, written from the facts of both sides and kept as it was.

It holds numbers and row ids, no candidate's name: those are looked up when it is shown, so that erasing a
person erases them here too. It is a picture of one moment: what happened since is in `changes.py`.
"""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.db.models import Count, Exists, F, OuterRef, Q

from ats.activity.models import Activity
from ats.kernel.kept import kept
from ats.kernel.languages import Words, ours
from ats.kernel.staff_words import gettext_lazy, ngettext_lazy
from candidates.models import KeptFrom, Promise
from partners.checkins.models import CheckIn, CheckInState
from partners.checkins.pages.cards import Card
from partners.checkins.queries import owing
from partners.checkins.queries.known import Known
from partners.commitments.models import Commitment, CommitmentState
from partners.partnerships.models import PartnerSide
from partners.partnerships.queries import status

LONGEST_LIST = 12
NOTHING = gettext_lazy("Nothing moved")
MOVES = {
    "application.received": ngettext_lazy("%(number)s person applied", "%(number)s people applied", "number"),
    "application.added": ngettext_lazy(
        "%(number)s person was added", "%(number)s people were added", "number"
    ),
    "application.moved": ngettext_lazy(
        "%(number)s move along the steps", "%(number)s moves along the steps", "number"
    ),
    "application.rejected": ngettext_lazy("%(number)s was declined", "%(number)s were declined", "number"),
    "application.withdrawn": ngettext_lazy("%(number)s withdrew", "%(number)s withdrew", "number"),
    "application.hired": ngettext_lazy("%(number)s was hired", "%(number)s were hired", "number"),
}
STATES = (
    CommitmentState.KEPT,
    CommitmentState.LATE,
    CommitmentState.MISSED,
    CommitmentState.DUE,
    CommitmentState.WAITING,
)


@ours
def write(check_in: CheckIn, *, now: datetime) -> dict[str, Any]:
    """The agenda as the facts are at `now`, ready to be stored."""
    partnership = check_in.partnership
    since, known = since_when(check_in), Known(partnership, now)
    standing, goal = known.standing, known.goal
    cards = owing.owed(partnership, now=now, known=known)
    return {
        "since": since.isoformat(),
        "because": because(check_in),
        "standing": status.in_one_sentence(partnership, goal=goal, standing=standing),
        "seats": goal.seats,
        "filled": goal.filled,
        "sides": {
            side.value: {
                "counts": counts(partnership.pk, side.value, since=since),
                "next": [_step(card) for card in cards[side.value] if card.code != "check_in"],
            }
            for side in PartnerSide
        },
        "waiting": {
            side: {"count": row.count, "late": row.late, "first_due": _iso(row.first_due)}
            for side, row in standing.waiting.items()
        },
        "candidates": longest_waiting(partnership.requisition_id),
        "waits": who_waits(partnership.requisition_id),
        "funnel": [{"name": step.name, "kind": step.kind, "count": step.count} for step in standing.steps],
        "moved": moved_since(partnership.requisition_id, since=since, now=now),
    }


def because(check_in: CheckIn) -> list[str]:
    """What it is to speak about, beside what is owed: why it was raised, and what rooms above put on it."""
    raised = [reason.said for reason in check_in.reasons.all()]
    return raised + [said for each in _topics for said in each(check_in)]


Topic = Callable[[CheckIn], list[str]]
_topics: list[Topic] = []


def topic(said: Topic) -> Topic:
    """Let the decorated function put lines on the agenda of a check-in."""
    _topics.append(said)
    return said


def since_when(check_in: CheckIn) -> datetime:
    """The agenda before this one, or the beginning: what happened after it is news."""
    before = (
        CheckIn.objects.filter(partnership=check_in.partnership_id, number__lt=check_in.number)
        .filter(state__in=[CheckInState.HELD, CheckInState.SKIPPED])
        .order_by("-number")
        .first()
    )
    if before is not None and before.agenda_written_at is not None:
        return before.agenda_written_at
    return check_in.partnership.started_at


def counts(partnership_id: int, side: str, *, since: datetime) -> dict[str, int]:
    """Kept and late since then; missed, due and waiting as it is now."""
    rows = Commitment.objects.filter(partnership=partnership_id, side=side)
    in_time = Q(settled_at__gte=since) | Q(settled_at__isnull=True)
    found = rows.filter(in_time).values_list("state").annotate(count=Count("pk"))
    known = dict(found)
    return {state.value: known.get(state.value, 0) for state in STATES}


def longest_waiting(requisition_id: int) -> list[dict[str, Any]]:
    """Who waits for what from whom: those behind broken dates on top, then the one due first."""
    rows = of_partners(Promise.objects.open().filter(application__requisition=requisition_id))
    rows = rows.order_by(F("waiting_since").asc(nulls_last=True), "due_at", "pk")
    return [
        {
            "promise": promise,
            "application": application,
            "what": what,
            "side": side,
            "due_at": due_at.isoformat(),
            "broken": broken,
            "since": since and since.isoformat(),
        }
        for promise, application, what, side, due_at, broken, since in rows.values_list(
            "pk", "application_id", "what", "side", "due_at", "broken_before", "waiting_since"
        )[:LONGEST_LIST]
    ]


def of_partners(rows: Any) -> Any:
    """Without what is about somebody of whom one of the house must not know: that is no matter of partners."""
    kept = KeptFrom.objects.in_force().filter(application=OuterRef("application_id"))
    return rows.filter(~Exists(kept))


def who_waits(requisition_id: int) -> list[int]:
    """Everybody's application to whom something is promised, in no order that means anything."""
    rows = of_partners(Promise.objects.open().filter(application__requisition=requisition_id))
    return sorted(rows.values_list("application_id", flat=True))


def moved_since(requisition_id: int, *, since: datetime, now: datetime) -> dict[str, int]:
    """How often each thing happened to applications of this role."""
    rows = of_partners(
        Activity.objects.filter(
            requisition_id=requisition_id, verb__in=MOVES, occurred_at__gt=since, occurred_at__lte=now
        )
    )
    found = dict(rows.values_list("verb").annotate(count=Count("pk")))
    return {verb: found[verb] for verb in MOVES if verb in found}


def moves_in_words(moved: dict[str, int], nothing: Words = NOTHING) -> str:
    said = [MOVES[verb] % {"number": moved[verb]} for verb in MOVES if verb in moved]
    return ", ".join(map(str, said)) or str(nothing)


COUNTS = {
    "kept": kept("%(count)s kept"),
    "late": kept("%(count)s late"),
    "missed": kept("%(count)s missed"),
    "due": kept("%(count)s still in time"),
    "waiting": kept("%(count)s waiting"),
}


def counts_in_words(tally: dict[str, int]) -> str:
    said = [word % {"count": tally[state]} for state, word in COUNTS.items() if tally.get(state)]
    return ", ".join(said) or kept("nothing due yet")


def _step(card: Card) -> dict[str, Any]:
    return {
        "code": card.code,
        "text": card.text,
        "due_at": _iso(card.due_at),
        "late": card.late,
        "lateness": card.lateness,
        "said": str(card.said),
        "people": list(card.people),
    }


def _iso(moment: datetime | None) -> str | None:
    return moment.isoformat() if moment is not None else None
