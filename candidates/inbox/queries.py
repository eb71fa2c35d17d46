"""What came in and found no place, and where it may belong."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any

from django.db.models import Case, IntegerField, Q, QuerySet, Value, When

from ats.accounts.models import User
from ats.duework.models import MAX_ATTEMPTS
from ats.kernel.errors import Missing
from ats.kernel.languages import Words
from ats.kernel.staff_words import gettext, gettext_lazy
from ats.mail import arrivals, incoming
from ats.mail.incoming import Kind, Unreadable, calendars, replying
from ats.mail.incoming.calendars import CalendarAnswer
from ats.mail.models import IncomingMail, IncomingState, Why
from candidates.applications.models import Application, ApplicationState
from candidates.people.domain.addresses import email_key
from candidates.people.domain.keys import name_key
from candidates.people.models import Candidate
from requisitions.models import Requisition

PLACEABLE: frozenset[str] = frozenset({Kind.LETTER, Kind.AUTOMATIC, Kind.CALENDAR, ""})
"""What may be somebody's words; the others are about messages, and are not shown to a candidate as theirs."""
WHAT: dict[str, Words] = {
    Kind.FAILURE: gettext_lazy("A message did not arrive"),
    Kind.DELAY: gettext_lazy("A message is late"),
    Kind.COMPLAINT: gettext_lazy("A complaint"),
    Kind.AUTOMATIC: gettext_lazy("A program's answer"),
    Kind.CALENDAR: gettext_lazy("A calendar's answer"),
    Kind.LETTER: gettext_lazy("A letter"),
}
MOST = 12


@dataclass(frozen=True)
class Opened:
    """A message with its words, as far as they are kept and can be read."""

    row: IncomingMail
    words: str
    below: str
    files: tuple[str, ...]
    problem: str
    calendar: tuple[CalendarAnswer, ...] = ()
    """What a calendar answers in it, as far as that can be read."""
    colleague: User | None = None
    """Whose address it names, where a colleague seems to have written it."""
    application: Application | None = None
    requisition: Requisition | None = None

    @property
    def can_be_noted(self) -> bool:
        """Whether it may be kept as a note on the application that it is about."""
        is_theirs = self.row.why == Why.COLLEAGUE and is_waiting(self.row)
        return is_theirs and self.application is not None and bool(self.words) and not self.problem

    @property
    def can_be_placed(self) -> bool:
        return self.row.kind in PLACEABLE and is_waiting(self.row) and not self.problem


def is_waiting(row: IncomingMail) -> bool:
    """Whether a person has to see to it."""
    is_stuck = row.state == IncomingState.WAITING and row.attempts >= MAX_ATTEMPTS
    return row.state == IncomingState.OPEN or is_stuck


def inbox(user: User) -> QuerySet[IncomingMail]:
    """Newest first."""
    return IncomingMail.objects.in_inbox().visible_to(user).order_by("-received_at", "-pk")


def set_aside(user: User) -> QuerySet[IncomingMail]:
    rows = IncomingMail.objects.visible_to(user).filter(state=IncomingState.ASIDE)
    return rows.select_related("settled_by").order_by("-settled_at", "-pk")


def opened(user: User, incoming_id: int) -> Opened:
    rows = IncomingMail.objects.visible_to(user).select_related("settled_by", "mail")
    row = rows.filter(pk=incoming_id).first()
    # What found its place by itself is seen there, by who sees that.
    if row is None or not (is_waiting(row) or row.settled_by_id is not None):
        raise Missing(gettext("There is no such message."))
    about = _about(row, user)
    content = arrivals.outline_of(row)
    if content is None:
        return Opened(row, "", "", (), gettext("Its words are kept no longer."), **about)
    try:
        message = incoming.parsed(content)
    except Unreadable:
        problem = gettext("No mail program writes like this: it is not opened here.")
        return Opened(row, "", "", (), problem, **about)
    letter = replying.letter(message)
    files = tuple(
        file.name or gettext("A file without a name") for file in islice(replying.files(message), MOST)
    )
    said = calendars.answers(message)[:MOST]
    return Opened(row, letter.words, letter.below, files, "", said, **about)


def _about(row: IncomingMail, user: User) -> dict[str, Any]:
    """Who wrote it and what it is about, as far as is known."""
    colleague = User.objects.filter(email__iexact=row.sender).first() if row.why == Why.COLLEAGUE else None
    applications = Application.objects.known_to(user).select_related("candidate", "requisition")
    application = applications.filter(pk=row.application_id).first() if row.application_id else None
    roles = Requisition.objects.visible_to(user)
    role = roles.filter(pk=row.requisition_id).first() if row.requisition_id and not application else None
    return {"colleague": colleague, "application": application, "requisition": role}


def suggestions(row: IncomingMail, user: User) -> Sequence[Application]:
    """Whose it may be: by the address, else by the name that stands before it."""
    rows = _applications(user)
    key, name = email_key(row.sender), name_key(row.sender_name, "")
    if key and (found := list(rows.filter(candidate__in=Candidate.objects.with_address(key))[:MOST])):
        return found
    return list(rows.filter(candidate__name_key=name)[:MOST]) if name else []


def search(words: str, user: User) -> Sequence[Application]:
    """Applications by name, address, role or reference."""
    words = words.strip()[:100]
    if not words:
        return []
    found = Q(candidate__name_key__contains=name_key(words, "")) if name_key(words, "") else Q()
    found |= Q(candidate__email__icontains=words)
    found |= Q(requisition__title__icontains=words) | Q(requisition__reference__iexact=words)
    return list(_applications(user).filter(found)[:MOST])


def _applications(user: User) -> QuerySet[Application]:
    """Those that this person may write to, the ones in play first."""
    in_play = Case(
        When(state=ApplicationState.ACTIVE, then=Value(0)), default=Value(1), output_field=IntegerField()
    )
    rows = Application.objects.known_to(user).filter(candidate__anonymised_at=None)
    rows = rows.select_related("candidate", "requisition", "stage")
    return rows.defer("candidate__search").order_by(in_play, "-applied_at", "-pk")
