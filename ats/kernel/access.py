"""Fetching a row and the permission for it in one step."""

from collections.abc import Callable, Iterable
from functools import cached_property
from typing import TYPE_CHECKING, Any, Generic, NamedTuple, Self, TypeVar

from django.contrib.auth import get_user_model
from django.db import connection, transaction
from django.db.models import Model, QuerySet

from ats.kernel import walls
from ats.kernel.errors import Missing
from ats.kernel.prepared import Prepared, Statement

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


_keepers: dict[type[Model], Sight] = {}


def keeps(model: type[Model]) -> Callable[[Sight], Sight]:
    """Let the decorated function take away rows of the ground floor that a user must not see, whatever their right.

    A room above knows what such a row is about; whoever reads them asks with `without_kept`.
    """

    def register(keeper: Sight) -> Sight:
        _keepers[model] = keeper
        return keeper

    return register


def without_kept(rows: Any, user: "User") -> Any:
    keeper = _keepers.get(rows.model)
    return keeper(rows, user) if keeper else rows


class GuardedQuerySet(QuerySet[M]):
    """Rows of which somebody may see some, as is said for their model with `sees`."""

    def visible_to(self, user: "User") -> Self:
        return self.seen("visible_to", user)

    def seen(self, how: str, user: "User") -> Self:
        rows: Self = _sights[self.model, how](self, user)
        return rows


class Standing(NamedTuple):
    """On what it hangs, beside their number, what somebody sees: the shape of a `Prepared` question."""

    role: str
    is_active: bool
    works_for: tuple[int, ...] | None

    @classmethod
    def of(cls, user: "User") -> Self:
        return cls(user.role, user.is_active, None if user.works_for is None else tuple(user.works_for))

    def with_number(self, number: int) -> "User":
        return get_user_model()(pk=number, **self._asdict())


class Kept(Generic[M]):
    """The rows that `rows()` makes, of which `get_for` often fetches one: put into words once (see `prepared`)."""

    def __init__(self, rows: Callable[[], "QuerySet[M]"]) -> None:
        self._rows = rows
        self._ask = Prepared(self._seen)

    @cached_property
    def model(self) -> type[M]:
        return self._rows().model

    def _seen(self, standing: Standing, *, id: int, user: int) -> "QuerySet[M]":  # noqa: A002
        rows: Any = self._rows()
        found: QuerySet[M] = rows.visible_to(standing.with_number(user)).filter(pk=id)
        return found

    def find(self, id: int, *, user: "User", held: bool) -> list[M]:  # noqa: A002
        if not user.is_authenticated:
            return []
        first = _holding(self.model, "id = %s", id) if held else None
        return self._ask(Standing.of(user), first=first, id=id, user=user.pk)


def get_for(
    rows: "QuerySet[M] | Kept[M]",
    id: int,  # noqa: A002
    *,
    user: "User",
    permission: str,
    for_update: bool = False,
) -> M:
    """The row with this id that `user` may see and has `permission` for; with `for_update`, locked.

    `rows` is a queryset whose class has `visible_to(user)`, or such `Kept` ones. Raises `Missing` where the
    row does not exist, cannot be seen, or the permission is lacking: the caller cannot tell which.
    """
    seen = _found(rows, id, user=user, held=for_update)
    return permitted(rows.model, id, seen, user=user, permission=permission)


def get_all_for(
    rows: "QuerySet[M]", ids: Iterable[int], *, user: "User", permission: str, for_update: bool = False
) -> dict[int, M]:
    """`get_for` for many: those of these rows that `user` may see and has `permission` for, by their ids.

    The others are not in it, for whichever reason. With `for_update` all are locked, in the order of their ids.
    """
    wanted = sorted(set(ids))
    with walls.standing(user, within_action=True):
        if for_update:
            lock_all(rows.model, wanted)
        found: list[M] = list(rows.visible_to(user).filter(pk__in=wanted))  # type: ignore[attr-defined]
    for row in found:
        vars(row)[SEEN_BY] = user.pk
    return {row.pk: row for row in found if user.has_perm(permission, row)}


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


def _found(rows: "QuerySet[M] | Kept[M]", id: int, *, user: "User", held: bool) -> Iterable[M]:  # noqa: A002
    with walls.standing(user, within_action=True):
        if isinstance(rows, Kept):
            return rows.find(id, user=user, held=held)
        if held:
            lock(rows.model, id)
        seen: QuerySet[M] = rows.visible_to(user).filter(pk=id)  # type: ignore[attr-defined]
        return seen if user.works_for is None else list(seen)


SEEN_BY = "_seen_by"


def is_seen(row: Model, user: "User") -> bool:
    """Whether `row` was fetched for `user`, and so is visible to them."""
    return user.pk is not None and vars(row).get(SEEN_BY) == user.pk


def lock(model: type[Model], id: int) -> None:  # noqa: A002
    """Hold the row with this id until the transaction ends; read it afterwards.

    Reading and locking in one statement would lose the row where somebody else, whom it had to wait for,
    has changed what it is joined by: PostgreSQL looks at the joined rows of before. (Two statements may well
    go to it in one message, as those of `Kept` do: each sees what is committed when its own turn comes.)
    """
    _hold(model, "id = %s", id)


def lock_all(model: type[Model], ids: Iterable[int]) -> None:
    """`lock` for many, in the order of their ids as everybody takes them, so that no two wait for each other."""
    if wanted := sorted(set(ids)):
        _hold(model, "id = ANY(%s) ORDER BY id", wanted)


def _hold(model: type[Model], which: str, wanted: Any) -> None:
    with connection.cursor() as cursor:
        cursor.execute(*_holding(model, which, wanted))


def _holding(model: type[Model], which: str, wanted: Any) -> Statement:
    if not connection.in_atomic_block:
        raise transaction.TransactionManagementError("A row is held until its transaction ends: open one.")
    table = connection.ops.quote_name(model._meta.db_table)
    return Statement(f"SELECT 1 FROM {table} WHERE {which} FOR NO KEY UPDATE", (wanted,))  # noqa: S608
