"""Reminding whoever owes an answer, before its day and every week after it. Nothing closes by the clock."""

from datetime import datetime

from ats.duework import engine
from candidates.data_requests.actions import tell
from candidates.data_requests.domain import due
from candidates.data_requests.mails import DUE
from candidates.data_requests.models import (
    DataComplaint,
    DataComplaintQuerySet,
    DataCorrection,
    DataCorrectionQuerySet,
)


def corrections(now: datetime) -> DataCorrectionQuerySet:
    return DataCorrection.objects.to_remind(now)


def complaints(now: datetime) -> DataComplaintQuerySet:
    return DataComplaint.objects.to_remind(now)


def remind_due(now: datetime) -> int:
    """The lane: those whose reminder has come; how many there were."""
    dealt = engine.under_lock(corrections(now).order_by("nudge_at", "pk"), _correction, now=now)
    return dealt + engine.under_lock(complaints(now).order_by("nudge_at", "pk"), _complaint, now=now)


def _correction(row: DataCorrection, now: datetime) -> None:
    """Before its day whoever owes it hears; from then on who leads as well."""
    people = tell.owners_of_correction(row)
    if now >= row.due_at:
        people = list(dict.fromkeys([*people, *tell.leads_for(row.candidate)]))
    tell.to_colleagues(DUE, row, people, now=now)
    _plan(row, now)


def _complaint(row: DataComplaint, now: datetime) -> None:
    people = tell.leads_for(row.candidate) if row.candidate else tell.leads()
    tell.to_colleagues(DUE, row, people, now=now)
    _plan(row, now)


def _plan(row: DataCorrection | DataComplaint, now: datetime) -> None:
    row.nudge_at = due.next_nudge(row.due_at, now)
    row.attempts, row.retry_at, row.last_error = 0, None, ""
    row.save(update_fields=["nudge_at", "attempts", "retry_at", "last_error"])
