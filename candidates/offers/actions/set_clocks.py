"""The times of an offer: when it reaches its candidate, reminds, and ends."""

from datetime import date, datetime, timedelta

from ats.duework.tasks import plan
from ats.organisation.domain import working_time
from ats.organisation.models import WorkingCalendar
from candidates.offers.models import Offer, OfferTerms

REACHED, REMIND, EXPIRE = "offers.reached", "offers.remind", "offers.expire"
"""Tasks: the moment in which a sent offer is the candidate's, the reminder, the end of its time."""

AGREE_DAYS = 2
"""Working days within which a first day is agreed with somebody who is hired without one."""


def calendar_of(offer: Offer) -> WorkingCalendar:
    return offer.application.requisition.organisation.calendar


def today(offer: Offer, now: datetime) -> date:
    return now.astimezone(calendar_of(offer).zone).date()


def earliest_start(offer: Offer, answered_at: datetime) -> date:
    """The first day that can be kept by who says yes then: ahead, and with the time that the house needs."""
    tomorrow = today(offer, answered_at) + timedelta(days=1)
    notice = offer.application.requisition.organisation.first_day_notice
    if not notice:
        return tomorrow
    calendar = calendar_of(offer)
    return max(
        tomorrow, working_time.after_days(calendar, answered_at, notice).astimezone(calendar.zone).date()
    )


def first_day(offer: Offer, terms: OfferTerms, now: datetime) -> date | None:
    """The first day of who says yes now; None where the one in the letter has come too near, or has passed."""
    return terms.starts_on if terms.starts_on >= earliest_start(offer, now) else None


def agreed_by(calendar: WorkingCalendar, now: datetime) -> datetime:
    """By when the recruiter agrees a first day with somebody who is hired without one."""
    return working_time.after_days(calendar, now, AGREE_DAYS)


def end_of(offer: Offer, since: datetime, days: int) -> datetime:
    """When an offer ends that reaches them then, with so many working days to answer."""
    return working_time.after_days(calendar_of(offer), since, days)


def stands_until(offer: Offer, end: datetime, *, now: datetime) -> list[str]:
    """Let it end then, with a reminder before; the names of the fields that are to be saved."""
    offer.expires_at, offer.reminded_at = end, None
    offer.remind_at = remind_time(offer, since=now)
    return ["expires_at", "remind_at", "reminded_at"]


def remind_time(offer: Offer, *, since: datetime) -> datetime | None:
    """A working day before its last one, or half-way where there is not as much time."""
    if offer.expires_at is None:
        return None
    before = working_time.one_day_before(calendar_of(offer), offer.expires_at)
    return before if before > since else since + (offer.expires_at - since) / 2


def set_(offer: Offer) -> None:
    """Reminder and end, at the times that hold; what was planned for others finds nothing to do."""
    for kind, due_at in ((REMIND, offer.remind_at), (EXPIRE, offer.expires_at)):
        if due_at is not None:
            plan(kind, subject_id=offer.pk, due_at=due_at, key=f"{kind}:{offer.pk}:{due_at.isoformat()}")
