"""Which columns the list of people can have, in which order its rows can stand, and how somebody wants it."""

from typing import Any, NamedTuple, Self

from ats.accounts.models import User
from ats.kernel.languages import Words
from ats.kernel.staff_words import gettext_lazy

LIST = "people"
"""Under this name it is kept with whoever chose it."""
COLUMNS: dict[str, Words] = {
    "applications": gettext_lazy("Applications"),
    "owed": gettext_lazy("What is owed next"),
    "tags": gettext_lazy("Tags"),
    "since": gettext_lazy("Here since"),
    "source": gettext_lazy("Source"),
    "city": gettext_lazy("City"),
    "email": gettext_lazy("E-mail"),
    "phone": gettext_lazy("Telephone"),
}
USUAL = ("applications", "owed", "tags", "since")
ORDERS: dict[str, Words] = {
    "newest": gettext_lazy("Who came last first"),
    "oldest": gettext_lazy("Who is here longest first"),
    "name": gettext_lazy("By name"),
}
"""Of words that are searched for, who answers them best is first, whatever the order."""


class Wish(NamedTuple):
    """How somebody wants the list: what is not known (any more) is left out."""

    columns: tuple[str, ...] = USUAL
    order: str = "newest"

    @classmethod
    def of(cls, user: User) -> Self:
        kept: dict[str, Any] = user.lists.get(LIST) or {}
        columns = tuple(name for name in kept.get("columns", USUAL) if name in COLUMNS)
        order = kept.get("order", "newest")
        return cls(columns, order if order in ORDERS else "newest")

    @property
    def heads(self) -> list[tuple[str, Words]]:
        return [(name, COLUMNS[name]) for name in self.columns]

    @property
    def width(self) -> int:
        """Cells of a row: with the box for selecting it, and the name."""
        return len(self.columns) + 2
