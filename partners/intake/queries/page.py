"""What the page of the intake shows, with a fixed number of SQL queries."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from typing import Any

from django.db.models import prefetch_related_objects

from ats.accounts.models import User
from ats.kernel.access import get_for
from ats.kernel.errors import Missing
from ats.kernel.staff_words import gettext
from partners.intake.domain import changes, content, values
from partners.intake.domain.content import Content, mark
from partners.intake.domain.fields import FIELDS, STEPS, Field
from partners.intake.models import Brief, BriefField, BriefVersion, OtherWords
from partners.intake.queries.brief import asked_of, brief_of, planned_of, settled
from partners.intake.rules import FILL, SETTLE, VIEW
from partners.partnerships.domain import intake
from partners.partnerships.models import Partnership, PartnershipState, PartnerSide
from partners.partnerships.rules import binds, sides_of
from requisitions.models import PlannedInterview, Question, Requisition


@dataclass(frozen=True)
class Other:
    """Words that stand beside those of a field, and how either is known."""

    row: OtherWords
    text: str
    saved: str
    """What the field says, in words."""
    read: str
    other_read: str
    mine: bool
    merges: bool


@dataclass(frozen=True)
class Line:
    """One field as the page shows it."""

    field: Field
    value: Any
    written: BriefField | None
    others: list[Other]
    may_write: bool

    @property
    def mark(self) -> str:
        return mark(self.value)

    @property
    def words(self) -> str:
        return changes.in_words(self.field.code, self.value)


@dataclass(frozen=True)
class Must:
    """One must-have as the page shows it."""

    value: dict[str, Any]
    others: list[Other]
    in_interviews: list[str]

    @property
    def mark(self) -> str:
        return mark(self.value)

    @property
    def assessed(self) -> str:
        """How it is assessed, in words; empty where nobody does."""
        return changes.assessed(self.value, self.in_interviews)


@dataclass
class Intake:
    """The brief of one partnership as somebody opens it."""

    partnership: Partnership
    brief: Brief
    user: User
    said: Content
    planned: Sequence[PlannedInterview]
    questions: Sequence[Question]
    version: BriefVersion | None
    written: dict[str, BriefField]
    others: list[OtherWords] = field(default_factory=list)

    @property
    def role(self) -> Requisition:
        return self.partnership.requisition

    @cached_property
    def is_open(self) -> bool:
        return self.partnership.state == PartnershipState.ACTIVE

    @cached_property
    def fills(self) -> bool:
        return self.is_open and self.user.has_perm(FILL, self.partnership)

    @cached_property
    def leads(self) -> bool:
        """Whether they may say what only those who lead the role say."""
        wanted = ("requisitions.open_requisition", "requisitions.change_team")
        return self.fills and all(self.user.has_perm(one, self.role) for one in wanted)

    @cached_property
    def words(self) -> str:
        """The mark of all that it says: what one says yes to."""
        return mark(self.said)

    @cached_property
    def changed(self) -> list[str]:
        """The codes of the fields that say something else than the version that is settled."""
        return content.changed(self.version.content, self.said) if self.version else []

    @cached_property
    def differences(self) -> list[changes.Difference]:
        return changes.differences(self.version.content, self.said) if self.version else []

    @property
    def number(self) -> int:
        """Of the version that is being written."""
        return (self.version.number if self.version else 0) + 1

    @property
    def is_settled(self) -> bool:
        """Whether it says what both have settled."""
        return self.version is not None and not self.changed

    @cached_property
    def gaps(self) -> list[str]:
        """What has to be said before it can be settled."""
        return intake.missing(self.role)

    @cached_property
    def yeses(self) -> list[tuple[PartnerSide, User | None, datetime | None, bool]]:
        """Of each side: who leads it, when they said yes, and whether to the words that stand here."""
        leaders = {PartnerSide.RECRUITER: self.role.recruiter, PartnerSide.MANAGER: self.role.hiring_manager}
        found = []
        for side, person in leaders.items():
            by, at = getattr(self.brief, f"{side}_yes_by_id"), getattr(self.brief, f"{side}_yes_at")
            own = person is not None and by == person.pk
            found.append((side, person, at if own else None, own and self.brief.agreed_words == self.words))
        return found

    @cached_property
    def may_say_yes(self) -> bool:
        if not self.is_open or self.is_settled or self.gaps or self.others:
            return False
        mine = binds(self.user, self.role)
        return self.user.has_perm(SETTLE, self.partnership) and any(
            side in mine and not stands for side, _, _, stands in self.yeses
        )

    @cached_property
    def sides(self) -> set[PartnerSide]:
        return sides_of(self.user, self.role)

    # --- Its lines

    def line(self, code: str) -> Line:
        said = FIELDS[code]
        return Line(
            field=said,
            value=self.said[code],
            written=self.written.get(code),
            others=[self._other(row, self.said[code]) for row in self.others if row.code == code],
            may_write=self.fills and (self.leads or not said.led),
        )

    @cached_property
    def musts(self) -> list[Must]:
        names = {row.pk: row.name for row in self.planned}
        return [
            Must(
                value,
                [self._other(row, value) for row in self.others if row.criterion_id == value["id"]],
                [names[number] for number in value["interviews"]],
            )
            for value in self.said["must_haves"]
        ]

    @cached_property
    def lost(self) -> list[Other]:
        """Words of must-haves that are gone."""
        known = {value["id"] for value in self.said["must_haves"]}
        rows = (row for row in self.others if row.code == "must_haves" and row.criterion_id not in known)
        return [self._other(row, None) for row in rows]

    def _other(self, row: OtherWords, saved: Any) -> Other:
        return Other(
            row=row,
            text=changes.in_words(row.code, [row.words] if row.code == "must_haves" else row.words),
            saved=changes.in_words(row.code, [saved] if row.code == "must_haves" and saved else saved),
            read=mark(saved),
            other_read=mark(row.words),
            mine=row.by_id == self.user.pk,
            merges=row.code in values.MERGES,
        )

    @property
    def steps(self) -> list[tuple[str, str, bool]]:
        """The parts of the page: where, what, and whether all of it is said."""
        empty = set(content.missing(self.said))
        return [(step.code, str(step.title), not set(step.fields) & empty) for step in STEPS if step.fields]


ROWS = (
    "requisition__organisation__calendar",
    "requisition__department",
    "requisition__location",
    "requisition__recruiter",
    "requisition__hiring_manager",
)


def seen(user: User, partnership_id: int, permission: str = VIEW) -> Partnership:
    """The partnership that somebody may see, with its role and team; two queries."""
    rows: Any = Partnership.objects.select_related(*ROWS).prefetch_related("requisition__members")
    return get_for(rows, partnership_id, user=user, permission=permission)


def intake_page(user: User, partnership_id: int) -> Intake:
    """Everything about a brief but its calibration; thirteen queries."""
    partnership = seen(user, partnership_id)
    requisition, brief = partnership.requisition, brief_of(partnership)
    planned = planned_of(requisition)
    asked = Question.objects.filter(post__requisition=requisition, removed_at__isnull=True)
    written = BriefField.objects.filter(brief=brief.pk).select_related("changed_by", "came_from__requisition")
    others = OtherWords.objects.filter(brief=brief.pk, settled_at__isnull=True).select_related("by")
    prefetch_related_objects([requisition], "criteria")
    return Intake(
        partnership=partnership,
        brief=brief,
        user=user,
        said=content.content(
            requisition,
            brief,
            criteria=requisition.criteria.all(),
            asked=asked_of(requisition),
            planned=planned,
        ),
        planned=planned,
        questions=list(asked.order_by("post", "position", "pk")),
        version=settled(partnership),
        written={row.code: row for row in written},
        others=list(others.order_by("pk")),
    )


def revision(user: User, partnership_id: int) -> int:
    """The number that rises with every change; one indexed read, `Missing` for who may not see it."""
    found = (
        Brief.objects.visible_to(user).filter(partnership=partnership_id).values_list("revision", flat=True)
    )
    number = next(iter(found), None)
    if number is None:
        raise Missing(gettext("There is no such brief."))
    return number
