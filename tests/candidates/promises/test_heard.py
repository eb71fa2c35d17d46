"""What is heard of applications, messages, reviews, interviews and offers: the promise follows in the same moment."""

from typing import Any

import pytest

from ats.accounts import actions as accounts
from ats.accounts.queries.succession import held_by
from ats.mail import delivery
from ats.mail.models import OutgoingMail
from candidates.applications import actions as applications
from candidates.interviews.actions import settle
from candidates.messages import actions as conversation
from candidates.models import Application, Promise
from candidates.offers import actions as offers
from candidates.offers.actions import answer
from candidates.reviews import actions as reviews
from candidates.scheduling.actions import request_times
from requisitions.roles import actions as roles
from tests.candidates.applications.helpers import hire, reject, undo
from tests.candidates.helpers import days, hours, mails, open_one, run_lane, story, submission
from tests.candidates.interviews.builders import ask, in_play, interviewers, plan
from tests.candidates.offers.conftest import sent
from tests.candidates.promises.cases import (
    CHOICE,
    NEWS_AFTER,
    TIME,
    WORD,
    evening,
    owed,
    states,
    waiting_for,
    why,
)
from tests.candidates.promises.test_policy import write
from tests.candidates.scorecards.helpers import AFTER, card_of, hand_in, hold, met
from tests.factories import NOW, make_application, make_post, make_requisition, make_user, stage
from tests.smtp import Catcher

pytestmark = [pytest.mark.django_db, pytest.mark.ordinary_day]

OFFER = ("offer", "Your answer to our offer", "candidate")


def recruiter(application: Application) -> Any:
    return application.requisition.recruiter


class TestApplications:
    def test_who_applies_is_owed_what_the_first_stage_promises(self) -> None:
        applied = applications.apply(submission=submission(make_post()), now=hours(1))
        application = applied.application
        assert application is not None
        assert (owed(application), states(application)) == (
            (("stage", "First answer", "recruiter"), evening(27)),
            ["open"],
        )
        assert open_one(application).opened_at == hours(1)

    def test_a_move_is_news_and_the_next_step_has_its_own_date(self) -> None:
        application = make_application()
        target = stage(application.requisition, "interview")
        applications.move(
            application_id=application.pk, stage_id=target.pk, by=recruiter(application), now=hours(1)
        )
        assert (owed(application), states(application)) == ((TIME, evening(31)), ["kept", "open"])

    def test_a_decision_waits_to_be_told_and_telling_keeps_it(self) -> None:
        application = make_application()
        reject(application, message=None)
        assert story(application) == [("First answer", "telling")]
        conversation.note_told(
            application_id=application.pk,
            channel="call",
            body="Told them",
            by=recruiter(application),
            now=hours(2),
        )
        one = application.promises.get()
        assert (one.state, one.settled_at, one.told_by) == ("kept", hours(2), None)

    def test_a_decision_that_is_taken_back_owes_what_was_owed(self) -> None:
        application = make_application()
        reject(application, message=None)
        undo(application, 1.1)
        assert (owed(application)[1], states(application)) == (evening(27), ["open"])

    def test_who_withdraws_is_owed_nothing(self) -> None:
        application = make_application()
        applications.withdraw(application=application, by=application.candidate, reason_text="", now=hours(1))
        assert (states(application), why(application)) == (
            ["released"],
            ("promise.released", {"reason": "withdrew"}),
        )

    def test_a_hire_without_an_offer_is_still_to_be_told(self) -> None:
        application = make_application(stage_kind="offer")
        hire(application, message=None)
        assert story(application) == [("Our offer", "telling")]


class TestTalking:
    def test_an_answer_settles_a_question_and_a_thank_you_needs_none(self) -> None:
        application = waiting_for(*TIME)
        conversation.receive(
            candidate=application.candidate, application=application, body="When?", now=hours(1)
        )
        assert open_one(application).kind == "answer"
        conversation.receive(
            candidate=application.candidate, application=application, body="Thanks!", now=hours(2)
        )
        first, second = application.messages.order_by("id")
        by = recruiter(application)
        conversation.mark_answered(message_id=first.pk, by=by, now=hours(3))
        conversation.mark_answered(message_id=second.pk, by=by, now=hours(3))
        assert owed(application) == (TIME, evening(31))


class TestReviews:
    def test_put_before_the_manager_it_is_their_move_by_the_same_date(self) -> None:
        application = make_application()
        reviews.ask(application_ids=[application.pk], by=recruiter(application), now=hours(1))
        assert owed(application) == (("stage", "First answer", "manager"), evening(27))

    def test_a_date_that_has_passed_becomes_that_of_the_review_and_a_question_stays_ours(self) -> None:
        late = make_application(due_at=hours(1))
        slate = reviews.ask(application_ids=[late.pk], by=recruiter(late), now=hours(2))
        assert owed(late) == (("stage", "First answer", "manager"), slate.reviews.get().due_at)
        asked = waiting_for("answer", "Answer to your message", "recruiter")
        reviews.ask(application_ids=[asked.pk], by=recruiter(asked), now=hours(1))
        assert (open_one(asked).side, states(asked)) == ("recruiter", ["open"])


class TestInterviews:
    def test_times_that_are_taken_back_are_ours_to_find_again_unless_others_stand_in_their_place(
        self,
    ) -> None:
        role = make_requisition()
        application, planned = in_play(role), plan(role, *interviewers(role, 1))
        first = ask(application, planned)
        assert owed(application) == (CHOICE, evening(26))
        request_times.take_back(request_id=first.pk, reason="Ill", by=role.recruiter, now=hours(1))
        assert owed(application) == (TIME, evening(31))

    @pytest.mark.parametrize(("another", "then"), [(True, (TIME, evening(31))), (False, (WORD, evening(26)))])
    def test_who_did_not_come_gets_another_time_or_a_word(self, another: bool, then: object) -> None:
        interview = met(make_user("interviewer"))
        application = interview.application
        application.promises.update(kind="interview", what=NEWS_AFTER[1], side="recruiter", due_at=days(6))
        settle.mark_no_show(
            interview_id=interview.pk, by=recruiter(application), now=hours(0.5), another_time=another
        )
        assert owed(application) == then

    def test_after_it_the_move_is_with_whoever_has_yet_to_write(self) -> None:
        role = make_requisition(must_haves=("Python",))
        application = make_application(requisition=role, stage_kind="interview")
        one, manager = make_user("interviewer"), role.hiring_manager
        interview = met(one, manager, application=application)
        hold(interview)
        assert owed(application) == (NEWS_AFTER, evening(31))  # both have yet to write
        hand_in(card_of(interview, one))
        assert owed(application) == (("interview", NEWS_AFTER[1], "manager"), evening(31))
        hand_in(card_of(interview, manager), now=AFTER)
        assert owed(application) == (NEWS_AFTER, evening(31))


class TestOffers:
    def test_it_is_awaited_for_as_long_as_it_stands_also_when_it_is_given_more_time(self) -> None:
        application = make_application(stage_kind="offer")
        offer = sent(application)
        assert owed(application) == (OFFER, offer.expires_at)
        longer = (offer.expires_at + (days(3) - NOW)).date()
        offer = offers.extend(offer_id=offer.pk, until_day=longer, by=offer.made_by, now=hours(2))
        assert owed(application) == (OFFER, offer.expires_at)
        assert open_one(application).reason == "You have more time."
        answer.decline(offer=offer, reason="", candidate=application.candidate, now=hours(3))
        assert owed(application) == (WORD, evening(26))

    def test_one_that_never_reached_them_ends_for_nobody_but_us(self) -> None:
        application = make_application(stage_kind="offer")
        before = open_one(application)
        by = recruiter(application)
        drafted = offers.draft(
            application_id=application.pk,
            by=by,
            now=NOW,
            pay=application.requisition.pay_max,
            starts_on=days(97).date(),
        )
        offers.withdraw(offer_id=drafted.pk, reason="A freeze", by=by, now=hours(1))
        assert open_one(application) == before


class TestWhoOwesIt:
    def test_who_leads_a_role_now_owes_what_it_has_promised(self) -> None:
        application = make_application()
        role, successor = application.requisition, make_user("recruiter")
        other = make_application(requisition=make_requisition(recruiter=role.recruiter))
        roles.change_requisition(requisition_id=role.pk, by=role.recruiter, now=hours(1), recruiter=successor)
        assert open_one(application).owner == successor
        assert open_one(other).owner == role.recruiter

    def test_who_cannot_sign_in_any_more_owes_nothing_and_is_told_nothing(self) -> None:
        application, broken = make_application(), make_application(due_at=hours(1))
        other = make_user("recruiter")
        Promise.objects.update(owner=other)
        assert run_lane("promises", hours(1)) == 1
        Promise.objects.filter(application=broken).update(owner=other)
        accounts.deactivate(user_id=other.pk, by=make_user("admin"), now=hours(2))
        assert open_one(application).owner == recruiter(application)
        assert open_one(broken).owner == recruiter(broken)
        assert broken.promises.get(state="broken").owner_told_at == hours(2)
        assert not Promise.objects.exclude(state="broken").exclude(owner_told_at=None).exists()

    def test_who_gets_another_role_is_still_told_what_broke(self) -> None:
        application = make_application(due_at=hours(1))
        other = make_user("recruiter")
        run_lane("promises", hours(1))
        Promise.objects.filter(application=application).update(owner=other)
        accounts.change_role(user_id=other.pk, role="interviewer", by=make_user("admin"), now=hours(2))
        assert open_one(application).owner == recruiter(application)
        assert application.promises.get(state="broken").owner_told_at is None

    def test_what_somebody_holds_is_counted_in_words(self) -> None:
        application = make_application()
        owner = recruiter(application)
        assert "1 promise to a candidate" in [row.what for row in held_by(owner)]
        second = make_application(requisition=application.requisition)
        reject(second, message=None)
        assert "2 promises to candidates" in [row.what for row in held_by(owner)]
        Promise.objects.filter(application=second).update(state="kept", settled_at=NOW)
        assert "1 promise to a candidate" in [row.what for row in held_by(owner)]
        assert not [row.what for row in held_by(make_user("recruiter")) if "promise" in row.what]


class TestMail:
    def test_a_letter_that_comes_back_is_owed_another_way(self, smtp: Catcher) -> None:
        application = make_application()
        reject(application)
        run_lane("mail", hours(2))
        assert story(application) == [("First answer", "kept")]
        (mail,) = mails("application.rejected")
        assert application.promises.get().told_by == mail
        came_back(mail, 3)
        assert story(application) == [("First answer", "released"), ("Reaching you another way", "telling")]
        assert Promise.objects.telling().get().due_at == evening(26)

    def test_a_message_that_was_lost_too_and_one_that_left_too_late_has_broken_it(
        self, smtp: Catcher
    ) -> None:
        application, late = make_application(), make_application()
        write(application, 1)
        run_lane("mail", hours(2))
        came_back(mails("conversation.message")[0], 3)
        assert owed(application) == (("reach", "Reaching you another way", "recruiter"), evening(26))
        assert states(application) == ["released", "released", "open"]
        write(late, 1)
        run_lane("mail", days(9))
        assert states(late) == ["broken", "open"]

    def test_a_message_that_is_taken_back_keeps_nothing(self) -> None:
        application = make_application()
        write(application, 1)
        conversation.cancel_scheduled(
            message_id=application.messages.get().pk, by=recruiter(application), now=hours(1.01)
        )
        assert open_one(application).kind == "reach"

    def test_sent_once_more_and_arrived_no_other_way_is_owed(self, smtp: Catcher) -> None:
        application = make_application()
        write(application, 1)
        run_lane("mail", hours(2))
        (mail,) = mails("conversation.message")
        came_back(mail, 3)
        OutgoingMail.objects.filter(pk=mail.pk).update(state="sent", sent_at=hours(4))
        mail.refresh_from_db()
        delivery.tell(mail, hours(4))
        assert open_one(application).kind == "news"
        assert [row.state for row in application.promises.order_by("id")][-2] == "kept"


def came_back(mail: OutgoingMail, now: float) -> None:
    OutgoingMail.objects.filter(pk=mail.pk).update(state="bounced")
    mail.refresh_from_db()
    delivery.tell(mail, hours(now))
