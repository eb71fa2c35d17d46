"""Fetching a row and the permission for it in one step."""

from typing import TYPE_CHECKING, TypeVar

from django.db.models import Model, QuerySet

from ats.common.errors import Missing

if TYPE_CHECKING:
    from ats.accounts.models import User

M = TypeVar("M", bound=Model)


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
    visible = rows.visible_to(user)  # type: ignore[attr-defined]
    if for_update:
        visible = visible.select_for_update(of=("self",), no_key=True)
    row = visible.filter(pk=id).first()
    if row is None or not user.has_perm(permission, row):
        raise Missing(f"No {rows.model._meta.verbose_name} with the number {id} is visible.")
    return row
