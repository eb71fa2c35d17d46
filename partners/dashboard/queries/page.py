"""The page of one partnership: its agreement, every commitment, its check-ins, what happened."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Case, IntegerField, Value, When

from ats.accounts.models import User
from ats.activity.describing import Entry
from ats.activity.describing import entries as described
from ats.activity.models import Activity
from ats.kernel.staff_words import gettext
from partners.checkins.actions import in_words
from partners.checkins.models import CheckIn, CheckInState
from partners.checkins.queries import present_rhythm
from partners.checkins.queries.known import groups
from partners.commitments.models import Commitment, CommitmentState
from partners.dashboard.queries import Theme, themes
from partners.dashboard.queries.lines import Line, Lines
from partners.partnerships.models import Partnership, PartnershipState, PartnerSide
from partners.partnerships.queries import AgreementPage, agreement_page
from partners.partnerships.rules import sides_of
from requisitions.roles.domain.facts import takes_both_parts
from requisitions.roles.queries.both_parts import is_one_too_few

MOST_COMMITMENTS = 12
MOST_CHECK_INS = 12
MOST_ENTRIES = 60


@dataclass(frozen=True)
class Details:
    partnership: Partnership
    agreement: AgreementPage
    themes: list[Theme]
    sides: list[tuple[PartnerSide, User | None, list[Line]]]
    check_ins: list[CheckIn]
    rhythm: str
    entries: list[Entry]
    both_parts: str
    """What it means that one person is both partners; empty where they are two."""
    mine: set[PartnerSide]
    """The sides that the viewer works on: what is owed there leads to where it is done."""

    @property
    def may_update(self) -> bool:
        """Whether the viewer says where the role stands, and somebody else reads it."""
        role, live = self.partnership.requisition, self.partnership.state == PartnershipState.ACTIVE
        return live and PartnerSide.RECRUITER in self.mine and role.hiring_manager is not None


def details(partnership: Partnership, user: User, *, now: datetime) -> Details:
    commitments = [*_newest(partnership, "recruiter"), *_newest(partnership, "manager")]
    lines = Lines(partnership, user, commitments, now=now)
    requisition = partnership.requisition
    leaders = {PartnerSide.RECRUITER: requisition.recruiter, PartnerSide.MANAGER: requisition.hiring_manager}
    return Details(
        partnership=partnership,
        agreement=agreement_page(partnership, user),
        themes=themes(groups(partnership.pk, now=now)),
        sides=[
            (
                side,
                leaders[side],
                lines.of([row for row in commitments if row.side == side]),
            )
            for side in PartnerSide
        ],
        check_ins=list(
            partnership.check_ins.exclude(state=CheckInState.CANCELLED).order_by("-number")[:MOST_CHECK_INS]
        ),
        rhythm=in_words(present_rhythm(partnership)),
        entries=_entries(partnership),
        both_parts=_both_parts(partnership),
        mine=sides_of(user, partnership.requisition),
    )


def _both_parts(partnership: Partnership) -> str:
    requisition = partnership.requisition
    if not takes_both_parts(requisition):
        return ""
    if is_one_too_few(requisition):
        said = gettext(
            "%(recruiter)s is recruiter and hiring manager of this role, and is not alone any more. "
            "An agreement takes two: name another hiring manager."
        )
    else:
        said = gettext(
            "%(recruiter)s is recruiter and hiring manager of this role, because nobody else is here yet. "
            "That is on record. Name a hiring manager once somebody joins."
        )
    return said % {"recruiter": requisition.recruiter}


def _newest(partnership: Partnership, side: str) -> list[Commitment]:
    """Of one side, what is open first, then what came last."""
    still = Case(
        When(state=CommitmentState.MISSED, over_at__isnull=True, then=Value(0)),
        When(state=CommitmentState.DUE, then=Value(1)),
        When(state=CommitmentState.WAITING, then=Value(2)),
        default=Value(3),
        output_field=IntegerField(),
    )
    rows = Commitment.objects.filter(partnership=partnership, side=side).annotate(still=still)
    return list(rows.order_by("still", "-started_at", "-pk")[:MOST_COMMITMENTS])


def _entries(partnership: Partnership) -> list[Entry]:
    rows = Activity.objects.filter(partnership_id=partnership.pk).order_by("-occurred_at", "-id")
    return described(rows[:MOST_ENTRIES])
