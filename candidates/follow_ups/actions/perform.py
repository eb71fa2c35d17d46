"""Taking the steps of journeys when they are due.

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
from django.db.models import OuterRef, Prefetch, QuerySet, Subquery, TextField, Value
from django.db.models.functions import Cast, Concat, Lower
from django.utils.formats import date_format
from django.utils.translation import gettext_noop

from ats.activity.record import record_many
from ats.duework import engine
from ats.duework.faults import is_away
from ats.kernel.kept import kept
from ats.kernel.languages import later, shipped
from ats.mail import outbox, roles
from ats.mail.models import MailKind, MailState, OutgoingMail, SuppressedAddress
from ats.mail.outbox import Letter
from ats.mail.roles import Words
from candidates.compose import letters, words
from candidates.compose.portal_links import portal_links
from candidates.follow_ups.actions.plan import LANE, application_of, entry, sendable
from candidates.follow_ups.actions.spread import put_off
from candidates.follow_ups.domain import journeys
from candidates.follow_ups.domain.journeys import STEPS, Step
from candidates.follow_ups.models import FollowUp, FollowUpState
from requisitions.models import Requisition

if TYPE_CHECKING:
    from candidates.promises.models import Promise

logger = logging.getLogger(__name__)

__all__ = ["LANE"]

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
)
OF_ROLE = ("organisation__calendar", "recruiter", "location")
"""Of the few roles that the many rows of a batch are about."""


NO_DECISION = gettext_noop("No decision has been made on your application.")
"""What law wants to be said in so many words, where there is none."""

Owing = Callable[[Collection[int]], Mapping[int, "Promise"]]
_owing: list[Owing] = []


def owing(finder: Owing) -> Owing:
    """Let the decorated function say what is promised in each of these applications: some steps speak of it."""
    _owing.append(finder)
    return finder


Stepping = Callable[[Sequence[FollowUp], datetime], Mapping[int, Step]]
_stepping: list[Stepping] = []


def stepping(finder: Stepping) -> Stepping:
    """Let the decorated function say what is to be done of rows in which an organisation has a say, and whether."""
    _stepping.append(finder)
    return finder


Refining = Callable[[Sequence[FollowUp], Mapping[int, Step], datetime], Mapping[int, Step]]
_refining: list[Refining] = []


def refining(refine: Refining) -> Refining:
    """Let the decorated function change what is to be done of some of these rows, when everybody has had a say."""
    _refining.append(refine)
    return refine


def do_due(now: datetime) -> int:
    """Do one batch of what is due; how many that were."""
    ready = (
        FollowUp.objects.ready(now)
        .select_related(*WITH_APPLICATION)
        .prefetch_related(Prefetch("application__requisition", Requisition.objects.select_related(*OF_ROLE)))
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
    refused: frozenset[tuple[str, str]]
    steps: Mapping[int, Step]

    @classmethod
    def of(cls, rows: Sequence[FollowUp], steps: Mapping[int, Step]) -> "World":
        owed = _owing[0]([row.application_id for row in rows if row.application_id])
        addresses = [row.application.candidate.email.lower() for row in rows if row.application]
        suppressed = (
            SuppressedAddress.objects.annotate(key=Lower("address"))
            .filter(key__in=addresses)
            .values_list("key", "kind")
        )
        return cls(owed, frozenset(suppressed), steps)


def steps_of(rows: Sequence[FollowUp], now: datetime) -> dict[int, Step]:
    """What is to be done with each of these rows; KeyError for a step that nobody knows."""
    found = {row.pk: STEPS[row.step] for row in rows if row.step in STEPS}
    for finder in _stepping:
        found |= finder(rows, now)
    if unknown := [row.step for row in rows if row.pk not in found]:
        raise KeyError(unknown[0])
    for refine in _refining:
        found |= refine(rows, found, now)
    return found


def _perform(due: Sequence[FollowUp], now: datetime) -> None:
    steps = steps_of(due, now)
    rows = [row for row in due if not _waits_for_morning(row, steps[row.pk], now)]
    if not rows:
        return
    world = World.of(rows, steps)
    by_reason: dict[str, list[FollowUp]] = defaultdict(list)
    for row in rows:
        by_reason[reason_to_skip(row, world)].append(row)
    still = by_reason.pop("", [])
    later = put_off(still, steps, now)
    still = [row for row in still if row.pk not in later]
    _take(still, world, now)
    for reason, settled in by_reason.items():
        _settle(settled, FollowUpState.SKIPPED, now, reason)
        entries = [entry(row, reason=reason) for row in settled]
        record_many("followup.skipped", entries, by=None, now=now)


def _take(rows: Sequence[FollowUp], world: World, now: datetime) -> None:
    by_mail: dict[str, list[FollowUp]] = defaultdict(list)
    to_ask: dict[Any, list[FollowUp]] = defaultdict(list)
    for row in rows:
        step = world.steps[row.pk]
        if step.asks is not None:
            to_ask[step.asks].append(row)
        elif step.mail:
            by_mail[step.mail].append(row)
    for role, group in by_mail.items():
        _send(role, group, world, now)
    for asks, group in to_ask.items():
        asks(group, now)
    _settle(rows, FollowUpState.DONE, now)


def _settle(rows: Sequence[FollowUp], state: str, now: datetime, reason: str = "") -> None:
    if rows:
        _all(rows).update(state=state, reason=reason, settled_at=now, updated_at=now)


def _waits_for_morning(row: FollowUp, step: Step, now: datetime) -> bool:
    """Planned for their day, and done so late (the tick stood still) that it would come at night."""
    if not step.mail or row.application is None:
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
    step, application = world.steps[row.pk], application_of(row)
    if step.off:
        return step.off
    if application.state not in step.states:
        return {
            "active": kept("The decision was undone."),
            "withdrawn": kept("The candidate has withdrawn."),
        }.get(application.state, kept("The outcome has been decided."))
    promise = world.owed.get(application.pk)
    if step.while_promised and (promise is None or promise.pk != row.payload.get("promise_id")):
        return kept("It was answered in the meantime.")
    if step.while_starting and row.payload.get("starts_on") != str(application.starts_on):
        return kept("The first day is another one now.")
    if step.name == journeys.DECISION and (row.mail is None or row.mail.state == MailState.CANCELLED):
        return "The message was taken back."
    return _unreachable(application.candidate.email, step, world) if step.mail else ""


def _unreachable(address: str, step: Step, world: World) -> str:
    if not address:
        return "There is no address to write to."
    kinds = {kind for known, kind in world.refused if known == address.lower()}
    if "" in kinds or MailKind.TRANSACTIONAL in kinds:
        return "Mail to this address comes back."
    if roles.get(step.mail).kind in kinds:
        return "They want no more messages of this kind."
    return ""


def _send(role: str, rows: Sequence[FollowUp], world: World, now: datetime) -> None:
    words_of: dict[tuple[int, str, str], Words] = {}
    due = []
    ways = portal_links([application_of(row).candidate for row in rows], now)
    for row, link in zip(rows, ways, strict=True):
        step, application = world.steps[row.pk], application_of(row)
        place = (application.requisition.organisation_id, application.candidate.language, step.words)
        if place not in words_of:
            words_of[place] = letters.shipped(role, application, step.words)
        said = letters.adding(words_of[place], step.adds)
        said = letters.saying(said, letters.UNDECIDED if row.payload.get("by_law") else "")
        message = letters.filled(role, said, application=application, link=link, extra=_facts(row, world))
        due.append(
            Letter(
                to=letters.to_candidate(application, by_team=step.by_team),
                message=message,
                key=f"{KEY}{row.pk}",
                about=application.about(),
            )
        )
    mails = outbox.queue_many(role, due, now=now)
    _all(rows).update(mail=Subquery(OWN_MAIL))
    sent = [entry(row, mail_id=mail.pk) for row, mail in zip(rows, mails, strict=True)]
    record_many("followup.sent", sent, by=None, now=now)


def _facts(row: FollowUp, world: World) -> dict[str, Any]:
    """What the words of a step may say about the promise, and what it was planned with."""
    step = world.steps[row.pk]
    undecided = later(shipped, NO_DECISION) if row.payload.get("by_law") else ""
    own = dict(step.facts) | {letters.FROM_US: step.adds, letters.UNDECIDED: undecided}
    if step.while_starting:
        return own | _starting(row)
    promise = world.owed.get(application_of(row).pk)
    if promise is None:
        return own
    return own | {
        "promise.what": words.told_what(promise.what),
        "promise.due": words.told_day(promise.due_at, application_of(row).calendar.zone),
        "promise.was_due": _was_due(row),
        "promise.reason": later(shipped, row.payload.get("reason", "")),
    }


def _starting(row: FollowUp) -> dict[str, Any]:
    """What was planned with the first day; the day itself in the letter's language."""
    facts = dict(row.payload.get("facts", {}))
    if "start.day" in facts and (day := application_of(row).starts_on):
        facts["start.day"] = later(date_format, day, "DAY")
    return facts


def _was_due(row: FollowUp) -> Any:
    """The day that had been told, in the letter's language; rows of older builds know it in English alone."""
    at = row.payload.get("was_due_at")
    if not at:
        return row.payload.get("was_due", "")
    return words.told_day(datetime.fromisoformat(at), application_of(row).calendar.zone)
