"""What can need approval: each kind with the parts people have in it, and the conditions of its steps."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ats.accounts.models import User


@dataclass(frozen=True)
class ApprovalKind:
    """One kind of matter, declared by the slice that it belongs to.

    `parts` are the people of a matter that a step may ask (`hiring_manager`), `conditions` what may have to
    hold for a step (`above_range`), each with its words. `hold` locks the matter with this number, in the
    order in which its own actions lock: an answer comes after that, so that it cannot meet them halfway.
    `wrote` gives the number of whoever wrote a version of it: they do not approve it either.
    `never` gives the numbers of those who must not know of a matter at all: nobody asks them.
    `sees` says whether somebody may open the matter's own page; `granted` is what the mail says comes next.
    """

    name: str
    label: str
    parts: Mapping[str, str] = field(default_factory=dict)
    conditions: Mapping[str, str] = field(default_factory=dict)
    hold: Callable[[int], None] | None = None
    wrote: Callable[[int, int], int | None] | None = None
    never: Callable[[int], frozenset[int]] | None = None
    sees: "Callable[[User, int], bool] | None" = None
    granted: str = ""


_kinds: dict[str, ApprovalKind] = {}


def declare(kind: ApprovalKind) -> None:
    """Make a kind known; a name is declared once."""
    if kind.name in _kinds:
        raise ValueError(f"The kind of approval {kind.name} is declared twice.")
    _kinds[kind.name] = kind


def get(name: str) -> ApprovalKind:
    """The kind of that name; KeyError if nobody declared it."""
    return _kinds[name]


def known() -> dict[str, ApprovalKind]:
    """All kinds by their names, in the order of their labels."""
    return dict(sorted(_kinds.items(), key=lambda item: item[1].label))
