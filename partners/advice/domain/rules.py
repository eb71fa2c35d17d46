"""The rules of advice: each as data, and what it says of one role's figures; below its minimum it says nothing.

The figures come with one query for each rule (`queries/figures.py`), for all roles at once. Each names its `sample`.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal
from typing import Any

from ats.kernel.kept import kept
from ats.kernel.languages import Words
from ats.kernel.staff_words import gettext_lazy
from ats.kernel.when import counted
from requisitions.models import StageKind
from requisitions.roles.domain.pay import amount

Figures = Mapping[str, Any]
"""What a query found, by the names of its columns."""

LEAST_ACCEPTED = 5
LEAST_HIRES = 8
LEAST_JUDGED = 10
LEAST_WAITED = 5
LEAST_REACHED, LEAST_ELSEWHERE = 10, 30
LEAST_FROM_SOURCE, LEAST_FROM_OTHERS = 8, 10
LEAST_LEFT = 8
LEAST_INTERVIEWERS = 5
FEW_TOGETHER = 15
"""Per cent of applicants who have every must-have, under which they are few."""
LEAKS_MORE = 20
"""Percentage points more than elsewhere."""
SLOW_DAYS = 5
DRY_WITHIN = 28
MUCH, TIMES = 12, 2
"""Interviews in four weeks, and times the middle one, from which a load is one."""


@dataclass(frozen=True, kw_only=True)
class Rule:
    """One kind of advice. `measure` is the figure that it hangs on, said with its `unit`; `better` is `less` or
    `more`. Where figures come for several keys, `only_worst` leaves the one that is farthest out."""

    code: str
    title: Words
    helps: Words
    measure: str
    unit: str
    better: str
    judge: Callable[[Figures], str]
    only_worst: bool = False

    def value(self, figures: Figures) -> str:
        """The figure in words; empty where there is none."""
        number = figures.get(self.measure)
        return "" if number is None else f"{number:g}{self.unit}"

    def improved(self, then: Figures, now: Figures) -> bool | None:
        """Whether it is better than it was; None where that cannot be said."""
        before, after = then.get(self.measure), now.get(self.measure)
        if before is None or after is None:
            return None
        return bool(after < before if self.better == "less" else after > before)


def pay_below(of: Figures) -> str:
    """The top of the range lies under what people accepted for such a role."""
    if of["sample"] < LEAST_ACCEPTED or of["short"] <= 0:
        return ""
    top, needed = (amount(Decimal(str(of[name])), of["currency"]) for name in ("top", "needed"))
    acceptances = counted(of["sample"], "acceptance", "acceptances")
    return kept(
        f"The range ends at {top}. The middle of the last {acceptances} for "
        f"such a role is {needed}, {of['short']:g} % more."
    )


def rounds(of: Figures) -> str:
    """More interviews than it took for people who were hired."""
    if of["sample"] < LEAST_HIRES or of["planned"] <= of["usual"] + 1:
        return ""
    return kept(
        f"{of['planned']} rounds are planned. It took {of['usual']:g} for the middle of the last "
        f"{of['sample']} hires here."
    )


def musts_together(of: Figures) -> str:
    """Each must-have may be met often, and all of them by few."""
    if of["musts"] < 2 or of["sample"] < LEAST_JUDGED or of["share"] >= FEW_TOGETHER:
        return ""
    said = kept(
        f"{of['together']} of {of['sample']} people on whom there is a view have all {of['musts']} must-haves."
    )
    return " ".join([said, kept(f"Most often missing: “{of['rarest']}”.")]) if of.get("rarest") else said


def feedback_lost(of: Figures) -> str:
    """Who waited long for a view withdrew more often."""
    slow, quick, lost = of["sample"], of["quick"], of["slow_lost"]
    if min(slow, quick) < LEAST_WAITED or lost < 2:
        return ""
    if lost / slow < 2 * of["quick_lost"] / quick:
        return ""
    return kept(
        f"{lost} of the {slow} people whose view took more than {SLOW_DAYS} days withdrew, and {of['quick_lost']} "
        f"of the {quick} others."
    )


def stage_leaks(of: Figures) -> str:
    """A stage at which more end than in the same stage of other roles."""
    if of["sample"] < LEAST_REACHED or of["elsewhere_sample"] < LEAST_ELSEWHERE:
        return ""
    if of["share"] - of["elsewhere"] < LEAKS_MORE:
        return ""
    return kept(
        f"{of['share']:g} % of the {of['sample']} people who came to “{StageKind(of['key']).label}” ended there; in "
        f"other roles it is {of['elsewhere']:g} % of {of['elsewhere_sample']}."
    )


def source_works(of: Figures) -> str:
    """A source whose people come to an interview far more often."""
    if of["sample"] < LEAST_FROM_SOURCE or of["others"] < LEAST_FROM_OTHERS or of["met"] < 2:
        return ""
    if of["share"] < 2 * of["others_share"]:
        return ""
    return kept(
        f"{of['met']} of {of['sample']} people from “{of['source']}” came to an interview, {of['share']:g} %; of the "
        f"{of['others']} others it is {of['others_share']:g} %."
    )


def runs_dry(of: Figures) -> str:
    """At this pace nobody is left in play by a day."""
    if of["sample"] < LEAST_LEFT or not of["in_play"] or of["days"] is None or of["days"] > DRY_WITHIN:
        return ""
    last = of["today"] + timedelta(days=round(of["days"]))
    day = f"{last.day} {last:%B}"
    return kept(
        f"{counted(of['in_play'], 'person is', 'people are')} in play. In four weeks {of['came']} came and "
        f"{of['sample']} left: at this pace nobody is left by {day}."
    )


def interview_load(of: Figures) -> str:
    """One interviewer carries far more than the others. No name: who may read it sees it beside."""
    if of["sample"] < LEAST_INTERVIEWERS or of["count"] < MUCH or of["count"] < TIMES * of["middle"]:
        return ""
    return kept(
        f"One interviewer of this role has {of['count']} interviews in four weeks. The middle of "
        f"{of['sample']} interviewers here has {of['middle']:g}."
    )


RULES: dict[str, Rule] = {
    rule.code: rule
    for rule in (
        Rule(
            code="runs_dry",
            title=gettext_lazy("The pipeline runs dry"),
            helps=gettext_lazy("Look for people now, or close the role with those who are in play."),
            measure="days",
            unit=" days",
            better="more",
            judge=runs_dry,
        ),
        Rule(
            code="pay_below",
            title=gettext_lazy("Pay below what people accepted"),
            helps=gettext_lazy("Raise the range, lower the bar, or say what else makes such people come."),
            measure="short",
            unit=" % short",
            better="less",
            judge=pay_below,
        ),
        Rule(
            code="feedback_lost",
            title=gettext_lazy("Waiting for a view loses people"),
            helps=gettext_lazy("Give views sooner, or hand them to somebody while you are away."),
            measure="slow_share",
            unit=" % of views take long",
            better="less",
            judge=feedback_lost,
        ),
        Rule(
            code="stage_leaks",
            title=gettext_lazy("A stage where this role leaks"),
            helps=gettext_lazy(
                "Ask those who end there why, and look at who is let through the stage before."
            ),
            measure="share",
            unit=" % end there",
            better="less",
            judge=stage_leaks,
            only_worst=True,
        ),
        Rule(
            code="musts_together",
            title=gettext_lazy("Must-haves that few have together"),
            helps=gettext_lazy("Ask of each whether you would turn a great person down without it."),
            measure="share",
            unit=" % have them all",
            better="more",
            judge=musts_together,
        ),
        Rule(
            code="rounds",
            title=gettext_lazy("More rounds than it took"),
            helps=gettext_lazy("Put two rounds together, or take one out."),
            measure="planned",
            unit=" rounds",
            better="less",
            judge=rounds,
        ),
        Rule(
            code="interview_load",
            title=gettext_lazy("One person's interviews"),
            helps=gettext_lazy(
                "Ask somebody else to take some, or let a second person shadow and take over."
            ),
            measure="count",
            unit=" interviews in four weeks",
            better="less",
            judge=interview_load,
        ),
        Rule(
            code="source_works",
            title=gettext_lazy("A source that works"),
            helps=gettext_lazy("Look there for more people."),
            measure="share",
            unit=" % come to an interview",
            better="more",
            judge=source_works,
            only_worst=True,
        ),
    )
}
"""By code, the most urgent first, as pages show them."""
