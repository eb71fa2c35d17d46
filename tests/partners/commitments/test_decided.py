"""What was decided is owed no more: no commitment is left open, or missed, whose subject was decided in time."""

from datetime import timedelta
from random import Random

import pytest
from hypothesis import given, seed, settings
from hypothesis import strategies as st

from partners.commitments.domain.obligations import DECIDED
from tests.partners.commitments.facts import MANAGER, History, at, version

MON, TUE, WED, THU, FRI = 2, 3, 4, 5, 6
LEFT = {"due", "missed", "waiting"}
ROLE = ("requisition.held", "requisition.resumed", "requisition.ended", "requisition.reopened")
ROLE_WRITES = ("slate.presented", "intake.given")
OWN = ("application.moved", "application.noted", "application.told", "application.decision_undone")
ASKS = ("review.asked", "review.answered", "review.cancelled")
CARDS = ("scorecard.opened", "scorecard.handed_in", "scorecard.cancelled", "interview.held")
VERBS = ROLE * 2 + ROLE_WRITES + OWN + tuple(DECIDED) * 2 + ASKS * 4 + CARDS * 2


@st.composite
def histories(draw):
    """Made up by chance alone: what hypothesis draws by itself is too short, or too much alike, to meet anything."""
    chance = Random(draw(st.integers(min_value=0, max_value=10**9)))
    return [
        (
            chance.choice(VERBS),
            chance.randrange(15 * 24),  # hours after the opening
            chance.randint(1, 3),  # application
            chance.randint(1, 3),  # slate, or scorecard
            chance.choice(("yes", "no", "unsure")),
            chance.randint(1, 2),  # who
        )
        for _ in range(chance.randint(5, 45))
    ]


def told(rows):
    """A history out of made-up events, in their order."""
    history = History().opened(at(MON), intake=False)
    for verb, hours, application, number, verdict, who in sorted(rows, key=lambda row: row[1]):
        own = not verb.startswith(("requisition.", "slate.", "intake."))
        moment = at(MON) + timedelta(hours=hours)
        history.add(
            verb,
            moment,
            subject=number * 10 + application if own else 0,
            application=application if own else None,
            actor=who,
            slate=number,
            side="manager",
            verdict=verdict,
            interview_id=application,
            ends_at=moment.isoformat(),
        )
    return history


def ends(history, row):
    """The moments in which what this commitment is about was decided, looked up apart from how it is measured."""
    facts = history.facts
    over = [fact for fact in facts if fact.verb == "requisition.ended"]
    if row.kind in {"first_slate", "intake", "published", "weekly_update"}:
        return [fact.at for fact in over if fact.id > row.started_by]
    if row.kind == "candidates_told":
        undone = {"application.decision_undone", "application.withdrawn"}
        mine = [fact for fact in facts if fact.application_id == row.application_id]
        return [fact.at for fact in mine if fact.verb in undone and fact.id > row.started_by]
    decided = [fact for fact in facts if fact.verb in DECIDED]
    if row.kind == "slate_reviewed":
        of_each = [
            [fact.at for fact in decided if fact.application_id == number and fact.at > row.started_at]
            for number in row.applications
        ]
        last = [max(min(each) for each in of_each)] if all(of_each) else []
    else:
        mine = [fact for fact in decided if fact.application_id == row.application_id]
        last = [fact.at for fact in mine if fact.at > row.started_at]
    return [*last, *(fact.at for fact in over if fact.at > row.started_at)]


@seed(7)
@settings(max_examples=200, deadline=None)
@given(
    rows=histories(), days=st.integers(min_value=0, max_value=25), grace=st.integers(min_value=0, max_value=2)
)
def test_nothing_is_left_whose_subject_was_decided_before_it_came_due(rows, days, grace):
    history, now = told(rows), at(MON) + timedelta(days=days)
    for row in history.measure(now, [version(grace=grace)]):
        known = [moment for moment in ends(history, row) if moment <= now]
        if row.state in LEFT:
            assert [moment for moment in known if moment <= row.until_at] == []
        if row.state in {"due", "waiting"} or (row.state == "missed" and row.over_at is None):
            assert known == []  # it can still be done


@seed(8)
@settings(max_examples=200, deadline=None)
@given(rows=histories(), days=st.integers(min_value=0, max_value=25))
def test_what_is_owed_began_while_its_subject_was_open(rows, days):
    history, now = told(rows), at(MON) + timedelta(days=days)
    for row in history.measure(now):
        if row.kind not in {"answer_manager", "decision", "evidence"}:
            continue
        before = [
            fact.verb
            for fact in history.facts
            if fact.application_id == row.application_id
            and fact.at <= row.started_at
            and fact.id < row.started_by
            and fact.verb in {*DECIDED, "application.decision_undone"}
        ]
        assert before[-1:] in ([], ["application.decision_undone"])


def test_a_view_on_somebody_rejected_an_hour_before_owes_no_answer():
    history = History().opened(at(MON)).asked(at(MON), 1)
    history.add("application.rejected", at(TUE, 9), application=1, subject=1)
    history.answered(at(TUE, 10), 1, "unsure")
    assert history.states("answer_manager", at(27)) == []
    assert history.states("decision", at(27)) == []


@pytest.mark.parametrize("verb", DECIDED)
def test_a_slate_is_not_owed_once_everybody_on_it_is_decided(verb):
    history = History().opened(at(MON)).asked(at(MON), 1).asked(at(MON), 2)
    for application in (1, 2):
        history.add(verb, at(TUE), application=application, subject=application)
    assert history.states("slate_reviewed", at(20)) == ["released"]


def test_evidence_on_somebody_who_was_decided_is_not_owed():
    history = History().opened(at(MON)).wanted(at(MON)).interviewed(at(TUE, 11))
    history.add("application.withdrawn", at(TUE, 12), application=1, subject=1)
    assert history.states("evidence", at(20)) == ["released"]
    before = History().opened(at(MON)).wanted(at(MON))
    before.add("application.rejected", at(TUE, 9), application=1, subject=1).interviewed(at(TUE, 11))
    assert before.states("evidence", at(20)) == []


def test_what_was_missed_stays_missed_and_is_past_once_it_is_decided():
    history = History().opened(at(MON)).asked(at(MON), 1).answered(at(TUE), 1)
    history.add("application.withdrawn", at(9), application=1, subject=1)
    row = history.one("answer_manager", at(20))
    assert (row.state, row.over_at, row.settled_at) == ("missed", at(9), None)


def test_a_role_that_is_reopened_owes_a_first_slate_again_and_its_second_end_counts():
    history = History().opened(at(MON)).add("slate.presented", at(TUE), subject=1)
    history.add("requisition.ended", at(9)).add("requisition.reopened", at(10))
    assert history.states("first_slate", at(10, 12)) == ["kept", "due"]
    history.add("slate.presented", at(11), subject=2).asked(at(11), 1).answered(at(12), 1, actor=MANAGER)
    assert history.states("first_slate", at(12, 12)) == ["kept", "kept"]
    assert history.states("answer_manager", at(12, 12)) == ["due"]
    history.add("requisition.ended", at(13))
    assert history.states("answer_manager", at(27)) == ["released"]
    assert history.states("intake", at(27)) == ["kept"]


def test_what_the_role_lacked_at_its_end_is_owed_again_once_it_is_looked_for_again():
    history = History().opened(at(MON), intake=False).add("requisition.ended", at(TUE))
    history.add("requisition.reopened", at(9))
    assert history.states("intake", at(9, 12)) == ["released", "due"]
    history.add("intake.given", at(10))
    assert history.states("intake", at(11)) == ["released", "kept"]


def test_who_accepted_an_offer_need_not_be_told():
    history = History().opened(at(MON))
    history.add("offer.accepted", at(TUE), application=1, subject=5)
    history.add("application.hired", at(TUE), application=1, subject=1)
    assert history.states("candidates_told", at(20)) == []


def test_a_message_that_did_not_arrive_is_owed_again_from_then_on():
    history = History().opened(at(MON)).add("application.rejected", at(MON), application=1, subject=1)
    history.add("application.told", at(TUE), application=1, subject=1)
    assert history.states("candidates_told", at(TUE, 12)) == ["kept"]
    history.add("application.not_told", at(9), application=1, subject=1)
    row = history.one("candidates_told", at(9, 12))
    assert (row.state, row.started_at, row.due_at) == ("due", at(9), at(11, 17))
    history.add("application.told", at(10), application=1, subject=1)
    assert history.states("candidates_told", at(20)) == ["kept"]
