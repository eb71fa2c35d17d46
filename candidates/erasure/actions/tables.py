"""Going through every table that knew people: what goes of each is said in the packages' `erased.py`."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from contextlib import nullcontext
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

import pgtrigger
from django.db.models import FileField, QuerySet

from ats.kernel.erasing import TABLE, Goes, Person, Work
from candidates.applications.models import Application
from candidates.duplicates.models import Merge
from candidates.people.models import AddressKind, Candidate, FurtherAddress

AFTERWARDS = timedelta(days=30)
"""So long after the last thing that happened somebody may still be named in a digest."""


@dataclass
class Gone:
    """How many rows went, by what they were; and the files that belonged to them, by person."""

    counts: Counter[str] = field(default_factory=Counter)
    files: dict[int, list[str]] = field(default_factory=lambda: defaultdict(list))


def known_as(candidates: Sequence[Candidate]) -> list[Person]:
    """Who they were, as far as texts of others have to be looked through for it.

    With those who were put together with them, by the names and addresses that they had before.
    """
    applied: dict[int, list[tuple[int, datetime]]] = defaultdict(list)
    rows = Application.objects.filter(candidate__in=[candidate.pk for candidate in candidates])
    for whose, role, at in rows.values_list("candidate", "requisition", "last_activity_at"):
        applied[whose].append((role, at))
    further: dict[int, list[FurtherAddress]] = defaultdict(list)
    for row in FurtherAddress.objects.filter(candidate__in=candidates).order_by("pk"):
        further[row.candidate_id].append(row)
    known = [_known_as(row, applied[row.pk], further[row.pk]) for row in candidates]
    return known + _put_together_with({person.id: person for person in known})


def _put_together_with(people: Mapping[int, Person]) -> list[Person]:
    """Every record that leads on to one of these, as it was; and what the survivor was called before."""
    found = []
    for row in Merge.objects.standing().filter(kept__in=people.keys()).order_by("pk"):
        survivor = people[row.kept_id]
        lost, kept = _as_before(row.lost_id, row.before.get("lost", {}), survivor), survivor
        if was := row.before.get("kept"):
            kept = _as_before(row.kept_id, was, survivor)
        found += [lost] if kept.called_in_short == survivor.called_in_short else [lost, kept]
    return found


def _as_before(number: int, was: Mapping[str, str | None], survivor: Person) -> Person:
    return replace(
        survivor,
        id=number,
        first_name=was.get("first_name") or "",
        last_name=was.get("last_name") or "",
        email=was.get("email") or "",
        email_key=was.get("email_key") or "",
        phone=was.get("phone") or "",
        also=(),
        also_keys=(),
    )


def _known_as(
    candidate: Candidate, applied: Sequence[tuple[int, datetime]], further: Sequence[FurtherAddress]
) -> Person:
    last = max([candidate.updated_at, *(at for _, at in applied)])
    return Person(
        id=candidate.pk,
        first_name=candidate.first_name,
        last_name=candidate.last_name,
        email=candidate.email,
        email_key=candidate.email_key or "",
        phone=candidate.phone,
        since=candidate.created_at,
        until=last + AFTERWARDS,
        roles=tuple({role for role, _ in applied}),
        also=tuple(row.value for row in further),
        also_keys=tuple((row.value, row.key) for row in further if row.kind == AddressKind.EMAIL),
    )


def go_through(people: Sequence[Person], *, now: datetime) -> Gone:
    """Every table, for all these people at once."""
    return _go_through(people, TABLE.works, now=now)


def sweep(people: Sequence[Person], *, now: datetime) -> Mapping[int, Sequence[str]]:
    """The rows that lead to them once more, without looking for names that nobody knows any more; their files."""
    return _go_through(people, [work for work in TABLE.works if work.last], now=now).files


def _go_through(people: Sequence[Person], works: Iterable[Work], *, now: datetime) -> Gone:
    gone = Gone()
    for part in TABLE.goes:
        _let_go(part, [person.id for person in people], gone)
    for work in sorted(works, key=lambda work: work.last):
        work.does(people, now)
    return gone


def _let_go(part: Goes, people: Sequence[int], gone: Gone) -> None:
    label = part.model._meta.label
    rows = part.model._base_manager.filter(**{f"{part.of}__in": people})
    if part.leaves:
        with pgtrigger.ignore(f"{label}:{part.kept}") if part.kept else nullcontext():
            gone.counts[label] += rows.update(**part.leaves)
        return
    _note_files(part, rows, gone)
    gone.counts[label] += rows.delete()[1].get(label, 0)


def _note_files(part: Goes, rows: QuerySet, gone: Gone) -> None:
    fields = [field.name for field in part.model._meta.fields if isinstance(field, FileField)]
    for whose, *names in rows.values_list(part.of, *fields) if fields else ():
        gone.files[whose] += filter(None, names)
