"""Telling somebody something, in the way that they want to hear of it."""

from datetime import datetime

from ats.accounts.models import User
from ats.notifications.actions.digest import plan_digest
from ats.notifications.models import Kind, Notification, Way
from ats.notifications.queries import way_of


def tell(user: User, kind: Kind, *, key: str, text: str, link: str, now: datetime) -> bool:
    """Tell them once for this key; whether they want a mail about it at once, which the caller writes.

    Inside the caller's transaction. `text` is marked as kept, and names no candidate.
    """
    way = way_of(user, kind)
    if way == Way.OFF:
        return False
    told = Notification(
        user=user,
        kind=kind,
        key=key[:100],
        text=text[:300],
        link=link[:200],
        at=now,
        in_digest=way == Way.DIGEST,
    )
    Notification.objects.bulk_create([told], ignore_conflicts=True)
    if way == Way.DIGEST:
        plan_digest(user, now=now)
    return way == Way.MAIL
