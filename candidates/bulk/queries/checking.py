"""Whether a thing can be done with each of many, by the rules of the action that will do it."""

from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from typing import Any

from ats.accounts.models import User
from ats.kernel.access import get_all_for
from ats.kernel.errors import ActionError, Invalid
from ats.kernel.kept import kept
from candidates.applications import workflow
from candidates.applications.actions import fetch
from candidates.applications.actions.move import checked
from candidates.applications.models import Application, ApplicationState
from candidates.applications.queries import offered
from candidates.bulk.domain.choice import Facts, Place
from candidates.bulk.models import BulkKind
from candidates.people.models import Candidate, Tag
from candidates.pools.models import TalentMember
from candidates.reviews.models import Review
from candidates.sequences.queries.listing import sequence_for
from candidates.sequences.queries.obstacles import obstacles
from requisitions.models import Stage, StageKind

Checks = Callable[[Application], Mapping[str, Any]]
"""What is done with this one in particular; raises where it cannot be done."""

NOT_THERE = kept("They are not there any more, or not yours to do this with.")


class Looked:
    """Of each place either what is done with it in particular, or why not."""

    def __init__(self) -> None:
        self.facts: dict[Place, Facts] = {}
        self.why: dict[Place, str] = {}


def looked_at(kind: str, places: Iterable[Place], *, parameters: Facts, by: User, now: datetime) -> Looked:
    """What would become of each; as many statements for one as for thousands."""
    looked, to_ask = Looked(), []
    for place in places:
        if place.why:
            looked.why[place] = place.why
        else:
            to_ask.append(place)
    _OF_KIND[BulkKind(kind)](looked, to_ask, parameters, by, now)
    return looked


def _each(looked: Looked, places: list[Place], rows: Mapping[int, Application], check: Checks) -> None:
    for place in places:
        row = rows.get(place.application or 0)
        try:
            if row is None:
                looked.why[place] = NOT_THERE
            else:
                looked.facts[place] = check(row)
        except ActionError as error:
            looked.why[place] = error.message


def _rows(places: list[Place], by: User, permission: str) -> dict[int, Application]:
    ids = [each.application for each in places if each.application]
    return get_all_for(Application.objects.whole(), ids, user=by, permission=permission)


def _move(looked: Looked, places: list[Place], parameters: Facts, by: User, now: datetime) -> None:
    ids = [each.application for each in places if each.application]
    rows = get_all_for(Application.objects.to_move(), ids, user=by, permission=fetch.MOVE)
    stages = _stages(parameters, {row.requisition_id for row in rows.values()})

    def check(application: Application) -> Facts:
        workflow.check_active(application.state)
        stage = checked(application, stages.get(application.requisition_id))
        if stage.pk == application.stage_id:
            raise Invalid(kept("They are in this stage already."))
        return {"to": stage.pk}

    _each(looked, places, rows, check)


def _stages(parameters: Facts, roles: set[int]) -> dict[int, Stage]:
    """Of each role the stage that is meant: this one, or the first of its kind."""
    if parameters.get("stage"):
        found = Stage.objects.filter(pk=parameters["stage"])
    else:
        found = Stage.objects.filter(requisition__in=roles, kind=parameters.get("stage_kind", ""))
    return {stage.requisition_id: stage for stage in found.order_by("-position")}


def _reject(looked: Looked, places: list[Place], parameters: Facts, by: User, now: datetime) -> None:
    rows = _rows(places, by, fetch.MOVE)
    have_offers = offered.in_hand(rows, now=now)

    def check(application: Application) -> Facts:
        _not_erased(application)
        fetch.check_may(application, by, fetch.DECIDE)
        workflow.check(application.state, ApplicationState.REJECTED)
        if application.pk in have_offers:
            raise Invalid(kept("They have our offer: decide about them alone."))
        return {}

    _each(looked, places, rows, check)


def _message(looked: Looked, places: list[Place], parameters: Facts, by: User, now: datetime) -> None:
    def check(application: Application) -> Facts:
        _not_erased(application)
        return {}

    _each(looked, places, _rows(places, by, "candidates.message_candidate"), check)


def _review(looked: Looked, places: list[Place], parameters: Facts, by: User, now: datetime) -> None:
    rows = _rows(places, by, "candidates.ask_review")
    asked = Review.objects.open().filter(application__in=list(rows)).values_list("application", "reviewer")
    waiting = set(asked)

    def check(application: Application) -> Facts:
        _not_erased(application)
        workflow.check_active(application.state)
        manager = application.requisition.hiring_manager_id
        if manager is None:
            raise Invalid(kept("The role has no hiring manager yet."))
        if (application.pk, manager) in waiting:
            raise Invalid(kept("The manager has been asked already, and has not answered yet."))
        return {}

    _each(looked, places, rows, check)


def _tags(looked: Looked, places: list[Place], parameters: Facts, by: User, now: datetime) -> None:
    ids = [each.candidate for each in places]
    rows = get_all_for(
        Candidate.objects.without_words(), ids, user=by, permission="candidates.change_candidate"
    )
    meant = set(parameters["tags"])
    has: dict[int, set[str]] = {pk: set() for pk in ids}
    links = Tag.candidates.through.objects.filter(candidate__in=ids, tag__name__in=meant)
    for pk, name in links.values_list("candidate", "tag__name"):
        has[pk].add(name)
    adds = parameters["adds"]
    for place in places:
        if place.candidate not in rows:
            looked.why[place] = NOT_THERE
        elif adds and has[place.candidate] == meant:
            looked.why[place] = kept("They have these tags already.")
        elif not adds and not has[place.candidate]:
            looked.why[place] = kept("They have none of these tags.")
        else:
            looked.facts[place] = {}


def _pool(looked: Looked, places: list[Place], parameters: Facts, by: User, now: datetime) -> None:
    rows = _people(places, by)
    inside = TalentMember.objects.inside().filter(pool=parameters["pool"], candidate__in=rows)
    there = set(inside.values_list("candidate", flat=True))
    for place in places:
        if place.candidate not in rows:
            looked.why[place] = NOT_THERE
        elif place.candidate in there:
            looked.why[place] = kept("They are in this pool already.")
        else:
            looked.facts[place] = {}


def _sequence(looked: Looked, places: list[Place], parameters: Facts, by: User, now: datetime) -> None:
    rows = _people(places, by)
    sequence = sequence_for(by, parameters["sequence"])
    why = obstacles(sequence, rows.values(), by=str(by), now=now)
    for place in places:
        if place.candidate not in rows:
            looked.why[place] = NOT_THERE
        elif place.candidate in why:
            looked.why[place] = why[place.candidate]
        else:
            looked.facts[place] = {}


def _people(places: list[Place], by: User) -> dict[int, Candidate]:
    ids = [each.candidate for each in places]
    rows = Candidate.objects.without_words().filter(anonymised_at=None)
    return get_all_for(rows, ids, user=by, permission="candidates.change_candidate")


def _export(looked: Looked, places: list[Place], parameters: Facts, by: User, now: datetime) -> None:
    seen = Candidate.objects.visible_to(by).filter(pk__in=[each.candidate for each in places])
    there = set(seen.filter(anonymised_at=None).values_list("pk", flat=True))
    for place in places:
        if place.candidate in there:
            looked.facts[place] = {}
        else:
            looked.why[place] = NOT_THERE


def _not_erased(application: Application) -> None:
    if application.candidate.anonymised_at is not None:
        raise Invalid(NOT_THERE)


MOVABLE = tuple(kind for kind in StageKind if kind != StageKind.HIRED)
_OF_KIND = {
    BulkKind.MOVE: _move,
    BulkKind.REJECT: _reject,
    BulkKind.MESSAGE: _message,
    BulkKind.REVIEW: _review,
    BulkKind.TAG: _tags,
    BulkKind.UNTAG: _tags,
    BulkKind.POOL: _pool,
    BulkKind.SEQUENCE: _sequence,
    BulkKind.EXPORT: _export,
}
