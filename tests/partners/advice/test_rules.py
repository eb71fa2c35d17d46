"""Each rule says something from its threshold on, nothing before it, and nothing of fewer than its minimum."""

from datetime import date

import pytest

from partners.advice.domain.rules import RULES
from partners.advice.queries.figures import STATEMENTS

DRY = {"sample": 8, "in_play": 3, "came": 2, "days": 28.0, "today": date(2026, 11, 24)}
PAY = {"sample": 5, "short": 0.1, "top": 70000.0, "needed": 70070.0, "currency": "EUR"}
LOST = {"sample": 5, "quick": 5, "slow_lost": 2, "quick_lost": 1, "slow_share": 50.0}
LEAK = {"sample": 10, "elsewhere_sample": 30, "share": 60.0, "elsewhere": 40.0, "key": "interview"}
MUSTS = {"sample": 10, "together": 1, "musts": 2, "share": 14.9, "rarest": "Rust"}
ROUNDS = {"sample": 8, "planned": 5, "usual": 3.5}
LOAD = {"sample": 5, "count": 12, "middle": 6.0}
SOURCE = {
    "sample": 8, "others": 10, "met": 4, "share": 50.0, "others_share": 25.0, "source": "Meetup",
}  # fmt: skip
OF = {
    "runs_dry": DRY, "pay_below": PAY, "feedback_lost": LOST, "stage_leaks": LEAK, "musts_together": MUSTS,
    "rounds": ROUNDS, "interview_load": LOAD, "source_works": SOURCE,
}  # fmt: skip
SAID = {
    "runs_dry": "3 people are in play. In four weeks 2 came and 8 left: at this pace nobody is left by 22 December.",
    "pay_below": "The range ends at €70,000. The middle of the last 5 acceptances for such a role is €70,070, 0.1 % more.",  # noqa: E501
    "feedback_lost": "2 of the 5 people whose view took more than 5 days withdrew, and 1 of the 5 others.",
    "stage_leaks": "60 % of the 10 people who came to “Interview” ended there; in other roles it is 40 % of 30.",
    "musts_together": "1 of 10 people on whom there is a view have all 2 must-haves. Most often missing: “Rust”.",
    "rounds": "5 rounds are planned. It took 3.5 for the middle of the last 8 hires here.",
    "interview_load": "One interviewer of this role has 12 interviews in four weeks. The middle of 5 interviewers here has 6.",  # noqa: E501
    "source_works": "4 of 8 people from “Meetup” came to an interview, 50 %; of the 10 others it is 25 %.",
}


def test_every_rule_has_its_query():
    assert set(STATEMENTS) == set(RULES) == set(OF) == set(SAID)


@pytest.mark.parametrize("code", RULES)
def test_what_it_says_at_its_threshold(code):
    assert RULES[code].judge(OF[code]) == SAID[code]


@pytest.mark.parametrize(
    ("code", "change"),
    [
        ("runs_dry", {"sample": 7}),
        ("runs_dry", {"days": 28.1}),
        ("runs_dry", {"days": None}),
        ("runs_dry", {"in_play": 0}),
        ("pay_below", {"sample": 4}),
        ("pay_below", {"short": 0.0}),
        ("feedback_lost", {"sample": 4}),
        ("feedback_lost", {"quick": 4}),
        ("feedback_lost", {"slow_lost": 1, "quick_lost": 0}),
        ("feedback_lost", {"sample": 6}),
        ("stage_leaks", {"sample": 9}),
        ("stage_leaks", {"elsewhere_sample": 29}),
        ("stage_leaks", {"share": 59.9}),
        ("musts_together", {"sample": 9}),
        ("musts_together", {"musts": 1}),
        ("musts_together", {"share": 15.0}),
        ("rounds", {"sample": 7}),
        ("rounds", {"usual": 4.0}),
        ("interview_load", {"sample": 4}),
        ("interview_load", {"count": 11, "middle": 1.0}),
        ("interview_load", {"middle": 6.1}),
        ("source_works", {"sample": 7}),
        ("source_works", {"others": 9}),
        ("source_works", {"others_share": 25.1}),
        ("source_works", {"met": 1}),
    ],
)
def test_it_says_nothing_before_it(code, change):
    assert RULES[code].judge(OF[code] | change) == ""


@pytest.mark.parametrize(
    ("code", "then", "now", "improved"),
    [
        ("runs_dry", 10, 20, True),
        ("runs_dry", 10, 5, False),
        ("rounds", 5, 4, True),
        ("rounds", 5, 5, False),
        ("rounds", 5, None, None),
    ],
)
def test_whether_its_figure_is_better(code, then, now, improved):
    measure = RULES[code].measure
    assert RULES[code].improved({measure: then}, {measure: now}) is improved
