"""What somebody holds that cannot wait for them, and who may take it over when their access or their role ends.

The floors above say what there is (`holder`), and take it over when they hear of `user.deactivated` or
`user.role_changed`: its data name the successor in each part. They also say which rows that touches (`touches`),
so that all of them are locked before anything is written, in the one order (docs/adr/0025-one-lock-order.md).
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from enum import IntEnum

from django.db.models import Model, QuerySet, TextChoices

from ats.accounts.models import OPENING, OVERSEERS, Role, User
from ats.activity.models import Activity
from ats.kernel.access import lock_all
from ats.kernel.errors import Invalid
from ats.kernel.staff_words import gettext, gettext_lazy


class Part(TextChoices):
    """What a successor takes over by name; everything else follows from it."""

    RECRUITER = "recruiter", gettext_lazy("Recruiter of their roles from now on")
    MANAGER = "manager", gettext_lazy("Hiring manager of their roles from now on")


WHO_MAY: Mapping[Part, frozenset[str]] = {
    Part.RECRUITER: OPENING,
    Part.MANAGER: frozenset({Role.MANAGER, *OVERSEERS}),
}
"""With which role in the house somebody can have a part."""

BOTH = (Part.RECRUITER, Part.MANAGER)


@dataclass(frozen=True)
class Held:
    """Something that somebody holds: in words, and the part that its successor takes, if it needs one.

    `follows`: with which parts it goes; all else, like an interview, stays theirs with whatever role.
    """

    what: str
    part: str = ""
    goes: str = ""
    follows: tuple[str, ...] = ()


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


def lost_with(held: list[Held], role: str) -> list[Held]:
    """What of it somebody could not go on with in another role of the house."""
    lost = {part for part in parts_of(held) if role not in WHO_MAY[part]}
    return [one for one in held if one.part in lost or lost & set(one.follows)]


class Level(IntEnum):
    """In which order what somebody holds is locked, after the people."""

    ROLE = 1
    APPLICATION = 2
    PARTNERSHIP = 3


Touched = Callable[[User], Iterable[int]]
_touched: list[tuple[Level, type[Model], Touched]] = []


def touches(level: Level, model: type[Model]) -> Callable[[Touched], Touched]:
    """Let the decorated function say which rows of this model change when somebody hands on what they hold."""

    def register(find: Touched) -> Touched:
        _touched.append((level, model, find))
        return find

    return register


def hold(user_id: int, *, successors: Iterable[int]) -> None:
    """Lock the person, who follows them, every administrator, and then all that is handed on.

    With the administrators among them, no two people are handed on at the same time.
    """
    administrators = User.objects.filter(role=Role.ADMIN, is_active=True).values_list("pk", flat=True)
    lock_all(User, {user_id, *successors, *administrators})
    user = User.objects.filter(pk=user_id).first()
    if user is None:
        return
    rows: dict[tuple[Level, type[Model]], set[int]] = defaultdict(set)
    for level, model, find in _touched:
        rows[level, model].update(find(user))
    for (_, model), ids in sorted(rows.items(), key=lambda item: item[0][0]):
        lock_all(model, ids)


def may_take(part: str, *, after: User) -> QuerySet[User]:
    """Who can have this part instead of somebody."""
    rows = User.objects.filter(is_active=True, role__in=WHO_MAY[Part(part)])
    return rows.exclude(pk=after.pk).order_by("name", "pk")


def named(user: User, held: list[Held], successors: Mapping[str, int]) -> dict[str, int]:
    """The successors as the record keeps them; Invalid, beside the field, where one is missing or cannot be.

    The caller has `hold` of them.
    """
    found = {}
    for part in parts_of(held):
        chosen = may_take(part, after=user).filter(pk=successors.get(part) or 0).first()
        if chosen is None:
            raise Invalid(
                gettext("Choose who takes over from %(get_short_name)s.")
                % {"get_short_name": user.get_short_name()},
                field=part,
            )
        found[f"{part}_id"] = chosen.pk
    return found


def successor(activity: Activity, part: str) -> User | None:
    """Who takes this part over, for who hears that somebody hands it on."""
    return User.objects.filter(pk=activity.data.get(f"{part}_id") or 0, is_active=True).first()
