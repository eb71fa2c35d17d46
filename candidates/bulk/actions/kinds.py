"""What is done with each, and how it is taken back: by the very actions that do it by hand."""

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.db import transaction

from ats.accounts.models import User
from ats.kernel.errors import ActionError, Missing, WrongState
from ats.kernel.kept import kept
from candidates.applications.actions import reject, undo_decision
from candidates.applications.actions.move import Moved, move_many
from candidates.applications.actions.note import set_tags
from candidates.applications.models import Application
from candidates.bulk.domain.choice import Place
from candidates.bulk.models import BulkItem, BulkKind, BulkRun
from candidates.bulk.queries.checking import NOT_THERE, looked_at
from candidates.messages.actions import cancel_scheduled, send
from candidates.people.models import Tag
from candidates.pools import actions as pools
from candidates.reviews.actions import ask, cancel_of
from candidates.reviews.models import Review
from candidates.sequences import actions as sequences


@dataclass(frozen=True)
class Outcome:
    """It was done, and what it needs to be taken back; or `why` not."""

    why: str = ""
    facts: Mapping[str, Any] = field(default_factory=dict)


Outcomes = dict[int, Outcome]
Items = Sequence[BulkItem]


def do(run: BulkRun, items: Items, *, by: User, now: datetime) -> Outcomes:
    """What became of each item, whose people or applications the caller holds."""
    return _DO[BulkKind(run.kind)](run, items, by, now)


def take_back(run: BulkRun, items: Items, *, by: User, now: datetime) -> Outcomes:
    return _TAKE_BACK[BulkKind(run.kind)](run, items, by, now)


def _each(items: Items, act: Callable[[BulkItem], Mapping[str, Any]]) -> Outcomes:
    """One by one; one that is refused leaves nothing behind, and holds up none of the others."""
    return {item.pk: _one(item, act) for item in items}


def _one(item: BulkItem, act: Callable[[BulkItem], Mapping[str, Any]]) -> Outcome:
    try:
        with transaction.atomic():
            return Outcome(facts=act(item))
    except ActionError as error:
        return Outcome(why=error.message)
    except Missing:
        return Outcome(why=NOT_THERE)


def _number(item: BulkItem) -> int:
    return item.application_id or 0


# Moving


def _move(run: BulkRun, items: Items, by: User, now: datetime) -> Outcomes:
    moved = move_many(targets={_number(item): item.facts["to"] for item in items}, by=by, now=now)
    return {item.pk: _moved(moved[_number(item)]) for item in items}


def _move_back(run: BulkRun, items: Items, by: User, now: datetime) -> Outcomes:
    moved = move_many(
        targets={_number(item): item.facts["from"] for item in items},
        versions={_number(item): item.facts["version"] for item in items},
        by=by,
        now=now,
    )
    return {item.pk: _moved(moved[_number(item)]) for item in items}


def _moved(outcome: Moved | ActionError | None) -> Outcome:
    if outcome is None:
        return Outcome(why=NOT_THERE)
    if isinstance(outcome, ActionError):
        return Outcome(why=outcome.message)
    return Outcome(facts={"from": outcome.left.pk, "version": outcome.application.version})


# Rejecting


def _reject(run: BulkRun, items: Items, by: User, now: datetime) -> Outcomes:
    said = run.parameters

    def act(item: BulkItem) -> Mapping[str, Any]:
        application = reject(
            application_id=_number(item),
            reason=said["reason"],
            message=(said["subject"], said["body"], said.get("gaps_meant", False)),
            by=by,
            now=now,
            claims_meant=said.get("claims_meant", False),
        )
        return {"version": application.version}

    return _each(items, act)


def _undo_reject(run: BulkRun, items: Items, by: User, now: datetime) -> Outcomes:
    def act(item: BulkItem) -> Mapping[str, Any]:
        undo_decision(
            application_id=_number(item), by=by, now=now, version=item.facts["version"], only_untold=True
        )
        return {}

    return _each(items, act)


# Writing


def _write(run: BulkRun, items: Items, by: User, now: datetime) -> Outcomes:
    said = run.parameters

    def act(item: BulkItem) -> Mapping[str, Any]:
        message = send(
            application_id=_number(item),
            subject=said["subject"],
            body=said["body"],
            by=by,
            now=now,
            gaps_meant=said.get("gaps_meant", False),
        )
        return {"message": message.pk}

    return _each(items, act)


def _unwrite(run: BulkRun, items: Items, by: User, now: datetime) -> Outcomes:
    def act(item: BulkItem) -> Mapping[str, Any]:
        cancel_scheduled(message_id=item.facts["message"], by=by, now=now)
        return {}

    return _each(items, act)


# Asking the manager


def _ask(run: BulkRun, items: Items, by: User, now: datetime) -> Outcomes:
    """Those of one role together, as one slate."""
    places = {Place(item.candidate_id, item.application_id): item for item in items}
    looked = looked_at(run.kind, places, parameters=run.parameters, by=by, now=now)
    outcomes = {places[place].pk: Outcome(why=why) for place, why in looked.why.items()}
    roles = dict(
        Application.objects.filter(pk__in=[each.application for each in looked.facts]).values_list(
            "pk", "requisition"
        )
    )
    together: dict[int, list[BulkItem]] = defaultdict(list)
    for place in looked.facts:
        together[roles[place.application or 0]].append(places[place])
    for theirs in together.values():
        outcomes |= _ask_about(run, theirs, by, now)
    return outcomes


def _ask_about(run: BulkRun, items: Items, by: User, now: datetime) -> Outcomes:
    """One slate; where one of them is in the way of that, each by themselves."""

    def asked(some: Items) -> dict[int, int]:
        numbers = [_number(item) for item in some]
        slate = ask(application_ids=numbers, by=by, now=now, note=run.parameters.get("note", ""))
        return dict(slate.reviews.values_list("application", "pk"))

    try:
        with transaction.atomic():
            reviews = asked(items)
    except (ActionError, Missing):
        return _each(items, lambda item: {"review": asked([item])[_number(item)]})
    return {item.pk: Outcome(facts={"review": reviews[_number(item)]}) for item in items}


def _unask(run: BulkRun, items: Items, by: User, now: datetime) -> Outcomes:
    def act(item: BulkItem) -> Mapping[str, Any]:
        asked = Review.objects.open().filter(pk=item.facts["review"]).first()
        if asked is None:
            raise WrongState(kept("The manager has answered already, or is not asked any more."))
        why = "it was taken back"
        cancel_of(application_id=_number(item), reviewer_id=asked.reviewer_id, why=why, by=by, now=now)
        return {}

    return _each(items, act)


# Tags


def _tag(run: BulkRun, items: Items, by: User, now: datetime) -> Outcomes:
    meant, tags = set(run.parameters["tags"]), _tags_of(items)

    def act(item: BulkItem) -> Mapping[str, Any]:
        has = tags[item.candidate_id]
        set_tags(candidate_id=item.candidate_id, tags=sorted(has | meant), by=by, now=now)
        return {"added": sorted(meant - has)}

    return _each(items, act)


def _untag(run: BulkRun, items: Items, by: User, now: datetime) -> Outcomes:
    meant, tags = set(run.parameters["tags"]), _tags_of(items)

    def act(item: BulkItem) -> Mapping[str, Any]:
        has = tags[item.candidate_id]
        set_tags(candidate_id=item.candidate_id, tags=sorted(has - meant), by=by, now=now)
        return {"removed": sorted(meant & has)}

    return _each(items, act)


def _tags_back(run: BulkRun, items: Items, by: User, now: datetime) -> Outcomes:
    tags = _tags_of(items)

    def act(item: BulkItem) -> Mapping[str, Any]:
        kept_on = tags[item.candidate_id] - set(item.facts.get("added", []))
        again = kept_on | set(item.facts.get("removed", []))
        set_tags(candidate_id=item.candidate_id, tags=sorted(again), by=by, now=now)
        return {}

    return _each(items, act)


def _tags_of(items: Items) -> dict[int, set[str]]:
    """What each of these people has, whom the caller holds; one query."""
    found: dict[int, set[str]] = defaultdict(set)
    links = Tag.candidates.through.objects.filter(candidate__in=[item.candidate_id for item in items])
    for person, name in links.values_list("candidate", "tag__name"):
        found[person].add(name)
    return found


# Pools and sequences


def _pool(run: BulkRun, items: Items, by: User, now: datetime) -> Outcomes:
    said = run.parameters

    def act(item: BulkItem) -> Mapping[str, Any]:
        member = pools.add(
            pool_id=said["pool"],
            candidate_id=item.candidate_id,
            why=said["why"],
            touch_on=date.fromisoformat(said["touch_on"]) if said["touch_on"] else None,
            by=by,
            now=now,
        )
        return {"member": member.pk}

    return _each(items, act)


def _unpool(run: BulkRun, items: Items, by: User, now: datetime) -> Outcomes:
    def act(item: BulkItem) -> Mapping[str, Any]:
        pools.remove(member_id=item.facts["member"], why="", by=by, now=now)
        return {}

    return _each(items, act)


def _sequence(run: BulkRun, items: Items, by: User, now: datetime) -> Outcomes:
    def act(item: BulkItem) -> Mapping[str, Any]:
        begun = sequences.begin(
            sequence_id=run.parameters["sequence"], candidate_id=item.candidate_id, by=by, now=now
        )
        return {"sequence_run": begun.pk}

    return _each(items, act)


def _unsequence(run: BulkRun, items: Items, by: User, now: datetime) -> Outcomes:
    def act(item: BulkItem) -> Mapping[str, Any]:
        sequences.stop(run_id=item.facts["sequence_run"], by=by, now=now)
        return {}

    return _each(items, act)


# Taking a table along


def _export(run: BulkRun, items: Items, by: User, now: datetime) -> Outcomes:
    """Who stands in it: what it says of them is read when it is fetched."""
    places = {Place(item.candidate_id, None): item for item in items}
    looked = looked_at(run.kind, places, parameters=run.parameters, by=by, now=now)
    return {item.pk: Outcome(why=looked.why.get(place, "")) for place, item in places.items()}


Act = Callable[[BulkRun, Items, User, datetime], Outcomes]
_DO: dict[BulkKind, Act] = {
    BulkKind.MOVE: _move,
    BulkKind.REJECT: _reject,
    BulkKind.MESSAGE: _write,
    BulkKind.REVIEW: _ask,
    BulkKind.TAG: _tag,
    BulkKind.UNTAG: _untag,
    BulkKind.POOL: _pool,
    BulkKind.SEQUENCE: _sequence,
    BulkKind.EXPORT: _export,
}
_TAKE_BACK: dict[BulkKind, Act] = {
    BulkKind.MOVE: _move_back,
    BulkKind.REJECT: _undo_reject,
    BulkKind.MESSAGE: _unwrite,
    BulkKind.REVIEW: _unask,
    BulkKind.TAG: _tags_back,
    BulkKind.UNTAG: _tags_back,
    BulkKind.POOL: _unpool,
    BulkKind.SEQUENCE: _unsequence,
}
