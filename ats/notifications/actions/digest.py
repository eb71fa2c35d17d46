"""One mail a day with what one has not read, at eight in the morning where one is; nothing where there is nothing."""

from datetime import datetime, time, timedelta

from django.conf import settings
from django.urls import reverse

from ats.accounts.models import User
from ats.duework.tasks import plan
from ats.kernel.kept import retold
from ats.kernel.languages import for_colleagues, speaking
from ats.mail import outbox
from ats.notifications import mails
from ats.notifications.models import Notification

DIGEST = "notifications.digest"
AT = time(8)
MOST = 50
"""Lines of one mail; the rest is in the app."""


def plan_digest(user: User, *, now: datetime) -> None:
    """Their next eight o'clock, once."""
    here = now.astimezone(user.zone)
    due = datetime.combine(here.date(), AT, tzinfo=user.zone)
    if due <= now:
        due = datetime.combine(here.date() + timedelta(days=1), AT, tzinfo=user.zone)
    plan(DIGEST, subject_id=user.pk, due_at=due, key=f"{DIGEST}:{user.pk}:{due:%Y-%m-%d}")


def send_digest(user_id: int, *, now: datetime) -> None:
    """What waits for them and was not read meanwhile, in one mail; inside the transaction of its task."""
    rows = Notification.objects.filter(user=user_id).for_digest()
    waiting = list(rows.select_for_update(no_key=True).order_by("at", "pk"))
    user = User.objects.filter(pk=user_id, is_active=True).first()
    if not waiting or user is None:
        return
    with speaking(for_colleagues(user.language)):
        lines = [f"- {retold(each.text)}" for each in waiting[-MOST:]]
    values = {
        "user.first_name": user.get_short_name(),
        "list": "\n".join(lines),
        "link": settings.BASE_URL + reverse("notifications"),
    }
    outbox.queue(
        mails.DIGEST,
        to=outbox.To(address=user.email, name=user.name),
        message=outbox.write(mails.DIGEST, values=values, organisation=None, language=user.language),
        key=f"{mails.DIGEST}:{user.pk}:{waiting[-1].pk}",
        now=now,
    )
    Notification.objects.filter(pk__in=[each.pk for each in waiting]).update(digested_at=now)
