"""For which organisations somebody works: they see those, and of no other anything (ADR 58)."""

from collections.abc import Collection, Iterable
from datetime import datetime

from django.db import transaction

from ats.accounts.actions.permit import MANAGE
from ats.accounts.models import Role, User
from ats.accounts.queries.succession import held_by
from ats.activity.record import record
from ats.kernel import walls
from ats.kernel.access import get_for
from ats.kernel.errors import Invalid, WrongState
from ats.kernel.staff_words import gettext
from ats.organisation.models import HiringOrganisation


@transaction.atomic
def set_works_for(*, user_id: int, organisations: Collection[int] | None, by: User, now: datetime) -> User:
    """From their next request on they see these organisations alone; None: the whole house.

    Refused while they hold something of another one: who takes that over is chosen where it stands. They leave
    the teams of its roles.
    """
    user = get_for(User.objects.all(), user_id, user=by, permission=MANAGE, for_update=True)
    chosen = known(organisations, role=user.role)
    if chosen == user.works_for:
        return user
    if chosen is not None and (still := held_beyond(user, chosen)):
        said = gettext("%(user)s still holds beyond that: %(what)s. Give it to somebody else first.")
        raise WrongState(said % {"user": user, "what": ", ".join(still)}, field="organisations")
    user.works_for = chosen
    user.save(update_fields=["works_for"])
    what = in_words(chosen)
    data = {"name": user.name, "what": what, "organisations": chosen}
    record("user.works_for_changed", subject=user, by=by, now=now, data=data)
    return user


def held_beyond(user: User, organisations: Collection[int]) -> list[str]:
    """What they hold of all other organisations, in words: as who looks through the wall from there sees it."""
    others = HiringOrganisation.objects.exclude(pk__in=organisations).values_list("pk", flat=True)
    with walls.around(list(others), within_action=True):
        there = held_by(user)
    with walls.around([], within_action=True):
        anywhere = held_by(user)
    return [one.what for one in there if one not in anywhere]


def known(organisations: Iterable[int] | None, *, role: str) -> list[int] | None:
    """The numbers as they are kept; Invalid where one is of no organisation, or this role sees all of them."""
    if organisations is None:
        return None
    wanted = sorted(set(organisations))
    if role == Role.ADMIN:
        raise Invalid(
            gettext("Administrators look after the whole house, and see all of it."), field="organisations"
        )
    if not wanted:
        raise Invalid(gettext("Choose at least one organisation."), field="organisations")
    if HiringOrganisation.objects.filter(pk__in=wanted).count() < len(wanted):
        raise Invalid(gettext("There is no such organisation."), field="organisations")
    return wanted


def in_words(organisations: list[int] | None) -> str:
    """As the record keeps it."""
    if organisations is None:
        return "the whole house"
    names = HiringOrganisation.objects.filter(pk__in=organisations).order_by("name")
    return ", ".join(names.values_list("name", flat=True))
