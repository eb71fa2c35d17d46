"""Candidates at scale, each with what a lived life in an applicant tracking system leaves behind."""

import uuid
from collections import defaultdict
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from django.db import connection, transaction
from django.db.models import Model

from ats.demo.copying import Numbers, copy
from ats.demo.scale.company import Seat
from ats.demo.words import CITIES, Material
from ats.models import Activity, OutgoingMail
from candidates.models import (
    Application,
    Candidate,
    DispositionReason,
    Document,
    FollowUp,
    Message,
    Promise,
    Source,
)
from candidates.people.domain.addresses import email_key
from candidates.people.domain.keys import name_key

COLUMNS: dict[type[Model], tuple[str, ...]] = {
    Candidate: (
        "id", "created_at", "updated_at", "first_name", "last_name", "email", "email_key", "phone", "city",
        "country", "time_zone", "language", "headline", "links", "only_confidential", "name_key",
    ),
    Application: (
        "id", "created_at", "updated_at", "candidate_id", "requisition_id", "post_id", "stage_id", "state",
        "version", "source_id", "source_detail", "submitted", "cover_letter", "applied_at", "stage_entered_at",
        "last_activity_at", "decided_at", "decided_by_id", "reason_id", "reason_note", "told_at", "opening_id",
    ),
    Document: (
        "id", "created_at", "updated_at", "candidate_id", "application_id", "kind", "file", "filename",
        "content_type", "size", "sha256", "reading", "reading_problem", "text",
        "holds",
    ),
    Promise: (
        "id", "created_at", "updated_at", "attempts", "last_error", "application_id", "kind", "what", "owner_id",
        "side",
        "state", "opened_at", "due_at", "nudge_at", "settled_at", "broken_before", "reason",
    ),
    FollowUp: (
        "id", "created_at", "updated_at", "attempts", "last_error", "candidate_id", "application_id", "step",
        "due_at", "state", "reason", "payload", "idempotency_key", "mail_id", "settled_at",
    ),
    OutgoingMail: (
        "id", "created_at", "updated_at", "attempts", "last_error", "organisation_id", "requisition_id",
        "application_id", "candidate_id", "uuid", "idempotency_key", "role", "kind", "state", "to", "to_name",
        "from_name", "reply_to", "subject", "text", "html", "headers", "repeatable", "not_before", "sent_at",
        "response",
    ),
    Message: (
        "id", "created_at", "updated_at", "candidate_id", "application_id", "direction", "author_id", "subject",
        "body", "said_at", "answered_at",
    ),
    Activity: (
        "id", "organisation_id", "requisition_id", "application_id", "candidate_id", "verb", "occurred_at",
        "recorded_at", "channel", "actor_kind", "actor_id", "actor_name", "subject_type", "subject_id", "data",
    ),
}  # fmt: skip
"""What is written, by table, in the order in which the tables refer to each other."""


Rows = dict[type[Model], list[tuple[Any, ...]]]


@dataclass
class Writer:
    """Numbers rows as they come and writes them table by table."""

    ids: dict[type[Model], Numbers] = field(init=False)
    rows: Rows = field(default_factory=lambda: defaultdict(list))
    _written: int = 0

    def __post_init__(self) -> None:
        self.ids = {model: Numbers(model) for model in COLUMNS}

    def add(self, model: type[Model], *values: Any) -> int:
        """Queue a row: the values in the order of COLUMNS, without the id."""
        number = self.ids[model].take()
        self.rows[model].append((number, *values))
        return number

    def take(self) -> Rows:
        """What has been queued; the next rows are queued anew."""
        taken, self.rows = self.rows, defaultdict(list)
        return taken

    def write(self, rows: Rows) -> None:
        for model, columns in COLUMNS.items():
            copy(model._meta.db_table, columns, rows.pop(model, []))
        self._written += 1
        if self._written.bit_count() == 1:  # with each doubling
            self._analyse()

    def _analyse(self) -> None:
        """Tables that were empty, or half as large, are read through as if they still were, until this."""
        tables = ", ".join(f'"{model._meta.db_table}"' for model in COLUMNS)
        with connection.cursor() as cursor:
            cursor.execute(f"ANALYZE {tables}")


@dataclass
class Lives:
    """Makes candidates one by one. The first requisition is the crowded one: `crowd` active applications."""

    material: Material
    seats: list[Seat]
    now: datetime
    crowd: int
    writer: Writer
    reason: DispositionReason
    source: Source
    _hired: set[int] = field(default_factory=set)
    _made: int = 0

    def __post_init__(self) -> None:
        self._live = [seat for seat in self.seats[1:] if seat.live] or self.seats[:1]
        self._ended = [seat for seat in self.seats if not seat.live] or self._live

    def candidate(self) -> int:
        """One more person, with one or two applications; their number."""
        chance, now = self.material.random, self.now
        index, self._made = self._made, self._made + 1
        first = chance.choice(self.material.first_names)
        last = chance.choice(self.material.last_names)
        city, country, zone = chance.choice(CITIES)
        name = f"{first} {last}"
        headline, text = self.material.resume(name, city)
        seats = list(self._seats(index))
        since = min(applied for _, applied in seats)
        address = f"c{self.writer.ids[Candidate].peek()}@seed.example.com"
        person = self.writer.add(
            Candidate, since, now, first, last, address, email_key(address), f"+49 30 {chance.randint(10**6, 10**7)}",
            city, country, zone, "en", headline, [], False, name_key(first, last),
        )  # fmt: skip
        for number, (seat, applied) in enumerate(seats):
            application = self._application(person, seat, applied, crowd=index < self.crowd and number == 0)
            if number == 0:
                digest = uuid.UUID(int=chance.getrandbits(128)).hex * 2
                self.writer.add(
                    Document, applied, applied, person, application, "resume", f"documents/seed/{digest[:32]}",
                    "resume.txt", "text/plain", len(text), digest, "read", "", text,
                    "{}",
                )  # fmt: skip
            self._letter(person, application, seat, applied, address, name)
        return person

    def _seats(self, index: int) -> Iterator[tuple[Seat, datetime]]:
        """Where this person applied, and when: mostly once, half of them again somewhere else."""
        chance = self.material.random
        if index < self.crowd:
            yield self.seats[0], self.now - timedelta(days=chance.uniform(0.1, 20))
        elif index % 5 == 0:
            yield chance.choice(self._live), self.now - timedelta(days=chance.uniform(0.1, 20))
        else:
            yield self._past(chance.choice(self._ended))
        if index % 2:
            yield self._past(chance.choice(self._ended))

    def _past(self, seat: Seat) -> tuple[Seat, datetime]:
        assert seat.requisition.opened_at is not None
        return seat, seat.requisition.opened_at + timedelta(days=self.material.random.uniform(0.2, 20))

    def _application(self, person: int, seat: Seat, applied: datetime, *, crowd: bool) -> int:
        chance = self.material.random
        if seat.live and (crowd or chance.random() < 0.6):
            return self._active(person, seat, applied)
        if not seat.live and seat.opening.pk not in self._hired and not crowd:
            self._hired.add(seat.opening.pk)
            return self._ended_as("hired", person, seat, applied)
        return self._ended_as("withdrawn" if chance.random() < 0.04 else "rejected", person, seat, applied)

    def _active(self, person: int, seat: Seat, applied: datetime) -> int:
        chance, now = self.material.random, self.now
        place = min(int(chance.expovariate(0.7)), len(seat.stages) - 2)
        stage = seat.stages[place]
        entered = max(applied, now - timedelta(days=chance.uniform(0.05, 4))) if place else max(
            applied, now - timedelta(days=4)
        )  # fmt: skip
        application = self.writer.add(
            Application, applied, now, person, seat.requisition.pk, seat.post.pk, stage.pk, "active", place + 1,
            self.source.pk, {}, {}, "", applied, entered, entered, None, None, None, "", None, None,
        )  # fmt: skip
        self._moves(person, application, seat, applied, entered, place)
        due = entered + timedelta(days=stage.promise_days + 1)
        self._promise(application, seat, stage.promise, entered, due, state="open", side=stage.promise_side)
        return application

    def _ended_as(self, state: str, person: int, seat: Seat, applied: datetime) -> int:
        chance, requisition = self.material.random, seat.requisition
        place = len(seat.stages) - 1 if state == "hired" else min(int(chance.expovariate(0.9)), 4)
        decided = min(applied + timedelta(days=chance.uniform(1, 30)), self.now - timedelta(hours=1))
        hired = state == "hired"
        application = self.writer.add(
            Application, applied, decided, person, requisition.pk, seat.post.pk, seat.stages[place].pk, state,
            place + 2, self.source.pk, {}, {}, "", applied, decided, decided, decided,
            None if state == "withdrawn" else requisition.recruiter_id, None if hired else self.reason.pk, "",
            decided + timedelta(minutes=16), seat.opening.pk if hired else None,
        )  # fmt: skip
        self._moves(person, application, seat, applied, decided, place)
        kept = chance.random() < 0.94
        self._promise(
            application,
            seat,
            seat.stages[0].promise,
            applied,
            applied + timedelta(days=6),
            state="kept" if kept else "broken",
            settled=decided if kept else applied + timedelta(days=6),
        )
        self._did(f"application.{state}", decided, person, application, seat, {"reason": self.reason.label})
        return application

    def _moves(
        self, person: int, application: int, seat: Seat, applied: datetime, until: datetime, place: int
    ) -> None:
        self._did("application.received", applied, person, application, seat, {}, by_candidate=True)
        step = (until - applied) / (place + 1)
        for number in range(place):
            before, after = seat.stages[number], seat.stages[number + 1]
            data = {
                "from_stage": before.name,
                "from_kind": before.kind,
                "to_stage": after.name,
                "to_kind": after.kind,
                "to_candidate": after.candidate_name,
            }
            self._did("application.moved", applied + step * (number + 1), person, application, seat, data)

    def _did(
        self,
        verb: str,
        when: datetime,
        person: int,
        application: int,
        seat: Seat,
        data: dict[str, Any],
        *,
        by_candidate: bool = False,
    ) -> None:
        requisition = seat.requisition
        self.writer.add(
            Activity, requisition.organisation_id, requisition.pk, application, person, verb, when, when, "web",
            "candidate" if by_candidate else "user", person if by_candidate else requisition.recruiter_id,
            "" if by_candidate else requisition.recruiter.name, "application", application, data,
        )  # fmt: skip

    def _promise(
        self,
        application: int,
        seat: Seat,
        what: str,
        opened: datetime,
        due: datetime,
        *,
        state: str,
        settled: datetime | None = None,
        side: str = "recruiter",
    ) -> None:
        requisition = seat.requisition
        owner = requisition.hiring_manager_id if side == "manager" else requisition.recruiter_id
        self.writer.add(
            Promise, opened, settled or opened, 0, "", application, "stage", what, owner, side, state, opened, due,
            due - timedelta(days=1), settled, 0, "",
        )  # fmt: skip

    def _letter(
        self, person: int, application: int, seat: Seat, applied: datetime, address: str, name: str
    ) -> None:
        """The acknowledgement that everybody got, and for some a conversation."""
        chance, requisition = self.material.random, seat.requisition
        text = f"Thank you for applying for {requisition.title}. You will hear from us within five working days.\n"
        mail = self.writer.add(
            OutgoingMail, applied, applied, 1, "", requisition.organisation_id, requisition.pk, application, person,
            uuid.UUID(int=chance.getrandbits(128)), f"seed-ack-{application}", "application.acknowledged",
            "transactional", "sent", address, name, "", "", f"Your application for {requisition.title}", text, "",
            {}, True, applied, applied, "250 OK",
        )  # fmt: skip
        self.writer.add(
            FollowUp, applied, applied, 0, "", person, application, "acknowledgement", applied, "done", "", {},
            f"seed-ack-{application}", mail, applied,
        )  # fmt: skip
        if chance.random() < 0.15:
            asked = applied + timedelta(hours=5)
            self.writer.add(
                Message, asked, asked, person, application, "in", None, "", "How many people are in the team?",
                asked, asked + timedelta(days=1),
            )  # fmt: skip
            self.writer.add(
                Message, asked, asked, person, application, "out", requisition.recruiter_id, "The team",
                "Seven, and you would be the eighth.", asked + timedelta(days=1), None,
            )  # fmt: skip


def populate(lives: Lives, *, count: int, batch: int, after: Callable[[list[int]], None]) -> Iterator[int]:
    """Make and write `count` people in batches; `after` gets each batch's numbers in the same transaction.

    While the database takes in one batch, the next one is made.
    """

    def write(rows: Rows, numbers: list[int]) -> None:
        with transaction.atomic():
            lives.writer.write(rows)
            after(numbers)

    with ThreadPoolExecutor(1) as writing:
        writes: list[Future[None]] = []
        for made in range(0, count, batch):
            numbers = [lives.candidate() for _ in range(min(batch, count - made))]
            if writes:
                writes[-1].result()
                yield made
            writes.append(writing.submit(write, lives.writer.take(), numbers))
        for last in writes[-1:]:
            last.result()
        writing.submit(connection.close)
    yield count
