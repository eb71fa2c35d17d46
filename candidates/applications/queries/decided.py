"""What was decided before a no is written: the dialogue begins from it, not from an empty form."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from ats.accounts.models import User
from candidates.applications.models import Application


@dataclass(frozen=True, kw_only=True)
class Decided:
    """Who said no to going on, where and in which words; `reason` is the code of the reason that fits, if one does."""

    where: str
    by: str
    at: datetime
    words: str
    reason: str = ""


Finder = Callable[[Application, User], Decided | None]
_finders: list[Finder] = []


def decides(finder: Finder) -> Finder:
    """Let the decorated function say what was decided about an application, as far as this person may know."""
    _finders.append(finder)
    return finder


def decided(application: Application, user: User) -> Decided | None:
    """The newest decision not to go on; None where nobody has made one."""
    found = [made for finder in _finders if (made := finder(application, user)) is not None]
    return max(found, key=lambda made: made.at, default=None)
