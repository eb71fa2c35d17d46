"""Who works for whom, as far as the house knows it: the one place that says it.

A department's head stands above the hiring managers of its roles, and whoever somebody works for above them. Where
the house learns more of who reports to whom, it is added here and nowhere else.
"""

from collections.abc import Mapping

from ats.accounts.models import User
from requisitions.models import Requisition


def above() -> Mapping[int, frozenset[int]]:
    """For everybody who works for somebody: all who stand above them, however far."""
    return through(_known())


def _known() -> dict[int, set[int]]:
    """Whom somebody leads a role for, or has led one: the heads of these departments; and for whom they work."""
    rows = Requisition.objects.filter(hiring_manager__isnull=False, department__head__isnull=False)
    found: dict[int, set[int]] = {}
    for person, head in rows.values_list("hiring_manager", "department__head").distinct():
        found.setdefault(person, set()).add(head)
    for person, manager in User.objects.filter(manager__isnull=False).values_list("pk", "manager"):
        found.setdefault(person, set()).add(manager)
    return found


def through(known: Mapping[int, set[int]]) -> dict[int, frozenset[int]]:
    """Who stands above whom, further up as well; nobody stands above themselves, in a circle either."""
    found = {}
    for person, over in known.items():
        seen: set[int] = set()
        waiting = list(over)
        while waiting:
            if (one := waiting.pop()) not in seen:
                seen.add(one)
                waiting += known.get(one, ())
        found[person] = frozenset(seen - {person})
    return found
