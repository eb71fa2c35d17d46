"""Two records side by side: field by field, what comes along, and what stands in the way."""

from dataclasses import dataclass
from datetime import datetime

from ats.accounts.models import User
from ats.kernel.access import get_for
from ats.kernel.languages import name_of
from ats.kernel.staff_words import gettext, gettext_lazy, ngettext
from candidates.applications.models import Application, Note
from candidates.documents.models import Document
from candidates.duplicates.domain.choices import BOTH, FIELDS, proposed
from candidates.duplicates.models import Merge, Reason
from candidates.duplicates.queries.listing import is_weak, reasons_between
from candidates.duplicates.queries.obstacles import Obstacle, between
from candidates.duplicates.rules import MERGE
from candidates.messages.models import Message
from candidates.people.models import Candidate

LABELS = {
    "first_name": gettext_lazy("First name"),
    "last_name": gettext_lazy("Last name"),
    "called": gettext_lazy("Addressed as"),
    "email": gettext_lazy("E-mail"),
    "phone": gettext_lazy("Telephone"),
    "headline": gettext_lazy("Headline"),
    "city": gettext_lazy("City"),
    "country": gettext_lazy("Country"),
    "time_zone": gettext_lazy("Time zone"),
    "language": gettext_lazy("Language"),
    "links": gettext_lazy("Links"),
}
STAY_KNOWN = frozenset({"email", "phone"})
"""What is not chosen of these is kept as a further one."""


@dataclass(frozen=True)
class Side:
    """One field of both, and which of the two is proposed."""

    name: str
    label: str
    kept: str
    lost: str
    proposed: str

    @property
    def differs(self) -> bool:
        return self.kept != self.lost

    @property
    def stays_known(self) -> bool:
        return self.name in STAY_KNOWN

    @property
    def takes_both(self) -> bool:
        return self.proposed == BOTH


@dataclass(frozen=True)
class Beside:
    kept: Candidate
    lost: Candidate
    sides: list[Side]
    reasons: tuple[Reason, ...]
    obstacles: list[Obstacle]
    comes: list[str]
    """What comes along, as far as the reader may know of it, in words."""
    roles: list[Application]

    @property
    def asks_why(self) -> bool:
        return is_weak(self.reasons)

    @property
    def said(self) -> list[str]:
        return [str(reason.label) for reason in self.reasons]


def beside(user: User, kept_id: int, lost_id: int) -> Beside:
    rows = Candidate.objects.without_words()
    kept = get_for(rows, kept_id, user=user, permission=MERGE)
    lost = get_for(rows, lost_id, user=user, permission=MERGE)
    chosen = proposed(vars(kept), vars(lost))
    roles = list(
        Application.objects.visible_to(user)
        .filter(candidate=lost)
        .select_related("requisition", "stage")
        .order_by("-applied_at", "-pk")
    )
    return Beside(
        kept=kept,
        lost=lost,
        sides=[
            Side(name, str(LABELS[name]), _shown(kept, name), _shown(lost, name), chosen[name])
            for name in FIELDS
        ],
        reasons=reasons_between(kept, lost, user) if kept.pk != lost.pk else (),
        obstacles=between(kept, lost, user),
        comes=_comes(lost, roles, user),
        roles=roles,
    )


def _shown(candidate: Candidate, name: str) -> str:
    value = getattr(candidate, name)
    if name == "links":
        return "\n".join(str(link) for link in value)
    return name_of(value) if name == "language" else str(value)


def _comes(lost: Candidate, roles: list[Application], user: User) -> list[str]:
    files = Document.objects.visible_to(user).filter(candidate=lost).count()
    messages = Message.objects.filter(application__in=roles).count()
    notes = Note.objects.visible_to(user).filter(application__in=roles).count()
    counted = (
        (ngettext("%(number)s application", "%(number)s applications", len(roles)), len(roles)),
        (ngettext("%(number)s file", "%(number)s files", files), files),
        (ngettext("%(number)s message", "%(number)s messages", messages), messages),
        (ngettext("%(number)s note", "%(number)s notes", notes), notes),
    )
    return [words % {"number": number} for words, number in counted if number]


@dataclass(frozen=True)
class PutTogether:
    """One record that leads on to this person, and until when that can be undone."""

    merge: Merge
    name: str
    can_be_undone: bool


def put_together(candidate: Candidate, now: datetime) -> list[PutTogether]:
    """The newest first."""
    found = []
    for row in candidate.merges.standing().select_related("by").order_by("-merged_at", "-pk"):
        was = row.before.get("lost", {})
        name = f"{was.get('first_name', '')} {was.get('last_name', '')}".strip() or gettext("Data erased")
        found.append(PutTogether(row, name, bool(row.before) and now <= row.undone_until))
    return found
