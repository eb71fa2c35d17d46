"""The fields of a brief as data: each by its code, wherever it is kept."""

from dataclasses import dataclass
from enum import Enum


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
    label: str
    ask: str
    help: str = ""
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
            label="Why the role exists",
            ask="Why does this role exist?",
            help="What is it that nobody does today, and what does that cost?",
            kept=Kept.ROLE,
            columns=("why",),
        ),
        Field(
            code="outcomes",
            label="Outcomes at 90 days",
            ask="What will this person have done after 90 days?",
            help="One a line; something that one can see. Candidates read it.",
            kept=Kept.ROLE,
            columns=("outcomes",),
            shown=True,
            lines=4,
        ),
        Field(
            code="outcomes_12_months",
            label="Outcomes at 12 months",
            ask="And after 12 months?",
            help="One a line.",
            kept=Kept.BRIEF,
            columns=("outcomes_12_months",),
            lines=4,
        ),
        Field(
            code="must_haves",
            label="Must-haves",
            ask="What can the work not be done without?",
            help="Three to five. Each of them costs you people who could do the work.",
            kept=Kept.ROLE,
            shown=True,
        ),
        Field(
            code="nice_to_haves",
            label="Nice to have",
            ask="What would help, and can be learnt?",
            help="One a line. Nobody is turned down for one of these.",
            kept=Kept.ROLE,
            shown=True,
            lines=4,
        ),
        Field(
            code="deal_breakers",
            label="Deal-breakers",
            ask="What would end it, however good somebody is?",
            help="Shifts, travel, a language, a place. Only what follows from the work.",
            kept=Kept.BRIEF,
            columns=("deal_breakers",),
        ),
        Field(
            code="value_proposition",
            label="Value proposition",
            ask="Why would a great person want this?",
            help="What they get here and not elsewhere. Only what is true: after 90 days we ask them.",
            kept=Kept.ROLE,
            columns=("value_proposition",),
            shown=True,
            lines=4,
        ),
        Field(
            code="hard_part",
            label="The hard part",
            ask="What is hard about it?",
            help="What one should know before saying yes. Candidates read it, and stay for it.",
            kept=Kept.ROLE,
            columns=("hard_part",),
            shown=True,
        ),
        Field(
            code="talent_bar",
            label="Talent bar",
            ask="How good must somebody be?",
            help="A high bar needs the pay, the offer and the speed that go with it.",
            kept=Kept.BRIEF,
            columns=("talent_bar",),
        ),
        Field(
            code="pay",
            label="Pay range",
            ask="What does it pay?",
            help="A range that you would really pay. Nothing is published without it.",
            kept=Kept.ROLE,
            columns=("pay_min", "pay_max", "pay_currency", "pay_period"),
            led=True,
            shown=True,
        ),
        Field(
            code="pay_position",
            label="Market position of the pay",
            ask="Where does that stand in the market?",
            help="The percentile of the middle of your range: 50 is what half of the market pays less than.",
            kept=Kept.BRIEF,
            columns=("pay_percentile", "pay_source", "pay_as_of"),
        ),
        Field(
            code="sourcing",
            label="Sourcing plan",
            ask="Where are these people, and how do we reach them?",
            help="Channels, companies, people to ask, and who does what of it.",
            kept=Kept.BRIEF,
            columns=("sourcing",),
            lines=4,
        ),
        Field(
            code="interview_plan",
            label="Interview plan",
            ask="Who finds out what?",
            help="As few talks as will do, and each must-have in one of them.",
            kept=Kept.PLAN,
        ),
        Field(
            code="decides",
            label="Who decides",
            ask="Who decides after the interviews?",
            help="One name, and who is heard before.",
            kept=Kept.BRIEF,
            columns=("decides",),
            lines=2,
        ),
        Field(
            code="target_start",
            label="Target start",
            ask="When should this person start?",
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
    title: str
    fields: tuple[str, ...]


STEPS = (
    Step("goal", "The goal", ("why", "outcomes", "outcomes_12_months")),
    Step("needs", "What it takes", ("must_haves", "nice_to_haves", "deal_breakers")),
    Step("offer", "What we offer", ("value_proposition", "hard_part", "pay", "pay_position", "talent_bar")),
    Step("way", "How we find and choose", ("sourcing", "interview_plan", "decides")),
    Step("calibration", "Do we mean the same?", ()),
    Step("time", "By when", ("target_start",)),
)


def labels(codes: list[str]) -> str:
    """The fields in words: `the pay range and must-haves`; what a field is not called any more is left out."""
    words = [FIELDS[code].label.lower() for code in codes if code in FIELDS]
    return " and ".join(filter(None, [", ".join(words[:-1]), *words[-1:]]))
