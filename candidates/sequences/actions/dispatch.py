"""Sending the next mail of a run: everything is asked once more, under the locks of the person and of the run."""

from datetime import datetime, timedelta

from django.db import connection

from ats.accounts.models import User
from ats.activity.record import record
from ats.mail import outbox
from ats.mail.outbox import To
from candidates.compose.quiet_hours import zone_of
from candidates.sequences import mails
from candidates.sequences.actions.end import end, finish
from candidates.sequences.domain.merging import empty_places
from candidates.sequences.domain.timing import after
from candidates.sequences.models import MailStep, SequenceMail, SequenceRun, Stop
from candidates.sequences.queries.preview import written
from candidates.sequences.queries.values import values_for

MOST_A_DAY = 150
"""Mails of sequences in one person's name on one day: more come on the next working morning."""


def send(row: SequenceMail, now: datetime) -> None:
    """`row` is held, and its run and person before it."""
    rows = SequenceRun.objects.with_why(now).select_related(
        "sequence__organisation__calendar", "candidate", "owner"
    )
    run = rows.defer("candidate__search").get(pk=row.run_id)
    why = run.stops  # type: ignore[attr-defined]
    text = f"{row.subject} {row.body}"
    values = values_for(run.candidate, run.sequence, str(run.owner))
    if not why and not run.owner.recruits:
        why = Stop.OWNER
    if not why and empty_places(text, values):
        why = Stop.WORDS
    if why:
        end(run, Stop(why), by=None, now=now)
        return
    if _has_sent_enough(run.owner, now):
        _put_off(run, now)
        return
    row.mail = _queue(row, run, values, now)
    row.state, row.sent_at = MailStep.SENT, now
    row.attempts, row.retry_at, row.last_error = 0, None, ""
    row.save(update_fields=["mail", "state", "sent_at", "attempts", "retry_at", "last_error"])
    said = {"sequence": run.sequence.name, "number": row.position + 1}
    record("sequence.sent", subject=run, by=run.owner, now=now, data=said)
    _bring_on(run, now, days=True)
    finish(run, now)


def _has_sent_enough(owner: User, now: datetime) -> bool:
    """Counted by one worker at a time for one person."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 1))", [f"sequences:{owner.pk}"])
    sent = SequenceMail.objects.filter(run__owner=owner, sent_at__gt=now - timedelta(hours=24))
    return sent.count() >= MOST_A_DAY


def _put_off(run: SequenceRun, now: datetime) -> None:
    calendar = run.sequence.organisation.calendar
    zone = zone_of(run.candidate, calendar, "")
    due = after(now, 1, calendar=calendar, zone=zone)
    _bring_on(run, now, first=due)


def _bring_on(run: SequenceRun, now: datetime, *, first: datetime | None = None, days: bool = False) -> None:
    """What follows waits its days from what went before it, however late that was."""
    calendar = run.sequence.organisation.calendar
    zone, due = zone_of(run.candidate, calendar, ""), first or now
    for number, mail in enumerate(run.mails.filter(state=MailStep.WAITING).order_by("position")):
        if number or days:
            due = after(due, mail.wait_days or 1, calendar=calendar, zone=zone)
        mail.due_at = due
        mail.save(update_fields=["due_at"])


def _queue(row: SequenceMail, run: SequenceRun, values: dict[str, str], now: datetime) -> outbox.OutgoingMail:
    candidate, organisation = run.candidate, run.sequence.organisation
    role = mails.ROLES[run.sequence.needs]
    return outbox.queue(
        role,
        to=To(address=candidate.email, name=candidate.name, from_name=f"{run.owner}, {organisation.name}"),
        message=written(row.subject, row.body, run.sequence, candidate.language, values),
        key=f"sequence:{row.pk}",
        now=now,
        about={"candidate_id": candidate.pk, "organisation_id": organisation.pk},
    )
