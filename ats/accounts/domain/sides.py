"""On which side of a wall people stand: who may be asked, told or given anything of an organisation (ADR 58)."""

from collections.abc import Iterable

from ats.accounts.models import User
from ats.kernel.errors import Invalid
from ats.kernel.staff_words import gettext


def working_for(people: Iterable[User], organisation: int) -> list[User]:
    """Those of them who may know of this organisation."""
    return [person for person in people if person.may_work_for(organisation)]


def check(user: User | None, organisation: int, *, field: str = "") -> None:
    """Invalid where somebody would be given a part in what they must not know of."""
    if user is not None and not user.may_work_for(organisation):
        said = gettext(
            "%(user)s does not work for this organisation. An administrator can change that on their page."
        )
        raise Invalid(said % {"user": user}, field=field)
