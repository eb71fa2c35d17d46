"""The fields of a brief in words, and what became of them from one version to the next."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import get_language

from ats.kernel.languages import listed
from ats.kernel.staff_words import gettext
from partners.intake.domain import content
from partners.intake.domain.fields import FIELDS
from partners.intake.models import TalentBar, TurnDown, Way
from partners.partnerships.domain.wording import in_sentence
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
                str(FIELDS[code].label),
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
        down = row["turn_down"] == TurnDown.YES
        said += " " + (
            gettext("(without it: turned down)") if down else gettext("(without it: not turned down)")
        )
    by = beside(row)
    return gettext("%(said)s · by %(ways)s") % {"said": said, "ways": by} if by else said


def beside(row: Mapping[str, Any]) -> str:
    """How a must-have is assessed beside the interviews."""
    if not row["way"]:
        return str(row["how"])
    way = in_sentence(Way(row["way"]).label)
    if row["question"]:
        way = gettext("the question “%(question)s”") % {"question": row["question"]["label"]}
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
    said = gettext("%(nth)s percentile") % {"nth": ordinal(value["percentile"])}
    return f"{said} ({source})" if source else said


def ordinal(number: int) -> str:
    """`1st`, `50th`, `62nd`; `50.` where one does not count in English."""
    if get_language() not in {None, "en"}:
        return f"{number}."
    ending = "th" if number % 100 in {11, 12, 13} else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{number}{ending}"


def _day(value: str) -> str:
    return date_format(date.fromisoformat(value), "LONG_DATE") if value else ""


def _plan(value: Sequence[Mapping[str, Any]]) -> str:
    return "\n".join(_interview(row) for row in value)


def _interview(row: Mapping[str, Any]) -> str:
    facts = {"name": row["name"], "minutes": row["minutes"], "people": listed(row["people"])}
    said = (
        gettext("%(name)s, %(minutes)s min, with %(people)s")
        if row["people"]
        else gettext("%(name)s, %(minutes)s min")
    )
    asks = f": {', '.join(row['criteria'])}" if row["criteria"] else ""
    return said % facts + asks


OF: dict[str, Callable[[Any], str]] = {
    "must_haves": _musts,
    "nice_to_haves": "\n".join,
    "talent_bar": _bar,
    "pay": _pay,
    "pay_position": _position,
    "target_start": _day,
    "interview_plan": _plan,
}
