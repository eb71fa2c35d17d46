"""Scheduling the steps of a journey, and doing them when they are due.

A batch is one transaction with a fixed number of reads; what cannot be done is found out by doing the batch
again one by one, so that one bad row holds up nobody.
"""

import logging
from collections import defaultdict
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.db.models import OuterRef, QuerySet, Subquery, TextField, Value
from django.db.models.functions import Cast, Concat, Lower

from ats.activity.record import CanAct, Entry, record_many
from ats.duework import engine
from ats.duework.faults import is_away
from ats.duework.tasks import hurry
from ats.mail import outbox
from ats.mail.models import MailState, OutgoingMail, SuppressedAddress
from ats.mail.outbox import Letter
from ats.mail.reading_hours import PUT_OFF
from ats.mail.roles import Words
from candidates.compose import letters, quiet_hours, words
from candidates.compose.portal_links import portal_links
from candidates.follow_ups.domain import journeys
from candidates.follow_ups.domain.journeys import STEPS, Hours, Step
from candidates.follow_ups.models import FollowUp, FollowUpState

if TYPE_CHECKING:
    from candidates.applications.models import Application
    from candidates.promises.models import Promise

logger = logging.getLogger(__name__)

LANE = "follow-ups"
BATCH = 100

KEY = "followup:"
OWN_MAIL = OutgoingMail.objects.filter(
    idempotency_key=Concat(Value(KEY), Cast(OuterRef("pk"), TextField()))
).values("pk")[:1]
"""The message of a step, by its key: one statement for a batch."""

WITH_APPLICATION = (
    "mail",
    "application__candidate",
    "application__stage",
    "application__requisition__organisation__calendar",
    "application__requisition__recruiter",
)


Owing = Callable[[Collection[int]], Mapping[int, "Promise"]]
_owing: list[Owing] = []


def owing(finder: Owing) -> Owing:
    """Let the decorated function say what is promised in each of these applications: some steps speak of it."""
    _owing.append(finder)
    return finder


def schedule(
    step_name: str,
    *,
    application: "Application",
    now: datetime,
    key: str,
    due_at: datetime | None = None,
    payload: dict[str, Any] | None = None,
    mail: Any = None,
) -> FollowUp:
    """Plan a step for this application, at a time at which its candidate may be written to."""
    step = STEPS[step_name]
    when = sendable(step, due_at or now + step.after, application)
    follow_up = FollowUp.objects.create(
        candidate=application.candidate,
        application=application,
        step=step.name,
        due_at=when,
        payload=payload or {},
        idempotency_key=key,
        mail=mail,
    )
    if when <= now:
        hurry(LANE)
    return follow_up


def sendable(step: Step, moment: datetime, application: "Application") -> datetime:
    calendar = application.calendar
    if step.hours is Hours.ANY:
        return moment
    if step.hours is Hours.AWAKE:
        return quiet_hours.awake(moment, quiet_hours.zone_of(application.candidate, calendar))
    return quiet_hours.at_work(moment, application.candidate, calendar)


def cancel(
    *, application: "Application", steps: Sequence[str], reason: str, by: CanAct | None, now: datetime
) -> int:
    """Take steps that have not been taken yet out of the journey; how many there were."""
    waiting = FollowUp.objects.filter(
        application=application, step__in=steps, state=FollowUpState.WAITING
    ).select_for_update(no_key=True)
    rows = list(waiting)
    for row in rows:
        row.application = application
        cancel_one(row, reason=reason, by=by, now=now)
    return len(rows)


def cancel_one(row: FollowUp, *, reason: str, by: CanAct | None, now: datetime) -> None:
    row.state, row.reason, row.settled_at = FollowUpState.CANCELLED, reason, now
    row.save(update_fields=["state", "reason", "settled_at"])
    record_many("followup.cancelled", [_entry(row, reason=reason)], by=by, now=now)


def do_due(now: datetime) -> int:
    """Do one batch of what is due; how many that were."""
    ready = (
        FollowUp.objects.ready(now)
        .select_related(*WITH_APPLICATION)
        .defer("application__candidate__search")
        .order_by("due_at", "id")
    )
    try:
        with transaction.atomic():
            rows = list(ready.select_for_update(of=("self",), skip_locked=True, no_key=True)[:BATCH])
            _perform(rows, now)
        return len(rows)
    except Exception as error:
        if is_away(error):  # the database's trouble, not a row's: the next tick tries
            raise
        logger.exception("A batch of follow-ups could not be done at once; going on one by one")
        return engine.under_lock(ready, lambda row, at: _perform([row], at), now=now, batch=BATCH)


@dataclass(frozen=True)
class World:
    """What is true now, read once for a batch."""

    owed: Mapping[int, "Promise"]
    refused: frozenset[str]

    @classmethod
    def of(cls, rows: Sequence[FollowUp]) -> "World":
        owed = _owing[0]([row.application_id for row in rows if row.application_id])
        addresses = [row.application.candidate.email.lower() for row in rows if row.application]
        suppressed = (
            SuppressedAddress.objects.annotate(key=Lower("address"))
            .filter(key__in=addresses, kind__in=["", "transactional"])
            .values_list("key", flat=True)
        )
        return cls(owed, frozenset(suppressed))


def _perform(due: Sequence[FollowUp], now: datetime) -> None:
    rows = [row for row in due if not _waits_for_morning(row, now)]
    if not rows:
        return
    world = World.of(rows)
    by_reason: dict[str, list[FollowUp]] = defaultdict(list)
    by_mail: dict[str, list[FollowUp]] = defaultdict(list)
    for row in rows:
        reason = reason_to_skip(row, world)
        by_reason[reason].append(row)
        if not reason and STEPS[row.step].mail:
            by_mail[STEPS[row.step].mail].append(row)
    for role, group in by_mail.items():
        _send(role, group, world, now)
    for reason, settled in by_reason.items():
        state = FollowUpState.SKIPPED if reason else FollowUpState.DONE
        _all(settled).update(state=state, reason=reason, settled_at=now, updated_at=now)
        if reason:
            entries = [_entry(row, reason=reason) for row in settled]
            record_many("followup.skipped", entries, by=None, now=now)


def _waits_for_morning(row: FollowUp, now: datetime) -> bool:
    """Planned for their day, and done so late (the tick stood still) that it would come at night."""
    step = STEPS[row.step]
    if not step.mail or row.application is None or now - row.due_at <= PUT_OFF:
        return False
    if (morning := sendable(step, now, row.application)) <= now:
        return False
    row.due_at = morning
    row.save(update_fields=["due_at", "updated_at"])
    return True


def _all(rows: Sequence[FollowUp]) -> QuerySet[FollowUp]:
    return FollowUp.objects.filter(pk__in=[row.pk for row in rows])


def reason_to_skip(row: FollowUp, world: World) -> str:
    """Why this step is no longer to be taken; empty if it is."""
    step, application = STEPS[row.step], _application(row)
    if step.off:
        return step.off
    if application.state not in step.states:
        return {
            "active": "The decision was undone.",
            "withdrawn": "The candidate has withdrawn.",
        }.get(application.state, "The outcome has been decided.")
    promise = world.owed.get(application.pk)
    if step.while_promised and (promise is None or promise.pk != row.payload.get("promise_id")):
        return "It was answered in the meantime."
    if step.while_starting and row.payload.get("starts_on") != str(application.starts_on):
        return "The first day is another one now."
    if step.name == journeys.DECISION and (row.mail is None or row.mail.state == MailState.CANCELLED):
        return "The message was taken back."
    return _unreachable(application.candidate.email, world) if step.mail else ""


def _unreachable(address: str, world: World) -> str:
    if not address:
        return "There is no address to write to."
    return "Mail to this address comes back." if address.lower() in world.refused else ""


def _send(role: str, rows: Sequence[FollowUp], world: World, now: datetime) -> None:
    words_of: dict[tuple[int, str], Words] = {}
    due = []
    ways = portal_links([_application(row).candidate for row in rows], now)
    for row, link in zip(rows, ways, strict=True):
        application = _application(row)
        place = (application.requisition.organisation_id, application.candidate.language)
        if place not in words_of:
            words_of[place] = letters.shipped(role, application)
        message = letters.filled(
            role, words_of[place], application=application, link=link, extra=_facts(row, world)
        )
        due.append(
            Letter(
                to=letters.to_candidate(application),
                message=message,
                key=f"{KEY}{row.pk}",
                about=application.about(),
            )
        )
    mails = outbox.queue_many(role, due, now=now)
    _all(rows).update(mail=Subquery(OWN_MAIL))
    sent = [_entry(row, mail_id=mail.pk) for row, mail in zip(rows, mails, strict=True)]
    record_many("followup.sent", sent, by=None, now=now)


def _facts(row: FollowUp, world: World) -> dict[str, str]:
    """What the words of a step may say about the promise, and what it was planned with."""
    if STEPS[row.step].while_starting:
        return dict(row.payload.get("facts", {}))
    promise = world.owed.get(_application(row).pk)
    if promise is None:
        return {}
    return {
        "promise.what": words.first_small(promise.what),
        "promise.due": words.day(promise.due_at, _application(row).calendar.zone),
        "promise.was_due": row.payload.get("was_due", ""),
        "promise.reason": row.payload.get("reason", ""),
    }


def _entry(row: FollowUp, **data: Any) -> Entry:
    facts = {"follow_up_id": row.pk, "step": STEPS[row.step].label} | data
    return Entry(row, facts, dict(_application(row).about()))


def _application(row: FollowUp) -> "Application":
    """The steps that there are so far all belong to an application."""
    if row.application is None:
        raise ValueError(f"The step {row.step} has no application.")
    return row.application
