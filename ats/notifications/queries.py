"""What somebody was told, and how they want to hear of it."""

from dataclasses import dataclass

from django.db.models import Q

from ats.accounts.models import User
from ats.kernel.kept import retold
from ats.notifications.models import USUAL, Kind, Notification, NotificationChoice, Way
from ats.web.cursors import Cursor, said

PAGE = 50
COUNTED = 99


def way_of(user: User, kind: Kind) -> Way:
    chosen = NotificationChoice.objects.filter(user=user, kind=kind).values_list("way", flat=True).first()
    return Way(chosen) if chosen else USUAL[kind]


def ways(user: User) -> dict[str, str]:
    """Of every kind how they want to hear of it."""
    chosen = dict(NotificationChoice.objects.filter(user=user).values_list("kind", "way"))
    return {kind.value: chosen.get(kind.value, USUAL[kind].value) for kind in Kind}


def unread(user: User) -> int:
    """How many, up to one more than is said."""
    return Notification.objects.filter(user=user).unread()[: COUNTED + 1].count()


@dataclass(frozen=True)
class Told:
    row: Notification
    text: str


@dataclass(frozen=True)
class Page:
    rows: list[Told]
    after: str


def page(user: User, *, after: Cursor | None = None) -> Page:
    """The newest first; one query."""
    rows = Notification.objects.filter(user=user)
    if after is not None:
        moment, number = after
        rows = rows.filter(Q(at__lt=moment) | Q(at=moment, pk__lt=number))
    found = list(rows.order_by("-at", "-pk")[: PAGE + 1])
    last = found[PAGE - 1] if len(found) > PAGE else None
    told = [Told(each, retold(each.text)) for each in found[:PAGE]]
    return Page(told, said((last.at, last.pk)) if last else "")
