"""What has to be written so that the rows of a journey are what its steps bring: nothing is written here.

Nothing is planned for a time that has passed: a step that is added does not write to everybody whom it would have
reached last month.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from ats.kernel.kept import kept
from ats.organisation.models import WorkingCalendar
from candidates.follow_ups.domain.journeys import STEPS
from candidates.follow_ups.models import FollowUp, FollowUpState
from candidates.journeys.domain.planning import MOST_TIMES, Planned, Standing, plan, why_not
from candidates.journeys.models import JourneyStep

BY_JOURNEY = "by_journey"
"""In the payload of a row that a change took out: another change may bring it back."""
BY_HAND = "by_hand"
"""In the payload of a row that a person moved: what happens does not move it back."""
OFF, GONE = kept("This step was switched off."), kept("This step is no longer part of the journey.")
JUST_NOW = timedelta(minutes=10)
"""What became due so shortly ago is planned: it happened a moment before it was heard of."""


@dataclass
class Change:
    """What has to be written so that the rows are what the steps bring."""

    add: list[FollowUp] = field(default_factory=list)
    move: list[FollowUp] = field(default_factory=list)
    bring_back: list[FollowUp] = field(default_factory=list)
    cancel: list[tuple[FollowUp, str]] = field(default_factory=list)

    def touched(self) -> set[int]:
        """The applications for which something changes."""
        rows = [*self.add, *self.move, *self.bring_back, *(row for row, _ in self.cancel)]
        return {row.application_id for row in rows if row.application_id}


def work_out(
    standings: Mapping[int, Standing],
    rows: Mapping[int, Sequence[FollowUp]],
    *,
    steps: Sequence[JourneyStep],
    calendar: WorkingCalendar,
    now: datetime,
) -> Change:
    """Compare what these steps bring for each application with the rows that it has; nothing is written."""
    change = Change()
    by_key = {step.key: step for step in steps}
    for application_id, standing in standings.items():
        brought = {planned.key: planned for planned in plan(steps, standing, calendar)}
        there = {row.idempotency_key: row for row in rows.get(application_id, ())}
        for key, row in there.items():
            _settle(row, brought.get(key), standing, step=by_key.get(row.step), change=change, now=now)
        _add(brought, there, standing, change, now)
    return change


def _settle(
    row: FollowUp,
    planned: Planned | None,
    standing: Standing,
    *,
    step: JourneyStep | None,
    change: Change,
    now: datetime,
) -> None:
    if row.state == FollowUpState.WAITING:
        if planned is None:
            if reason := _why_gone(row, step, standing):
                change.cancel.append((row, reason))
        elif row.due_at != planned.due_at and BY_HAND not in row.payload and planned.due_at > now:
            row.due_at = planned.due_at
            change.move.append(row)
    elif row.state == FollowUpState.CANCELLED and BY_JOURNEY in row.payload:
        due_at = planned.due_at if planned else row.due_at
        is_true = planned is not None or _is_true_again(row, standing, step)
        if is_true and due_at > now:
            row.due_at = due_at
            change.bring_back.append(row)


def _is_true_again(row: FollowUp, standing: Standing, step: JourneyStep | None) -> bool:
    """Whether one of the house's, which is planned elsewhere, is on again."""
    house = STEPS.get(row.step)
    return bool(house and step and step.is_active and standing.state in house.states)


def _why_gone(row: FollowUp, step: JourneyStep | None, standing: Standing) -> str:
    """Why a waiting row goes; empty for one of the house as long as it is on."""
    if row.step in STEPS:
        is_off = step is not None and not step.is_active
        return OFF if is_off else ""
    if step is None:
        return GONE
    if not step.is_active:
        return OFF
    return why_not(step, standing) or "What it followed has changed."


def _add(
    brought: Mapping[str, Planned],
    there: Mapping[str, FollowUp],
    standing: Standing,
    change: Change,
    now: datetime,
) -> None:
    times = Counter(row.step for row in there.values() if row.state != FollowUpState.CANCELLED)
    for key, planned in brought.items():
        step = planned.step.key
        if key not in there and planned.due_at > now - JUST_NOW and times[step] < MOST_TIMES:
            times[step] += 1
            change.add.append(_row(planned, standing))


def _row(planned: Planned, standing: Standing) -> FollowUp:
    return FollowUp(
        application_id=standing.application_id,
        step=planned.step.key,
        due_at=planned.due_at,
        idempotency_key=planned.key,
        payload={"label": planned.step.name, "which": planned.occasion.which},
    )
