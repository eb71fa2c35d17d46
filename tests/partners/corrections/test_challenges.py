"""What slips is found from the figures."""

from datetime import date, timedelta

import pytest

from partners.corrections.domain.challenges import Challenge, Facts, Step, challenges
from partners.corrections.queries.challenges import found
from tests import factories as make
from tests.factories import NOW
from tests.partners.corrections.parts import missed

pytestmark = [pytest.mark.django_db, pytest.mark.ordinary_day]


def test_a_start_that_cannot_be_reached_at_this_pace(role):
    role.target_start = date(2026, 12, 31)
    role.save()
    # Nobody applied yet: 14 days for somebody to apply, 28 to an offer, 5 to a yes and 60 of notice, as a rule.
    (challenge,) = found(role.partnership, now=NOW)
    assert (challenge.code, challenge.measure, challenge.said) == (
        "target_start",
        "days_behind",
        "At this pace the start is 11 March, 70 days after the target of 31 December.",
    )
    assert challenge.causes == ("0 new candidates a week over the last four weeks, 0 in all.",)
    make.make_application(requisition=role, stage_kind="interview", now=NOW)
    (challenge,) = found(role.partnership, now=NOW + timedelta(days=10))
    # 18 of the 28 days to an offer are left, 83 days in all.
    assert challenge.said == "At this pace the start is 25 February, 56 days after the target of 31 December."
    assert challenge.causes[1] == "Whoever has come furthest is at Interview."


def test_a_role_without_a_target_is_not_behind(role):
    assert found(role.partnership, now=NOW) == []


def test_misses_of_one_kind_and_a_late_slate(role):
    missed(role, "first_slate", "recruiter", 1)
    missed(role, "evidence", "manager", 3)
    late, repeated = found(role.partnership, now=NOW)
    assert (late.code, late.said) == (
        "slate_late",
        "The first slate was due 21 November, and nobody was put before the hiring manager so far.",
    )
    assert (repeated.key, repeated.measure, repeated.said, repeated.causes) == (
        "repeated_misses:evidence",
        "kept",
        "“Hand in the evidence from an interview” was missed 3 times in 30 days.",
        ("1 other commitment missed in 30 days.",),
    )


def test_a_step_leaks_against_the_past_and_only_above_a_minimum():
    step = Step("review", 8, 2, 40, 24, (("Must-have is missing", 5),))
    assert list(challenges(Facts(steps=[step], must_haves=7))) == [
        Challenge(
            "step_leaks",
            "25 % move on after the hiring manager's view (2 of 8); in the roles before it were 60 % (of 40).",
            "moves_on",
            "review",
            ("5 of 6 ended with “Must-have is missing”.", "7 must-haves have to meet in one person."),
        )
    ]
    assert list(challenges(Facts(steps=[Step("review", 4, 0, 40, 24)]))) == []
    assert list(challenges(Facts(steps=[Step("review", 8, 2, 9, 9)]))) == []
    assert list(challenges(Facts(steps=[Step("review", 8, 4, 40, 24)]))) == []
