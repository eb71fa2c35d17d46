"""What has changed on a board since somebody looked at it.

A page asks every few seconds. Activities are numbered when they are written and seen when their
transaction commits, so a smaller number may appear after a larger one: `since` therefore stays some
seconds behind, and what was told once may be told again. `seen` is the last one told.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from ats.accounts.models import User
from ats.activity.describing import actor_of, describe
from ats.activity.models import Activity
from candidates.applications.pages.cards import hidden
from candidates.board.domain.cards import Card
from candidates.board.queries import board
from requisitions.models import Requisition

LATE_COMMIT = timedelta(seconds=15)
AT_ONCE = 200
"""More changes than this at one time, and the page is better read anew."""


@dataclass(frozen=True)
class Place:
    """How far somebody has read the record of a requisition."""

    since: int
    seen: int


@dataclass(frozen=True)
class Changes:
    place: Place
    cards: list[Card]
    gone: list[int]
    said: list[str]
    too_many: bool = False


def place_of(requisition: Requisition, *, now: datetime) -> Place:
    """Where a page that is made now begins to read."""
    record = Activity.objects.filter(requisition_id=requisition.pk).order_by("-id")
    newest = list(record.values_list("id", "recorded_at")[:AT_ONCE])
    settled = (number for number, recorded_at in newest if recorded_at < now - LATE_COMMIT)
    return Place(since=next(settled, newest[-1][0] - 1 if newest else 0), seen=newest[0][0] if newest else 0)


def changes(
    requisition: Requisition,
    *,
    user: User,
    place: Place,
    narrowed: board.BoardFilter,
    now: datetime,
) -> Changes | None:
    """What changed after `place`; None if nothing did. One query when nothing did, four when something.

    What does not fit the filter counts as gone.
    """
    record = Activity.objects.filter(requisition_id=requisition.pk, id__gt=place.since)
    news = list(record.filter(application_id__isnull=False).order_by("id")[: AT_ONCE + 1])
    touched = {activity.application_id for activity in news if activity.application_id} - narrowed.kept
    if not touched:
        return None
    settled = [activity.pk for activity in news if activity.recorded_at < now - LATE_COMMIT]
    further = Place(
        since=max(settled, default=place.since), seen=max([place.seen, *(activity.pk for activity in news)])
    )
    if len(news) > AT_ONCE:
        return Changes(further, [], [], [], too_many=True)
    shown = as_they_are(requisition, touched, place=further, narrowed=narrowed, now=now)
    names = {card.id: card.name for card in shown.cards}
    told = [activity for activity in news if activity.pk > place.seen and not _own(activity, user)]
    told = [activity for activity in told if activity.application_id in names]
    said = [_said(activity, names) for activity in _for(user, told)][:3]
    return replace(shown, said=said)


def as_they_are(
    requisition: Requisition, ids: Iterable[int], *, place: Place, narrowed: board.BoardFilter, now: datetime
) -> Changes:
    """These applications as the board shows them now, for a page that has read as far as `place`."""
    touched = set(ids)
    there = narrowed.narrow(board.of_requisition(requisition).filter(pk__in=touched), now)
    cards = board.read_cards(there.values_list("pk", flat=True), now=now)
    return Changes(place, cards, gone=sorted(touched - {card.id for card in cards}), said=[])


def _own(activity: Activity, user: User) -> bool:
    return activity.actor_kind == "user" and activity.actor_id == user.pk


def _for(user: User, told: list[Activity]) -> list[Activity]:
    """Without what this viewer is not to know yet."""
    touched = {activity.application_id or 0 for activity in told}
    kept_back = hidden(touched, user, among={activity.verb for activity in told})
    return [each for each in told if each.verb not in kept_back.get(each.application_id or 0, ())]


def _said(activity: Activity, names: dict[int, str]) -> str:
    return f"{names[activity.application_id or 0]}: {actor_of(activity)} {describe(activity)}"
