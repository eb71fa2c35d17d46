"""Keeping a filter under a name, and changing it."""

from datetime import datetime

from django.db import transaction

from ats.accounts.models import User
from ats.kernel.errors import Invalid, Missing
from ats.kernel.staff_words import gettext
from candidates.saved_filters.actions.follow import begin_anew
from candidates.saved_filters.models import LONGEST, FollowedFilter, SavedFilter

MOST = 200
"""Filters of one person."""


@transaction.atomic
def keep(*, by: User, name: str, asked: str, shared: bool) -> SavedFilter:
    """`asked` is what `PeopleForm.asked` says."""
    name = _checked(by, name)
    if not asked:
        raise Invalid(gettext("This asks for everybody. Choose or type something first."))
    if len(asked) > LONGEST:
        raise Invalid(gettext("It asks for too much to be kept: use fewer words."))
    if by.saved_filters.count() >= MOST:
        raise Invalid(
            gettext("Remove a filter first: nobody finds one among more than %(most)s.") % {"most": MOST}
        )
    return SavedFilter.objects.create(owner=by, name=name, asked=asked, shared=shared)


@transaction.atomic
def change(
    *, filter_id: int, by: User, now: datetime, name: str, shared: bool, asked: str | None = None
) -> SavedFilter:
    """Its name, whether others see it, and what it asks for; who follows it begins anew with that.

    Others who follow one that is shared no more follow it no longer.
    """
    row = _own(filter_id, by)
    row.name, row.shared = _checked(by, name, of=row.pk), shared
    is_other = asked is not None and asked != row.asked
    row.asked = asked if asked else row.asked
    row.save(update_fields=["name", "shared", "asked"])
    if not shared:
        FollowedFilter.objects.filter(filter=row).exclude(user=by).delete()
    if is_other:
        begin_anew(row, now=now)
    return row


@transaction.atomic
def remove(*, filter_id: int, by: User) -> None:
    _own(filter_id, by).delete()


def _own(filter_id: int, by: User) -> SavedFilter:
    row = SavedFilter.objects.select_for_update(no_key=True).filter(pk=filter_id, owner=by).first()
    if row is None:
        raise Missing(gettext("There is no such filter of yours."))
    return row


def _checked(by: User, name: str, *, of: int = 0) -> str:
    name = " ".join(name.split())
    if not name:
        raise Invalid(gettext("Give it a name."), field="name")
    if len(name) > 80:
        raise Invalid(gettext("Keep it under %(most)s characters.") % {"most": 80}, field="name")
    if by.saved_filters.filter(name__iexact=name).exclude(pk=of).exists():
        raise Invalid(gettext("You have a filter of this name already."), field="name")
    return name
