"""Whom a change touches now: what of their planned steps would be another, before anything is saved."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from ats.accounts.models import User
from ats.organisation.models import HiringOrganisation
from candidates.applications.models import Application
from candidates.follow_ups.models import FollowUp, FollowUpState
from candidates.journeys.domain.comparing import work_out
from candidates.journeys.domain.planning import KEY
from candidates.journeys.models import JourneyStep
from candidates.journeys.queries.standing import standings

MOST_LOOKED_AT, MOST_NAMED = 2_000, 8


@dataclass(frozen=True)
class Effect:
    """How many planned steps a change adds, moves and takes away, among those to whom something happened last."""

    looked_at: int
    of: int
    added: int
    moved: int
    cancelled: int
    touched: int
    named: list[Application]

    @property
    def is_whole(self) -> bool:
        return self.looked_at == self.of

    @property
    def others(self) -> int:
        """How many more than are named."""
        return self.touched - len(self.named)


def effect_of(
    steps: Sequence[JourneyStep], organisation: HiringOrganisation, *, user: User, now: datetime
) -> Effect:
    rows = Application.objects.filter(requisition__organisation=organisation)
    ids = list(rows.order_by("-last_activity_at", "-pk").values_list("pk", flat=True)[:MOST_LOOKED_AT])
    calendar = organisation.calendar
    planned: dict[int, list[FollowUp]] = {}
    of_journey = FollowUp.objects.filter(application__in=ids)
    for row in of_journey.filter(state=FollowUpState.WAITING) | of_journey.filter(
        idempotency_key__startswith=KEY
    ):
        planned.setdefault(row.application_id or 0, []).append(row)
    active = [step for step in steps if step.is_active]
    change = work_out(
        standings(ids, steps=active, calendar=calendar), planned, steps=steps, calendar=calendar, now=now
    )
    touched = change.touched()
    seen = (
        Application.objects.visible_to(user).filter(pk__in=touched).select_related("candidate", "requisition")
    )
    return Effect(
        looked_at=len(ids),
        of=len(ids) if len(ids) < MOST_LOOKED_AT else rows.count(),
        added=len(change.add) + len(change.bring_back),
        moved=len(change.move),
        cancelled=len(change.cancel),
        touched=len(touched),
        named=list(seen.order_by("-last_activity_at")[:MOST_NAMED]),
    )
