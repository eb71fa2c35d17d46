"""The fields of a brief as data: each by its code, wherever it is kept."""

from dataclasses import dataclass
from enum import Enum
from typing import Any

from ats.kernel.languages import Words, listed
from ats.kernel.staff_words import gettext_lazy
from partners.partnerships.domain.wording import in_sentence


class Kept(Enum):
    """Which row a field is kept on."""

    ROLE = "role"
    BRIEF = "brief"
    PLAN = "plan"


@dataclass(frozen=True, kw_only=True)
class Field:
    """One thing that a brief says.

    `ask` is what the page asks, `help` a word on how to answer it. `columns` are the columns that hold it, of the
    requisition or of the brief; none where it is rows. `led` fields are said by those who lead the role alone, as
    its pay is; of `shown` ones candidates read once the role is published.
    """

    code: str
    label: Any
    ask: Any
    help: Any = ""
    kept: Kept
    columns: tuple[str, ...] = ()
    led: bool = False
    shown: bool = False
    lines: int = 3


FIELDS: dict[str, Field] = {
    field.code: field
    for field in (
        Field(
            code="why",
            label=gettext_lazy("Why the role exists"),
            ask=gettext_lazy("Why does this role exist?"),
            help=gettext_lazy("What is it that nobody does today, and what does that cost?"),
            kept=Kept.ROLE,
            columns=("why",),
        ),
        Field(
            code="outcomes",
            label=gettext_lazy("Outcomes at 90 days"),
            ask=gettext_lazy("What will this person have done after 90 days?"),
            help=gettext_lazy("One a line; something that one can see. Candidates read it."),
            kept=Kept.ROLE,
            columns=("outcomes",),
            shown=True,
            lines=4,
        ),
        Field(
            code="outcomes_12_months",
            label=gettext_lazy("Outcomes at 12 months"),
            ask=gettext_lazy("And after 12 months?"),
            help=gettext_lazy("One a line."),
            kept=Kept.BRIEF,
            columns=("outcomes_12_months",),
            lines=4,
        ),
        Field(
            code="must_haves",
            label=gettext_lazy("Must-haves"),
            ask=gettext_lazy("What can the work not be done without?"),
            help=gettext_lazy("Three to five. Each of them costs you people who could do the work."),
            kept=Kept.ROLE,
            shown=True,
        ),
        Field(
            code="nice_to_haves",
            label=gettext_lazy("Nice to have"),
            ask=gettext_lazy("What would help, and can be learnt?"),
            help=gettext_lazy("One a line. Nobody is turned down for one of these."),
            kept=Kept.ROLE,
            shown=True,
            lines=4,
        ),
        Field(
            code="deal_breakers",
            label=gettext_lazy("Deal-breakers"),
            ask=gettext_lazy("What would end it, however good somebody is?"),
            help=gettext_lazy("Shifts, travel, a language, a place. Only what follows from the work."),
            kept=Kept.BRIEF,
            columns=("deal_breakers",),
        ),
        Field(
            code="value_proposition",
            label=gettext_lazy("Value proposition"),
            ask=gettext_lazy("Why would a great person want this?"),
            help=gettext_lazy(
                "What they get here and not elsewhere. Only what is true: after 90 days we ask them."
            ),
            kept=Kept.ROLE,
            columns=("value_proposition",),
            shown=True,
            lines=4,
        ),
        Field(
            code="hard_part",
            label=gettext_lazy("The hard part"),
            ask=gettext_lazy("What is hard about it?"),
            help=gettext_lazy("What one should know before saying yes. Candidates read it, and stay for it."),
            kept=Kept.ROLE,
            columns=("hard_part",),
            shown=True,
        ),
        Field(
            code="talent_bar",
            label=gettext_lazy("Talent bar"),
            ask=gettext_lazy("How good must somebody be?"),
            help=gettext_lazy("A high bar needs the pay, the offer and the speed that go with it."),
            kept=Kept.BRIEF,
            columns=("talent_bar",),
        ),
        Field(
            code="pay",
            label=gettext_lazy("Pay range"),
            ask=gettext_lazy("What does it pay?"),
            help=gettext_lazy("A range that you would really pay. Nothing is published without it."),
            kept=Kept.ROLE,
            columns=("pay_min", "pay_max", "pay_currency", "pay_period"),
            led=True,
            shown=True,
        ),
        Field(
            code="pay_position",
            label=gettext_lazy("Market position of the pay"),
            ask=gettext_lazy("Where does that stand in the market?"),
            help=gettext_lazy(
                "The percentile of the middle of your range: 50 is what half of the market pays less than."
            ),
            kept=Kept.BRIEF,
            columns=("pay_percentile", "pay_source", "pay_as_of"),
        ),
        Field(
            code="sourcing",
            label=gettext_lazy("Sourcing plan"),
            ask=gettext_lazy("Where are these people, and how do we reach them?"),
            help=gettext_lazy("Channels, companies, people to ask, and who does what of it."),
            kept=Kept.BRIEF,
            columns=("sourcing",),
            lines=4,
        ),
        Field(
            code="interview_plan",
            label=gettext_lazy("Interview plan"),
            ask=gettext_lazy("Who finds out what?"),
            help=gettext_lazy("As few talks as will do, and each must-have in one of them."),
            kept=Kept.PLAN,
        ),
        Field(
            code="decides",
            label=gettext_lazy("Who decides"),
            ask=gettext_lazy("Who decides after the interviews?"),
            help=gettext_lazy("One name, and who is heard before."),
            kept=Kept.BRIEF,
            columns=("decides",),
            lines=2,
        ),
        Field(
            code="target_start",
            label=gettext_lazy("Target start"),
            ask=gettext_lazy("When should this person start?"),
            kept=Kept.ROLE,
            columns=("target_start",),
        ),
    )
}
"""By code, in the order in which a brief says them."""


@dataclass(frozen=True)
class Step:
    """A part of the intake's page: what it is about, and the fields that it asks for."""

    code: str
    title: Words
    fields: tuple[str, ...]


STEPS = (
    Step("goal", gettext_lazy("The goal"), ("why", "outcomes", "outcomes_12_months")),
    Step("needs", gettext_lazy("What it takes"), ("must_haves", "nice_to_haves", "deal_breakers")),
    Step(
        "offer",
        gettext_lazy("What we offer"),
        ("value_proposition", "hard_part", "pay", "pay_position", "talent_bar"),
    ),
    Step("way", gettext_lazy("How we find and choose"), ("sourcing", "interview_plan", "decides")),
    Step("calibration", gettext_lazy("Do we mean the same?"), ()),
    Step("time", gettext_lazy("By when"), ("target_start",)),
)


def labels(codes: list[str]) -> str:
    """The fields in words: `the pay range and must-haves`; what a field is not called any more is left out."""
    return listed(in_sentence(FIELDS[code].label) for code in codes if code in FIELDS)
