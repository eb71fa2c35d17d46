"""No more messages of journeys to one candidate in a day than their organisation says; the rest waits for the next.

Decisions, interviews, what is owed, and what a person writes are not counted, and wait for nothing.
"""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.db import connection

from ats.mail.models import MailState, OutgoingMail
from candidates.compose import quiet_hours
from candidates.follow_ups.actions.plan import application_of, sendable
from candidates.follow_ups.domain.journeys import STEPS, Step
from candidates.follow_ups.models import FollowUp

COUNTED = frozenset({step.mail for step in STEPS.values() if step.mail and not step.owed})
OWN, OF_INTERVIEWS = "journey.", "journey.interview"
TAKEN = (MailState.QUEUED, MailState.SENDING, MailState.SENT, MailState.UNKNOWN)
IN_A_MOMENT = timedelta(minutes=1)
LOCK = 7_413
"""The first number of the locks by which two workers do not count the same candidate's day at once."""


def put_off(rows: Sequence[FollowUp], steps: Mapping[int, Step], now: datetime) -> set[int]:
    """Those of these rows, by key, that would be too many today: they are due at another time now."""
    counted = [row for row in rows if steps[row.pk].mail and steps[row.pk].most is not None]
    if not counted:
        return set()
    held = _hold({row.candidate_id for row in counted})
    days = _days({row.candidate_id for row in counted}, now)
    so_far: Counter[tuple[int, date]] = Counter()
    later: list[FollowUp] = []
    for row in counted:
        zone = _zone(row)
        today = now.astimezone(zone).date()
        if row.candidate_id not in held:  # another worker counts their day: after it
            row.due_at = now + IN_A_MOMENT
            later.append(row)
            continue
        sent = sum(moment.astimezone(zone).date() == today for moment in days[row.candidate_id])
        if sent + so_far[row.candidate_id, today] >= (steps[row.pk].most or 0):
            morning = datetime.combine(today + timedelta(days=1), time(8), tzinfo=zone)
            row.due_at = sendable(steps[row.pk], morning, application_of(row))
            later.append(row)
        else:
            so_far[row.candidate_id, today] += 1
    FollowUp.objects.bulk_update(later, ["due_at"])
    return {row.pk for row in later}


def _zone(row: FollowUp) -> ZoneInfo:
    return quiet_hours.zone_for(application_of(row))


def _hold(candidates: set[int]) -> set[int]:
    """The candidates whose day nobody else is counting; until this transaction ends nobody else does."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT id FROM unnest(%s) AS id WHERE pg_try_advisory_xact_lock(%s, hashint8(id))",
            [sorted(candidates), LOCK],
        )
        return {row[0] for row in cursor.fetchall()}


def _days(candidates: set[int], now: datetime) -> dict[int, list[datetime]]:
    """When each of them was, or is about to be, written to by a step in the last day and a half."""
    rows = OutgoingMail.objects.filter(
        candidate_id__in=candidates, state__in=TAKEN, not_before__gt=now - timedelta(hours=36)
    ).values_list("candidate_id", "role", "not_before")
    found: dict[int, list[datetime]] = defaultdict(list)
    for candidate_id, role, not_before in rows:
        own = role.startswith(OWN) and not role.startswith(OF_INTERVIEWS)
        if candidate_id is not None and (own or role in COUNTED):
            found[candidate_id].append(not_before)
    return found
