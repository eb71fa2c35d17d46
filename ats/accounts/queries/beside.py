"""What is read together with whoever sends a request, so that none of their pages has to ask for it.

The rooms above say what (`read_beside`). It is believed only while a page is read (`reads_only`): what a request
changes, it may change of this as well.
"""

from django.db.models import BooleanField
from django.db.models.expressions import RawSQL

from ats.accounts.models import BESIDE, User

LESS = "sees_less_or_stands_in"
"""Whether anything is kept from somebody, or is theirs in place of somebody else (`candidates/internal`)."""


def read_beside(name: str, condition: str) -> None:
    """`condition` is SQL about the row `ats_user`; the answer is found by `is_surely_not`."""
    BESIDE[name] = RawSQL(condition, [], output_field=BooleanField())  # noqa: S611


def is_surely_not(user: User, name: str) -> bool:
    """Whether this was read beside the user in this very request, and is not so; otherwise one has to ask."""
    return user.reads_only and getattr(user, name, True) is False
