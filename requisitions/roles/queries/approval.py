"""The approval that a role may need before it opens: what is shown, when it holds, and where it stands."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from zlib import crc32

from ats.accounts.models import User
from ats.approvals import actions as approvals
from ats.approvals import queries
from ats.approvals.domain.kinds import ApprovalKind, declare
from ats.approvals.models import ApprovalRequest, ApprovalRequestState
from ats.kernel.access import lock
from ats.kernel.kept import kept
from ats.kernel.languages import ours
from ats.kernel.staff_words import gettext_noop
from requisitions.roles.domain import pay
from requisitions.roles.models import CriterionKind, OpeningState, Requisition

KIND = "opening"
APPROVED = frozenset({"Role", "Organisation", "Openings", "Pay", "Must-haves"})
WIDE = Decimal("1.3")
"""A pay range is wide where its upper end is more than this many times the lower one."""


declare(
    ApprovalKind(
        KIND,
        gettext_noop("Opening of a role"),
        parts={"hiring_manager": gettext_noop("Hiring manager"), "recruiter": gettext_noop("Recruiter")},
        conditions={
            "headcount_above_one": gettext_noop("More than one opening"),
            "pay_range_wide": gettext_noop("The pay range is wider than 30 %"),
            "pay_missing": gettext_noop("No pay range is given"),
        },
        hold=lambda requisition_id: lock(Requisition, requisition_id),
        sees=lambda user, requisition_id: (
            Requisition.objects.visible_to(user).filter(pk=requisition_id).exists()
        ),
        granted=kept("The role opens by itself now."),
    )
)


@dataclass(frozen=True)
class Standing:
    """Where the approval of a draft stands, for its page."""

    request: ApprovalRequest | None
    current: bool
    """Whether what was asked is what the role says today."""

    @property
    def waits(self) -> bool:
        return self.request is not None and self.request.state == ApprovalRequestState.WAITING

    @property
    def waits_for(self) -> str:
        """The names of those whose turn it is."""
        steps = self.request.steps if self.request else []  # type: ignore[attr-defined]
        return " and ".join(dict.fromkeys(str(row.approver) for row in steps if row.state == "open"))

    @property
    def refusal(self) -> tuple[User, str] | None:
        """Who sent it back, and why."""
        steps = self.request.steps if self.request else []  # type: ignore[attr-defined]
        return next(((row.approver, row.note) for row in steps if row.state == "rejected"), None)

    def seen_by(self, user: User) -> bool:
        """Whether this person may open the request: who asked, who is asked, who oversees."""
        if self.request is None:
            return False
        asked = {row.approver_id for row in self.request.steps}  # type: ignore[attr-defined]
        return user.oversees or user.pk in asked | {self.request.requested_by_id}

    @property
    def given(self) -> bool:
        """Everybody has agreed to the role as it is; it may open."""
        approved = self.request is not None and self.request.state == ApprovalRequestState.APPROVED
        return approved and self.current


def is_needed(requisition: Requisition) -> bool:
    """Whether a chain says that somebody approves the opening of roles here."""
    chain = approvals.chain_for(KIND, requisition.organisation)
    return chain is not None and chain.steps.exists()


def standing(requisition: Requisition) -> Standing | None:
    """None where nobody has to approve its opening and nobody was asked."""
    request = queries.latest_of(kind=KIND, subject_id=requisition.pk)
    if request is None and not is_needed(requisition):
        return None
    return Standing(request, request is not None and says_the_same(request, requisition))


def says_the_same(request: ApprovalRequest, requisition: Requisition) -> bool:
    """Whether what was asked is what the role says today.

    The number alone would not do: who wants to can find other words that give the same one.
    """
    return request.subject_version == version(requisition) and _told(request.facts) == _told(
        facts_of(requisition)
    )


def _told(facts: Iterable[Sequence[str]]) -> dict[str, str]:
    """What approvers read of the things that they approve; a department may be named later."""
    return {label: text.partition(" · ")[0] for label, text in facts if label in APPROVED}


def pay_has_changed(requisition: Requisition) -> bool:
    """Whether the range is another one than that which was approved with the opening; False where nobody was asked."""
    request = queries.latest_of(kind=KIND, subject_id=requisition.pk)
    if request is None or request.state != ApprovalRequestState.APPROVED or not request.steps:  # type: ignore[attr-defined]
        return False
    return _told(request.facts).get("Pay") != _told(facts_of(requisition)).get("Pay")


def version(requisition: Requisition) -> int:
    """A number for what is approved: it changes with the title, the place, the pay, the openings, the must-haves."""
    said = [
        requisition.title,
        requisition.organisation_id,
        *(f"{end:.2f}" if end is not None else "" for end in (requisition.pay_min, requisition.pay_max)),
        requisition.pay_currency,
        requisition.pay_period,
        _seats(requisition),
        *_must_haves(requisition),
    ]
    return crc32(json.dumps(said).encode()) & 0x7FFFFFFF


def _seats(requisition: Requisition) -> int:
    return sum(seat.state != OpeningState.CANCELLED for seat in requisition.openings.all())


def _must_haves(requisition: Requisition) -> list[tuple[str, str]]:
    must = [row for row in requisition.criteria.all() if row.kind == CriterionKind.MUST]
    return [(row.name, row.why) for row in sorted(must, key=lambda row: (row.position, row.pk))]


def holds(requisition: Requisition) -> set[str]:
    low, high = requisition.pay_min, requisition.pay_max
    return {
        name
        for name, holds in {
            "headcount_above_one": _seats(requisition) > 1,
            "pay_range_wide": low is not None and high is not None and high > low * WIDE,
            "pay_missing": low is None or high is None,
        }.items()
        if holds
    }


@ours
def facts_of(requisition: Requisition) -> list[tuple[str, str]]:
    place = " · ".join(
        str(part) for part in (requisition.location, requisition.get_remote_mode_display()) if part
    )
    facts = [
        ("Role", requisition.title),
        ("Organisation", " · ".join(str(p) for p in (requisition.organisation, requisition.department) if p)),
        ("Openings", str(_seats(requisition))),
        ("Pay", pay.in_words(requisition) or "Not said yet"),
        ("Place", place),
        ("Employment", requisition.get_employment_type_display()),
        ("Hiring manager", str(requisition.hiring_manager or "Nobody yet")),
        ("Recruiter", str(requisition.recruiter)),
        ("Must-haves", "\n".join(name for name, _ in _must_haves(requisition))),
        ("Why", requisition.why),
    ]
    return [(label, text) for label, text in facts if text]
