"""Which filters somebody has, and whom a followed one found last."""

from dataclasses import dataclass

from django.http import QueryDict

from ats.accounts.models import User
from ats.kernel.access import get_for
from ats.kernel.errors import Missing
from ats.kernel.kept import retold
from ats.kernel.staff_words import gettext
from candidates.people_pages.forms import PeopleForm
from candidates.saved_filters.models import FollowedFilter, SavedFilter
from candidates.saved_filters.rules import USE


@dataclass(frozen=True)
class Shown:
    filter: SavedFilter
    is_own: bool
    says: list[tuple[str, str]]
    """What it asks for, each by the name of its field."""
    followed: FollowedFilter | None

    @property
    def problem(self) -> str:
        return retold(self.followed.problem) if self.followed and self.followed.problem else ""


def filters(user: User) -> list[Shown]:
    """One's own by name, then those that others share; a handful of queries."""
    rows = SavedFilter.objects.visible_to(user).select_related("owner").order_by("name", "pk")
    followed = {row.filter_id: row for row in FollowedFilter.objects.filter(user=user).defer("known")}
    shown = [Shown(row, row.owner_id == user.pk, says(row.asked, user), followed.get(row.pk)) for row in rows]
    return sorted(shown, key=lambda each: not each.is_own)


def says(asked: str, user: User) -> list[tuple[str, str]]:
    """What the query of the list asks for, in words; what is gone says so."""
    form = PeopleForm(QueryDict(asked), user=user)
    form.is_valid()
    said = []
    for name, field in form.fields.items():
        if value := form.data.get(name, ""):
            label = "" if name == "q" else str(field.label)
            said.append((label, gettext("gone") if name in form.errors else _word(form, name, value)))
    return said


def _word(form: PeopleForm, name: str, value: str) -> str:
    choices = getattr(form.fields[name], "choices", ())
    return str({str(key): label for key, label in choices}.get(value, value))


def fresh(user: User, filter_id: int) -> FollowedFilter:
    """What somebody follows, with whom it found last; raises `Missing`."""
    row = get_for(SavedFilter.objects.all(), filter_id, user=user, permission=USE)
    found = FollowedFilter.objects.filter(filter=row, user=user).select_related("filter").first()
    if found is None:
        raise Missing(gettext("You do not follow this filter."))
    return found
