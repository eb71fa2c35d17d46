"""Fetching a row and the permission for it in one step."""

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any, Self, TypeVar

from django.db import connection, transaction
from django.db.models import Model, QuerySet

from ats.kernel.errors import Missing

if TYPE_CHECKING:
    from ats.accounts.models import User

M = TypeVar("M", bound=Model)

Sight = Callable[[Any, "User"], Any]
_sights: dict[tuple[type[Model], str], Sight] = {}


def sees(model: type[Model], how: str = "visible_to") -> Callable[[Sight], Sight]:
    """Let the decorated function, of rows and a user, say which of these rows the user may see.

    Who may see a row may hang on models above its own: a floor that knows them all says it, and the models
    know nothing of each other.
    """

    def register(sight: Sight) -> Sight:
        _sights[model, how] = sight
        return sight

    return register


class GuardedQuerySet(QuerySet[M]):
    """Rows of which somebody may see some, as is said for their model with `sees`."""

    def visible_to(self, user: "User") -> Self:
        return self.seen("visible_to", user)

    def seen(self, how: str, user: "User") -> Self:
        rows: Self = _sights[self.model, how](self, user)
        return rows


def get_for(
    rows: "QuerySet[M]",
    id: int,  # noqa: A002
    *,
    user: "User",
    permission: str,
    for_update: bool = False,
) -> M:
    """The row with this id that `user` may see and has `permission` for; with `for_update`, locked.

    `rows` is a queryset whose class has `visible_to(user)`. Raises `Missing` where the row does not
    exist, cannot be seen, or the permission is lacking: the caller cannot tell which.
    """
    if for_update:
        lock(rows.model, id)
    seen = rows.visible_to(user).filter(pk=id)  # type: ignore[attr-defined]
    return permitted(rows.model, id, seen, user=user, permission=permission)


def permitted(
    model: type[M],
    id: int,  # noqa: A002
    seen: Iterable[M],
    *,
    user: "User",
    permission: str,
) -> M:
    """The one row in `seen`, which was looked for as visible to `user`, if they have `permission` for it."""
    row = next(iter(seen), None)
    if row is not None:
        vars(row)[SEEN_BY] = user.pk  # its rules need not ask the database the same again
    if row is None or not user.has_perm(permission, row):
        raise Missing(f"No {model._meta.verbose_name} with the number {id} is visible.")
    return row


SEEN_BY = "_seen_by"


def is_seen(row: Model, user: "User") -> bool:
    """Whether `row` was fetched for `user`, and so is visible to them."""
    return user.pk is not None and vars(row).get(SEEN_BY) == user.pk


def lock(model: type[Model], id: int) -> None:  # noqa: A002
    """Hold the row with this id until the transaction ends; read it afterwards.

    Reading and locking in one statement would lose the row where somebody else, whom it had to wait for,
    has changed what it is joined by: PostgreSQL looks at the joined rows of before.
    """
    _hold(model, "id = %s", id)


def lock_all(model: type[Model], ids: Iterable[int]) -> None:
    """`lock` for many, in the order of their ids as everybody takes them, so that no two wait for each other."""
    if wanted := sorted(set(ids)):
        _hold(model, "id = ANY(%s) ORDER BY id", wanted)


def _hold(model: type[Model], which: str, wanted: Any) -> None:
    if not connection.in_atomic_block:
        raise transaction.TransactionManagementError("A row is held until its transaction ends: open one.")
    table = connection.ops.quote_name(model._meta.db_table)
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT 1 FROM {table} WHERE {which} FOR NO KEY UPDATE", [wanted])  # noqa: S608
