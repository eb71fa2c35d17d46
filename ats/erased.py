"""What becomes of the ground floor's tables when a candidate is erased: mail, approvals, tasks and the record."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from django.db import connection

from ats.activity.erasing import erase, erase_actors
from ats.activity.models import ActorKind
from ats.kernel.erasing import ERASED, Goes, Person, Work, declare
from ats.kernel.redacting import pattern
from ats.mail.forgetting import PURGED
from ats.models import (
    Activity,
    Approval,
    ApprovalRequest,
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


def record(people: Sequence[Person], now: datetime) -> None:
    """That something happened stays; what of theirs was on record with it goes, and their name as who did it."""
    ids = [person.id for person in people]
    erase_actors(kind=ActorKind.CANDIDATE, ids=ids, now=now, candidate_id=ids)
    erase(candidate_id=ids, now=now)


APPROVALS = """
    WITH theirs AS (
        UPDATE ats_approvalrequest SET title = %(erased)s, facts = '[]'
        WHERE kind = 'offer' AND subject_id IN (
            SELECT o.id FROM candidates_offer o JOIN candidates_application a ON a.id = o.application_id
            WHERE a.candidate_id = ANY(%(people)s))
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
IN_CHAT = """
    UPDATE ats_chatmessage SET text = regexp_replace(text, %(pattern)s, %(erased)s, 'g')
    WHERE created_at BETWEEN %(since)s AND %(until)s AND text ~ %(pattern)s
"""
CALLS = "DELETE FROM ats_idempotentcall WHERE body::text ~ %(pattern)s"
TASKS = (
    "DELETE FROM ats_duetask WHERE payload ->> 'email_key' = ANY(%(email_keys)s) OR last_error ~ %(pattern)s"
)
SUPPRESSED = """
    DELETE FROM ats_suppressedaddress USING unnest(%(emails)s::text[], %(email_keys)s::text[]) AS gone(email, key)
    WHERE lower(address) = lower(gone.email) AND NOT EXISTS (
        SELECT FROM candidates_candidate c WHERE c.id <> ALL(%(people)s) AND c.email_key = gone.key)
"""


def approvals(people: Sequence[Person], now: datetime) -> None:
    """What was approved of an offer to them, and what approvers wrote; that somebody agreed, and when, stays."""
    _run(APPROVALS, people, now)


def to_colleagues(people: Sequence[Person], now: datetime) -> None:
    """The words of messages that named them among others: reminders, agendas, digests."""
    _run_for_named(IN_CHAT, people, now)
    _run_for_named(TO_COLLEAGUES, people, now)


def calls(people: Sequence[Person], now: datetime) -> None:
    """Answers of the API that are kept for a day."""
    _run_for_named(CALLS, people, now)


def tasks(people: Sequence[Person], now: datetime) -> None:
    _run_for_named(TASKS, people, now)


def suppressed(people: Sequence[Person], now: datetime) -> None:
    """Nobody knows the address any more, so nothing is sent to it; should it come again, it begins anew."""
    _run(SUPPRESSED, [person for person in people if person.email or person.also_keys], now)


def _run_for_named(sql: str, people: Sequence[Person], now: datetime) -> None:
    """Only for those whose words can still stand where they are let go of after a quarter, and who had any."""
    _run(sql, [person for person in people if person.called and person.until > now - MOST], now)


def _run(sql: str, people: Sequence[Person], now: datetime) -> None:
    if not people:
        return
    known = [pair for person in people for pair in person.addresses]
    values: dict[str, Any] = {
        "people": [person.id for person in people],
        "erased": ERASED,
        "purged": PURGED,
        "emails": [email for email, _ in known],
        "email_keys": [key or None for _, key in known],
        "pattern": pattern([word for person in people for word in person.called]),
        "since": max(min(person.since for person in people), now - MOST),
        "until": max(person.until for person in people),
    }
    with connection.cursor() as cursor:
        cursor.execute(sql, values)


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
