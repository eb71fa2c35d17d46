"""The table that says what becomes of the open promise."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from candidates.messages import actions as conversation
from candidates.models import Application, PromiseKind
from candidates.promises import policy
from candidates.promises.domain import terms
from candidates.promises.policy import Effect, Event
from requisitions.models import Side, StageKind
from tests.candidates.helpers import days, hours, open_one, story, whole
from tests.factories import make_application

EVENTS = [value for name, value in vars(Event).items() if name.isupper()]
IN_PLAY = [kind.value for kind in StageKind if kind != StageKind.HIRED]


@given(
    st.sampled_from(EVENTS),
    st.sampled_from(PromiseKind.values),
    st.sampled_from(IN_PLAY),
    st.sampled_from(Side.values),
)
def test_every_case_has_one_answer(event: str, promise: str, stage: str, side: str) -> None:
    effect = policy.effect_of(event, promise=promise, stage=stage, side=side)
    if event == Event.MOVED:
        assert effect is (Effect.LEAVE if promise in {"answer", "reach", "offer"} else Effect.STAGE)
    if event in policy.ANSWERS and promise in {"answer", "reach"}:
        assert effect is Effect.RESUME
    if event == Event.TEMPLATE_SENT and promise in {"answer", "reach"}:
        assert effect is Effect.LEAVE
    if event == Event.WROTE and side == Side.CANDIDATE and promise not in {"answer", "reach"}:
        assert effect is Effect.LEAVE
    if effect is Effect.HAND_OVER:
        assert side == Side.MANAGER


ANSWERS = {Event.WROTE, Event.TOLD, Event.NEEDS_NO_ANSWER}
"""What a person does about a question: they write, note a call, or say that there is nothing to answer."""


@pytest.mark.parametrize("event", EVENTS)
def test_a_question_is_settled_by_an_answer_alone(event: str) -> None:
    effects = {
        policy.effect_of(event, promise=PromiseKind.ANSWER, stage=stage, side=side)
        for stage in IN_PLAY
        for side in Side.values
    }
    if event in ANSWERS:
        assert effects <= {Effect.RESUME, Effect.LEAVE}
    else:
        assert effects <= {Effect.LEAVE, Effect.HAND_OVER}


def test_every_rule_is_reached() -> None:
    reached = set()
    for event in EVENTS:
        for promise in PromiseKind.values:
            for stage in IN_PLAY:
                for side in Side.values:
                    for rule in policy.RULES:
                        fits = (
                            rule.event == event
                            and rule.promise in {None, promise}
                            and rule.stage in {None, stage}
                            and rule.side in {None, side}
                        )
                        if fits:
                            reached.add(rule)
                            break
    assert reached == set(policy.RULES)
    assert all(rule.why.endswith(".") for rule in policy.RULES)


def test_every_stage_has_its_next_news_and_every_side_its_reason() -> None:
    assert set(terms.NEWS) == set(IN_PLAY)
    assert set(terms.HONEST) == set(Side.values) - {Side.CANDIDATE}


@given(st.integers(min_value=0, max_value=1000))
def test_a_broken_promise_is_promised_soon(days_promised: int) -> None:
    assert 1 <= terms.days_after_break(days_promised) <= 3
    assert terms.days_after_break(days_promised) <= max(1, days_promised)


def write(application: Application, now: float) -> None:
    conversation.send(
        application_id=application.pk,
        subject="Hello",
        body="A word.",
        by=application.requisition.recruiter,
        now=hours(now),
    )


def ask(application: Application, now: float) -> None:
    conversation.receive(
        candidate=application.candidate, application=application, body="How long?", now=hours(now)
    )


@pytest.mark.django_db
class TestWhatMessagesDo:
    def test_the_first_answer_is_kept_and_the_next_news_promised(self) -> None:
        application = make_application()
        write(application, 1)
        assert story(application) == [("First answer", "kept"), ("News on the next step", "open")]
        assert open_one(application).kind == "news"
        write(application, 2)
        assert [state for _, state in story(application)] == ["kept", "kept", "open"]

    def test_a_message_does_not_bring_the_managers_view(self) -> None:
        application = make_application(stage_kind="review")
        write(application, 1)
        assert story(application) == [("News after the hiring manager's look", "open")]

    def test_writing_does_not_make_the_candidates_move(self) -> None:
        application = make_application(stage_kind="interview")
        application.promises.update(side="candidate", what="Your work sample")
        write(application, 1)
        assert story(application) == [("Your work sample", "open")]

    @pytest.mark.ordinary_day
    def test_a_question_interrupts_and_the_answer_resumes_with_the_old_date(self) -> None:
        application = make_application(stage_kind="interview")
        due = open_one(application).due_at
        ask(application, 1)
        answer = open_one(application)
        assert (answer.what, answer.kind, answer.side) == ("Answer to your message", "answer", "recruiter")
        assert answer.due_at == days(2).replace(hour=17)
        write(application, 3)
        assert story(application) == [
            ("A time for your interview", "released"),
            ("Answer to your message", "kept"),
            ("A time for your interview", "open"),
        ]
        assert open_one(application).due_at == due

    def test_a_question_does_not_move_an_earlier_date_away(self) -> None:
        application = make_application(due_at=hours(7))
        ask(application, 1)
        assert story(application) == [("First answer", "open")]
        assert application.messages.unanswered().count() == 1

    def test_what_settles_the_earlier_date_does_not_settle_the_question(self) -> None:
        from candidates.applications.actions import move
        from tests.factories import stage

        application = make_application(due_at=hours(7))
        ask(application, 1)
        target = stage(application.requisition, "interview")
        move(
            application_id=application.pk,
            stage_id=target.pk,
            by=application.requisition.recruiter,
            now=hours(2),
        )
        assert story(application) == [
            ("First answer", "kept"),
            ("A time for your interview", "released"),
            ("Answer to your message", "open"),
        ]
        assert (open_one(application).kind, open_one(application).due_at) == ("answer", hours(7))
        write(whole(application), 3)
        assert open_one(application).what == "A time for your interview"
        assert application.messages.unanswered().count() == 0

    def test_a_second_question_waits_for_the_same_answer(self) -> None:
        application = make_application(stage_kind="interview")
        ask(application, 1)
        due = open_one(application).due_at
        ask(application, 30)
        assert open_one(application).due_at == due
        write(application, 31)
        assert application.messages.unanswered().count() == 0
        assert [state for _, state in story(application)] == ["released", "kept", "open"]

    def test_who_was_waited_for_has_moved(self) -> None:
        application = make_application(stage_kind="interview", due_at=hours(3))
        application.promises.update(side="candidate", what="Your work sample")
        ask(application, 1)
        assert story(application) == [("Your work sample", "released"), ("Answer to your message", "open")]
        write(application, 2)
        resumed = open_one(application)
        assert (resumed.what, resumed.side) == ("Your work sample", "recruiter")

    def test_a_move_while_a_question_is_open(self) -> None:
        from candidates.applications.actions import move
        from tests.factories import stage

        application = make_application()
        application.promises.update(due_at=days(8))
        ask(application, 1)
        target = stage(application.requisition, "interview")
        move(
            application_id=application.pk,
            stage_id=target.pk,
            by=application.requisition.recruiter,
            now=hours(2),
        )
        assert open_one(application).what == "Answer to your message"
        write(whole(application), 3)
        assert story(application) == [
            ("First answer", "released"),
            ("Answer to your message", "kept"),
            ("A time for your interview", "open"),
        ]

    def test_a_thank_you_needs_no_answer(self) -> None:
        application = make_application(stage_kind="interview")
        ask(application, 1)
        message = application.messages.get()
        conversation.mark_answered(message_id=message.pk, by=application.requisition.recruiter, now=hours(2))
        assert application.messages.unanswered().count() == 0
        assert open_one(application).what == "A time for your interview"
