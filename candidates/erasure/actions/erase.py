"""Erasing a person: every table that knew them, in one transaction; then their files, and the receipt."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

import pgtrigger
from django.core.files.storage import default_storage
from django.db import transaction
from django.db.models import FileField, Model, QuerySet

from ats.activity.record import record
from ats.kernel.access import lock
from ats.kernel.erasing import TABLE, Goes, Person, Work
from ats.mail import roles
from ats.mail.models import MailState, OutgoingMail
from candidates.applications.actions import withdraw
from candidates.applications.models import DECISION_MAILS, Application, ApplicationState
from candidates.erasure.actions.receipt import Receipt
from candidates.erasure.domain import ledger
from candidates.erasure.models import Erasure, ErasureState, Why
from candidates.erasure.queries.until import is_answer_owed, is_held
from candidates.feedback.models import Feedback, FeedbackState
from candidates.follow_ups.models import FollowUp, FollowUpState
from candidates.people.models import Candidate
from candidates.promises.models import Promise, PromiseState

SOON = timedelta(minutes=1)
LATER = timedelta(minutes=5)
MUCH_LATER = timedelta(hours=6)
PATIENCE = timedelta(days=1)
"""So long it waits for messages that cannot leave."""
AFTERWARDS = timedelta(days=30)
"""So long after the last thing that happened somebody may still be named in a digest."""
ON_ITS_WAY = (MailState.QUEUED, MailState.SENDING)


def hold_person(erasure_id: int) -> None:
    """The lock that comes before the row's own (docs/adr/0025-one-lock-order.md)."""
    person = Erasure.objects.values_list("candidate", flat=True).get(pk=erasure_id)
    lock(Candidate, person)


def carry_on(erasure: Erasure, now: datetime) -> None:
    """What is due of this erasure: the rows, or afterwards the files and the receipt."""
    if erasure.state == ErasureState.ERASED:
        _finish(erasure, now=now)
    else:
        _erase(erasure, now=now)


def _erase(erasure: Erasure, *, now: datetime) -> None:
    candidate = Candidate.objects.without_words().get(pk=erasure.candidate_id)
    active = list(candidate.applications.filter(state=ApplicationState.ACTIVE).order_by("pk"))
    if is_held(candidate.pk):  # placed since it was read
        _look_again(erasure, now + LATER, now=now)
    elif is_answer_owed(candidate.pk):
        _look_again(erasure, now + MUCH_LATER, now=now)
    elif active and erasure.why == Why.RETENTION:  # they have come again since
        erasure.state = ErasureState.CANCELLED
        erasure.save(update_fields=["state"])
    elif active:
        for application in active:
            withdraw(application=application, by=candidate, reason_text="", now=now)
        _look_again(erasure, now + SOON, now=now)  # who was to meet them hears of it first
    elif _is_being_sent(candidate) and now < erasure.due_at + PATIENCE:
        _look_again(erasure, now + SOON, now=now)
    else:
        erase_rows(erasure, candidate, now=now)


def erase_rows(erasure: Erasure, candidate: Candidate, *, now: datetime) -> None:
    """All of it, or nothing; nobody is told but the person, by the receipt."""
    receipt = Receipt.to(candidate) if erasure.why in {Why.ASKED, Why.COLLEAGUE} else None
    person = person_of(candidate, now=now)
    _stop_what_was_planned(candidate, now=now)
    gone = _go_through(person, TABLE.works, now=now)
    erasure.state, erasure.erased_at, erasure.due_at = ErasureState.ERASED, now, now + SOON
    erasure.went, erasure.files = gone.counts, gone.files
    erasure.attempts, erasure.retry_at, erasure.last_error = 0, None, ""
    erasure.receipt = receipt.send(erasure, now=now) if receipt else None
    erasure.save()
    record("candidate.erased", subject=candidate, by=None, now=now, data={"why": erasure.why})
    ledger.add(
        ledger.Entry(
            candidate=candidate.pk,
            created_at=candidate.created_at.isoformat(),
            erased_at=now.isoformat(),
            reference=str(erasure.reference),
        )
    )


def person_of(candidate: Candidate, *, now: datetime) -> Person:
    """Who they were, as far as texts of others have to be looked through for it."""
    rows = list(
        Application.objects.filter(candidate=candidate).values_list("requisition", "last_activity_at")
    )
    last = max([candidate.updated_at, *(at for _, at in rows)])
    return Person(
        id=candidate.pk,
        first_name=candidate.first_name,
        last_name=candidate.last_name,
        email=candidate.email,
        email_key=candidate.email_key or "",
        phone=candidate.phone,
        since=candidate.created_at,
        until=last + AFTERWARDS,
        roles=tuple({role for role, _ in rows}),
    )


# --- Before


def _is_being_sent(candidate: Candidate) -> bool:
    """Whether a message is being handed over, or one is about to leave that colleagues need, or that tells the end."""
    mails = OutgoingMail.objects.filter(candidate_id=candidate.pk, state__in=ON_ITS_WAY)
    return any(
        state == MailState.SENDING or role in DECISION_MAILS or not _is_theirs(role)
        for state, role in mails.values_list("state", "role")
    )


def _is_theirs(role: str) -> bool:
    known = roles.known().get(role)
    return known is not None and known.reader is roles.Reader.CANDIDATE


def _look_again(erasure: Erasure, at: datetime, *, now: datetime) -> None:
    erasure.retry_at, erasure.updated_at = at, now
    erasure.save(update_fields=["retry_at", "updated_at"])


def _stop_what_was_planned(candidate: Candidate, *, now: datetime) -> None:
    FollowUp.objects.filter(candidate=candidate, state=FollowUpState.WAITING).update(
        state=FollowUpState.CANCELLED, settled_at=now
    )
    Feedback.objects.filter(application__candidate=candidate, state=FeedbackState.WAITING).update(
        state=FeedbackState.CANCELLED
    )
    # Nobody is left who could be told.
    Promise.objects.filter(application__candidate=candidate, state=PromiseState.TELLING).update(
        state=PromiseState.RELEASED, settled_at=now
    )


# --- The tables


@dataclass
class _Gone:
    counts: dict[str, int]
    files: list[str]


def _go_through(person: Person, works: Iterable[Work], *, now: datetime) -> _Gone:
    gone = _Gone(counts={}, files=[])
    for part in TABLE.goes:
        count = _let_go(part, person, gone.files)
        if count:
            label = part.model._meta.label
            gone.counts[label] = gone.counts.get(label, 0) + count
    for work in sorted(works, key=lambda work: work.last):
        work.does(person, now)
    return gone


def _let_go(part: Goes, person: Person, files: list[str]) -> int:
    model, label = part.model, part.model._meta.label
    rows = model._base_manager.filter(**{part.of: person.id})
    if not part.leaves:
        files += _names_of_files(model, rows)
        return rows.delete()[1].get(label, 0)
    if not part.kept:
        return rows.update(**part.leaves)
    with pgtrigger.ignore(f"{label}:{part.kept}"):
        return rows.update(**part.leaves)


def _names_of_files(model: type[Model], rows: QuerySet[Model]) -> list[str]:
    fields = [field.name for field in model._meta.fields if isinstance(field, FileField)]
    return [name for row in rows.values_list(*fields) for name in row if name] if fields else []


# --- After


def _finish(erasure: Erasure, *, now: datetime) -> None:
    """The files go, with what was on its way in while the rows went; and the receipt, once it has left."""
    for name in (*erasure.files, *_sweep(erasure)):
        default_storage.delete(name)
    erasure.files = []
    if erasure.receipt is not None and erasure.receipt.state in ON_ITS_WAY:
        erasure.due_at = now + LATER
        erasure.save(update_fields=["files", "due_at"])
        return
    if erasure.receipt is not None:
        erasure.receipt.delete()
    erasure.receipt, erasure.state = None, ErasureState.DONE
    erasure.save(update_fields=["files", "receipt", "state"])


def _sweep(erasure: Erasure) -> list[str]:
    """Once more, a minute later: a page that was open may have written what nobody could see yet. Files of it."""
    candidate = Candidate.objects.without_words().get(pk=erasure.candidate_id)
    at = erasure.erased_at or erasure.due_at
    last = [work for work in TABLE.works if work.last]
    return _go_through(person_of(candidate, now=at), last, now=at).files


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
        erase_rows(erasure, candidate, now=now)
    return True
