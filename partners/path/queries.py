"""What the path shows, and who has read it."""

from dataclasses import dataclass
from datetime import datetime
from itertools import groupby

from django.db.models import Exists, QuerySet

from ats.accounts.models import User
from ats.kernel.access import get_for
from ats.kernel.prepared import Prepared
from ats.kernel.rows import showing
from partners.partnerships.models import Partnership, PartnershipState
from partners.partnerships.queries.agreement import SideOfAgreement, agreement_page
from partners.path import models
from partners.path.domain import exercise
from partners.path.domain.exercise import LABELS, NOTES, Kind, Note
from partners.path.domain.pages import PAGES, PathPage, page_of
from partners.path.models import ExerciseDone, PathRead
from partners.path.rules import READ, VIEW
from requisitions.wording.domain.places import name_of
from requisitions.wording.models import Use
from requisitions.wording.queries.checks import unlawful_at

ROLE = ("organisation", "location", "recruiter", "hiring_manager")


@dataclass(frozen=True)
class Topic:
    """What may not be asked about: why, and what to ask instead."""

    name: str
    reason: str
    alternatives: list[str]


@dataclass(frozen=True)
class Path:
    """One page of it, with what the role brings."""

    partnership: Partnership
    page: PathPage
    sides: dict[str, SideOfAgreement]
    agreed: bool
    topics: list[Topic]
    place: str
    """Whose law it is, in words; empty where the role has no place."""
    read_at: datetime | None
    """When the viewer read it to its end."""
    may_read: bool

    @property
    def pages(self) -> tuple[PathPage, ...]:
        return PAGES

    @property
    def before(self) -> int | None:
        return self.page.number - 1 or None

    @property
    def after(self) -> int | None:
        return self.page.number + 1 if self.page.number < len(PAGES) else None


def path(user: User, partnership_id: int, *, number: int | None) -> Path:
    """The same queries for every page."""
    rows = Partnership.objects.select_related(*(f"requisition__{name}" for name in ROLE))
    partnership = get_for(rows, partnership_id, user=user, permission=VIEW)
    agreement = agreement_page(partnership, user)
    jurisdiction = partnership.requisition.jurisdiction
    return Path(
        partnership=partnership,
        page=page_of(number),
        sides={side.side.value: side for side in agreement.sides},
        agreed=agreement.binds,
        topics=topics(jurisdiction),
        place=name_of(jurisdiction) if jurisdiction else "",
        read_at=read_at(user),
        may_read=user.has_perm(READ, partnership),
    )


def topics(jurisdiction: str) -> list[Topic]:
    """What no question may be about there, by the rules of wording in force, in the order of their topics."""
    rules = sorted(unlawful_at(jurisdiction, use=Use.QUESTION), key=lambda rule: rule.told.topic)
    found = []
    for name, group in groupby(rules, key=lambda rule: rule.told.topic):
        same = list(group)
        alternatives = list(dict.fromkeys(rule.told.alternative for rule in same))
        found.append(Topic(name, same[0].told.reason, alternatives))
    return found


def read_at(user: User) -> datetime | None:
    """When this person read the path as it is today."""
    rows = PathRead.objects.of_today().filter(user=user).order_by("version")
    return rows.values_list("read_at", flat=True).first()


def led_through(user: User) -> Partnership | None:
    """The running role on which this person is led through the path: the first of a manager who has not read it."""
    if user.recruits:
        return None
    return next(iter(_led(models.VERSION, user=user.pk)), None)


@Prepared
def _led(version: int, *, user: int) -> QuerySet[Partnership]:
    unread = ~Exists(PathRead.objects.filter(user=user, version__gte=version))
    rows = Partnership.objects.filter(unread, requisition__hiring_manager=user, state=PartnershipState.ACTIVE)
    names = ("title", "recruiter__name", "recruiter__email")
    return showing(rows, *(f"requisition__{name}" for name in names)).order_by("started_at", "pk")[:1]


def exercise_done_at(user: User) -> datetime | None:
    rows = ExerciseDone.objects.filter(user=user, version=exercise.VERSION)
    return rows.values_list("done_at", flat=True).first()


@dataclass(frozen=True)
class Explained:
    """A note of the exercise after it was marked: as what, what it is, and why."""

    note: Note
    marked: str
    is_so: bool

    @property
    def said(self) -> str:
        return str(LABELS[self.note.kind])


def explained(marks: dict[str, str]) -> list[Explained]:
    """Each note beside what was marked; nothing is counted."""
    return [
        Explained(note, str(LABELS[Kind(marks[note.code])]), marks[note.code] == note.kind) for note in NOTES
    ]
