"""What is owed after something happened: around interviews and offers, and once a question is answered."""

import pytest

from ats.activity.models import Activity
from candidates.models import BookingRequest, Promise
from candidates.offers import actions as offers
from candidates.promises.policy import Event
from tests.candidates.helpers import days, hours, mails, open_one
from tests.candidates.offers.conftest import sent
from tests.candidates.promises.cases import (
    ANSWER,
    CHOICE,
    NEWS,
    NEWS_AFTER,
    TIME,
    WORD,
    evening,
    happen,
    owed,
    states,
    waiting_for,
    why,
)
from tests.candidates.promises.test_policy import write
from tests.factories import NOW, make_application, make_interview, make_message, stage

pytestmark = [pytest.mark.django_db, pytest.mark.ordinary_day]

OFFER = ("offer", "Your answer to our offer", "candidate")


class TestTimes:
    def test_the_choice_is_theirs_for_two_working_days(self) -> None:
        application = waiting_for(*TIME)
        happen(Event.TIME_ASKED, application, hours(1))
        assert owed(application) == (CHOICE, evening(26))
        assert (states(application), why(application)) == (["kept", "open"], ("promise.kept", {}))

    def test_who_takes_longer_to_choose_has_broken_nothing(self) -> None:
        application = waiting_for(*CHOICE, due_at=hours(7))
        happen(Event.TIME_ASKED, application, days(1))
        assert owed(application) == (CHOICE, evening(27))
        assert states(application) == ["released", "open"]
        ours = waiting_for(*TIME, due_at=hours(7))
        happen(Event.TIME_ASKED, ours, days(1))
        assert states(ours) == ["broken", "open"]

    @pytest.mark.parametrize("event", [Event.TIME_GIVEN, Event.TIME_RUN_OUT, Event.TIME_TAKEN_BACK])
    def test_to_find_another_time_is_ours_again(self, event: str) -> None:
        application = waiting_for(*CHOICE)
        happen(event, application, hours(1))
        assert owed(application) == (TIME, evening(24 + 7))  # five working days
        assert why(application) == ("promise.released", {"reason": "another time has to be found"})


class TestInterviews:
    def test_news_is_promised_for_after_the_one_that_is_booked_last(self) -> None:
        application = waiting_for(*CHOICE)
        for day in (3, 2):
            make_interview(application, starts_at=days(day))
        make_interview(application, starts_at=days(6), state="cancelled")
        happen(Event.BOOKED, application, hours(1))
        assert owed(application) == (NEWS_AFTER, evening(27 + 7))
        assert states(application) == ["kept", "open"]

    def test_where_none_was_booked_it_counts_from_when_it_was_held(self) -> None:
        application = waiting_for(*TIME)
        happen(Event.HELD, application, days(1))
        assert owed(application) == (NEWS_AFTER, evening(25 + 7))

    def test_the_news_moves_with_the_interview(self) -> None:
        application = waiting_for(*NEWS_AFTER, due_at=evening(26 + 7))
        interview = make_interview(application, starts_at=days(2))
        before = open_one(application)
        happen(Event.REBOOKED, application, hours(1))
        assert open_one(application) == before  # the same day
        interview.starts_at, interview.ends_at = days(3), days(3.1)
        interview.save()
        happen(Event.REBOOKED, application, hours(2))
        assert owed(application) == (NEWS_AFTER, evening(27 + 7))
        assert states(application) == ["released", "open"]

    def test_where_the_last_is_called_off_after_another_was_held_there_is_news_of_that(self) -> None:
        application = waiting_for(*NEWS_AFTER, due_at=evening(27))
        make_interview(application, starts_at=days(-2), state="held")
        happen(Event.CALLED_OFF, application, hours(1))
        assert owed(application) == (NEWS, evening(24 + 7))

    def test_where_none_is_left_a_time_is_owed(self) -> None:
        application = waiting_for(*NEWS_AFTER)
        make_interview(application, state="cancelled")
        happen(Event.CALLED_OFF, application, hours(1))
        assert owed(application) == (TIME, evening(24 + 7))

    @pytest.mark.parametrize(
        ("event", "then", "due"),
        [(Event.NOBODY_CAME, WORD, evening(26)), (Event.ANOTHER_TIME, TIME, evening(31))],
    )
    def test_who_did_not_come_hears_how_we_go_on_or_gets_another_time(
        self, event: str, then: tuple[str, str, str], due: object
    ) -> None:
        application = waiting_for(*NEWS_AFTER)
        happen(event, application, hours(1))
        assert owed(application) == (then, due)
        said = "they did not come" if then == WORD else "another time has to be found"
        assert why(application) == ("promise.released", {"reason": said})
        booked = waiting_for(*NEWS_AFTER)
        make_interview(booked, starts_at=days(3))
        happen(event, booked, hours(1))
        assert owed(booked) == (NEWS_AFTER, evening(27 + 7))

    def test_the_word_comes_no_later_than_what_was_promised_and_a_missed_date_stays_missed(self) -> None:
        soon = waiting_for(*NEWS_AFTER, due_at=evening(25))
        happen(Event.NOBODY_CAME, soon, hours(1))
        assert (owed(soon), states(soon)) == ((WORD, evening(25)), ["released", "open"])
        late = waiting_for(*NEWS_AFTER, due_at=hours(7))
        happen(Event.NOBODY_CAME, late, hours(7))
        assert (owed(late), states(late)) == ((WORD, evening(27)), ["kept", "open"])
        missed = waiting_for(*NEWS_AFTER, due_at=hours(6))
        happen(Event.NOBODY_CAME, missed, hours(7))
        assert (owed(missed), states(missed)) == ((WORD, evening(27)), ["broken", "open"])

    def test_the_managers_evidence_is_the_managers_move_and_theirs_given_ours_again(self) -> None:
        application = waiting_for(*NEWS_AFTER, due_at=evening(30), nudged_at=hours(-1))
        happen(Event.MANAGER_IS_LAST, application, hours(1))
        assert owed(application) == (("interview", "News about your interview", "manager"), evening(30))
        one = open_one(application)
        assert (one.nudged_at, one.nudge_at) == (None, evening(27).replace(hour=9))
        Promise.objects.update(nudged_at=hours(1.5))
        happen(Event.SCORED, application, hours(2))
        assert owed(application) == (NEWS_AFTER, evening(30))
        assert (open_one(application).nudged_at, states(application)) == (None, ["open"])


@pytest.mark.parametrize(("was", "then"), [("manager", "manager"), ("scheduling", "scheduling")])
def test_the_next_news_is_owed_by_whose_move_it_was(was: str, then: str) -> None:
    application = waiting_for("news", "News on the next step", was, stage_kind="applied")
    happen(Event.WROTE, application, hours(1))
    assert owed(application) == (("news", "News on the next step", then), evening(27))


class TestOffers:
    def test_their_answer_is_awaited_for_as_long_as_it_stands(self) -> None:
        application = waiting_for("stage", "Our offer", "recruiter", stage_kind="offer")
        happen(Event.OFFERED, application, hours(1), until=days(9))
        assert (owed(application), states(application)) == ((OFFER, days(9)), ["kept", "open"])

    @pytest.mark.parametrize("now", [hours(1), days(9)])
    def test_its_end_is_nobodys_fault_and_the_next_word_is_ours(self, now: object) -> None:
        application = waiting_for(*OFFER, stage_kind="offer", due_at=days(2))
        happen(Event.OFFER_ENDED, application, now)
        assert owed(application) == (WORD, evening(26) if now == hours(1) else evening(24 + 13))
        assert why(application) == ("promise.released", {"reason": "the offer ended"})


class TestQuestions:
    def asked(self, stage_kind: str = "interview", *, was: tuple[str, str, str] = TIME, **facts: object):
        """Somebody who waited for `was` and asked something."""
        application = waiting_for(*was, stage_kind=stage_kind, **facts)
        happen(Event.WAS_WRITTEN_TO, application, hours(1))
        assert owed(application) == (ANSWER, evening(26))
        return application

    def test_what_they_waited_for_comes_back_with_its_date(self) -> None:
        application = self.asked()
        happen(Event.WROTE, application, hours(2))
        assert owed(application) == (TIME, evening(31))
        assert states(application) == ["released", "kept", "open"]

    def test_a_date_that_is_over_or_as_good_as_over_is_given_anew(self) -> None:
        application = self.asked(was=("time", "Your work sample", "candidate"), due_at=hours(5))
        happen(Event.WROTE, application, hours(4))
        # It was their move and they have moved: the next one is ours.
        assert owed(application) == (TIME, evening(31))
        near = self.asked(was=("news", "News about your interview", "candidate"), due_at=hours(5))
        happen(Event.WROTE, near, hours(4))
        assert owed(near) == (NEWS, evening(31))
        ahead = self.asked(was=("news", "News about your interview", "candidate"), due_at=hours(5.1))
        happen(Event.WROTE, ahead, hours(4))
        assert owed(ahead) == (NEWS, hours(5.1))

    def test_after_a_move_it_is_what_the_new_stage_promises(self) -> None:
        application = self.asked("applied", was=("stage", "First answer", "recruiter"), due_at=days(9))
        application.stage, application.stage_entered_at = stage(application.requisition, "review"), hours(2)
        application.save()
        happen(Event.WROTE, application, hours(3))
        assert owed(application) == (
            ("stage", "News after the hiring manager's look", "manager"),
            evening(31),
        )

    def test_a_question_after_another_way_was_owed_interrupts_nothing_twice(self) -> None:
        application = waiting_for(*TIME)
        happen(Event.UNREACHED, application, hours(1))
        assert owed(application) == (("reach", "Reaching you another way", "recruiter"), evening(26))
        happen(Event.WROTE, application, hours(2))
        assert owed(application) == (TIME, evening(31))

    def test_another_way_is_owed_by_its_own_date_also_where_another_date_comes_before(self) -> None:
        application = waiting_for(*TIME, due_at=hours(7))
        happen(Event.UNREACHED, application, hours(1))
        assert open_one(application).kind == "reach"
        assert open_one(application).due_at == evening(26)

    def test_an_earlier_date_of_ours_stands_before_an_answer_and_one_of_theirs_does_not(self) -> None:
        ours = waiting_for(*TIME, due_at=evening(26))
        happen(Event.WAS_WRITTEN_TO, ours, hours(1))
        assert open_one(ours).kind == "stage"
        theirs = waiting_for(*CHOICE, due_at=evening(25))
        happen(Event.WAS_WRITTEN_TO, theirs, hours(1))
        assert owed(theirs) == (ANSWER, evening(26))

    def test_an_offer_that_they_hold_is_waited_for_again(self) -> None:
        application = make_application(stage_kind="offer")
        offer = sent(application)
        happen(Event.WAS_WRITTEN_TO, application, hours(2))
        happen(Event.WROTE, application, hours(3))
        assert owed(application) == (OFFER, offer.expires_at)

    def test_an_offer_that_ended_meanwhile_leaves_our_word(self) -> None:
        application = make_application(stage_kind="offer")
        offer = sent(application)
        happen(Event.WAS_WRITTEN_TO, application, hours(2))
        offers.withdraw(offer_id=offer.pk, reason="A freeze", by=offer.made_by, now=hours(3))
        happen(Event.WROTE, application, hours(4))
        assert owed(application) == (WORD, evening(26))

    def test_an_interview_that_was_booked_meanwhile_is_what_they_wait_for(self) -> None:
        application = self.asked()
        make_interview(application, starts_at=days(2))
        happen(Event.WROTE, application, hours(2))
        assert owed(application) == (NEWS_AFTER, evening(26 + 7))
        offered = self.asked("offer", was=("stage", "Our offer", "recruiter"))
        make_interview(offered, starts_at=days(2))
        happen(Event.WROTE, offered, hours(2))
        assert owed(offered) == (("stage", "Our offer", "recruiter"), evening(31))

    @pytest.mark.parametrize(
        ("state", "then"), [("open", (CHOICE, evening(26))), ("expired", (TIME, evening(31)))]
    )
    def test_times_that_still_lie_before_them_are_to_be_chosen_from(self, state: str, then: object) -> None:
        application = self.asked(was=CHOICE)
        BookingRequest.objects.create(
            application=application,
            state=state,
            asked_by=application.requisition.recruiter,
            asked_at=NOW,
            earliest=NOW.date(),
            latest=days(7).date(),
            expires_at=days(5),
            **({} if state == "open" else {"settled_at": NOW}),
        )
        happen(Event.WROTE, application, hours(2))
        assert owed(application) == then

    @pytest.mark.parametrize(
        ("state", "then"), [("held", (NEWS_AFTER, evening(31))), ("cancelled", (TIME, evening(31)))]
    )
    def test_news_of_an_interview_that_took_place_is_still_owed_and_of_none_a_time(
        self, state: str, then: object
    ) -> None:
        application = self.asked(was=NEWS_AFTER)
        make_interview(application, starts_at=days(-1), state=state)
        happen(Event.WROTE, application, hours(2))
        assert owed(application) == then

    def test_a_question_behind_an_earlier_date_is_owed_by_that_date_once_it_is_settled(self) -> None:
        application = waiting_for("stage", "First answer", "recruiter", stage_kind="applied", due_at=hours(7))
        happen(Event.WAS_WRITTEN_TO, application, hours(1))
        make_message(application, now=hours(1))
        happen(Event.TEMPLATE_SENT, application, hours(2))
        assert owed(application) == (ANSWER, hours(7))

    def test_an_answer_ends_the_row_of_broken_and_changed_dates_and_a_template_does_not(self) -> None:
        for event, row in ((Event.WROTE, (0, None, 0)), (Event.TEMPLATE_SENT, (2, NOW, 1))):
            application = waiting_for(
                *NEWS_AFTER, broken_before=2, waiting_since=NOW, changed_before=1, due_at=days(5)
            )
            happen(event, application, hours(1))
            one = open_one(application)
            assert (one.broken_before, one.waiting_since, one.changed_before) == row


def test_out_of_play_nothing_happens() -> None:
    ended = make_application(state="rejected")
    happen(Event.WROTE, ended, hours(1))
    assert not ended.promises.exists()


def test_the_mail_that_kept_it_is_remembered_and_one_that_kept_nothing_is_not() -> None:
    first, waits = make_application(), waiting_for(*NEWS_AFTER)
    for application in (first, waits):
        write(application, 1)
    mail, _ = mails("conversation.message")
    assert [row.told_by for row in first.promises.order_by("id")] == [mail, None]
    assert [row.told_by for row in waits.promises.all()] == [None]


@pytest.mark.parametrize(
    ("was", "event", "said"),
    [
        (("stage", "First answer", "recruiter"), Event.MOVED, ["promise.kept", "promise.opened"]),
        (("stage", "First answer", "recruiter"), Event.WROTE, ["promise.kept", "promise.opened"]),
        (CHOICE, Event.WAS_WRITTEN_TO, ["promise.released", "promise.opened"]),
        (ANSWER, Event.NEEDS_NO_ANSWER, ["promise.kept", "promise.opened"]),
        (TIME, Event.TIME_ASKED, ["promise.kept", "promise.opened"]),
        (TIME, Event.HELD, ["promise.kept", "promise.opened"]),
        (CHOICE, Event.TIME_RUN_OUT, ["promise.released", "promise.opened"]),
        (NEWS_AFTER, Event.CALLED_OFF, ["promise.released", "promise.opened"]),
        (NEWS_AFTER, Event.NOBODY_CAME, ["promise.released", "promise.opened"]),
        (NEWS_AFTER, Event.MANAGER_IS_LAST, ["promise.passed"]),
        (OFFER, Event.OFFER_ENDED, ["promise.released", "promise.opened"]),
        (TIME, Event.OFFERED, ["promise.kept", "promise.opened"]),
    ],
)
def test_who_did_it_and_when_is_on_record(was: tuple[str, str, str], event: str, said: list[str]) -> None:
    for due_at in (evening(30), hours(1)):
        application = waiting_for(*was, due_at=due_at)
        happen(event, application, hours(2), until=days(9))
        entries = Activity.objects.filter(application_id=application.pk, verb__startswith="promise.")
        assert {(entry.actor_id, entry.occurred_at) for entry in entries} == {
            (application.requisition.recruiter_id, hours(2))
        }
        if due_at > hours(2):
            assert [entry.verb for entry in entries.order_by("id")] == said
