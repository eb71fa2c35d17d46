"""Following a filter: whom it finds now is known, and only who joins them later is told."""

from datetime import datetime, time, timedelta

from django.db import transaction
from django.http import QueryDict

from ats.accounts.models import User
from ats.kernel.access import get_for
from ats.kernel.errors import Invalid
from ats.kernel.staff_words import gettext
from candidates.people_pages.forms import PeopleForm
from candidates.people_pages.queries import PeopleFilter, selected
from candidates.saved_filters.models import FollowedFilter, SavedFilter
from candidates.saved_filters.rules import USE

AT = time(7)
"""Of whoever follows it: an hour before the mail of the day goes."""
MOST = 10_000
"""Of a filter that finds more, nobody reads who is new."""


@transaction.atomic
def follow(*, filter_id: int, by: User, now: datetime) -> FollowedFilter:
    """Once more is as once."""
    row = get_for(SavedFilter.objects.all(), filter_id, user=by, permission=USE)
    wanted = wanted_by(row, by)
    if wanted.gone:
        raise Invalid(gettext("Something that it asks for is gone: it would find everybody."))
    known = selected(by, wanted, most=MOST + 1)
    if len(known) > MOST:
        raise Invalid(
            gettext("It finds more than %(most)s people. Narrow it down to follow it.")
            % {"most": f"{MOST:,}"}
        )
    facts = {"due_at": next_look(by, now), "known": known, "looked_at": now}
    return FollowedFilter.objects.get_or_create(filter=row, user=by, defaults=facts)[0]


@transaction.atomic
def unfollow(*, filter_id: int, by: User) -> None:
    FollowedFilter.objects.filter(filter=filter_id, user=by).delete()


def begin_anew(row: SavedFilter, *, now: datetime) -> None:
    """It asks for something else: whom it finds now is known, for each who follows it."""
    for each in FollowedFilter.objects.filter(filter=row).select_related("user"):
        each.known = selected(each.user, wanted_by(row, each.user), most=MOST)
        each.fresh, each.problem, each.looked_at = [], "", now
        each.due_at = next_look(each.user, now)
        each.save(update_fields=["known", "fresh", "problem", "looked_at", "due_at"])


def wanted_by(row: SavedFilter, user: User) -> PeopleFilter:
    """What it asks for, for `user`; of what is `gone`, it would ask no more and find everybody."""
    return PeopleForm(QueryDict(row.asked), user=user).wanted()


def next_look(user: User, now: datetime) -> datetime:
    here = now.astimezone(user.zone)
    due = datetime.combine(here.date(), AT, tzinfo=user.zone)
    return due if due > now else datetime.combine(here.date() + timedelta(days=1), AT, tzinfo=user.zone)
