"""Letters that come in together are read together, as each would be alone; one that fails holds up no other."""

from datetime import timedelta
from itertools import count
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from ats.kernel.access import lock
from ats.mail import inbound
from ats.mail.incoming import replying
from ats.mail.message import id_of
from ats.mail.models import IncomingMail
from candidates.models import Application, Message
from tests.candidates.helpers import mails, open_one, while_held
from tests.candidates.messages import by_mail
from tests.candidates.messages.by_mail import (
    LATER,
    application,
    letter,
    mailbox,
    sent,
    tagged,
    with_files,
)
from tests.factories import make_application, make_candidate, make_requisition, make_user
from tests.smtp import Catcher

__all__ = ["application", "mailbox"]
pytestmark = pytest.mark.django_db

CALENDAR = b"From: robin@example.com\r\nContent-Type: text/calendar; method=REPLY\r\n\r\nBEGIN:VCALENDAR\r\n"
EACH = 4
"""Statements for a letter more, about its promise; all else is asked and written once for all."""


def arrive(*contents: bytes) -> list[IncomingMail]:
    return [inbound.arrive(content, source="file", now=LATER) for content in contents]


def many(number: int) -> list[bytes]:
    """Letters of so many candidates for one role."""
    role = make_requisition()
    people = [make_candidate() for _ in range(number)]
    return [
        letter(sender=each.email, to=tagged(make_application(candidate=each, requisition=role)))
        for each in people
    ]


def states() -> list[tuple[Any, ...]]:
    return list(IncomingMail.objects.order_by("pk").values_list("state", "attempts", "last_error"))


SETTLED = ("settled", 0, "")


# --- What it costs


def test_what_each_letter_more_costs() -> None:
    def read(number: int) -> int:
        arrive(*many(number))
        with CaptureQueriesContext(connection) as asked:
            assert inbound.read_waiting(LATER) == number
        return len(asked)

    read(2)
    few, more = read(5), read(25)
    assert (more - few) / 20 == EACH
    assert few < 6 * EACH + 20


def test_a_message_is_kept_by_two_statements() -> None:
    (content,) = many(1)
    with CaptureQueriesContext(connection) as asked:
        arrive(content)
    assert [each["sql"][:40] for each in asked if "SAVEPOINT" not in each["sql"]] == [
        'INSERT INTO "ats_incomingmail" ("created',
        'INSERT INTO "ats_incomingcontent" ("mail',
    ]


# --- The same as alone


def outcome(row: IncomingMail) -> tuple[Any, ...]:
    row.refresh_from_db()
    said = Message.objects.filter(incoming=row).first()
    words = said and (
        *(said.application_id, said.body, said.below, said.sent_from, said.by_sender, said.is_automatic),
        *(
            said.said_at,
            said.answered_at,
            said.not_kept,
            [file.filename for file in said.files.order_by("pk")],
        ),
    )
    about = (row.application_id, row.candidate_id, row.requisition_id, row.organisation_id)
    return row.subject, row.kind, row.state, row.why, row.found_by, row.mail_id, about, row.settled_at, words


def test_together_each_becomes_what_it_is_alone(
    application: Application, smtp: Catcher, monkeypatch: Any
) -> None:
    ours, colleague = sent(application, smtp), make_user(email="kim.colleague@example.com")
    other = make_application(candidate=make_candidate(email="alex@example.com"))
    erased = make_application(candidate=make_candidate(email="gone@example.com"))
    of_who_is_gone = tagged(erased)
    erased.delete()

    def all_of_them() -> list[bytes]:
        monkeypatch.setattr(by_mail, "_number", count(1))
        return [
            letter("By its tag.", to=tagged(application)),
            letter("By our id.", f"In-Reply-To: {id_of(ours.uuid)}"),
            letter("From elsewhere.", sender="eve@elsewhere.example", to=tagged(application)),
            letter("By its sender.", sender="alex@example.com"),
            letter("By theirs.", "In-Reply-To: <m1@mail.example>", sender="eve@elsewhere.example"),
            letter("To nobody.", sender="stranger@example.net"),
            letter("A colleague's.", sender=colleague.email, to=tagged(application)),
            letter("Forged.", to=f"hiring+a{'b' * 20}@example.com"),
            letter("Of who was erased.", to=of_who_is_gone),
            letter("I am away.", "Auto-Submitted: auto-replied", to=tagged(other)),
            letter("Out of office.", "Auto-Submitted: auto-replied", sender="nobody@example.net"),
            letter("Our own.", sender="hiring@example.com"),
            with_files(("notes.txt", "text/plain", b"What I did."), to=tagged(application)),
            letter("Yes.\r\n\r\n-- \r\nRobin", to=tagged(application)),
            letter("x" * 150_000, to=tagged(application)),
            CALENDAR,
            b"X: y\r\n" + b"\r\n--b" * 600,
        ]

    alone = []
    for content in all_of_them():
        inbound.take_in(content, LATER)
        alone.append(outcome(IncomingMail.objects.latest("pk")))
    Message.objects.filter(direction="in").delete()
    IncomingMail.objects.all().delete()

    rows, read_alone = arrive(*all_of_them()), []
    read = inbound._read
    monkeypatch.setattr(inbound, "_read", lambda row, now: (read_alone.append(row.pk), read(row, now)))
    assert inbound.read_waiting(LATER) == len(rows)
    together = [outcome(row) for row in rows]
    assert together == alone
    assert [rows.index(row) for row in rows if row.pk in read_alone] == [3, 4, 5, 10, 12, 14, 15, 16]


def test_each_is_promised_an_answer_and_told_of(application: Application) -> None:
    arrive(letter("One.", to=tagged(application)), letter("Two.", to=tagged(application)), *many(2))
    assert inbound.read_waiting(LATER) == 4
    everybody = list(Application.objects.order_by("pk"))
    assert [(open_one(each).kind, each.last_activity_at) for each in everybody] == [("answer", LATER)] * 3
    owners = [each.requisition.recruiter.email for each in everybody]
    assert [mail.to for mail in mails("conversation.received")] == [owners[0], *owners]


# --- What goes wrong with one


def test_one_that_cannot_be_read_holds_up_no_other(application: Application, monkeypatch: Any) -> None:
    letter_of = replying.letter

    def stumbles(message: Any) -> Any:
        found = letter_of(message)
        if found.words == "Poison.":
            raise ValueError("cannot be read")
        return found

    monkeypatch.setattr(replying, "letter", stumbles)
    arrive(*many(2), letter("Poison.", to=tagged(application)), *many(2))
    assert inbound.read_waiting(LATER) == 5
    poison = ("waiting", 1, "ValueError: cannot be read")
    assert states() == [SETTLED, SETTLED, poison, SETTLED, SETTLED]
    assert Message.objects.filter(direction="in").count() == len(mails("conversation.received")) == 4

    # From now on it is tried alone: those that come with it are read together.
    arrive(*many(2))
    read_alone: list[int] = []
    monkeypatch.setattr(inbound, "_read", lambda row, now: read_alone.append(row.pk))
    inbound.read_waiting(LATER + timedelta(days=1))
    assert read_alone == [IncomingMail.objects.get(attempts=1).pk]


def test_one_that_is_not_even_told_apart_holds_up_no_other(
    application: Application, monkeypatch: Any
) -> None:
    read = inbound.incoming.read

    def stumbles(message: Any) -> Any:
        if message["Subject"] == "Poison":
            raise RuntimeError("cannot be told apart")
        return read(message)

    monkeypatch.setattr(inbound.incoming, "read", stumbles)
    arrive(*many(2), letter("x", "Subject: Poison", to=tagged(application)).replace(b"Subject: Re", b"X: Re"))
    assert inbound.read_waiting(LATER) == 3
    assert states() == [SETTLED, SETTLED, ("waiting", 1, "RuntimeError: cannot be told apart")]


@pytest.mark.race
@pytest.mark.django_db(transaction=True)
def test_an_application_that_somebody_holds_holds_up_its_own_alone(application: Application) -> None:
    arrive(letter("Held.", to=tagged(application)), *many(3))
    meanwhile: list[Any] = []
    read = while_held(
        lambda: lock(Application, application.pk),
        lambda: inbound.read_waiting(LATER),
        last=lambda: meanwhile.extend(states()),
    )
    assert read == 4
    assert meanwhile == [("waiting", 0, ""), SETTLED, SETTLED, SETTLED]
    assert states() == [SETTLED] * 4


@pytest.mark.race
@pytest.mark.django_db(transaction=True)
def test_two_workers_read_different_letters(application: Application, monkeypatch: Any) -> None:
    """The second does not wait for what the first is reading, nor find nothing to do beside it."""
    monkeypatch.setattr(inbound, "BATCH", 2)
    arrive(*many(4))
    first = list(IncomingMail.objects.order_by("pk").values_list("pk", flat=True)[:2])

    def hold() -> None:
        assert len(IncomingMail.objects.select_for_update(no_key=True).filter(pk__in=first)) == 2

    counted: list[Any] = []
    with_held(hold, lambda: counted.extend([inbound.read_waiting(LATER), states()]))
    assert counted == [2, [("waiting", 0, "")] * 2 + [SETTLED] * 2]


def with_held(hold: Any, work: Any) -> None:
    """`work` on another connection, which waits for nobody, while this one holds something."""
    import threading

    from django.db import transaction

    def run() -> None:
        try:
            work()
        finally:
            connection.close()

    with transaction.atomic():
        hold()
        thread = threading.Thread(target=run)
        thread.start()
        thread.join(timeout=60)
        assert not thread.is_alive()
