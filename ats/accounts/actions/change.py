"""Another role in the house, and what people say about themselves."""

from collections.abc import Iterable, Mapping
from datetime import datetime

from django.db import transaction

from ats.accounts.actions.permit import MANAGE, keep_an_administrator, permit_for
from ats.accounts.models import Role, User
from ats.accounts.queries import succession
from ats.activity.record import record
from ats.kernel.access import get_for, lock_all
from ats.kernel.errors import Invalid, Missing
from ats.kernel.languages import recorded
from ats.kernel.staff_words import gettext
from ats.mail.outbox import To, queue, write


@transaction.atomic
def change_role(
    *, user_id: int, role: str, by: User, now: datetime, successors: Mapping[str, int] | None = None
) -> User:
    """Give somebody another role in the house; what they may not do in it goes to `successors`, by part.

    Interviews, and the evidence about them, stay theirs.
    """
    permit_for(user_id, by)
    succession.hold(user_id, successors=(successors or {}).values())
    user = get_for(User.objects.all(), user_id, user=by, permission=MANAGE)
    before, label = user.role, recorded(Role(user.role).label)
    if before == role:
        return user
    keep_an_administrator(user)
    lost = succession.lost_with(succession.held_by(user), role) if user.is_active else []
    heirs = succession.named(user, lost, successors or {})
    user.role = role
    if role == Role.ADMIN:  # who looks after the house sees all of it
        user.works_for = None
    user.save(update_fields=["role", "works_for"])
    data = {"name": user.name, "from_role": label, "to_role": recorded(Role(user.role).label), **heirs}
    data["before"] = before
    record("user.role_changed", subject=user, by=by, now=now, data=data)
    queue(
        "account.role_changed",
        to=To(address=user.email, name=user.name, reply_to=by.email),
        message=write(
            "account.role_changed",
            values={"name": user.get_short_name(), "by": by.name, "role": recorded(Role(user.role).label)},
            organisation=None,
            language=user.language,
        ),
        key=f"account.role_changed:{user.pk}:{now.isoformat()}",
        now=now,
    )
    return user


@transaction.atomic
def set_manager(*, user_id: int, manager_id: int | None, by: User, now: datetime) -> User:
    """Say for whom somebody works, or that nobody is named; never round in a circle."""
    get_for(User.objects.all(), user_id, user=by, permission=MANAGE)
    lock_all(User, User.objects.values_list("pk", flat=True))  # two changes at once could close a circle
    user = User.objects.get(pk=user_id)
    manager = User.objects.filter(pk=manager_id, is_active=True).first() if manager_id else None
    if manager_id and manager is None:
        raise Missing(gettext("Nobody who has access has this number."))
    if manager is not None and user.pk in {manager.pk, *_above(manager)}:
        raise Invalid(
            gettext("%(manager)s works for %(user)s, or is the same person.")
            % {"manager": manager.name, "user": user.name},
            field="manager",
        )
    if user.manager_id == manager_id:
        return user
    user.manager = manager
    user.save(update_fields=["manager"])
    data = {"name": user.name, "manager": manager.name if manager else "nobody", "manager_id": manager_id}
    record("user.manager_changed", subject=user, by=by, now=now, data=data)
    return user


def _above(user: User) -> set[int]:
    """All who stand above somebody, however far."""
    over = dict(User.objects.filter(manager__isnull=False).values_list("pk", "manager"))
    found: set[int] = set()
    one = over.get(user.pk)
    while one is not None and one not in found:
        found.add(one)
        one = over.get(one)
    return found


PROFILE = frozenset({"name", "title", "time_zone", "language"})


@transaction.atomic
def change_profile(*, user: User, now: datetime, **facts: str) -> User:
    """What a person says about themselves."""
    if unknown := set(facts) - PROFILE:
        raise TypeError(f"A profile has no {', '.join(sorted(unknown))}.")
    user = User.objects.select_for_update(no_key=True).get(pk=user.pk)
    changed = [name for name, value in facts.items() if getattr(user, name) != value]
    if changed:
        for name in changed:
            setattr(user, name, facts[name])
        user.save(update_fields=changed)
        record("user.profile_changed", subject=user, by=user, now=now, data={"fields": _words(changed)})
    return user


def _words(names: Iterable[str]) -> str:
    return ", ".join(name.replace("_", " ") for name in names)
