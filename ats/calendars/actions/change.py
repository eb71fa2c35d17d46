"""When somebody can be asked to interview, as they say it themselves: hours, a buffer, times that are blocked."""

import re
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

from django.db import transaction
from psycopg2.extras import DateTimeTZRange

from ats.accounts.models import User
from ats.activity.record import record
from ats.calendars.models import BusyTime, WorkingHours
from ats.kernel.errors import Conflict, Invalid, Missing
from ats.kernel.staff_words import gettext
from ats.mail.render import one_line

CLOCK = re.compile(r"(?:[01]\d|2[0-3]):[0-5]\d|24:00")
LONGEST_BUFFER = 120
LONGEST_BLOCK = timedelta(days=366)
MOST_BLOCKS = 200

Pairs = Sequence[tuple[str, str]]


@transaction.atomic
def change_hours(*, days: Mapping[int, Pairs], buffer_minutes: int, by: User, now: datetime) -> WorkingHours:
    """One's own hours, by weekday (0 is Monday), in one's own zone; a day without any is a day off."""
    if not 0 <= buffer_minutes <= LONGEST_BUFFER:
        raise Invalid(
            gettext("Keep it between 0 and %(LONGEST_BUFFER)s minutes.") % {"LONGEST_BUFFER": LONGEST_BUFFER},
            field="buffer_minutes",
        )
    kept = {str(day): [list(pair) for pair in _checked(day, pairs)] for day, pairs in days.items() if pairs}
    if not kept:
        raise Invalid(gettext("Give the hours of one day at least."), field="day_0")
    hours, _ = WorkingHours.objects.update_or_create(
        user=by, defaults={"days": kept, "buffer_minutes": buffer_minutes}
    )
    record("availability.changed", subject=by, by=by, now=now, data={"what": "working hours"})
    return hours


def _checked(day: int, pairs: Pairs) -> list[tuple[str, str]]:
    field = f"day_{day}"
    last = ""
    for opens, closes in sorted(pairs):
        if not (CLOCK.fullmatch(opens) and CLOCK.fullmatch(closes)):
            raise Invalid(gettext("Write times like 09:00."), field=field)
        if opens >= closes:
            raise Invalid(gettext("The end must come after the beginning."), field=field)
        if opens < last:
            raise Invalid(gettext("These hours overlap."), field=field)
        last = closes
    return sorted(pairs)


@transaction.atomic
def use_office_hours(*, by: User, now: datetime) -> None:
    """The hours of the hiring organisation's calendar again."""
    deleted, _ = WorkingHours.objects.filter(user=by).delete()
    if deleted:
        record("availability.changed", subject=by, by=by, now=now, data={"what": "the office's hours"})


@transaction.atomic
def block(*, starts_at: datetime, ends_at: datetime, label: str, by: User, now: datetime) -> BusyTime:
    """No interviews in this time."""
    if ends_at <= starts_at:
        raise Invalid(gettext("The end must come after the beginning."), field="ends_at")
    if ends_at <= now:
        raise Invalid(gettext("This time has passed."), field="ends_at")
    if ends_at - starts_at > LONGEST_BLOCK:
        raise Invalid(gettext("Block a year at most."), field="ends_at")
    if BusyTime.objects.filter(user=by, subscription=None, period__endswith__gt=now).count() >= MOST_BLOCKS:
        raise Conflict(
            gettext("There are %(MOST_BLOCKS)s blocked times already; take some away first.")
            % {"MOST_BLOCKS": MOST_BLOCKS}
        )
    blocked = BusyTime.objects.create(
        user=by, period=DateTimeTZRange(starts_at, ends_at), label=one_line(label)[:100]
    )
    record("availability.changed", subject=by, by=by, now=now, data={"what": "a time is blocked"})
    return blocked


@transaction.atomic
def unblock(*, block_id: int, by: User, now: datetime) -> None:
    deleted, _ = BusyTime.objects.filter(pk=block_id, user=by, subscription=None).delete()
    if not deleted:
        raise Missing(gettext("There is no such blocked time."))
    record("availability.changed", subject=by, by=by, now=now, data={"what": "a time is free again"})
