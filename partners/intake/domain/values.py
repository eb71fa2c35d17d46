"""Values of a brief's fields as somebody gives them: made tidy, and refused where they make no sense."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

from ats.kernel.errors import Invalid
from ats.kernel.staff_words import gettext
from partners.intake.domain.content import TEXTS, amount
from partners.intake.models import TalentBar, TurnDown, Way
from requisitions.roles.domain.facts import Wanted

LONGEST = 10_000
LONGEST_LINE = 200
LONGEST_HOW = 300


def tidy(code: str, value: Any, *, today: date) -> Any:
    """The value as the brief keeps it; Invalid where it does not make sense."""
    if code in TEXTS:
        return _text(value)
    return OF[code](value, today)


def _text(value: str) -> str:
    text = value.replace("\r\n", "\n").strip()
    if len(text) > LONGEST:
        raise Invalid(
            gettext("Keep it under %(LONGEST)s characters: nobody reads more.") % {"LONGEST": f"{LONGEST:,}"}
        )
    return text


def _bar(value: str, today: date) -> str:
    if value not in {"", *TalentBar.values}:
        raise Invalid(gettext("The talent bar is A, B or C."))
    return value


def _pay(value: dict[str, Any], today: date) -> dict[str, Any]:
    low, high = (
        amount(Decimal(end)) if (end := value[name]) is not None else None for name in ("min", "max")
    )
    return {"min": low, "max": high, "currency": value["currency"].upper(), "period": value["period"]}


def _position(value: dict[str, Any], today: date) -> dict[str, Any]:
    percentile, source, day = value["percentile"], value["source"].strip(), value["as_of"]
    if percentile is not None and not 1 <= percentile <= 99:
        raise Invalid(gettext("Give a percentile from 1 to 99."), field="percentile")
    if len(source) > LONGEST_LINE:
        raise Invalid(
            gettext("Keep it under %(LONGEST_LINE)s characters.") % {"LONGEST_LINE": LONGEST_LINE},
            field="source",
        )
    if day and date.fromisoformat(day) > today:
        raise Invalid(gettext("This figure is of a day that is still to come."), field="as_of")
    return {"percentile": percentile, "source": source, "as_of": day}


def _names(value: list[str], today: date) -> list[str]:
    names = list(dict.fromkeys(" ".join(name.split()) for name in value if name.strip()))
    if any(len(name) > LONGEST_LINE for name in names):
        raise Invalid(
            gettext("Keep each line under %(LONGEST_LINE)s characters.") % {"LONGEST_LINE": LONGEST_LINE}
        )
    return names


def _day(value: str, today: date) -> str:
    return value


OF: dict[str, Callable[[Any, date], Any]] = {
    "talent_bar": _bar,
    "pay": _pay,
    "pay_position": _position,
    "nice_to_haves": _names,
    "target_start": _day,
}
"""By code: how a value that is no text is made tidy."""


def tidy_must_have(value: dict[str, Any]) -> dict[str, Any]:
    """A must-have as somebody gives it, with the numbers of its interviews in their order."""
    name, why, how = (" ".join(value["name"].split()), _text(value["why"]), " ".join(value["how"].split()))
    if not name or len(name) > LONGEST_LINE:
        raise Invalid(
            gettext("Say in a few words what it is, in at most %(LONGEST_LINE)s characters.")
            % {"LONGEST_LINE": LONGEST_LINE},
            field="name",
        )
    if not why:
        raise Invalid(
            gettext("Say why it decides. If a great person could do without it, it is nice to have."),
            field="why",
        )
    if len(how) > LONGEST_HOW:
        raise Invalid(
            gettext("Keep it under %(LONGEST_HOW)s characters.") % {"LONGEST_HOW": LONGEST_HOW}, field="how"
        )
    if value["turn_down"] not in {"", *TurnDown.values} or value["way"] not in {"", *Way.values}:
        raise Invalid(gettext("Choose one of the list."))
    question = value["question"] if value["way"] == Way.QUESTION else None
    return value | {"name": name, "why": why, "how": how, "question": question}


def facts(code: str, value: Any) -> dict[str, Any]:
    """The facts of the role that a value of this field is."""
    if code == "pay":
        ends = {f"pay_{end}": None if value[end] is None else Decimal(value[end]) for end in ("min", "max")}
        return {**ends, "pay_currency": value["currency"], "pay_period": value["period"]}
    if code == "target_start":
        return {code: date.fromisoformat(value) if value else None}
    return {code: value}


def columns(code: str, value: Any) -> dict[str, Any]:
    """The columns of the brief that a value of this field is."""
    if code == "pay_position":
        day = date.fromisoformat(value["as_of"]) if value["as_of"] else None
        return {"pay_percentile": value["percentile"], "pay_source": value["source"], "pay_as_of": day}
    return {code: value}


def wanted(names: list[str], kept: dict[str, Wanted]) -> list[Wanted]:
    """Names as criteria: one that is there already stays what it is."""
    return [kept.get(name, Wanted(name)) for name in names]


def both(code: str, one: Any, other: Any, *, by: str) -> Any:
    """Two values of a field kept as one: the second behind the first, under the name of who wrote it."""
    if code == "nice_to_haves":
        return [*one, *(name for name in other if name not in one)]
    return f"{one}\n\n{by}:\n{other}" if one else other


MERGES = TEXTS | {"nice_to_haves"}
"""Fields of which two values can be kept as one."""
