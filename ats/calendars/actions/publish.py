"""Somebody's own interviews as a calendar to subscribe to, at an address that is its own secret."""

import hashlib
import secrets
from collections.abc import Callable, Iterable
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import Q
from django.urls import reverse

from ats.accounts.models import User
from ats.activity.record import record
from ats.calendars.domain import calendar_files
from ats.calendars.domain.calendar_files import Meeting
from ats.calendars.models import CalendarLink
from ats.kernel.languages import for_colleagues, speaking
from ats.kernel.staff_words import gettext

BEHIND, AHEAD = timedelta(days=30), timedelta(days=180)
NOTED_EVERY = timedelta(minutes=10)
PRODUCT = "Interviews"
LASTS = timedelta(days=365)

Finder = Callable[[User, datetime, datetime], Iterable[Meeting]]
_finders: list[Finder] = []


def publishes(finder: Finder) -> Finder:
    """Put the meetings that the decorated function finds, of somebody between two moments, into their own feed."""
    _finders.append(finder)
    return finder


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


@transaction.atomic
def make(*, by: User, now: datetime) -> str:
    """A new address; the former one no longer works. It is shown now and never again."""
    was = _revoke(by, now)
    token = secrets.token_urlsafe(32)
    CalendarLink.objects.create(user=by, token_hash=_hash(token), expires_at=now + LASTS)
    what = "renewed" if was else "made"
    record("calendar_link.changed", subject=by, by=by, now=now, data={"what": what})
    return settings.BASE_URL + reverse("calendar_feed", args=[token])


@transaction.atomic
def revoke(*, by: User, now: datetime) -> None:
    if _revoke(by, now):
        record("calendar_link.changed", subject=by, by=by, now=now, data={"what": "revoked"})


def _revoke(user: User, now: datetime) -> bool:
    list(User.objects.filter(pk=user.pk).select_for_update(no_key=True).values_list("pk"))
    return bool(CalendarLink.objects.open().filter(user=user).update(revoked_at=now, updated_at=now))


def by_token(token: str, *, now: datetime) -> CalendarLink | None:
    """Somebody's calendar that this address opens; None if nobody's."""
    rows = (
        CalendarLink.objects.open().filter(Q(expires_at=None) | Q(expires_at__gt=now)).select_related("user")
    )
    link = rows.filter(token_hash=_hash(token), user__is_active=True).first()
    if link is None:
        return None
    if link.read_at is None or now - link.read_at > NOTED_EVERY:
        CalendarLink.objects.filter(pk=link.pk).update(read_at=now)
    return link


def feed(link: CalendarLink, *, now: datetime) -> bytes:
    """Their meetings of the last weeks and the next months: whom they meet, and the way to its page.

    And a word on the day before the address ends: a calendar that goes quiet tells nobody.
    """
    with speaking(for_colleagues(link.user.language)):
        return _feed(link, now)


def _feed(link: CalendarLink, now: datetime) -> bytes:
    meetings = [meeting for find in _finders for meeting in find(link.user, now - BEHIND, now + AHEAD)]
    if link.expires_at is not None and link.expires_at < now + AHEAD:
        meetings.append(_last_word(link, link.expires_at))
    return calendar_files.published(meetings, name=gettext("Interviews"), product=PRODUCT, now=now)


def _last_word(link: CalendarLink, ends: datetime) -> Meeting:
    starts = ends - timedelta(days=1)
    return Meeting(
        uid=f"calendar-link-{link.pk}@{settings.MAIL_DOMAIN}",
        sequence=0,
        starts_at=starts,
        ends_at=starts + timedelta(minutes=30),
        summary=gettext("Tomorrow your interviews are no longer shown here: make a new address in Accord"),
        link=settings.BASE_URL + reverse("availability"),
    )
