"""Looking once a day whom a followed filter finds anew."""

from datetime import datetime

from django.urls import reverse

from ats.duework import engine
from ats.kernel.kept import kept
from ats.notifications.actions import tell
from ats.notifications.models import Kind
from candidates.people_pages.queries import selected
from candidates.saved_filters.actions.follow import MOST, next_look, wanted_by
from candidates.saved_filters.models import FollowedFilter

LANE = "saved-filters"
AGAIN = ("due_at", "attempts", "retry_at", "last_error")
GONE = kept("Something that it asks for is gone.")
TOO_MANY = kept("It finds more than 10,000 people now.")


def look(now: datetime) -> int:
    """Every follower whose day has come, each in a transaction of its own; how many."""
    return engine.under_lock(FollowedFilter.objects.ready(now).order_by("due_at", "pk"), _look, now=now)


def _look(row: FollowedFilter, now: datetime) -> None:
    user = row.user
    row.due_at, row.attempts, row.retry_at, row.last_error = next_look(user, now), 0, None, ""
    if not user.is_active:
        row.save(update_fields=AGAIN)
        return
    wanted = wanted_by(row.filter, user)
    people = [] if wanted.gone else selected(user, wanted, most=MOST + 1)
    if wanted.gone or len(people) > MOST:
        _say_problem(row, GONE if wanted.gone else TOO_MANY, now=now)
        return
    known = set(row.known)
    row.fresh = [number for number in people if number not in known]
    row.known, row.looked_at, row.problem = people, now, ""
    row.save(update_fields=[*AGAIN, "fresh", "known", "looked_at", "problem"])
    if row.fresh:
        text = kept(f"“{row.filter.name}” finds {len(row.fresh)} whom it had not found before.")
        _tell(row, text, reverse("saved_filter_fresh", args=[row.filter_id]), now=now)


def _say_problem(row: FollowedFilter, said: str, *, now: datetime) -> None:
    """Once, and not with every day; it is looked at again, for what is gone may come back."""
    is_new, row.problem = row.problem != said, said
    row.save(update_fields=[*AGAIN, "problem"])
    if is_new:
        text = kept(f"“{row.filter.name}” cannot be followed now: look at what it asks for.")
        _tell(row, text, reverse("saved_filters"), now=now)


def _tell(row: FollowedFilter, text: str, link: str, *, now: datetime) -> None:
    tell(row.user, Kind.FILTER, key=f"filter:{row.pk}:{now:%Y-%m-%d}", text=text, link=link, now=now)
