"""Calendars that are read for busy times: read by a worker, again and again, each apart from the others."""

import logging
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import Q, QuerySet
from django.db.models.functions import Now
from django.urls import reverse
from psycopg2.extras import DateTimeTZRange

from ats.accounts.models import User
from ats.activity.record import record
from ats.calendars import mails
from ats.calendars.actions import download
from ats.calendars.domain import busy, calendar_files
from ats.calendars.models import BusyTime, CalendarSubscription, due_before
from ats.duework import engine
from ats.duework.faults import is_away
from ats.duework.models import MAX_ATTEMPTS
from ats.duework.readiness import rows_by_database
from ats.duework.tasks import hurry
from ats.kernel.errors import Conflict, Invalid, Missing
from ats.kernel.staff_words import gettext, gettext_noop
from ats.mail import outbox
from ats.mail.outbox import To

logger = logging.getLogger(__name__)

LANE = "calendars"
EVERY = timedelta(minutes=15)
AHEAD = timedelta(days=90)
LEASE = timedelta(minutes=3)
MOST = 10
"""So many calendars one person may give."""
TELL_AFTER = 6
"""Failures in a row after which the owner is written to: some five hours after the first."""


def subscribe(*, url: str, by: User, now: datetime) -> CalendarSubscription:
    """Read this calendar from now on. `webcal:` is how calendars say `https:`."""
    url = url.strip()
    if url.lower().startswith("webcal://"):
        url = f"https://{url[9:]}"
    try:
        download.check(url)
    except download.Refused as refused:
        raise Invalid(refused.words, field="url") from None
    with transaction.atomic():
        list(User.objects.filter(pk=by.pk).select_for_update(no_key=True).values_list("pk"))
        mine = CalendarSubscription.objects.filter(user=by)
        if mine.filter(url=url).exists():
            raise Conflict(gettext("This calendar is read already."), field="url")
        if mine.count() >= MOST:
            raise Conflict(
                gettext("%(most)s calendars are read for you already; take one away first.") % {"most": MOST}
            )
        subscription = CalendarSubscription.objects.create(user=by, url=url, due_at=now)
        record("availability.changed", subject=by, by=by, now=now, data={"what": "a calendar is read"})
        hurry(LANE)
    return subscription


def read_again(*, subscription_id: int, by: User, now: datetime) -> CalendarSubscription:
    """Read it now, also where we had given up."""
    with transaction.atomic():
        subscription = _own(subscription_id, by)
        subscription.due_at, subscription.attempts, subscription.retry_at = now, 0, None
        subscription.etag = ""
        subscription.save(update_fields=["due_at", "attempts", "retry_at", "etag", "updated_at"])
        hurry(LANE)
    return subscription


def unsubscribe(*, subscription_id: int, by: User, now: datetime) -> None:
    """Read it no more, and forget what it said."""
    with transaction.atomic():
        _own(subscription_id, by).delete()
        record(
            "availability.changed", subject=by, by=by, now=now, data={"what": "a calendar is no longer read"}
        )


def _own(subscription_id: int, user: User) -> CalendarSubscription:
    rows = CalendarSubscription.objects.filter(pk=subscription_id, user=user)
    subscription = rows.select_for_update(no_key=True).first()
    if subscription is None:
        raise Missing("This calendar is not read for you.")
    return subscription


def to_read(now: datetime) -> QuerySet[CalendarSubscription]:
    """Due, and in nobody's hands."""
    free = Q(lease_token__isnull=True) | Q(lease_until__lt=Now())
    return CalendarSubscription.objects.filter(free, due_before(now), user__is_active=True)


@engine.lane(LANE, last=True, apart=True, due=rows_by_database(to_read))
def read_due(now: datetime) -> int:
    """Read the one that has waited longest; after everything else, for a stranger's server may be slow."""
    rows = to_read(now).select_related("user").order_by("due_at", "pk")
    claimed = engine.claim(rows, now=now, lease=LEASE, batch=1)
    for subscription in claimed:
        try:
            read(subscription, now=now)
        except Exception as error:
            if is_away(error):
                raise
            logger.exception("What calendar %s says could not be kept", subscription.pk)
            engine.settle(subscription, **engine.failed(subscription, error, now=now))
    return len(claimed)


def read(subscription: CalendarSubscription, *, now: datetime) -> None:
    """Fetch and understand it, and keep when its owner is busy; what it held before stays where that fails."""
    try:
        fetched = download.fetch(subscription.url, etag=_etag(subscription, now))
        spans = [] if fetched.unchanged else _understood(fetched.content, subscription, now)
    except download.Refused as refused:
        _failed(subscription, refused, now=now)
        return
    except Exception:  # whatever a calendar makes us stumble over must not hold up the others
        logger.exception("Calendar %s could not be read", subscription.pk)
        _failed(
            subscription, download.Refused(gettext_noop("We stumbled over it, and have noted that.")), now=now
        )
        return
    with transaction.atomic():
        kept = engine.settle(
            subscription,
            due_at=now + EVERY,
            read_at=now,
            etag=fetched.etag,
            problem="",
            attempts=0,
            retry_at=None,
            last_error="",
        )
        if kept and not fetched.unchanged:
            BusyTime.objects.filter(subscription=subscription).delete()
            BusyTime.objects.bulk_create(
                BusyTime(
                    user_id=subscription.user_id, subscription=subscription, period=DateTimeTZRange(*span)
                )
                for span in spans
            )


def _etag(subscription: CalendarSubscription, now: datetime) -> str:
    """What it said last, so that it need not say it again; once a day it does, for the days come nearer."""
    read_at = subscription.read_at
    return subscription.etag if read_at is not None and read_at.date() == now.date() else ""


def _understood(
    content: bytes, subscription: CalendarSubscription, now: datetime
) -> list[tuple[datetime, datetime]]:
    owner = subscription.user
    question = busy.Question(
        since=int((now - timedelta(days=1)).timestamp()),
        until=int((now + AHEAD).timestamp()),
        zone=owner.time_zone,
        owner=owner.email,
        own_prefix=calendar_files.OWN_PREFIX,
        own_suffix=f"@{settings.MAIL_DOMAIN}",
    )
    spans, problem = busy.read(content, question)
    if problem:
        raise download.Refused(problem)
    zone = now.tzinfo
    return [(datetime.fromtimestamp(start, zone), datetime.fromtimestamp(end, zone)) for start, end in spans]


def _failed(subscription: CalendarSubscription, refused: download.Refused, *, now: datetime) -> None:
    error = engine.Final(refused.words) if refused.final else refused
    with transaction.atomic():
        fields = engine.failed(subscription, error, now=now)
        kept = engine.settle(subscription, problem=refused.words[:300], **fields)
        if kept and fields["attempts"] in {TELL_AFTER, MAX_ATTEMPTS}:
            _tell_owner(subscription, now=now)


def _tell_owner(subscription: CalendarSubscription, *, now: datetime) -> None:
    owner = subscription.user
    values = {
        "user.first_name": owner.get_short_name(),
        "problem": subscription.problem,
        "link": settings.BASE_URL + reverse("availability"),
    }
    outbox.queue(
        mails.UNREADABLE,
        to=To(address=owner.email, name=str(owner)),
        message=outbox.write(mails.UNREADABLE, organisation=None, language=owner.language, values=values),
        key=f"calendar:{subscription.pk}:{now:%Y-%m-%d}",
        now=now,
    )
