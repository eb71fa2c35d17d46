"""Sequences as somebody sees them, and where people stand in them."""

from collections.abc import Sequence as Many
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Q, QuerySet

from ats.accounts.models import User
from ats.kernel.access import get_for
from candidates.compose.quiet_hours import zone_of
from candidates.people.models import Candidate
from candidates.sequences.domain.timing import after
from candidates.sequences.models import RunningState, Sequence, SequenceRun, Stop
from candidates.sequences.queries.preview import written
from candidates.sequences.queries.values import values_for
from candidates.sequences.rules import SEND

PAGE = 100


def sequences(user: User) -> QuerySet[Sequence]:
    """With how many are being written to, have had all of it, and have answered; two queries."""
    seen = Q(runs__candidate__in=Candidate.objects.visible_to(user))
    rows = Sequence.objects.visible_to(user).open().select_related("organisation").prefetch_related("steps")
    return rows.annotate(
        running=Count("runs", filter=seen & Q(runs__state=RunningState.RUNNING)),
        done=Count("runs", filter=seen & Q(runs__state=RunningState.DONE)),
        answered=Count("runs", filter=seen & Q(runs__stop=Stop.ANSWERED)),
    ).order_by("name", "pk")


def open_to(user: User) -> QuerySet[Sequence]:
    return Sequence.objects.visible_to(user).open().order_by("name", "pk")


def sequence_for(user: User, sequence_id: int) -> Sequence:
    rows = Sequence.objects.select_related("organisation__calendar").prefetch_related("steps")
    return get_for(rows, sequence_id, user=user, permission=SEND)


def runs(sequence: Sequence, user: User) -> list[SequenceRun]:
    """The newest of whom `user` may see; two queries."""
    rows = SequenceRun.objects.filter(sequence=sequence, candidate__in=Candidate.objects.visible_to(user))
    shown = rows.select_related("candidate", "owner").defer("candidate__search").prefetch_related("mails")
    return list(shown.order_by("-began_at", "-pk")[:PAGE])


def runs_of(candidate: Candidate, user: User) -> list[SequenceRun]:
    """What was sent to somebody this way and what is to come; two queries."""
    rows = SequenceRun.objects.filter(candidate=candidate, sequence__in=Sequence.objects.visible_to(user))
    shown = rows.select_related("sequence", "owner").prefetch_related("mails__mail")
    return list(shown.order_by("-began_at", "-pk")[:5])


@dataclass(frozen=True)
class Ahead:
    """A mail as somebody would get it."""

    subject: str
    text: str
    due_at: datetime


def ahead(sequence: Sequence, candidate: Candidate, by: User, now: datetime) -> Many[Ahead]:
    """What would be sent to them and when, if it began now."""
    calendar = sequence.organisation.calendar
    zone, due = zone_of(candidate, calendar, ""), now
    values, found = values_for(candidate, sequence, str(by)), []
    for step in sequence.steps.all():
        due = after(due, step.wait_days, calendar=calendar, zone=zone)
        mail = written(step.subject, step.body, sequence, candidate.language, values)
        found.append(Ahead(mail.subject, mail.text, due))
    return found
