"""What is found all over: people, roles, what colleagues noted, what was written to candidates and by them."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import QuerySet

from ats.accounts.models import User
from ats.kernel.rows import showing
from ats.kernel.text_search import newest_with
from candidates.applications.models import NOTE_WORDS, Note
from candidates.messages.models import MESSAGE_WORDS, Direction, Message
from candidates.people.domain.fields import fielded
from candidates.people.domain.snippets import Part, snippet
from candidates.people.queries import tidied
from candidates.people_pages.queries import People, PeopleFilter, people
from requisitions.models import Requisition
from requisitions.roles.queries.listing import RequisitionFilter
from requisitions.roles.queries.listing import found as roles_found

PEOPLE, ROLES, TEXTS = 8, 8, 20


@dataclass(frozen=True)
class Text:
    """A note or a message: about whom, by whom, when, and the words around what was asked for."""

    application: int | None
    candidate: int
    name: str
    role: str
    by: str
    at: datetime
    parts: list[Part]


@dataclass(frozen=True)
class Found:
    """The first of each kind; `words` is what of the question is looked for in texts and roles."""

    words: str
    people: People | None = None
    roles: list[Requisition] | None = None
    notes: list[Text] | None = None
    messages: list[Text] | None = None

    def __bool__(self) -> bool:
        return bool((self.people and self.people.rows) or self.roles or self.notes or self.messages)


def everywhere(user: User, question: str) -> Found:
    """Of everything as much as `user` may see; fields (`stage:`) narrow down people alone."""
    text = tidied(question)
    words = fielded(text).words
    if not text:
        return Found(words="")
    return Found(
        words=words,
        people=people(user, PeopleFilter(text=text), size=PEOPLE),
        roles=_roles(user, words) if words else [],
        notes=_texts(Note.objects.visible_to(user), NOTE_WORDS, words, _noted) if words else [],
        messages=_texts(Message.objects.visible_to(user), MESSAGE_WORDS, words, _written) if words else [],
    )


def _roles(user: User, words: str) -> list[Requisition]:
    """By title or number."""
    ids = roles_found(user, RequisitionFilter(state="all", text=words), most=ROLES)
    rows = Requisition.objects.only("title", "reference", "state").in_bulk(ids)
    return [rows[one] for one in ids if one in rows]


def _texts(rows: "QuerySet[Any]", words: Any, asked: str, made: Callable[[Any, str], Text]) -> list[Text]:
    found = newest_with(rows, words, asked, most=TEXTS)
    return [made(row, asked) for row in showing(found, *_SHOWN[rows.model])]


_SHOWN: dict[type, tuple[str, ...]] = {
    Note: (
        "body", "written_at", "author__name", "author__email", "application__candidate__first_name",
        "application__candidate__last_name", "application__requisition__title",
    ),
    Message: (
        "subject", "body", "said_at", "direction", "author__name", "author__email", "candidate__first_name",
        "candidate__last_name", "application__requisition__title",
    ),
}  # fmt: skip


def _noted(row: Note, asked: str) -> Text:
    application = row.application
    return Text(
        application=application.pk,
        candidate=application.candidate_id,
        name=application.candidate.name,
        role=application.requisition.title,
        by=str(row.author),
        at=row.written_at,
        parts=snippet(row.body, asked) or _begin(row.body),
    )


def _written(row: Message, asked: str) -> Text:
    by = row.candidate.name if row.direction == Direction.IN else str(row.author or "")
    return Text(
        application=row.application_id,
        candidate=row.candidate_id,
        name=row.candidate.name,
        role=row.application.requisition.title if row.application else "",
        by=by,
        at=row.said_at,
        parts=snippet(f"{row.subject}\n{row.body}", asked) or _begin(row.subject or row.body),
    )


def _begin(text: str) -> list[Part]:
    return [Part(text[:120], is_hit=False)]
