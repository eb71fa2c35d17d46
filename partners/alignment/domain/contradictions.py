"""Which contradictions are looked for: each a rule as data, and what it makes of one role's figures.

The figures come with one query for each rule (`queries/figures.py`), for any number of roles; a rule says nothing
where they do not contradict, and nothing where there are too few of them.
"""

import hashlib
import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from ats.kernel.kept import kept
from ats.kernel.languages import Words, listed, ours
from ats.kernel.staff_words import gettext_lazy
from ats.kernel.when import counted
from partners.alignment.domain import words
from partners.alignment.models import SigningFunction as F
from partners.intake.domain.fields import labels
from requisitions.models import Requisition
from requisitions.roles.domain.pay import amount, in_words

Figures = Mapping[str, Any]
"""What a query found of one role, by the names of its columns."""

LEAST_PERCENTILE = {"A": 60, "B": 40}
"""The lowest place in the market on which a talent bar can stand; people of the bar C are found anywhere."""
LEAST_HIRES = 5
"""So many hires with a first day an organisation needs before its medians say anything."""
SHOWN = ("outcomes", "must_haves", "nice_to_haves", "hard_part")
"""Fields of the brief that the advert shows as they are now; its pay has a rule of its own."""


@dataclass(frozen=True)
class Finding:
    """What contradicts what, in a sentence with its figures; `key` is what it stands on."""

    said: str
    key: str


@dataclass(frozen=True, kw_only=True)
class Rule:
    """One kind of contradiction: between whom it is, what helps, and what it makes of the figures."""

    code: str
    title: Words
    between: tuple[F, F]
    helps: Words
    judge: Callable[[Figures], Finding | None]

    @property
    def sides(self) -> str:
        return listed(side.label for side in self.between)


def _found(said: str, stands_on: Any) -> Finding:
    mark = json.dumps(stands_on, sort_keys=True, ensure_ascii=False, default=str)
    return Finding(said, hashlib.sha256(mark.encode()).hexdigest())


def _quoted(items: Iterable[str]) -> str:
    return ", ".join(f"“{item}”" for item in items)


def bar_above_pay(of: Figures) -> Finding | None:
    """A high bar on a low place in the market."""
    bar, percentile = of["talent_bar"], of["pay_percentile"]
    least = LEAST_PERCENTILE.get(bar)
    if least is None or percentile is None or percentile >= least:
        return None
    source = ", ".join(filter(None, [of["pay_source"], str(of["pay_as_of"] or "")]))
    stands, takes = _nth(percentile), _nth(least)
    if source:
        said = kept(
            f"The bar is {bar}, and the pay stands at the {stands} percentile of the market ({source}). "
            f"For this bar it takes the {takes} at least."
        )
    else:
        said = kept(
            f"The bar is {bar}, and the pay stands at the {stands} percentile of the market. "
            f"For this bar it takes the {takes} at least."
        )
    return _found(said, [bar, percentile])


def _nth(number: int) -> str:
    ends = {1: "st", 2: "nd", 3: "rd"}
    return f"{number}{'th' if 10 <= number % 100 <= 20 else ends.get(number % 10, 'th')}"


def must_unassessed(of: Figures) -> Finding | None:
    """Must-haves that neither an interview nor anything else assesses."""
    names = of["unassessed"]
    if not names:
        return None
    quoted = _quoted(names)
    if len(names) > 1:
        return _found(kept(f"{quoted} are must-haves that nobody assesses."), sorted(names))
    return _found(kept(f"{quoted} is a must-have that nobody assesses."), sorted(names))


def outcome_unserved(of: Figures) -> Finding | None:
    """Outcomes of which no must-have speaks, and for which nobody has named one."""
    lines = unserved(of["outcomes"], of["outcomes_12_months"], musts=of["musts"], served=of["served"])
    if not lines or not of["musts"]:
        return None
    quoted = _quoted(lines)
    said = (
        kept(f"{quoted} have no must-have that serves it: nobody is looked for who can do that.")
        if len(lines) > 1
        else kept(f"{quoted} has no must-have that serves it: nobody is looked for who can do that.")
    )
    return _found(said, sorted(lines))


def unserved(*texts: str, musts: Iterable[str], served: Iterable[str]) -> list[str]:
    """The outcomes, a line each, that no must-have speaks of and that nobody has said one of."""
    musts, said = list(musts), set(served)
    every = [line[:500] for text in texts for line in words.lines(text)]
    return [line for line in every if line not in said and not words.speaks_of(line, musts)]


def advert_differs(of: Figures) -> Finding | None:
    """The advert that is out says other than the brief that both settled."""
    agreed = of["content"]
    before = {code: agreed.get(code) for code in SHOWN}
    before["must_haves"] = [must["name"] for must in agreed.get("must_haves", [])]
    codes = [code for code in SHOWN if before[code] != of[code]]
    if not codes:
        return None
    said = kept(
        f"The advert says other things than version {of['number']} of the brief: {ours(labels)(codes)}."
    )
    return _found(said, [of["number"], {code: of[code] for code in codes}])


def advertised_pay(of: Figures) -> Finding | None:
    """The pay on the careers page, or an amount in the advert's text, is not what was approved."""
    agreed = of["pay"]
    if agreed["min"] is None:
        return None
    low, high = Decimal(agreed["min"]), Decimal(agreed["max"])
    approved = Requisition(
        pay_min=low, pay_max=high, pay_currency=agreed["currency"], pay_period=agreed["period"]
    )
    shown = Requisition(**{name: of[name] for name in ("pay_min", "pay_max", "pay_currency", "pay_period")})
    is_approved = in_words(approved)
    if in_words(shown) != is_approved:
        is_shown = in_words(shown) or kept("nothing that it names")
        said = kept(f"The advert pays {is_shown}; approved is {is_approved} (version {of['number']}).")
        return _found(said, [is_approved, in_words(shown)])
    outside = [
        value
        for value in words.amounts(of["text"], agreed["currency"])
        if not low <= value <= high and low / 4 <= value <= high * 4
    ]
    if not outside:
        return None
    named = ", ".join(dict.fromkeys(amount(value, agreed["currency"]) for value in outside))
    said = kept(f"The text of the advert names {named}; approved is {is_approved} (version {of['number']}).")
    return _found(said, [is_approved, named])


def more_rounds(of: Figures) -> Finding | None:
    """More interviews are planned than both settled."""
    agreed, planned = of["agreed"], of["planned"]
    if not agreed or planned <= agreed:
        return None
    said = kept(
        f"{counted(planned, 'round', 'rounds')} are planned, {agreed} were agreed (version {of['number']})."
    )
    return _found(said, [agreed, planned])


def start_too_soon(of: Figures) -> Finding | None:
    """The target start lies before the day that the organisation's own medians reach."""
    if of["hires"] < LEAST_HIRES:
        return None
    reached = earliest_start(of)
    target: date = of["target_start"]
    if target >= reached:
        return None
    said = kept(
        f"The target start is {_day(target)}. From opening to the first day it took {round(of['days_whole'])} days "
        f"here (median of {counted(of['hires'], 'hire', 'hires')} in two years): at that pace it is {_day(reached)}."
    )
    return _found(said, str(target))


def earliest_start(of: Figures) -> date:
    """As long after the opening as it takes here, and never sooner than notice from today."""
    whole: date = of["opened_on"] + timedelta(days=round(of["days_whole"]))
    notice: date = of["today"] + timedelta(days=round(of["days_notice"]))
    return max(whole, notice)


def _day(day: date) -> str:
    return f"{day.day} {day:%B %Y}"


RULES: dict[str, Rule] = {
    rule.code: rule
    for rule in (
        Rule(
            code="bar_above_pay",
            title=gettext_lazy("Bar above the pay"),
            between=(F.BUSINESS, F.COMPENSATION),
            helps=gettext_lazy("Pay more, lower the bar, or say what else makes such people come."),
            judge=bar_above_pay,
        ),
        Rule(
            code="must_unassessed",
            title=gettext_lazy("A must-have nobody assesses"),
            between=(F.BUSINESS, F.HR),
            helps=gettext_lazy(
                "Give it to an interview or say how else it is assessed; or make it nice to have."
            ),
            judge=must_unassessed,
        ),
        Rule(
            code="outcome_unserved",
            title=gettext_lazy("An outcome no must-have serves"),
            between=(F.BUSINESS, F.HR),
            helps=gettext_lazy(
                "Say which must-have serves it, ask for what it takes, or take the outcome out."
            ),
            judge=outcome_unserved,
        ),
        Rule(
            code="advert_differs",
            title=gettext_lazy("The advert says other than the brief"),
            between=(F.MARKETING, F.BUSINESS),
            helps=gettext_lazy("Change it back, or settle the brief as it is now."),
            judge=advert_differs,
        ),
        Rule(
            code="advertised_pay",
            title=gettext_lazy("Advertised pay is not the approved"),
            between=(F.MARKETING, F.COMPENSATION),
            helps=gettext_lazy("Change the pay or the text back, or have the new pay signed."),
            judge=advertised_pay,
        ),
        Rule(
            code="more_rounds",
            title=gettext_lazy("More rounds than agreed"),
            between=(F.BUSINESS, F.HR),
            helps=gettext_lazy("Take rounds out of the plan, or settle the brief with them."),
            judge=more_rounds,
        ),
        Rule(
            code="start_too_soon",
            title=gettext_lazy("A start the medians cannot reach"),
            between=(F.BUSINESS, F.HR),
            helps=gettext_lazy("Move the start, or say what goes faster this time."),
            judge=start_too_soon,
        ),
    )
}
"""By code, in the order in which pages show them."""
