"""Erasing a person: every table that knew them, in one transaction; then their files, and the receipt."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Self

from django.core.files.storage import default_storage
from django.db import transaction

from ats.activity.record import Entry, record_many
from ats.kernel.access import lock_all
from ats.mail import roles
from ats.mail.models import MailState, OutgoingMail
from candidates.applications.actions import withdraw
from candidates.applications.models import DECISION_MAILS, Application, ApplicationState
from candidates.erasure.actions.receipt import Receipt
from candidates.erasure.actions.tables import go_through, known_as, sweep
from candidates.erasure.domain import ledger
from candidates.erasure.models import PATIENCE, TOLD, Erasure, ErasureState, Why
from candidates.erasure.queries.until import held, owed_an_answer
from candidates.feedback.models import Feedback, FeedbackState
from candidates.follow_ups.models import FollowUp, FollowUpState
from candidates.people.models import Candidate
from candidates.promises.models import Promise, PromiseState

SOON = timedelta(minutes=1)
LATER = timedelta(minutes=5)
MUCH_LATER = timedelta(hours=6)
ON_ITS_WAY = (MailState.QUEUED, MailState.SENDING)


def hold_people(erasure_ids: Collection[int]) -> None:
    """The locks that come before the rows' own (docs/adr/0025-one-lock-order.md)."""
    lock_all(Candidate, Erasure.objects.filter(pk__in=erasure_ids).values_list("candidate", flat=True))


def carry_on(erasure: Erasure, now: datetime) -> None:
    """What is due of this erasure: the rows, or afterwards the files and the receipt."""
    carry_on_all([erasure], now)


def carry_on_all(erasures: Sequence[Erasure], now: datetime) -> None:
    """`carry_on` for several in one go: of whom is sent a receipt, only one (see `erase_rows`)."""
    waiting = [row for row in erasures if row.state == ErasureState.WAITING]
    over = [row for row in erasures if row.state == ErasureState.ERASED]
    people = Candidate.objects.without_words().in_bulk([row.candidate_id for row in erasures])
    if waiting:
        between = Between.of([row.candidate_id for row in waiting])
        ready = [row for row in waiting if not _waits(row, people[row.candidate_id], between, now=now)]
        erase_rows(ready, people, now=now)
    if over:
        _finish(over, people, now=now)


@dataclass(frozen=True)
class Between:
    """What may come before the rows of these people go, by their numbers."""

    held: set[int]
    owed: set[int]
    active: Mapping[int, Sequence[Application]]
    being_sent: set[int]

    @classmethod
    def of(cls, people: Collection[int]) -> Self:
        active = defaultdict(list)
        rows = Application.objects.filter(candidate__in=people, state=ApplicationState.ACTIVE)
        for application in rows.order_by("pk"):
            active[application.candidate_id].append(application)
        return cls(held(people), owed_an_answer(people), active, _being_sent(people))


def _waits(erasure: Erasure, candidate: Candidate, between: Between, *, now: datetime) -> bool:
    """Whether something comes before the rows; then it is on its way, and the erasure looks again."""
    active = between.active.get(candidate.pk, ())
    if candidate.pk in between.held:  # placed since it was read
        _look_again(erasure, now + LATER, now=now)
    elif candidate.pk in between.owed:
        _look_again(erasure, now + MUCH_LATER, now=now)
    elif active and erasure.why == Why.RETENTION:  # they have come again since
        erasure.state = ErasureState.CANCELLED
        erasure.save(update_fields=["state"])
    elif active:
        for application in active:
            withdraw(application=application, by=candidate, reason_text="", now=now)
        _look_again(erasure, now + SOON, now=now)  # who was to meet them hears of it first
    elif candidate.pk in between.being_sent and now < erasure.due_at + PATIENCE:
        _look_again(erasure, now + SOON, now=now)
    else:
        return False
    return True


def erase_rows(erasures: Sequence[Erasure], people: Mapping[int, Candidate], *, now: datetime) -> None:
    """All of it, or nothing; nobody is told but the person, by the receipt.

    Several go at once where nobody is sent a receipt: only somebody's own counts could stand in it. `people`: whom
    they are of, by number.
    """
    if not erasures:
        return
    candidates = [people[row.candidate_id] for row in erasures]
    told = len(erasures) == 1 and erasures[0].why in TOLD
    receipt = Receipt.to(candidates[0]) if told else None
    _stop_what_was_planned(candidates, now=now)
    absorbed = _put_together_with(candidates)
    gone = go_through(known_as(candidates), now=now)
    for row in erasures:
        row.state, row.erased_at, row.due_at = ErasureState.ERASED, now, now + SOON
        files = [
            name
            for each in (row.candidate_id, *absorbed.get(row.candidate_id, ()))
            for name in gone.files[each]
        ]
        row.went, row.files = dict(gone.counts) if told else {}, files
        row.attempts, row.retry_at, row.last_error = 0, None, ""
        row.receipt = receipt.send(row, now=now) if receipt else None
        row.save()
    entries = [Entry(people[row.candidate_id], {"why": row.why}) for row in erasures]
    record_many("candidate.erased", entries, by=None, now=now)
    ledger.add(
        _line(row, who, now=now)
        for row in erasures
        for who in (people[row.candidate_id], *absorbed.get(row.candidate_id, {}).values())
    )


def _put_together_with(candidates: Sequence[Candidate]) -> Mapping[int, Mapping[int, Candidate]]:
    """The records that lead on to these people: they go with them, and a backup may know them by themselves."""
    found: dict[int, dict[int, Candidate]] = defaultdict(dict)
    for row in Candidate.objects.without_words().filter(merged_into__in=candidates):
        found[row.merged_into_id or 0][row.pk] = row
    return found


def _line(erasure: Erasure, candidate: Candidate, *, now: datetime) -> ledger.Entry:
    return ledger.Entry(
        candidate=candidate.pk,
        created_at=candidate.created_at.isoformat(),
        erased_at=now.isoformat(),
        reference=str(erasure.reference),
    )


# --- Before


def _being_sent(people: Collection[int]) -> set[int]:
    """To whom a message is being handed over, or about whom one leaves that colleagues need, or that tells the end."""
    mails = OutgoingMail.objects.filter(candidate_id__in=people, state__in=ON_ITS_WAY)
    return {
        whose
        for whose, state, role in mails.values_list("candidate_id", "state", "role")
        if whose and (state == MailState.SENDING or role in DECISION_MAILS or not _is_theirs(role))
    }


def _is_theirs(role: str) -> bool:
    known = roles.known().get(role)
    return known is not None and known.reader is roles.Reader.CANDIDATE


def _look_again(erasure: Erasure, at: datetime, *, now: datetime) -> None:
    erasure.retry_at, erasure.updated_at = at, now
    erasure.save(update_fields=["retry_at", "updated_at"])


def _stop_what_was_planned(candidates: Sequence[Candidate], *, now: datetime) -> None:
    FollowUp.objects.filter(candidate__in=candidates, state=FollowUpState.WAITING).update(
        state=FollowUpState.CANCELLED, settled_at=now
    )
    Feedback.objects.filter(application__candidate__in=candidates, state=FeedbackState.WAITING).update(
        state=FeedbackState.CANCELLED
    )
    # Nobody is left who could be told.
    Promise.objects.filter(application__candidate__in=candidates, state=PromiseState.TELLING).update(
        state=PromiseState.RELEASED, settled_at=now
    )


# --- After


def _finish(erasures: Sequence[Erasure], people: Mapping[int, Candidate], *, now: datetime) -> None:
    """The files go, with what was on its way in while the rows went; and the receipt, once it has left."""
    # Once more, a minute later: a page that was open may have written what nobody could see yet.
    candidates = [people[row.candidate_id] for row in erasures]
    known, absorbed = known_as(candidates), _put_together_with(candidates)
    swept = sweep(known, now=now)
    for row in erasures:
        late = [
            name for each in (row.candidate_id, *absorbed.get(row.candidate_id, ())) for name in swept[each]
        ]
        for name in (*row.files, *late):
            default_storage.delete(name)
        row.files = []
        if row.receipt is not None and row.receipt.state in ON_ITS_WAY:
            row.due_at = now + LATER
            row.save(update_fields=["files", "due_at"])
            continue
        if row.receipt is not None:
            row.receipt.delete()
        row.receipt, row.state = None, ErasureState.DONE
        row.save(update_fields=["files", "receipt", "state"])


# --- After a restore


def erase_again(entry: ledger.Entry, *, now: datetime) -> bool:
    """Erase whom a backup has brought back; whether there was anybody: the number may be somebody else's by now."""
    with transaction.atomic():
        candidate = (
            Candidate.objects.select_for_update(no_key=True)
            .without_words()
            .filter(
                pk=entry.candidate, created_at=datetime.fromisoformat(entry.created_at), anonymised_at=None
            )
            .first()
        )
        if candidate is None:
            return False
        Erasure.objects.standing().filter(candidate=candidate).update(state=ErasureState.CANCELLED)
        erasure = Erasure(candidate=candidate, why=Why.AGAIN, asked_at=now, due_at=now)
        for application in candidate.applications.filter(state=ApplicationState.ACTIVE).order_by("pk"):
            withdraw(application=application, by=candidate, reason_text="", now=now)
        erase_rows([erasure], {candidate.pk: candidate}, now=now)
    return True
