"""What the law of a place makes a duty towards candidates: a shipped table, and what of it holds where, for whom, when.

A duty is *enforced* only where its text was read at its source and it is in force. What is only reported, or still to
come, is shown with its state and holds nobody up. A place without a row in the table has no duty here, and no function
invents one. The table is `duty_table.py`; it carries a version, for who has to say later what was known when.
"""

from collections.abc import Iterator
from datetime import date
from functools import cache

from ats.organisation.domain.duty import STATEMENTS, Duty, Employees, Kind, Sure
from ats.organisation.domain.duty_table import DUTIES, VERSION
from ats.organisation.domain.places import applies

__all__ = [
    "STATEMENTS",
    "VERSION",
    "Duty",
    "Employees",
    "Kind",
    "at",
    "by_region",
    "countries_of_statements",
    "in_force",
    "outer_date_duty",
    "statements_required",
    "table",
]


def at(place: str) -> list[Duty]:
    """Every row of the table that is about this place, in force or not; none for no place."""
    return list(_at(place))


@cache
def _at(place: str) -> tuple[Duty, ...]:
    return tuple(duty for duty in DUTIES if place and applies([duty.place], place))


def table(*, on: date) -> list[tuple[str, list[tuple[Duty, bool]]]]:
    """The whole of it by place, each row with whether it is enforced on that day; those with such rows first."""
    rows: dict[str, list[tuple[Duty, bool]]] = {}
    for duty in DUTIES:
        rows.setdefault(duty.place, []).append((duty, duty.holds_on(on)))
    return sorted(rows.items(), key=lambda item: not any(holds for _, holds in item[1]))


def by_region(country: str) -> list[str]:
    """The parts of this country of which the table says something: a location there has to name its region."""
    return sorted({duty.place for duty in DUTIES if duty.place.startswith(f"{country}-")})


def in_force(place: str, *, employees: Employees, on: date) -> Iterator[Duty]:
    """What binds an employer of this size there on that day."""
    return (duty for duty in _at(place) if duty.holds_on(on) and duty.binds(employees))


def outer_date_duty(place: str, *, employees: Employees, on: date) -> Duty | None:
    """The duty to tell whom one interviewed, within `days` calendar days of the last interview that was held.

    The shortest where several hold. `place` is `Requisition.jurisdiction`; None where no law sets a day.
    """
    found = [duty for duty in in_force(place, employees=employees, on=on) if duty.kind is Kind.OUTCOME]
    return min(found, key=lambda duty: duty.days or 0, default=None)


def countries_of_statements() -> set[str]:
    """The countries in which a post somewhere has to state something, or is to: where it pays to look closer."""
    return {
        duty.place.split("-", 1)[0] for duty in DUTIES if duty.kind in STATEMENTS and duty.sure is Sure.READ
    }


def statements_required(place: str, *, employees: Employees, on: date) -> list[Duty]:
    """What a post has to state there on that day, each by the duty that wants it, in the order of `STATEMENTS`."""
    found = [duty for duty in in_force(place, employees=employees, on=on) if duty.kind in STATEMENTS]
    return sorted(found, key=lambda duty: STATEMENTS.index(duty.kind))
