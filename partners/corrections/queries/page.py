"""What the pages of course corrections show."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from ats.accounts.models import User
from ats.kernel.access import get_for
from ats.organisation.models import WorkingCalendar
from partners.checkins.domain.agreed import Standing, standing
from partners.checkins.queries.page import partners_of
from partners.corrections.actions.fetch import OF_PARTNERSHIP, WHOLE
from partners.corrections.domain.challenges import Challenge
from partners.corrections.domain.measures import MEASURES, Figure
from partners.corrections.models import CorrectionState, CorrectionStep, CourseCorrection
from partners.corrections.queries.challenges import found
from partners.corrections.rules import VIEW
from partners.partnerships.models import Partnership, PartnershipState, PartnerSide
from partners.partnerships.rules import sides_of

Changed = tuple[CorrectionStep, Standing]


@dataclass(frozen=True)
class ListPage:
    """All corrections of one role, those under way on top."""

    partnership: Partnership
    under_way: list[CourseCorrection]
    over: list[CourseCorrection]
    slipping: list[Challenge]
    """What the figures show now and nobody corrects yet; empty for who does not take part."""
    takes_part: bool


@dataclass(frozen=True)
class CorrectionPage:
    correction: CourseCorrection
    takes_part: bool
    sides: list[tuple[PartnerSide, User | None, list[Changed]]]
    measured: str
    """What is measured, in words."""
    start: str
    end: str
    people: list[User]

    @property
    def is_open(self) -> bool:
        return self.correction.state == CorrectionState.OPEN


def permitted(user: User, partnership_id: int) -> Partnership:
    rows = Partnership.objects.select_related(*OF_PARTNERSHIP).prefetch_related("requisition__members__user")
    return get_for(rows, partnership_id, user=user, permission="partners.view_partnership")


def list_page(user: User, partnership_id: int, *, now: datetime) -> ListPage:
    """The same number of queries for one correction and for fifty."""
    partnership = permitted(user, partnership_id)
    rows = list(
        CourseCorrection.objects.filter(partnership=partnership)
        .select_related("started_by")
        .prefetch_related("steps")
        .order_by("-started_at", "-pk")
    )
    open_ones = [row for row in rows if row.state == CorrectionState.OPEN]
    takes_part = bool(sides_of(user, partnership.requisition))
    live = takes_part and partnership.state == PartnershipState.ACTIVE
    known = {f"{row.code}:{row.scope}" for row in open_ones}
    slipping = found(partnership, now=now) if live else []
    return ListPage(
        partnership=partnership,
        under_way=sorted(open_ones, key=lambda row: (row.look_again_on, row.pk)),
        over=[row for row in rows if row.state != CorrectionState.OPEN],
        slipping=[challenge for challenge in slipping if challenge.key not in known],
        takes_part=live,
    )


def to_correct(
    user: User, partnership_id: int, *, now: datetime
) -> tuple[Partnership, list[Challenge], list[User]]:
    """For a partner who corrects the course: the role, what slips, and who can change something."""
    rows = Partnership.objects.select_related(*OF_PARTNERSHIP).prefetch_related("requisition__members__user")
    partnership = get_for(rows, partnership_id, user=user, permission="partners.take_part")
    return partnership, found(partnership, now=now), partners_of(partnership.requisition)


def correction_page(user: User, correction_id: int, *, now: datetime) -> CorrectionPage:
    rows = CourseCorrection.objects.select_related(*WHOLE, "started_by", "stopped_by").prefetch_related(
        "partnership__requisition__members__user", "steps__owner"
    )
    correction = get_for(rows, correction_id, user=user, permission=VIEW)
    requisition, measure = correction.partnership.requisition, MEASURES[correction.measure]
    steps = _standing(correction.steps.all(), requisition.organisation.calendar, now)
    leaders = {PartnerSide.RECRUITER: requisition.recruiter, PartnerSide.MANAGER: requisition.hiring_manager}
    ended = correction.state == CorrectionState.LOOKED
    return CorrectionPage(
        correction=correction,
        takes_part=bool(sides_of(user, requisition)),
        sides=[(side, leaders[side], [row for row in steps if row[0].side == side]) for side in PartnerSide],
        measured=measure.name,
        start=measure.said(Figure(**correction.start_figure)),
        end=measure.said(Figure(**correction.end_figure)) if ended else "",
        people=partners_of(requisition),
    )


def _standing(rows: Iterable[CorrectionStep], calendar: WorkingCalendar, now: datetime) -> list[Changed]:
    return [(step, standing(calendar, step.due_on, step.done_at, now)) for step in rows]
