"""The report as a file for spreadsheets."""

from collections.abc import Iterable
from typing import Any

from ats.kernel.spreadsheets import as_csv as as_table
from candidates.people.models import Candidate
from candidates.surveys.models import OF_RESPECT, WOULD
from candidates.surveys.queries.report import Group, Report

BOUNDS = ("cnps", "cnps_low", "cnps_high")


def as_csv(report: Report) -> str:
    """A line for each group and each point in time, the same figures as on the page."""
    rows = [
        _row("all", "", report.whole),
        *(_row("group", group.name, group) for group in report.groups),
        *(_row("time", point.value, point) for point in report.over_time),
    ]
    asked = [f"{name}_{part.value}" for name in (*OF_RESPECT, *WOULD) for part in report.whole.parts(name)]
    return as_table(["kind", "name", "answers", *BOUNDS, *asked], rows)


def customers(people: Iterable[Candidate]) -> str:
    """A line for each person, and until when they agreed to it."""
    return as_table(
        ["first_name", "last_name", "email", "language", "agreed_until"],
        [
            [
                *(person.first_name, person.last_name, person.email, person.language),
                person.agreed_until.date().isoformat(),  # type: ignore[attr-defined]
            ]
            for person in people
        ],
    )


def _row(kind: str, name: str, group: Group) -> list[Any]:
    found = group.cnps
    bounds = [*found.rounded] if found else ["", "", ""]
    asked = [part.number for each in (*OF_RESPECT, *WOULD) for part in group.parts(each)]
    return [kind, name, group.number, *bounds, *asked]
