"""Interviews that were held at scale, and what the interviewers wrote about them."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta
from typing import Any

from django.contrib.auth.hashers import make_password
from django.db import transaction
from django.db.models import Model

from ats.accounts.models import Role, User
from ats.demo.copying import Numbers, copy
from ats.demo.scale.company import Seat
from ats.demo.words import Material
from candidates.models import (
    Application,
    Interview,
    InterviewSeat,
    Rating,
    Scorecard,
    ScorecardMark,
    ScorecardVersion,
)
from requisitions.models import Criterion, StageKind

COLUMNS: dict[type[Model], tuple[str, ...]] = {
    Interview: (
        "id", "created_at", "updated_at", "application_id", "state", "name", "purpose", "format", "place",
        "video_link", "preparation", "kit", "scorecard_hours", "starts_at", "ends_at", "booked_at",
        "settled_at", "cancel_reason", "cancelled_by_candidate", "changes", "accessibility", "uid", "sequence",
    ),
    InterviewSeat: (
        "id", "created_at", "updated_at", "interview_id", "user_id", "period", "week", "released", "reply",
    ),
    Scorecard: (
        "id", "created_at", "updated_at", "attempts", "last_error", "interview_id", "application_id",
        "interviewer_id", "state", "recommendation", "reason", "private_notes", "revision", "number", "due_at",
        "nudges", "submitted_at",
    ),
    ScorecardMark: (
        "id", "scorecard_id", "criterion_id", "position", "name", "is_must", "rating", "evidence",
    ),
    ScorecardVersion: ("id", "scorecard_id", "number", "handed_in_at", "content", "why"),
}  # fmt: skip
"""What is written, by table, in the order in which the tables refer to each other."""

SHARE = 0.05
"""So many interviewed applications for each candidate."""

ROUNDS = (("Technical conversation", 1), ("Working together", 2))
MANY_ROUNDS = tuple((f"Conversation {number}", 2) for number in range(1, 5))
"""What one candidate went through: eight people's evidence in one debrief."""

HOURS = range(7, 16)
BATCH = 2_000


def add_evidence(material: Material, seats: Sequence[Seat], *, candidates: int, now: datetime) -> int:
    """Interviews of candidates who came as far, each with its scorecards; how many scorecards."""
    roles = [seat.requisition.pk for seat in seats]
    rows = Application.objects.filter(
        requisition__in=roles, stage__kind__in=[StageKind.INTERVIEW, StageKind.OFFER, StageKind.HIRED]
    )
    # Those in play first: their pages are looked at most.
    fields = ("pk", "requisition_id", "state", "stage_entered_at")
    chosen = list(rows.order_by("state", "pk").values_list(*fields)[: max(2, int(candidates * SHARE))])
    writer = _Writer(material, _interviewers(material, max(12, candidates // 400)), _criteria(roles), now)
    for number, (application, requisition, state, entered) in enumerate(chosen):
        rounds = ROUNDS if number else MANY_ROUNDS
        in_play = state == "active"
        writer.interview(
            application, requisition, rounds, before=now if in_play else entered, in_play=in_play
        )
        if number % BATCH == BATCH - 1:
            writer.write()
    writer.write()
    return writer.written


def _interviewers(material: Material, count: int) -> list[int]:
    locked, number = make_password(None), User.objects.count()
    chance = material.random
    people = [
        User(
            email=f"interviewer{number + index}@seed.example.com",
            name=f"{chance.choice(material.first_names)} {chance.choice(material.last_names)}",
            role=Role.INTERVIEWER,
            password=locked,
            time_zone="Europe/Berlin",
        )
        for index in range(count)
    ]
    return [user.pk for user in User.objects.bulk_create(people)]


def _criteria(roles: Sequence[int]) -> dict[int, list[tuple[int, str]]]:
    found: dict[int, list[tuple[int, str]]] = {}
    rows = Criterion.objects.filter(requisition__in=roles).order_by("position")
    for requisition, number, name in rows.values_list("requisition_id", "pk", "name"):
        found.setdefault(requisition, []).append((number, name))
    return found


@dataclass
class _Writer:
    material: Material
    people: list[int]
    criteria: dict[int, list[tuple[int, str]]]
    now: datetime
    written: int = 0
    ids: dict[type[Model], Numbers] = field(init=False)
    rows: dict[type[Model], list[tuple[Any, ...]]] = field(init=False)
    taken: set[tuple[int, datetime]] = field(default_factory=set)

    def __post_init__(self) -> None:
        self.ids = {model: Numbers(model) for model in COLUMNS}
        self.rows = {model: [] for model in COLUMNS}

    def write(self) -> None:
        with transaction.atomic():
            for model, columns in COLUMNS.items():
                copy(model._meta.db_table, columns, self.rows[model])
                self.rows[model] = []

    def interview(
        self,
        application: int,
        requisition: int,
        rounds: Sequence[tuple[str, int]],
        *,
        before: datetime,
        in_play: bool,
    ) -> None:
        """The rounds of one candidate, one a day; in play, one in ten still waits for somebody's evidence."""
        criteria = self.criteria.get(requisition, [])
        kit = {
            "criteria": [{"id": key, "name": name, "is_must": True, "why": ""} for key, name in criteria],
            "questions": [
                {"criterion": key, "text": f"Tell me about it: {name}.", "good": ""} for key, name in criteria
            ],
        }
        late = in_play and rounds is ROUNDS and self.material.random.random() < 0.1
        for number, (name, size) in enumerate(reversed(rounds)):
            day = (before - timedelta(days=number + 1)).date()
            starts_at, people = self._free(day, size)
            interview = self._held(application, name, kit, starts_at, people)
            for person in people:
                waits = late and number == 0 and person == people[0]
                self._card(interview, application, person, criteria, starts_at, waits=waits)

    def _free(self, day: Any, size: int) -> tuple[datetime, list[int]]:
        """An hour of that day, or of one before, at which so many people have no other interview."""
        chance = self.material.random
        while True:
            hour = chance.choice(HOURS)
            starts_at = datetime.combine(day, time(hour), tzinfo=self.now.tzinfo)
            asked = chance.sample(self.people, min(size + 4, len(self.people)))
            free = [person for person in asked if (person, starts_at) not in self.taken][:size]
            if len(free) == size:
                self.taken.update((person, starts_at) for person in free)
                return starts_at, free
            day -= timedelta(days=1)

    def _held(
        self, application: int, name: str, kit: dict[str, Any], starts_at: datetime, people: list[int]
    ) -> int:
        ends_at, chance = starts_at + timedelta(minutes=45), self.material.random
        interview = self._add(
            Interview, starts_at, ends_at, application, "held", name, "", "video", "", "", "", kit, 8, starts_at,
            ends_at, starts_at - timedelta(days=3), ends_at, "", False, 0, "",
            uuid.UUID(int=chance.getrandbits(128), version=4), 0,
        )  # fmt: skip
        week = starts_at.date() - timedelta(days=starts_at.weekday())
        for person in people:
            period = f"[{starts_at.isoformat()},{ends_at.isoformat()})"
            self._add(InterviewSeat, starts_at, starts_at, interview, person, period, week, False, "accepted")
        return interview

    def _card(
        self,
        interview: int,
        application: int,
        person: int,
        criteria: list[tuple[int, str]],
        held_at: datetime,
        *,
        waits: bool,
    ) -> None:
        chance = self.material.random
        given = min(self.now, held_at + timedelta(hours=chance.uniform(1, 30)))
        marks = [
            {
                "criterion": key,
                "name": name,
                "is_must": True,
                "rating": "" if waits else chance.choice(Rating.values),
                "evidence": "" if waits else self._said(),
            }
            for key, name in criteria
        ]
        content = {"recommendation": chance.choice(Rating.values), "reason": self._said(), "marks": marks}
        card = self._add(
            Scorecard, held_at, given, 0, "", interview, application, person, "draft" if waits else "submitted",
            "" if waits else content["recommendation"], "" if waits else content["reason"], "", 1,
            0 if waits else 1, held_at + timedelta(days=1), 0, None if waits else given,
        )  # fmt: skip
        for place, mark in enumerate(marks):
            self._add(
                ScorecardMark,
                card,
                mark["criterion"],
                place,
                mark["name"],
                True,
                mark["rating"],
                mark["evidence"],
            )
        if not waits:
            self._add(ScorecardVersion, card, 1, given, content, "")
        self.written += 1

    def _said(self) -> str:
        chance = self.material.random
        return " ".join(chance.choice(SAID) for _ in range(chance.randint(1, 4)))

    def _add(self, model: type[Model], *values: Any) -> int:
        number = self.ids[model].take()
        self.rows[model].append((number, *values))
        return number


SAID = (
    "Told of the release that went wrong and what they changed afterwards.",
    "Drew the whole system on one page and named the part they would not build again.",
    "Could not say how they would find out whether it works.",
    "Asked who would have to live with the result, before asking how it is built.",
    "Had an example of their own for each question, with figures.",
    "Explained it twice, and the second time in simpler words.",
)
