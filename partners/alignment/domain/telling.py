"""What a field of the brief says, in lines for people who sign it."""

from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils.formats import date_format

from ats.kernel.staff_words import gettext, ngettext
from partners.intake.models import TalentBar, TurnDown, Way
from partners.partnerships.domain.wording import in_sentence
from requisitions.roles.domain.pay import range_in_words


def told(code: str, content: Mapping[str, Any]) -> list[str]:
    """Its lines in a version's content; none where that says nothing of it."""
    value = content.get(code)
    if code == "must_haves":
        interviews = {row["id"]: row["name"] for row in content.get("interview_plan", [])}
        return [_must_have(row, interviews) for row in value or []]
    tell = TELL.get(code)
    if tell is not None:
        return tell(value) if value else []
    if isinstance(value, list):
        return [str(each) for each in value]
    return [line for line in str(value or "").splitlines() if line.strip()]


def _must_have(row: dict[str, Any], interviews: Mapping[int, str]) -> str:
    named = [interviews[number] for number in row["interviews"] if number in interviews]
    ways = [*named, *([in_sentence(Way(row["way"]).label)] if row["way"] else [])]
    assessed = (
        gettext("Assessed by: %(ways)s.") % {"ways": ", ".join(ways)}
        if ways
        else gettext("Assessed by nobody.")
    )
    down = {
        TurnDown.YES: gettext("Without it a great person is turned down."),
        TurnDown.NO: gettext("Not decisive."),
    }
    why = row["why"].strip()
    why = why if not why or why.endswith((".", "!", "?")) else f"{why}."
    return " ".join(filter(None, [f"{row['name']}.", why, down.get(row["turn_down"], ""), assessed]))


def _pay(value: dict[str, Any]) -> list[str]:
    if value["min"] is None:
        return []
    low, high = Decimal(value["min"]), Decimal(value["max"])
    return [range_in_words(low, high, value["currency"], value["period"])]


def _pay_position(value: dict[str, Any]) -> list[str]:
    if value["percentile"] is None:
        return []
    source = ", ".join(filter(None, [value["source"], _day(value["as_of"])]))
    said = gettext("Percentile %(percentile)s of the market") % {"percentile": value["percentile"]}
    return [f"{said} ({source})" if source else said]


def _interview_plan(rows: list[dict[str, Any]]) -> list[str]:
    return [
        ngettext(
            "%(name)s, %(minutes)s minutes, %(number)s person",
            "%(name)s, %(minutes)s minutes, %(number)s people",
            row["needed"],
        )
        % {"name": row["name"], "minutes": row["minutes"], "number": row["needed"]}
        + (f": {', '.join(row['criteria'])}" if row["criteria"] else "")
        for row in rows
    ]


def _day(text: str) -> str:
    if not text:
        return ""
    day = date.fromisoformat(text)
    return date_format(day, "LONG_DATE")


TELL: dict[str, Callable[[Any], list[str]]] = {
    "pay": _pay,
    "pay_position": _pay_position,
    "interview_plan": _interview_plan,
    "talent_bar": lambda bar: [str(TalentBar(bar).label)],
    "target_start": lambda text: [_day(text)],
}
