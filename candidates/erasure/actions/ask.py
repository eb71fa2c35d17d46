"""Asking that somebody's data go, and calling it off as long as they are there."""

from datetime import datetime

from django.db import transaction

from ats.accounts.models import User
from ats.activity.record import CanAct, record
from ats.duework.tasks import hurry
from ats.kernel.access import get_for
from ats.kernel.errors import WrongState
from ats.kernel.staff_words import gettext
from candidates.erasure.models import Erasure, ErasureState, Why
from candidates.erasure.queries.until import required_until
from candidates.erasure.rules import ERASE
from candidates.people.models import Candidate

LANE = "erasures"


@transaction.atomic
def ask(*, candidate: Candidate, now: datetime) -> Erasure:
    """The person asks. It is done at once, or on the day until which a law has it kept; asked twice, it is one."""
    return _ask(candidate.pk, why=Why.ASKED, by=candidate, now=now)


@transaction.atomic
def ask_for_them(*, candidate_id: int, by: User, now: datetime) -> Erasure:
    """A colleague asks for them: who wrote or called, and cannot use their own page."""
    candidate = get_for(Candidate.objects.without_words(), candidate_id, user=by, permission=ERASE)
    return _ask(candidate.pk, why=Why.COLLEAGUE, by=by, now=now)


def _ask(candidate_id: int, *, why: Why, by: CanAct, now: datetime) -> Erasure:
    candidate = Candidate.objects.select_for_update(no_key=True).without_words().get(pk=candidate_id)
    there = Erasure.objects.standing().filter(candidate=candidate).first()
    if there is not None and there.why != Why.RETENTION:
        return there
    if candidate.anonymised_at is not None:
        raise WrongState(gettext("Their data were erased already."))
    if there is not None:  # about to go by itself: who asks gets a receipt
        _cancel(there, now=now)
    until, because = required_until(candidate.pk, now=now)
    erasure = Erasure.objects.create(
        candidate=candidate,
        why=why,
        asked_at=now,
        asked_by=by if isinstance(by, User) else None,
        due_at=max(until, now) if until else now,
        because=because,
    )
    record("candidate.erasure_asked", subject=candidate, by=by, now=now, data={"until": _day(until, now)})
    if erasure.due_at <= now:
        hurry(LANE)
    return erasure


def _day(until: datetime | None, now: datetime) -> str:
    return until.date().isoformat() if until and until > now else ""


@transaction.atomic
def call_off(*, candidate_id: int, by: User | Candidate, now: datetime) -> None:
    """They have changed their mind, or a colleague erred; only what has not been done."""
    if isinstance(by, User):
        get_for(Candidate.objects.without_words(), candidate_id, user=by, permission=ERASE)
    Candidate.objects.select_for_update(no_key=True).without_words().get(pk=candidate_id)
    erasure = Erasure.objects.waiting().select_for_update(no_key=True).filter(candidate=candidate_id).first()
    if erasure is None:
        raise WrongState(gettext("There is nothing to call off: their data are erased, or nobody asked."))
    _cancel(erasure, now=now)
    record("candidate.erasure_called_off", subject=erasure.candidate, by=by, now=now)


def _cancel(erasure: Erasure, *, now: datetime) -> None:
    erasure.state = ErasureState.CANCELLED
    erasure.updated_at = now
    erasure.save(update_fields=["state", "updated_at"])
