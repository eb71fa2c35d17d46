"""How many of those who are found are where, of which source, with which tag: to narrow the list down by."""

from dataclasses import dataclass, field
from typing import NamedTuple

from django.db.models.expressions import RawSQL

from ats.accounts.models import User
from ats.kernel.rows import listed
from ats.kernel.staff_words import gettext, ngettext, pgettext
from candidates.applications.models import Application, ApplicationState
from candidates.applications.queries.sight import UNKEPT, VISIBLE, viewer
from candidates.people.domain.fields import fielded
from candidates.people.queries import tidied
from candidates.people_pages.queries.listing import PeopleFilter, found
from requisitions.models import StageKind

MOST = 10_000
"""So many people are looked at; where more are found, the figures are of so many of them."""
LOOKED_AT = 15_000
"""So many of the newest applications that are as asked are looked at first: to look at all takes ten times as long."""
SHOWN = 8
"""The values of a filter that most of them have."""

_COUNTED = """
    WITH seen AS MATERIALIZED (
        SELECT a.candidate_id, a.state, a.source_id, a.requisition_id, r.title, s.kind AS stage
        FROM candidates_application a
        JOIN requisitions_requisition r ON r.id = a.requisition_id
        LEFT JOIN requisitions_stage s ON s.id = a.stage_id AND a.state = 'active'
        WHERE a.candidate_id = ANY(%(people)s) AND {seen}
    )
    SELECT 'state', state, state, count(DISTINCT candidate_id) AS number FROM seen GROUP BY state
    UNION ALL
    SELECT 'stage', stage, stage, count(DISTINCT candidate_id) FROM seen WHERE stage IS NOT NULL GROUP BY stage
    UNION ALL
    SELECT 'source', source_id::text, o.name, count(DISTINCT candidate_id)
    FROM seen JOIN candidates_source o ON o.id = source_id GROUP BY source_id, o.name
    UNION ALL
    SELECT 'requisition', requisition_id::text, title, count(DISTINCT candidate_id)
    FROM seen GROUP BY requisition_id, title
    UNION ALL
    SELECT 'tag', t.id::text, t.name, count(*)
    FROM candidates_candidate_tags l JOIN candidates_tag t ON t.id = l.tag_id
    WHERE l.candidate_id = ANY(%(people)s) GROUP BY t.id, t.name
    ORDER BY number DESC, 3, 2
"""
OF_MANY, OF_ALL = (_COUNTED.format(seen=seen) for seen in (UNKEPT, VISIBLE))
"""For whom nothing is kept from, and for whom something may be."""


class Value(NamedTuple):
    """A value of a filter, and how many of the people have it."""

    name: str
    label: str
    number: int


@dataclass(frozen=True)
class Counts:
    total: int
    values: dict[str, list[Value]] = field(default_factory=dict)
    """By the name of the filter; none where it is set already, for it says nothing more then."""

    @property
    def are_of_some(self) -> bool:
        return self.total > MOST

    @property
    def said_total(self) -> str:
        if self.are_of_some:
            return gettext("More than %(number)s people") % {"number": f"{MOST:,}"}
        return ngettext("%(number)s person", "%(number)s people", self.total) % {"number": f"{self.total:,}"}

    @property
    def groups(self) -> list[tuple[str, str, list[Value]]]:
        heads = {
            "stage": gettext("Stage"),
            "state": gettext("How it stands"),
            "requisition": pgettext("to hire for", "Role"),
            "source": gettext("Source"),
            "tag": gettext("Tag"),
        }
        return [(name, said, self.values[name]) for name, said in heads.items() if self.values.get(name)]


def counts(user: User, wanted: PeopleFilter) -> Counts:
    """Of everybody whom the list would show; four queries at most.

    A person counts once for each value of their applications that `user` may see.
    """
    people = _people(user, wanted)
    values = viewer(user) | {"people": people[:MOST]}
    statement = OF_ALL if values["sees_less"] else OF_MANY
    sorted_out: dict[str, list[Value]] = {}
    for name, value, label, number in listed(statement, values) if people and user.is_active else []:
        if not getattr(wanted, name):
            sorted_out.setdefault(name, []).append(Value(value, _said(name, label), number))
    return Counts(len(people), {name: most[:SHOWN] for name, most in sorted_out.items()})


def _people(user: User, wanted: PeopleFilter) -> list[int]:
    """Whom the list would show, one more than `MOST` at most: the newest, where no words are asked for."""
    rows = found(user, wanted).values_list("pk", flat=True)
    if fielded(tidied(wanted.text)).words:
        return list(rows[: MOST + 1])
    if facts := wanted.of_applications():
        applied = Application.objects.filter(**facts).order_by("-applied_at", "-pk")
        newest = list(applied.values_list("candidate", flat=True)[:LOOKED_AT])
        some = RawSQL("SELECT unnest(%s::bigint[])", [newest])
        people = list(rows.filter(pk__in=some)[: MOST + 1])
        if len(newest) < LOOKED_AT or len(people) > MOST:
            return people
    return list(rows.order_by("-created_at", "-pk")[: MOST + 1])


def _said(name: str, label: str) -> str:
    if name == "state":
        return str(ApplicationState(label).label)
    if name == "stage":
        return str(StageKind(label).label)
    return label
