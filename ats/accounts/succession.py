"""What somebody holds that cannot wait for them, and who may take it over when their access ends.

The floors above say what there is (`holder`), and take it over when they hear of `user.deactivated`: its data
name the successor in each part.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from django.db.models import QuerySet, TextChoices

from ats.accounts.models import OVERSEERS, RECRUITING, Role, User
from ats.activity.models import Activity
from ats.common.errors import Invalid


class Part(TextChoices):
    """What a successor takes over by name; everything else follows from it."""

    RECRUITER = "recruiter", "Recruiter of their roles from now on"
    MANAGER = "manager", "Hiring manager of their roles from now on"


@dataclass(frozen=True)
class Held:
    """Something that somebody holds: in words, and the part that its successor takes, if it needs one."""

    what: str
    part: str = ""
    goes: str = ""


Holder = Callable[[User], list[Held]]
_holders: list[Holder] = []


def holder(find: Holder) -> Holder:
    """Let the decorated function say what somebody holds, with a fixed number of queries."""
    _holders.append(find)
    return find


def held_by(user: User) -> list[Held]:
    return [one for find in _holders for one in find(user)]


def parts_of(held: list[Held]) -> list[Part]:
    """The parts for which a successor has to be named."""
    return [part for part in Part if any(one.part == part for one in held)]


def may_take(part: str, *, after: User) -> QuerySet[User]:
    """Who can have this part instead of somebody."""
    roles = RECRUITING if part == Part.RECRUITER else {Role.MANAGER, *OVERSEERS}
    return User.objects.filter(is_active=True, role__in=roles).exclude(pk=after.pk).order_by("name", "pk")


def named(user: User, successors: Mapping[str, int]) -> dict[str, int]:
    """The successors as the record keeps them; Invalid, beside the field, where one is missing or cannot be."""
    found = {}
    for part in parts_of(held_by(user)):
        chosen = may_take(part, after=user).filter(pk=successors.get(part) or 0).select_for_update().first()
        if chosen is None:
            raise Invalid(f"Choose who takes over from {user.get_short_name()}.", field=part)
        found[f"{part}_id"] = chosen.pk
    return found


def successor(activity: Activity, part: str) -> User | None:
    """Who takes this part over, for who hears of `user.deactivated`."""
    return User.objects.filter(pk=activity.data.get(f"{part}_id") or 0, is_active=True).first()
