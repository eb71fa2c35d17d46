"""The fields of a brief in words, and what became of them from one version to the next."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils.formats import date_format

from partners.intake.domain import content
from partners.intake.domain.fields import FIELDS
from partners.intake.models import TalentBar, TurnDown, Way
from requisitions.roles.domain.pay import range_in_words


@dataclass(frozen=True)
class Difference:
    """A field that says something else than before: both in words, by line where it has several."""

    code: str
    label: str
    gone: list[str]
    """Lines that are not there any more."""
    new: list[str]
    """Lines that were not there before."""


def differences(before: Mapping[str, Any] | None, after: Mapping[str, Any]) -> list[Difference]:
    """What changed, field by field, in the order of a brief."""
    found = []
    for code in content.changed(before, after):
        old = in_lines(code, before[code]) if before and code in before else []
        new = in_lines(code, after[code])
        found.append(
            Difference(
                code,
                FIELDS[code].label,
                [line for line in old if line not in new],
                [line for line in new if line not in old],
            )
        )
    return found


def in_lines(code: str, value: Any) -> list[str]:
    return [line for line in in_words(code, value).splitlines() if line.strip()]


def in_words(code: str, value: Any) -> str:
    """The value as somebody reads it; empty where nothing is said."""
    if not value:
        return ""
    return OF[code](value) if code in OF else str(value)


def _musts(value: Sequence[Mapping[str, Any]]) -> str:
    return "\n".join(_must(row) for row in value)


def _must(row: Mapping[str, Any]) -> str:
    said = f"{row['name']}: {row['why']}"
    if row["turn_down"]:
        said += f" (without it: {'turned down' if row['turn_down'] == TurnDown.YES else 'not turned down'})"
    by = beside(row)
    return f"{said} · by {by}" if by else said


def beside(row: Mapping[str, Any]) -> str:
    """How a must-have is assessed beside the interviews."""
    if not row["way"]:
        return str(row["how"])
    way = Way(row["way"]).label.lower()
    if row["question"]:
        way = f"the question “{row['question']['label']}”"
    return f"{way}: {row['how']}" if row["how"] else way


def assessed(row: Mapping[str, Any], interviews: Iterable[str]) -> str:
    """How a must-have is assessed; empty where nobody does."""
    return ", ".join(filter(None, [*interviews, beside(row)]))


def _bar(value: str) -> str:
    return str(TalentBar(value).label)


def _pay(value: Mapping[str, Any]) -> str:
    if value["min"] is None:
        return ""
    return range_in_words(Decimal(value["min"]), Decimal(value["max"]), value["currency"], value["period"])


def _position(value: Mapping[str, Any]) -> str:
    if value["percentile"] is None:
        return ""
    source = ", ".join(filter(None, [value["source"], _day(value["as_of"])]))
    return f"{ordinal(value['percentile'])} percentile" + (f" ({source})" if source else "")


def ordinal(number: int) -> str:
    """`1st`, `50th`, `62nd`."""
    ending = "th" if number % 100 in {11, 12, 13} else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{number}{ending}"


def _day(value: str) -> str:
    return date_format(date.fromisoformat(value), "j F Y") if value else ""


def _plan(value: Sequence[Mapping[str, Any]]) -> str:
    return "\n".join(_interview(row) for row in value)


def _interview(row: Mapping[str, Any]) -> str:
    people = " and ".join(row["people"])
    asks = f": {', '.join(row['criteria'])}" if row["criteria"] else ""
    return f"{row['name']}, {row['minutes']} min{f', with {people}' if people else ''}{asks}"


OF: dict[str, Callable[[Any], str]] = {
    "must_haves": _musts,
    "nice_to_haves": "\n".join,
    "talent_bar": _bar,
    "pay": _pay,
    "pay_position": _position,
    "target_start": _day,
    "interview_plan": _plan,
}
