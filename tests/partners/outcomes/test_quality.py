"""How well people were chosen is told of groups only, against the others, and not below the minimum."""

from typing import Any

import pytest

from candidates.models import HireRecord, Scorecard, ScorecardMark
from partners.models import HireOutcome, OutcomeReview, ReviewAnswer
from partners.outcomes.queries import MINIMUM, quality
from partners.partnerships.actions import begin
from tests import factories as make
from tests.factories import NOW

pytestmark = pytest.mark.django_db


def hires(count: int, *, role: Any, met: float, source: Any = None, rating: str = "", day: int = 90) -> None:
    """So many hires of whom the manager has answered that."""
    for _ in range(count):
        application = make.make_application(requisition=role, state="hired", source=source)
        hire = HireRecord.objects.create(
            application=application, opening=application.opening, state="started"
        )
        outcome = HireOutcome.objects.create(hire=hire, partnership=role.partnership, state="running")
        review = OutcomeReview.objects.create(outcome=outcome, day=day, state="open")
        ReviewAnswer.objects.create(
            review=review, side="manager", by=role.hiring_manager, given_at=NOW, met=met, well_used="yes",
            again="yes",
        )  # fmt: skip
        if rating:
            interview = make.make_interview(application, state="held", name="Work sample")
            card = Scorecard.objects.create(
                interview=interview, application=application, interviewer=role.recruiter, state="submitted",
                recommendation=rating, reason="x", due_at=NOW, submitted_at=NOW,
            )  # fmt: skip
            ScorecardMark.objects.create(scorecard=card, position=0, name="Python", rating=rating)


@pytest.fixture
def role():
    made = make.make_requisition(openings=1)
    begin(requisition=made, now=NOW)
    return made


def told(place: int) -> list[tuple[str, str, int, int]]:
    return [
        (row.label, row.figures[0].said, row.figures[0].inside, row.figures[0].outside)
        for row in quality(now=NOW).tables[place].rows
    ]


def test_a_source_is_told_against_the_others(role):
    meetup, board = make.make_source(name="Meetup"), make.make_source(name="Board")
    hires(MINIMUM, role=role, met=0.9, source=meetup)
    hires(MINIMUM, role=role, met=0.6, source=board)
    assert told(0) == [
        ("Board", "33 % below the others", MINIMUM, MINIMUM),
        ("Meetup", "50 % above the others", MINIMUM, MINIMUM),
    ]


def test_nothing_is_told_below_the_minimum_of_either(role):
    meetup, board = make.make_source(name="Meetup"), make.make_source(name="Board")
    hires(MINIMUM, role=role, met=0.9, source=meetup)
    hires(MINIMUM - 1, role=role, met=0.6, source=board)
    assert told(0) == []
    assert [table.rows for table in quality(now=NOW).tables] == [[], [], []]


def test_criterion_and_interview(role):
    hires(MINIMUM, role=role, met=1.0, rating="strong_yes")
    hires(MINIMUM, role=role, met=0.5, rating="yes")
    assert told(1) == [("Python", "100 % above the others", MINIMUM, MINIMUM)]
    assert told(2) == [("Work sample", "100 % above the others", MINIMUM, MINIMUM)]


def test_the_talk_after_thirty_days_is_no_quality_of_hire(role):
    meetup, board = make.make_source(name="Meetup"), make.make_source(name="Board")
    hires(MINIMUM, role=role, met=0.9, source=meetup, day=30)
    hires(MINIMUM, role=role, met=0.6, source=board, day=30)
    assert (told(0), quality(now=NOW).known) == ([], 0)


def test_it_costs_the_same_for_none_and_for_many(role, django_assert_num_queries):
    with django_assert_num_queries(4):
        quality(now=NOW)
    hires(3, role=role, met=0.5, source=make.make_source(name="Meetup"), rating="yes")
    with django_assert_num_queries(4):
        quality(now=NOW)
