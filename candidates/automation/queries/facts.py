"""What the conditions of rules ask of applications: as many statements for one as for hundreds."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from datetime import datetime
from typing import Any

from ats.organisation.domain import working_time
from candidates.applications.models import Answer, Application
from candidates.automation.domain.conditions import Facts
from candidates.people.domain.keys import fold
from candidates.people.models import Tag


def facts_of(applications: Iterable[Application], *, now: datetime) -> dict[int, Facts]:
    """By the number of the application; each was read `whole`."""
    rows = list(applications)
    answers = _answers([row.pk for row in rows])
    tags = _tags({row.candidate_id for row in rows})
    return {
        row.pk: Facts(
            source=row.source_id,
            department=row.requisition.department_id,
            location=row.requisition.location_id,
            tags=frozenset(tags[row.candidate_id]),
            days=working_time.days_between(row.calendar, row.stage_entered_at, now),
            answers=answers[row.pk],
        )
        for row in rows
    }


def _answers(applications: Collection[int]) -> Mapping[int, dict[str, Any]]:
    found: dict[int, dict[str, Any]] = defaultdict(dict)
    rows = Answer.objects.filter(application__in=applications, document=None).order_by("pk")
    for application, label, value in rows.values_list("application", "label", "value"):
        found[application][fold(label)] = value
    return found


def _tags(people: Collection[int]) -> Mapping[int, set[str]]:
    found: dict[int, set[str]] = defaultdict(set)
    links = Tag.candidates.through.objects.filter(candidate__in=people)
    for person, name in links.order_by("pk").values_list("candidate", "tag__name"):
        found[person].add(name)
    return found
