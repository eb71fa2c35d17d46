"""Typing, handing in, correcting: nothing typed is lost, nothing handed in is overwritten."""

from datetime import timedelta
from functools import partial

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ats.kernel.errors import Invalid, Missing, WrongState
from ats.models import Activity
from candidates.models import ScorecardVersion
from candidates.scorecards import actions
from candidates.scorecards.actions import OtherWindow
from candidates.scorecards.domain import evidence
from candidates.scorecards.domain.evidence import Content, Given
from candidates.scorecards.models import Rating, ScorecardMark
from tests.candidates.helpers import at_once
from tests.candidates.scorecards.helpers import AFTER, card_of, hand_in, hold, met, whole
from tests.factories import NOW, make_user


@pytest.fixture
def card(db):
    user = make_user("interviewer")
    interview = met(user)
    hold(interview)
    return card_of(interview, user)


def save(card, revision, **facts):
    content = Content(**facts)
    return actions.save_draft(
        scorecard_id=card.pk, revision=revision, content=content, by=card.interviewer, now=AFTER
    )


def test_what_is_typed_is_kept_and_the_same_again_changes_nothing(card):
    assert save(card, 0, marks={1: Given("no", "Guessed\r\nthe join.")}, private_notes="Tired.").revision == 1
    kept = card.marks.get(position=1)
    assert (kept.rating, kept.evidence) == ("no", "Guessed\nthe join.")
    # The answer to the first save was lost on the way: the window sends the same again, from where it was.
    assert save(card, 0, marks={1: Given("no", "Guessed\nthe join.")}, private_notes="Tired.").revision == 1
    assert not Activity.objects.filter(verb="scorecard.handed_in").exists()


def test_another_windows_text_is_never_overwritten(card):
    save(card, 0, reason="From the telephone.")
    with pytest.raises(OtherWindow) as refused:
        save(card, 0, reason="From the desk.")
    assert refused.value.kept.reason == "From the telephone."
    assert refused.value.scorecard.revision == 1
    card.refresh_from_db()
    assert card.reason == "From the telephone."
    assert save(card, 1, reason="From the telephone, and the desk.").revision == 2


@pytest.mark.parametrize(
    ("without", "field"),
    [
        ({"recommendation": ""}, "recommendation"),
        ({"reason": "  "}, "reason"),
        ({"marks": {0: Given("yes", "Seen."), 1: Given("", "Seen.")}}, "rating_1"),
        ({"marks": {0: Given("yes", " \n"), 1: Given("yes", "Seen.")}}, "evidence_0"),
        ({"marks": {0: Given("perhaps", "Seen."), 1: Given("yes", "Seen.")}}, "rating_0"),
    ],
)
def test_nothing_is_handed_in_without_its_evidence(card, without, field):
    content = Content(**{**vars(whole(card)), **without})
    with pytest.raises(Invalid) as refused:
        actions.hand_in(scorecard_id=card.pk, revision=0, content=content, by=card.interviewer, now=AFTER)
    assert refused.value.field == field
    card.refresh_from_db()
    assert (card.state, card.revision, card.number) == ("draft", 0, 0)


def test_handing_in_is_done_once_on_time_and_the_record_knows_nothing_of_what_is_in_it(card):
    card = hand_in(card, rating="strong_yes", word="Rewrote the planner.")
    assert (card.state, card.number, card.nudge_at, card.submitted_at) == ("submitted", 1, None, AFTER)
    with pytest.raises(WrongState):
        hand_in(card)
    with pytest.raises(WrongState):
        save(card, card.revision, reason="Later.")
    done = Activity.objects.get(verb="scorecard.handed_in")
    assert done.data == {
        "interview_id": card.interview_id,
        "interview": "Technical conversation",
        "interviewer": str(card.interviewer),
        "interviewer_id": card.interviewer_id,
        "side": "team",
        "due_at": card.due_at.isoformat(),
        "on_time": True,
    }


def test_before_the_interview_it_stays_a_draft(card):
    with pytest.raises(WrongState):
        hand_in(card, now=NOW - timedelta(minutes=1))


def test_a_correction_is_a_version_with_its_reason(card):
    hand_in(card, word="Said she had built it.", private_notes="Check with Kim.")
    card.refresh_from_db()
    facts = {"scorecard_id": card.pk, "by": card.interviewer, "now": AFTER + timedelta(hours=1)}
    better = whole(card, rating="no", word="Her colleague had built it.", private_notes="Done.")
    for why, content in (("", better), ("Misheard.", whole(card, word="Said she had built it."))):
        with pytest.raises(Invalid) as refused:
            actions.correct(revision=card.revision, content=content, why=why, **facts)
        assert refused.value.field == "why"
    card = actions.correct(revision=card.revision, content=better, why="Misheard.", **facts)
    assert (card.number, card.reason) == (2, "Her colleague had built it.")
    versions = list(
        ScorecardVersion.objects.order_by("number").values_list("number", "why", "content__reason")
    )
    assert versions == [(1, "", "Said she had built it."), (2, "Misheard.", "Her colleague had built it.")]
    assert not ScorecardVersion.objects.filter(content__has_key="private_notes").exists()
    assert Activity.objects.get(verb="scorecard.corrected").data["version"] == 2


def test_nobody_writes_for_somebody_else(card):
    for other in (card.application.requisition.recruiter, make_user("lead"), make_user("interviewer")):
        facts = {"scorecard_id": card.pk, "by": other, "now": AFTER}
        with pytest.raises(Missing):
            actions.save_draft(revision=0, content=whole(card), **facts)
        with pytest.raises(Missing):
            actions.hand_in(revision=0, content=whole(card), **facts)
        with pytest.raises(Missing):
            actions.keep_notes(private_notes="Mine now.", **facts)
    card.refresh_from_db()
    assert (card.revision, card.private_notes) == (0, "")


ratings = st.sampled_from(["", *Rating.values])
words = st.sampled_from(["", " \n", "Seen."])


@given(st.dictionaries(st.integers(0, 3), st.builds(Given, ratings, words)), ratings, words)
def test_what_is_missing_is_named_and_nothing_else(marks, recommendation, reason):
    rows = [ScorecardMark(position=place, name=f"Criterion {place}") for place in range(4)]
    content = Content(marks=marks, recommendation=recommendation, reason=reason)
    named = {field for field, _ in evidence.missing(content, rows)}
    empty = Given()
    expected = {f"rating_{p}" for p in range(4) if not marks.get(p, empty).rating}
    expected |= {f"evidence_{p}" for p in range(4) if not marks.get(p, empty).evidence.strip()}
    expected |= {"recommendation"} if not recommendation else set()
    expected |= {"reason"} if not reason.strip() else set()
    assert named == expected
    with pytest.raises(Invalid):
        evidence.cleaned(Content(recommendation="perhaps"), rows)


@pytest.mark.django_db(transaction=True)
def test_of_two_windows_at_the_same_moment_one_is_kept_and_the_other_told():
    user = make_user("interviewer")
    interview = met(user)
    card = card_of(interview, user)
    texts = ("From the telephone.", "From the desk.")
    outcomes = at_once(*(partial(save, card, 0, reason=text) for text in texts))
    told = [outcome for outcome in outcomes if isinstance(outcome, OtherWindow)]
    card.refresh_from_db()
    assert (len(told), told[0].kept.reason, card.revision) == (1, card.reason, 1)
    lost = outcomes.index(told[0])
    assert card.reason == texts[1 - lost]
