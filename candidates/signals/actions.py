"""Finding signals, and what people say of them. Nothing else comes of one: nobody is moved, answered or held back."""

from datetime import datetime
from functools import partial

from django.db import transaction

from ats.accounts.models import User
from ats.activity import hearing
from ats.activity.record import record
from ats.duework.faults import each_apart
from ats.kernel.access import get_for
from ats.kernel.errors import Conflict, Invalid
from ats.kernel.staff_words import gettext
from candidates.compose.words import typed
from candidates.people.models import Candidate
from candidates.signals.models import LONGEST_REASON, Signal, SignalPerson, SignalState
from candidates.signals.queries.finding import signals_of
from candidates.signals.rules import SEE

HEARER = "signals"
HEARD = (
    "candidate.added",
    "candidate.changed",
    "candidate.address_added",
    "application.received",
    "application.came_to_light",
    "document.read",
)


@transaction.atomic
def look(now: datetime) -> int:
    """One batch of those of whom something was recorded; how many things were heard."""
    if hearing.is_quiet(HEARER, HEARD, now):
        return 0
    activities = hearing.heard(HEARER, HEARD, now)
    numbers = {each.candidate_id for each in activities if each.candidate_id}
    people = Candidate.objects.without_words().filter(pk__in=numbers).order_by("pk")
    each_apart(people, partial(note, now=now))
    return len(activities)


def note(candidate: Candidate, *, now: datetime) -> None:
    """Write down what there is to look at; what was decided stays so, unless somebody new is in it."""
    for (kind, key), people in signals_of(candidate).items():
        Signal.objects.bulk_create([Signal(kind=kind, key=key, found_at=now)], ignore_conflicts=True)
        signal = Signal.objects.select_for_update(no_key=True).get(kind=kind, key=key)
        known = set(signal.people.values_list("candidate", flat=True))
        new = sorted(people - known)
        rows = [SignalPerson(signal=signal, candidate_id=number, found_at=now) for number in new]
        SignalPerson.objects.bulk_create(rows, ignore_conflicts=True)
        if new and signal.state != SignalState.OPEN:
            signal.state, signal.found_at = SignalState.OPEN, now
            signal.save(update_fields=["state", "found_at"])
            record("signal.opened_again", subject=signal, by=None, now=now)


@transaction.atomic
def decide(*, signal_id: int, is_ok: bool, reason: str, people: int, by: User, now: datetime) -> Signal:
    """A person's verdict, with the reason; `people` is how many they saw in it.

    Whoever is concerned goes on as before: what is promised to them stays, until somebody decides about them by hand.
    """
    signal = get_for(Signal.objects.all(), signal_id, user=by, permission=SEE, for_update=True)
    said = typed(reason)
    if not said:
        raise Invalid(gettext("Say why you think so."), field="reason")
    if len(said) > LONGEST_REASON:
        raise Invalid(
            gettext("Keep it under %(most)s characters.") % {"most": LONGEST_REASON}, field="reason"
        )
    numbers = sorted(signal.people.values_list("candidate", flat=True))
    if len(numbers) != people:
        raise Conflict(gettext("Somebody more is in it by now. Look again."))
    signal.state = SignalState.OK if is_ok else SignalState.NOT_OK
    signal.decided_at, signal.decided_by, signal.reason = now, by, said
    signal.save(update_fields=["state", "decided_at", "decided_by", "reason"])
    verb = "signal.all_right" if is_ok else "signal.not_all_right"
    for number in numbers:
        record(verb, subject=signal, by=by, now=now, data={"why": said}, candidate_id=number)
    return signal
