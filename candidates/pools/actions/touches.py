"""The next touch: by when somebody means to be in touch; softer than a promise, and never broken."""

from datetime import date, datetime, timedelta

from django.db import transaction

from ats.accounts.models import User
from ats.activity.record import record
from ats.kernel.errors import Invalid, WrongState
from ats.kernel.staff_words import gettext
from ats.organisation.domain import working_time
from candidates.compose import words
from candidates.pools.actions.hold import held, reason
from candidates.pools.models import TalentMember, TalentPool

FARTHEST = timedelta(days=366)


@transaction.atomic
def plan_touch(*, member_id: int, on: date, why: str, by: User, now: datetime) -> TalentMember:
    """By this day, or the next working day; moving a day that was set takes a reason."""
    member = held(member_id, by=by)
    why = reason(why, member.candidate_id)
    if member.touch_at is not None and not why:
        raise Invalid(gettext("Say in a few words why it moves."), field="why")
    member.touch_at, member.touch_by, member.touch_why = due(member.pool, on, now), by, why
    member.save(update_fields=["touch_at", "touch_by", "touch_why"])
    when = words.day(member.touch_at, member.pool.organisation.calendar.zone)
    record("talent.touch_planned", subject=member, by=by, now=now, data={"when": when, "why": why or "-"})
    return member


@transaction.atomic
def touched(*, member_id: int, by: User, now: datetime, next_on: date | None = None) -> TalentMember:
    """Somebody was in touch; and means to be again by another day, or leaves it open."""
    member = held(member_id, by=by)
    if member.touch_at is None and next_on is None and member.touched_at == now:
        raise WrongState(gettext("This is noted already."))
    member.touched_at, member.touch_why = now, ""
    member.touch_at = due(member.pool, next_on, now) if next_on else None
    member.touch_by = by if next_on else None
    member.save(update_fields=["touched_at", "touch_why", "touch_at", "touch_by"])
    record("talent.touched", subject=member, by=by, now=now, data={"pool": member.pool.name})
    return member


def due(pool: TalentPool, on: date, now: datetime) -> datetime:
    """The end of that day's work, or of the next working day's."""
    calendar = pool.organisation.calendar
    today = now.astimezone(calendar.zone).date()
    if on < today:
        raise Invalid(gettext("Give a day that lies ahead."), field="on")
    if on - today > FARTHEST:
        raise Invalid(gettext("Give a day within a year."), field="on")
    day = working_time.next_working_day(calendar, on - timedelta(days=1))
    return working_time.end_of(calendar, day)
