"""Pairs of people who may be one, for somebody who may see both."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet

from ats.accounts.models import User
from ats.web.cursors import Cursor
from candidates.documents.models import Document
from candidates.duplicates.models import WEAK, Likeness, Reason
from candidates.duplicates.queries.finding import alike
from candidates.people.models import Candidate

PAGE = 25


@dataclass(frozen=True)
class Pair:
    """Two people who may be one, and why it is thought so."""

    first: Candidate
    second: Candidate
    reasons: tuple[Reason, ...]
    found_at: datetime | None = None
    number: int = 0

    @property
    def is_weak(self) -> bool:
        return is_weak(self.reasons)

    @property
    def said(self) -> list[str]:
        return [str(reason.label) for reason in self.reasons]


@dataclass(frozen=True)
class Pairs:
    rows: Sequence[Pair]
    next: Cursor | None


def is_weak(reasons: Iterable[str]) -> bool:
    """Whether nothing but a telephone is shared."""
    return WEAK.issuperset(reasons)


def pairs(user: User, *, after: Cursor | None = None, size: int = PAGE) -> Pairs:
    """What is to be looked at, found last first; only pairs of which `user` may see both."""
    seen = Candidate.objects.visible_to(user).filter(anonymised_at=None)
    rows: QuerySet[Likeness] = Likeness.objects.open().filter(first__in=seen, second__in=seen)
    if after is not None:
        moment, number = after
        rows = rows.filter(found_at__lte=moment).exclude(found_at=moment, pk__gte=number)
    page = list(rows.order_by("-found_at", "-pk")[: size + 1])
    more = page[size - 1] if len(page) > size else None
    people = Candidate.objects.without_words().in_bulk(
        {number for row in page[:size] for number in (row.first_id, row.second_id)}
    )
    reasons = _told(user, [(row.first_id, row.second_id, row.reasons) for row in page[:size]])
    made = [
        Pair(
            people[row.first_id],
            people[row.second_id],
            reasons[row.first_id, row.second_id],
            row.found_at,
            row.pk,
        )
        for row in page[:size]
        if reasons[row.first_id, row.second_id]
    ]
    return Pairs(made, (more.found_at, more.pk) if more else None)


def alike_to(candidate: Candidate, user: User) -> list[Pair]:
    """Who may be the same as this person, as things stand now, the surest first."""
    found = alike(candidate)
    if not found:
        return []
    settled = Likeness.objects.of(candidate.pk).exclude(apart_at=None)
    apart = {row.other_than(candidate.pk) for row in settled}
    seen = Candidate.objects.visible_to(user).without_words().filter(pk__in=found.keys() - apart)
    people = list(seen.order_by("pk"))
    reasons = _told(user, [(candidate.pk, each.pk, sorted(found[each.pk])) for each in people])
    made = [Pair(candidate, each, reasons[candidate.pk, each.pk]) for each in people]
    return sorted((each for each in made if each.reasons), key=lambda each: -len(each.reasons))


def reasons_between(one: Candidate, other: Candidate, user: User) -> tuple[Reason, ...]:
    """Why these two may be one, as `user` may know it."""
    found = alike(one).get(other.pk, frozenset())
    return _told(user, [(one.pk, other.pk, sorted(found))])[one.pk, other.pk]


def _told(
    user: User, pairs_: Sequence[tuple[int, int, Sequence[str]]]
) -> dict[tuple[int, int], tuple[Reason, ...]]:
    """The reasons in their order, without a file that the reader may not see of both."""
    wanted = {number for one, other, reasons in pairs_ if Reason.FILE in reasons for number in (one, other)}
    files = _files(wanted, user) if wanted else {}
    told = {}
    for one, other, reasons in pairs_:
        known = [Reason(each) for each in Reason.values if each in reasons]
        if Reason.FILE in known and not files.get(one, set()) & files.get(other, set()):
            known.remove(Reason.FILE)
        told[one, other] = tuple(known) if known != [Reason.NAME] else ()
    return told


def _files(people: Collection[int], user: User) -> dict[int, set[str]]:
    rows = Document.objects.visible_to(user).filter(candidate__in=people)
    found: dict[int, set[str]] = defaultdict(set)
    for whose, digest in rows.values_list("candidate", "sha256"):
        found[whose].add(digest)
    return found
