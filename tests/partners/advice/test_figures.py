"""The figures of each rule, read of real rows; one query for any number of roles."""

from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from candidates.models import Offer, OfferTerms, Review
from partners.advice.domain.rules import RULES
from partners.advice.queries.figures import figures
from partners.partnerships.actions import begin
from tests import factories as make
from tests.factories import NOW

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


def role_of(organisation: Any = None, **facts: Any) -> Any:
    if organisation is not None:
        facts["organisation"] = organisation
    role = make.make_requisition(**facts)
    begin(requisition=role, now=NOW)
    return role


def read(rule: str, role: Any) -> list[dict[str, Any]]:
    rows = [row for row in figures(rule, now=NOW, slow=5 * DAY) if row["id"] == role.partnership.pk]
    for row in rows:
        del row["id"]
    return sorted(rows, key=lambda row: row["key"])


def accepted(role: Any, pay: int, **facts: Any) -> None:
    application = make.make_application(requisition=role, state="hired")
    offer = Offer.objects.create(
        application=application, opening=application.opening, state="accepted", made_by=role.recruiter,
        sent_at=NOW - 3 * DAY, expires_at=NOW, settled_at=NOW,
    )  # fmt: skip
    given = {"pay_currency": "EUR", "pay_period": "year"} | facts
    OfferTerms.objects.create(
        offer=offer, number=1, pay=Decimal(pay), starts_on=NOW.date(), employment_type="full_time",
        remote_mode="on_site", letter="x", made_by=role.recruiter, made_at=NOW, **given,
    )  # fmt: skip


def test_pay_that_was_accepted_for_the_same_role():
    before = role_of(title="Data Engineer", pay_min=1, pay_max=2)
    for pay in (70000, 80000, 90000):
        accepted(before, pay)
    accepted(before, 500, pay_currency="USD")
    role = role_of(before.organisation, title="data engineer", pay_min=60000, pay_max=64000)
    other = role_of(before.organisation, title="Cook", pay_min=60000, pay_max=64000)
    assert read("pay_below", role) == [
        {"key": "", "sample": 3, "needed": 80000.0, "top": 64000.0, "currency": "EUR", "short": 25.0}
    ]
    assert read("pay_below", other) == []


def test_rounds_that_were_held_of_who_was_hired():
    before = role_of()
    for held in (1, 2, 3):
        application = make.make_application(requisition=before, state="hired")
        for number in range(held):
            make.make_interview(application, state="held", starts_at=NOW - (number + 1) * DAY)
    role = role_of(before.organisation)
    for name in ("One", "Two", "Three", "Four"):
        make.make_planned(role, name=name)
    make.make_planned(role, name="Retired", retired=True)
    assert read("rounds", role) == [{"key": "", "sample": 3, "usual": 2.0, "planned": 4}]


def judged(role: Any, *met: str) -> None:
    application = make.make_application(requisition=role, stage_kind="review")
    criteria = {str(n): {"name": f"Must {n}", "met": mark, "text": ""} for n, mark in enumerate(met)}
    Review.objects.create(
        application=application, reviewer=role.hiring_manager, requested_by=role.recruiter, verdict="yes",
        reason="x", requested_at=NOW - DAY, due_at=NOW, state="answered", settled_at=NOW, criteria=criteria,
    )  # fmt: skip


def test_must_haves_that_people_have_together():
    role = role_of()
    judged(role, "yes", "yes")
    judged(role, "yes", "no")
    judged(role, "yes", "unclear")
    assert read("musts_together", role) == [
        {"key": "", "sample": 3, "together": 1, "musts": 2, "rarest": "Must 1", "share": 33.3}
    ]


def test_waiting_for_a_view_and_withdrawing():
    role = role_of()
    for days, state in ((6, "withdrawn"), (6, "active"), (2, "withdrawn"), (2, "active"), (1, "active")):
        application = make.make_application(requisition=role, stage_kind="review", state=state)
        Review.objects.create(
            application=application, reviewer=role.hiring_manager, requested_by=role.recruiter,
            requested_at=NOW - days * DAY, due_at=NOW, state="answered", settled_at=NOW, verdict="yes", reason="x",
        )  # fmt: skip
    assert read("feedback_lost", role) == [
        {"key": "", "sample": 2, "quick": 3, "slow_lost": 1, "quick_lost": 1, "slow_share": 40.0}
    ]


def test_the_stage_in_which_people_end():
    role = role_of()
    elsewhere = role_of(role.organisation)
    for where, kind, state, count in (
        (role, "review", "rejected", 3),
        (role, "interview", "rejected", 1),
        (role, "review", "active", 1),
        (elsewhere, "review", "rejected", 1),
        (elsewhere, "interview", "rejected", 3),
    ):
        for _ in range(count):
            make.make_application(requisition=where, stage_kind=kind, state=state)
    found = {row["key"]: row for row in read("stage_leaks", role)}
    assert found["review"] == {
        "key": "review", "sample": 4, "elsewhere_sample": 4, "share": 75.0, "elsewhere": 25.0, "weight": 50.0,
    }  # fmt: skip
    assert found["interview"]["sample"] == 1


def test_people_of_a_source_who_came_to_an_interview():
    role = role_of()
    meetup, board = make.make_source(name="Meetup"), make.make_source(name="Board")
    for source, met in ((meetup, True), (meetup, False), (board, False), (None, True), (None, False)):
        application = make.make_application(requisition=role, source=source)
        if met:
            make.make_interview(application)
    found = {row["key"]: row for row in read("source_works", role)}
    assert found[str(meetup.pk)] == {
        "key": str(meetup.pk), "source": "Meetup", "sample": 2, "met": 1, "others": 3, "share": 50.0,
        "others_share": 33.3, "weight": 16.7,
    }  # fmt: skip


def test_when_nobody_is_left_in_play():
    role = role_of(openings=1)
    for _ in range(4):
        make.make_application(requisition=role, applied_at=NOW - 60 * DAY)
    for _ in range(9):
        make.make_application(
            requisition=role, state="rejected", applied_at=NOW - 60 * DAY, decided_at=NOW - 3 * DAY
        )
    make.make_application(requisition=role, state="rejected", applied_at=NOW - DAY, decided_at=NOW)
    (row,) = read("runs_dry", role)
    assert (row["sample"], row["came"], row["in_play"], row["days"]) == (10, 1, 4, 12.4)


def test_interviews_of_one_person():
    role = role_of()
    busy, others = make.make_user("interviewer"), [make.make_user("interviewer") for _ in range(2)]
    for number in range(4):
        application = make.make_application(requisition=role)
        make.make_interview(application, people=[busy], state="held", starts_at=NOW - (number + 1) * DAY)
    for person in others:
        application = make.make_application(requisition=role)
        make.make_interview(application, people=[person], state="held", starts_at=NOW - DAY)
    make.make_interview(people=[busy], state="held", starts_at=NOW - 29 * DAY)
    learnt = make.make_interview(application, people=[], state="held", starts_at=NOW - 3.5 * DAY)
    make.seat_at(learnt, busy, kind="shadow")  # who sits in carries no load
    found = {row["person"]: row for row in read("interview_load", role)}
    assert found[busy.pk] == {
        "key": str(busy.pk), "person": busy.pk, "sample": 3, "middle": 1.0, "count": 4,
    }  # fmt: skip


@pytest.mark.parametrize("rule", RULES)
def test_a_rule_is_one_query_and_knows_no_role_that_is_not_looked_for(rule):
    role_of(state="on_hold")
    with CaptureQueriesContext(
        connection,
    ) as asked:
        assert figures(rule, now=NOW, slow=5 * DAY) == []
    assert len(asked) == 1
