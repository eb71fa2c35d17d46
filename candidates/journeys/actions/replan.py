"""Bringing what is planned to what is so: after something has happened to an application, or to a journey.

Set by set: what the steps bring is worked out from what has happened (`domain/planning.py`), compared with the
rows that there are (`domain/comparing.py`), and written in a fixed number of statements.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from django.db.models import Q

from ats.activity.record import CanAct, Entry, record_many
from ats.duework import engine
from ats.duework.tasks import hurry
from ats.kernel.access import lock_all
from ats.organisation.models import WorkingCalendar
from candidates.applications.models import Application
from candidates.follow_ups.actions import LANE
from candidates.follow_ups.models import FollowUp, FollowUpState
from candidates.journeys import queries
from candidates.journeys.domain.comparing import BY_JOURNEY, Change, work_out
from candidates.journeys.domain.planning import KEY
from candidates.journeys.models import JourneyStep, Replan, ReplanState

REPLANNING = "journeys"
BATCH = 500


def follow(*, application_id: int, steps: Sequence[JourneyStep], by: CanAct | None, now: datetime) -> None:
    """Something has happened to this application, which the caller holds: plan what it brings, cancel what it ends."""
    rows = Application.objects.select_related("requisition__organisation__calendar").filter(pk=application_id)
    for application in rows:
        bring_up_to_date([application_id], steps=steps, calendar=application.calendar, by=by, now=now)


def _rows_of(ids: Collection[int]) -> dict[int, list[FollowUp]]:
    """Their rows that a journey may change, held: those of organisations' own steps, and what waits of the house's."""
    which = (
        Q(idempotency_key__startswith=KEY) | Q(state=FollowUpState.WAITING) | Q(payload__has_key=BY_JOURNEY)
    )
    rows = FollowUp.objects.filter(which, application__in=list(ids))
    found: dict[int, list[FollowUp]] = defaultdict(list)
    for row in rows.order_by("pk").select_for_update(no_key=True):
        found[row.application_id or 0].append(row)
    return found


def bring_up_to_date(
    application_ids: Iterable[int],
    *,
    steps: Sequence[JourneyStep],
    calendar: WorkingCalendar,
    by: CanAct | None,
    now: datetime,
) -> Change:
    """Write what these steps bring for these applications of one organisation, which the caller holds."""
    ids = sorted(set(application_ids))
    standings = queries.standings(ids, steps=[step for step in steps if step.is_active], calendar=calendar)
    change = work_out(standings, _rows_of(ids), steps=steps, calendar=calendar, now=now)
    _write(change, by=by, now=now)
    return change


def _write(change: Change, *, by: CanAct | None, now: datetime) -> None:
    everybody = change.touched()
    if not everybody:
        return
    about = _about(everybody)
    for row in change.add:
        row.candidate_id = about[row.application_id or 0]["candidate_id"]
    FollowUp.objects.bulk_create(change.add, ignore_conflicts=True, batch_size=1000)
    FollowUp.objects.bulk_update(change.move, ["due_at"], batch_size=1000)
    _bring_back(change.bring_back)
    _cancel(change.cancel, about, by=by, now=now)
    if any(row.due_at <= now for row in change.add):
        hurry(LANE)


def _bring_back(rows: list[FollowUp]) -> None:
    for row in rows:
        row.payload = {name: value for name, value in row.payload.items() if name != BY_JOURNEY}
        row.state, row.reason, row.settled_at = FollowUpState.WAITING, "", None
    fields = ["state", "reason", "settled_at", "due_at", "payload"]
    FollowUp.objects.bulk_update(rows, fields, batch_size=1000)


def _cancel(
    gone: list[tuple[FollowUp, str]], about: Mapping[int, dict[str, Any]], *, by: CanAct | None, now: datetime
) -> None:
    by_reason: dict[str, list[FollowUp]] = defaultdict(list)
    for row, reason in gone:
        by_reason[reason].append(row)
    for reason, rows in by_reason.items():
        for row in rows:
            row.state, row.reason, row.settled_at = FollowUpState.CANCELLED, reason, now
            row.payload = row.payload | {BY_JOURNEY: True}
        fields = ["state", "reason", "settled_at", "payload"]
        FollowUp.objects.bulk_update(rows, fields, batch_size=1000)
        entries = [
            Entry(
                row,
                {"follow_up_id": row.pk, "step": row.label, "reason": reason},
                dict(about[row.application_id or 0]),
            )
            for row in rows
        ]
        record_many("followup.cancelled", entries, by=by, now=now)


def _about(application_ids: Collection[int]) -> dict[int, dict[str, Any]]:
    rows = Application.objects.filter(pk__in=application_ids).values_list(
        "pk", "candidate_id", "requisition_id", "requisition__organisation_id"
    )
    return {
        pk: {
            "application_id": pk,
            "candidate_id": candidate_id,
            "requisition_id": requisition_id,
            "organisation_id": organisation_id,
        }
        for pk, candidate_id, requisition_id, organisation_id in rows
    }


def replan_next(now: datetime) -> int:
    """Bring the next applications of a changed journey up to date; how many replannings were dealt with."""
    waiting = Replan.objects.ready(now).select_related("journey__organisation__calendar").order_by("pk")
    return engine.under_lock(waiting, _take_a_batch, now=now, batch=1)


def _take_a_batch(replan: Replan, now: datetime) -> None:
    journey = replan.journey
    if not journey.is_current:
        _settle(replan, ReplanState.OVERTAKEN, now)
        return
    organisation = journey.organisation
    rows = Application.objects.filter(requisition__organisation=organisation, pk__gt=replan.reached)
    ids = list(rows.order_by("pk").values_list("pk", flat=True)[:BATCH])
    if not ids:
        _settle(replan, ReplanState.DONE, now)
        return
    # First the applications, as everybody does who changes one; what happens to them meanwhile waits for this.
    lock_all(Application, ids)
    steps = list(journey.steps.all())
    change = bring_up_to_date(ids, steps=steps, calendar=organisation.calendar, by=None, now=now)
    replan.reached, replan.seen = ids[-1], replan.seen + len(ids)
    replan.total = max(replan.total, replan.seen)
    replan.planned += len(change.add) + len(change.bring_back)
    replan.moved += len(change.move)
    replan.cancelled += len(change.cancel)
    replan.attempts, replan.retry_at, replan.last_error = 0, None, ""
    replan.save(
        update_fields=[
            *("reached", "seen", "total", "planned", "moved", "cancelled"),
            *("attempts", "retry_at", "last_error"),
        ]
    )


def _settle(replan: Replan, state: str, now: datetime) -> None:
    replan.state, replan.settled_at = state, now
    replan.save(update_fields=["state", "settled_at"])
