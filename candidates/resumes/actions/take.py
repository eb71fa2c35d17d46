"""Taking over what was read, and refusing it. What the person or a colleague wrote is never written over."""

from collections.abc import Collection, Iterable
from datetime import datetime
from typing import Any, NamedTuple

from django.db import transaction

from ats.accounts.models import User
from ats.activity.record import record
from ats.kernel.access import get_for
from ats.kernel.errors import ActionError, Missing
from candidates.people.actions import add_address, change_contact, index
from candidates.people.actions.change import check_known
from candidates.people.models import AddressKind, Candidate
from candidates.resumes.actions.bring_in import CHANGE
from candidates.resumes.domain import standing
from candidates.resumes.domain.facts import Fact, Stay
from candidates.resumes.domain.standing import FURTHER, KNOWN_KINDS, REFUSED, TAKEN, Entry
from candidates.resumes.models import KnownFact, ResumeReading
from candidates.resumes.queries import own_of, reading_for

MOST_LINKS = 20


class Done(NamedTuple):
    """How many facts were dealt with, and why others could not be taken over."""

    number: int
    problems: tuple[str, ...] = ()


@transaction.atomic
def take(*, reading_id: int, keys: Collection[str] | None, by: User, now: datetime) -> Done:
    """Take over these facts; `keys` None: all that are sure. What was decided already stays as it is."""
    candidate, reading = _held(reading_id, by)
    entries = standing.entries(reading.read, own_of(candidate), reading.decided)
    chosen = (
        list(standing.sure(entries)) if keys is None else [e for e in entries if e.key in keys and e.is_open]
    )
    problems = list(_write(candidate, chosen, by=by, now=now))
    left = {key for key, _ in problems}
    done = [each for each in chosen if each.key not in left]
    _decide(reading, done, TAKEN)
    if done:
        record("resume.taken", subject=reading, by=by, now=now, data={"number": len(done)})
    return Done(len(done), tuple(dict.fromkeys(said for _, said in problems)))


@transaction.atomic
def refuse(*, reading_id: int, keys: Collection[str], by: User, now: datetime) -> Done:
    """These are wrong, or are not wanted: they are asked about no more."""
    candidate, reading = _held(reading_id, by)
    entries = standing.entries(reading.read, own_of(candidate), reading.decided)
    chosen = [each for each in entries if each.key in keys and each.can_be_refused]
    _decide(reading, chosen, REFUSED)
    if chosen:
        record("resume.refused", subject=reading, by=by, now=now, data={"number": len(chosen)})
    return Done(len(chosen))


@transaction.atomic
def forget(*, candidate_id: int, fact_id: int, by: User, now: datetime) -> None:
    """Something that was confirmed is not so."""
    candidate = _candidate(candidate_id, by)
    fact = candidate.known_facts.filter(pk=fact_id).first()
    if fact is None:
        raise Missing("They have no such fact any more.")
    fact.delete()
    index.refresh([candidate.pk])
    record("resume.fact_removed", subject=candidate, by=by, now=now)


def _held(reading_id: int, by: User) -> tuple[Candidate, ResumeReading]:
    """The person first: whoever else writes about them waits there."""
    candidate = _candidate(reading_for(by, reading_id).candidate_id, by)
    rows = ResumeReading.objects.select_for_update(of=("self",), no_key=True).filter(candidate=candidate)
    reading = rows.filter(pk=reading_id).first()
    if reading is None:
        raise Missing(f"No reading with the number {reading_id} is visible.")
    return candidate, reading


def _candidate(candidate_id: int, by: User) -> Candidate:
    rows = Candidate.objects.without_words()
    candidate = get_for(rows, candidate_id, user=by, permission=CHANGE, for_update=True)
    check_known(candidate)
    return candidate


def _decide(reading: ResumeReading, entries: Iterable[Entry], how: str) -> None:
    reading.decided = reading.decided | {each.key: how for each in entries}
    reading.save(update_fields=["decided"])


def _write(
    candidate: Candidate, chosen: list[Entry], *, by: User, now: datetime
) -> Iterable[tuple[str, str]]:
    """Everything through the doors that there are; the keys of what could not be written, with the reason."""
    known = [each for each in chosen if each.kind in KNOWN_KINDS]
    _keep(candidate, known, by)
    for each in (each for each in chosen if each.kind not in KNOWN_KINDS):
        assert isinstance(each.fact, Fact)  # all but what is kept as it is
        try:
            with transaction.atomic():
                _contact(candidate, each, each.fact, by=by, now=now)
        except ActionError as error:
            candidate.refresh_from_db()
            yield each.key, error.message


def _contact(candidate: Candidate, each: Entry, fact: Fact, *, by: User, now: datetime) -> None:
    kind = {"emails": AddressKind.EMAIL, "phones": AddressKind.PHONE}.get(each.kind)
    if kind is not None and (each.standing == FURTHER or getattr(candidate, kind)):
        add_address(candidate_id=candidate.pk, kind=kind, value=fact.value, by=by, now=now)
        return
    change_contact(candidate=candidate, by=by, now=now, **_fields(candidate, each.kind, fact))


def _fields(candidate: Candidate, kind: str, fact: Fact) -> dict[str, Any]:
    """What is written where nothing stands yet."""
    if kind == "links":
        return {"links": [*candidate.links, fact.value][:MOST_LINKS]}
    if kind == "place":
        country = {"country": fact.more} if fact.more and not candidate.country else {}
        return {"city": fact.value} | country
    return {
        {"emails": "email", "phones": "phone", "headline": "headline", "name": "first_name"}[kind]: fact.value
    }


def _keep(candidate: Candidate, entries: list[Entry], by: User) -> None:
    rows = [_known(candidate, each, by) for each in entries]
    KnownFact.objects.bulk_create(rows, ignore_conflicts=True)
    if any(each.kind == "skills" for each in entries):
        index.refresh([candidate.pk])


def _known(candidate: Candidate, each: Entry, by: User) -> KnownFact:
    fact = each.fact
    row = KnownFact(candidate=candidate, kind=KNOWN_KINDS[each.kind], confirmed_by=by)
    row.key = standing.compared(each.kind, fact)
    if isinstance(fact, Stay):
        row.value, row.where, row.place = fact.what, fact.where, fact.place
        row.start, row.end, row.current = fact.start[:10], fact.end[:10], fact.current
    else:
        row.value, row.more = fact.value, fact.more
    return row
