"""Measuring commitments again where something happened, or where time ran out."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Q, QuerySet

from ats.activity.models import Activity
from ats.duework import engine
from ats.duework.tasks import hurry
from ats.kernel import writing
from ats.kernel.prepared import Prepared
from ats.kernel.rows import listed
from ats.organisation.models import WorkingCalendar, own_days
from candidates.models import KeptFrom
from partners.commitments.domain.kinds import KINDS
from partners.commitments.domain.measuring import Measured, Version, measure
from partners.commitments.domain.obligations import ASKED, RELEVANT, Fact
from partners.commitments.models import Commitment, CommitmentState, ToMeasure
from partners.partnerships.models import Partnership

LANE = "commitments"
BATCH = 200
OF_ROLE = [code for code, kind in KINDS.items() if kind.of_role]


@dataclass(frozen=True)
class Scope:
    """What to measure again: all of a requisition, or what rests on these applications.

    `slates`: those of which every application is among them; of another one only some may be.
    """

    applications: frozenset[int] | None = None
    slates: frozenset[int] = frozenset()

    def facts(self) -> Q:
        if self.applications is None:
            return Q()
        return Q(application_id__isnull=True) | Q(application_id__in=self.applications)

    def covers(self, row: Measured) -> bool:
        if self.applications is None:
            return True
        kind = KINDS[row.kind]
        if kind.per_slate:
            return int(row.key.rpartition(":")[2]) in self.slates
        return not kind.per_application or row.application_id in self.applications


def touch(*, requisition_id: int, application_id: int | None) -> None:
    """Something happened that commitments rest on: have them measured, right after this transaction."""
    touch_all([(requisition_id, application_id)])


def touch_all(places: Iterable[tuple[int | None, int | None]]) -> None:
    """`touch` for many, each once: roles with what of them it was about, if it was one application."""
    rows = [
        ToMeasure(requisition_id=role, application_id=application)
        for role, application in dict.fromkeys(places)
        if role is not None
    ]
    if rows:
        writing.insert(*rows)
        hurry(LANE)


def remeasure(
    *, partnership: Partnership, now: datetime, applications: Iterable[int] | None = None
) -> list[Commitment]:
    """Measure the commitments as they stand at `now`, and write the rows that differ; those are returned.

    With `applications`, only what rests on them. Doing it again changes nothing. The partnership's row is
    locked, so that two who measure at once do not overwrite what the other has seen.
    """
    with transaction.atomic():
        locked = _lock(partnership.requisition_id)
        return _remeasure(locked, _scope(locked, applications), now) if locked else []


def measure_touched(row: ToMeasure, now: datetime) -> None:
    """Measure what this row and its like say of one requisition; they are gone with that."""
    partnership = _lock(row.requisition_id)
    like = ToMeasure.objects.filter(requisition_id=row.requisition_id).select_for_update(skip_locked=True)
    touched = list(like.order_by("pk"))
    if partnership is not None:
        whole = any(each.application_id is None for each in touched)
        applications = None if whole else {each.application_id for each in touched if each.application_id}
        _remeasure(partnership, _scope(partnership, applications), now)
    ToMeasure.objects.filter(pk__in=[each.pk for each in touched]).delete()


def measure_due(now: datetime) -> int:
    """One batch of the lane: what was touched, and whose time has run out; how many rows were dealt with."""
    _touch_run_out(now)
    return engine.under_lock(
        ToMeasure.objects.ready(now).order_by("pk"), measure_touched, now=now, batch=BATCH
    )


def _touch_run_out(now: datetime) -> None:
    roles = run_out(now).values_list("partnership__requisition_id", flat=True).distinct()
    ToMeasure.objects.bulk_create(ToMeasure(requisition_id=pk) for pk in roles[:BATCH])


def run_out(now: datetime) -> QuerySet[Commitment]:
    """Whose time has run out, of roles that do not wait to be measured already."""
    waiting = ToMeasure.objects.values("requisition_id")
    late = Commitment.objects.filter(state=CommitmentState.DUE, until_at__lt=now)
    return late.exclude(partnership__requisition_id__in=waiting)


def _lock(requisition_id: int) -> Partnership | None:
    if not _held(requisition=requisition_id):
        return None
    (whole,) = _whole(requisition=requisition_id)
    whole.requisition.organisation.calendar.know_days(whole)
    return whole


@Prepared
def _held(*, requisition: int) -> QuerySet[Partnership, int]:
    rows = Partnership.objects.filter(requisition=requisition)
    return rows.select_for_update(no_key=True).values_list("pk", flat=True)


@Prepared
def _whole(*, requisition: int) -> QuerySet[Partnership]:
    calendar = "requisition__organisation__calendar"
    rows = Partnership.objects.filter(requisition=requisition).select_related(calendar)
    return rows.annotate(own_days=own_days(calendar))


def _scope(partnership: Partnership, applications: Iterable[int] | None) -> Scope:
    """These applications, and those that were put before the manager together with them."""
    if applications is None:
        return Scope()
    chosen = frozenset(applications)
    asked = Activity.objects.filter(requisition_id=partnership.requisition_id, verb=ASKED)
    slates = asked.filter(application_id__in=chosen).values("data__slate")
    together = asked.filter(data__slate__in=slates).values_list("application_id", "data__slate")
    found = [(pk, slate) for pk, slate in together if pk is not None]
    return Scope(chosen.union(pk for pk, _ in found), frozenset(slate for _, slate in found))


def _remeasure(partnership: Partnership, scope: Scope, now: datetime) -> list[Commitment]:
    facts = _facts(partnership, scope)
    # What was recorded while this tick ran is later than its moment, and must not be passed over.
    now = max([now, *(fact.at for fact in facts)])
    measured = [
        row
        for row in measure(facts, versions=_versions(partnership), calendar=_calendar(partnership), now=now)
        if scope.covers(row)
    ]
    return _write(partnership, measured, scope)


def _facts(partnership: Partnership, scope: Scope) -> list[Fact]:
    role = partnership.requisition_id
    if scope.applications is None:
        return list(map(Fact._make, _whole_record(requisition=role)))
    return list(map(Fact._make, _record(requisition=role).filter(scope.facts())))


def _record(*, requisition: int) -> QuerySet[Activity, tuple[Any, ...]]:
    kept = KeptFrom.objects.in_force().filter(application__requisition=requisition)
    return Activity.objects.filter(
        # Of whom a partner must know nothing, neither owes the other anything.
        Q(application_id__isnull=True) | ~Q(application_id__in=kept.values("application")),
        requisition_id=requisition,
        verb__in=RELEVANT,
    ).values_list(*FACT)


FACT = ("id", "verb", "occurred_at", "subject_id", "application_id", "actor_id", "data")
_whole_record = Prepared(_record)


def _versions(partnership: Partnership) -> list[Version]:
    """The first version as the house proposed it, then each from the moment both had accepted it."""
    found: dict[int, Version] = {}
    for version, accepted_at, grace, kind, time, term in listed(VERSIONS, {"partnership": partnership.pk}):
        bound = found.setdefault(version, Version(None if version == 1 else accepted_at, {}, {}, grace))
        if kind is not None:
            bound.times[kind], bound.terms[kind] = time, term
    return list(found.values())


VERSIONS = """
    SELECT a.version, greatest(a.recruiter_accepted_at, a.manager_accepted_at), a.grace_days, t.kind, t.time, t.id
    FROM partners_agreement a LEFT JOIN partners_term t ON t.agreement_id = a.id
    WHERE a.partnership_id = %(partnership)s
      AND (a.version = 1 OR a.recruiter_accepted_at IS NOT NULL AND a.manager_accepted_at IS NOT NULL)
    ORDER BY a.version, t.id
"""


def _calendar(partnership: Partnership) -> WorkingCalendar:
    return partnership.requisition.organisation.calendar


def _write(partnership: Partnership, measured: list[Measured], scope: Scope) -> list[Commitment]:
    keys = {row.key for row in measured}
    known = {row.key: row for row in _known(partnership, scope, keys)}
    changed = [row for row in measured if known.get(row.key) != row]
    # The record only grows, so no occasion goes away but by a change of how they are found.
    if gone := known.keys() - keys:
        Commitment.objects.filter(partnership=partnership, key__in=gone).delete()
    return Commitment.objects.bulk_create(
        [Commitment(partnership=partnership, **row._asdict()) for row in changed],
        update_conflicts=True,
        unique_fields=["partnership", "key"],
        update_fields=[*(name for name in Measured._fields if name != "key"), "updated_at"],
    )


def _known(partnership: Partnership, scope: Scope, keys: Collection[str]) -> Iterable[Measured]:
    """The rows as they stand, as far as the scope goes."""
    if scope.applications is None:
        return map(Measured._make, _all_known(partnership=partnership.pk))
    concerned = Q(application_id__in=scope.applications) | Q(kind__in=OF_ROLE) | Q(key__in=keys)
    return map(Measured._make, _rows(partnership=partnership.pk).filter(concerned))


def _rows(*, partnership: int) -> QuerySet[Commitment, tuple[Any, ...]]:
    return Commitment.objects.filter(partnership=partnership).values_list(*Measured._fields)


_all_known = Prepared(_rows)
