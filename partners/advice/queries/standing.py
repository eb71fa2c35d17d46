"""The face for other rooms: what is to be looked at in some roles."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse

from ats.kernel.prepared import Prepared
from partners.advice.domain.rules import RULES
from partners.advice.models import Advice

ORDER = {code: place for place, code in enumerate(RULES)}


@dataclass(frozen=True)
class Row:
    """One piece: its title, what it says with its figures and without anybody's name, and where it is answered."""

    title: str
    text: str
    figures: dict[str, Any]
    url: str


def standing_advice(requisition_ids: Collection[int]) -> dict[int, list[Row]]:
    """Of each role that has any, the most urgent first; one query. Whether the reader may see a role is theirs
    who asks."""
    kept = _of_one(role=next(iter(requisition_ids))) if len(requisition_ids) == 1 else _of(requisition_ids)
    found: dict[int, list[Row]] = defaultdict(list)
    for role, partnership, pk, rule, said, figures in sorted(kept, key=lambda row: (ORDER[row[3]], row[2])):
        url = f"{reverse('advice', args=[partnership])}#advice-{pk}"
        found[role].append(Row(str(RULES[rule].title), said, figures, url))
    return dict(found)


def _of(roles: Collection[int]) -> "QuerySet[Advice, tuple[Any, ...]]":
    rows = Advice.objects.standing().filter(partnership__requisition__in=list(roles), rule__in=RULES)
    return rows.values_list("partnership__requisition", "partnership", "pk", "rule", "said", "figures")


@Prepared
def _of_one(*, role: int) -> "QuerySet[Advice, tuple[Any, ...]]":
    """As the dashboard of a role asks."""
    return _of([role])
