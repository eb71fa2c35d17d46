"""What becomes of the ground floor's tables when a candidate is erased: mail, approvals, tasks and the record."""

from datetime import datetime, timedelta
from typing import Any

from django.db import connection

from ats.activity.erasing import erase, erase_actor
from ats.activity.models import ActorKind
from ats.kernel.erasing import ERASED, Goes, Person, Work, declare
from ats.kernel.redacting import pattern, redact
from ats.mail.forgetting import PURGED
from ats.models import (
    Activity,
    Approval,
    ApprovalRequest,
    ChatMessage,
    DueTask,
    IdempotentCall,
    IncomingContent,
    IncomingMail,
    MailAttachment,
    OutgoingMail,
    SmsMessage,
    SuppressedAddress,
)

MOST = timedelta(days=91)
"""Older words of messages to colleagues, of chats and of tasks are gone (`ats/retention/terms.py`)."""


def record(person: Person, now: datetime) -> int:
    """That something happened stays; what of theirs was on record with it goes, and their name as who did it."""
    erase_actor(kind=ActorKind.CANDIDATE, actor_id=person.id, now=now, candidate_id=person.id)
    return erase(candidate_id=person.id, now=now)


APPROVALS = """
    WITH theirs AS (
        UPDATE ats_approvalrequest SET title = %(erased)s, facts = '[]'
        WHERE kind = 'offer' AND subject_id IN (
            SELECT o.id FROM candidates_offer o JOIN candidates_application a ON a.id = o.application_id
            WHERE a.candidate_id = %(person)s)
        RETURNING id)
    UPDATE ats_approval SET note = '', last_error = '' WHERE request_id IN (SELECT id FROM theirs)
"""
TO_COLLEAGUES = """
    UPDATE ats_outgoingmail SET text = %(purged)s, html = '', headers = '{}',
        subject = regexp_replace(subject, %(pattern)s, %(erased)s, 'g'),
        to_name = regexp_replace(to_name, %(pattern)s, %(erased)s, 'g')
    WHERE candidate_id IS NULL AND created_at BETWEEN %(since)s AND %(until)s
        AND state NOT IN ('queued', 'sending', 'draft')
        AND (text ~ %(pattern)s OR html ~ %(pattern)s OR subject ~ %(pattern)s OR to_name ~ %(pattern)s)
"""
CALLS = "DELETE FROM ats_idempotentcall WHERE body::text ~ %(pattern)s"
TASKS = "DELETE FROM ats_duetask WHERE payload ->> 'email_key' = %(email_key)s OR last_error ~ %(pattern)s"
SUPPRESSED = """
    DELETE FROM ats_suppressedaddress WHERE lower(address) = lower(%(email)s) AND NOT EXISTS (
        SELECT FROM candidates_candidate c WHERE c.id <> %(person)s AND c.email_key = %(email_key)s)
"""
IN_CHAT = "created_at BETWEEN %(since)s AND %(until)s"


def approvals(person: Person, now: datetime) -> int:
    """What was approved of an offer to them, and what approvers wrote; that somebody agreed, and when, stays."""
    return _run(APPROVALS, person, now)


def to_colleagues(person: Person, now: datetime) -> int:
    """The words of messages that named them among others: reminders, agendas, digests."""
    if not _is_recent(person, now):
        return 0
    redact(person, ChatMessage, ["text"], where=IN_CHAT)
    return _run(TO_COLLEAGUES, person, now)


def calls(person: Person, now: datetime) -> int:
    """Answers of the API that are kept for a day."""
    return _run(CALLS, person, now) if _is_recent(person, now) else 0


def tasks(person: Person, now: datetime) -> int:
    return _run(TASKS, person, now) if _is_recent(person, now) else 0


def _is_recent(person: Person, now: datetime) -> bool:
    """Whether anything of them can still stand where words are let go of after a quarter."""
    return person.until > now - MOST


def suppressed(person: Person, now: datetime) -> int:
    """Nobody knows the address any more, so nothing is sent to it; should it come again, it begins anew."""
    return _run(SUPPRESSED, person, now) if person.email else 0


def _run(sql: str, person: Person, now: datetime) -> int:
    if not person.called and "%(pattern)s" in sql and sql is not TASKS:
        return 0
    values: dict[str, Any] = {
        "person": person.id,
        "erased": ERASED,
        "purged": PURGED,
        "email": person.email,
        "email_key": person.email_key or None,
        "pattern": pattern(person.called) or r"\m\M",  # nothing is found by it
        "since": max(person.since, now - MOST),
        "until": person.until,
    }
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        return cursor.rowcount


declare(
    goes=[
        Goes(model=SmsMessage, of="candidate_id"),
        Goes(model=IncomingContent, of="mail__candidate_id"),
        Goes(model=IncomingMail, of="candidate_id"),
        Goes(model=MailAttachment, of="mail__candidate_id"),
        Goes(model=OutgoingMail, of="candidate_id"),
    ],
    works=[
        Work(
            name="approvals",
            fields={ApprovalRequest: ("title", "facts"), Approval: ("note", "last_error")},
            does=approvals,
        ),
        Work(name="to-colleagues", fields={}, does=to_colleagues),
        Work(name="calls", fields={IdempotentCall: ("body",)}, does=calls),
        Work(name="tasks", fields={DueTask: ("payload", "last_error")}, does=tasks),
        Work(name="suppressed", fields={SuppressedAddress: ("address", "detail")}, does=suppressed),
        Work(name="record", fields={Activity: ("data",)}, does=record),
    ],
)
