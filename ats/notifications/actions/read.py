"""That one has read what one was told."""

from datetime import datetime

from django.db import transaction

from ats.accounts.models import User
from ats.kernel.errors import Missing
from ats.kernel.staff_words import gettext
from ats.notifications.models import Notification


@transaction.atomic
def read(*, notification_id: int, by: User, now: datetime) -> Notification:
    """One of one's own; once more is as once."""
    found = Notification.objects.filter(pk=notification_id, user=by).first()
    if found is None:
        raise Missing(gettext("There is no such thing."))
    if found.read_at is None:
        found.read_at = now
        found.save(update_fields=["read_at"])
    return found


@transaction.atomic
def read_all(*, by: User, now: datetime) -> int:
    return Notification.objects.filter(user=by).unread().update(read_at=now, updated_at=now)
