"""From a decision to the moment at which its candidate knows, and what a failed message takes back."""

from datetime import datetime

import pytest
from django.db import transaction

from ats.activity.models import Activity
from ats.mail.models import OutgoingMail
from candidates.models import Application, Promise
from candidates.promises import outcomes
from candidates.promises.policy import Event
from tests.candidates.helpers import days, hours, mails, open_one, story, whole
from tests.candidates.promises.cases import (
    ANSWER,
    CHOICE,
    NEWS_AFTER,
    TIME,
    WORD,
    evening,
    happen,
    on_record,
    owed,
    states,
    waiting_for,
    why,
)
from tests.candidates.promises.test_policy import write
from tests.factories import make_application, make_interview, make_reason

pytestmark = [pytest.mark.django_db, pytest.mark.ordinary_day]

REACH = ("reach", "Reaching you another way", "recruiter")
TIME_OF_RECRUITER = (*TIME[:2], "recruiter")


def decided(application: Application) -> Application:
    """Rejected, as far as promises are concerned."""
    now = hours(1)
    with transaction.atomic():
        outcomes.await_telling(whole(application), by=application.requisition.recruiter, now=now)
        Application.objects.filter(pk=application.pk).update(
            state="rejected",
            decided_at=now,
            decided_by=application.requisition.recruiter,
            reason=make_reason(),
        )
    return whole(application)


def untold(application: Application) -> tuple[tuple[str, str, str], datetime]:
    """What is still owed to somebody about whom it is decided."""
    one = Promise.objects.telling().get(application=application)
    assert one.owner == application.requisition.recruiter
    return (one.kind, one.what, one.side), one.due_at


def in_play_again(application: Application, *, told: bool = False) -> None:
    with transaction.atomic():
        Application.objects.filter(pk=application.pk).update(
            state="active", decided_at=None, decided_by=None, reason=None
        )
        outcomes.undone(whole(application), told=told, by=application.requisition.recruiter, now=hours(3))


class TestUntilTheyKnow:
    def test_what_was_promised_stays_owed_by_its_date_and_is_ours_to_say(self) -> None:
        review = ("stage", "News after the hiring manager's look", "manager")
        application = decided(waiting_for(*review, stage_kind="review"))
        assert untold(application) == ((*review[:2], "recruiter"), evening(31))
        assert states(application) == ["telling"]

    def test_where_it_was_their_move_a_word_is_owed_instead(self) -> None:
        application = decided(waiting_for(*CHOICE))
        assert untold(application) == (WORD, evening(26))
        assert why(application) == ("promise.released", {"reason": "the outcome is decided"})
        first, second = application.promises.order_by("id")
        assert second.previous == first

    def test_who_has_nothing_open_is_owed_nothing(self) -> None:
        application = make_application(state="rejected")
        outcomes.await_telling(whole(application), by=None, now=hours(1))
        assert not application.promises.exists()

    @pytest.mark.parametrize(("at", "state"), [(evening(31), "kept"), (evening(32), "broken")])
    def test_told_keeps_it_by_this_message_or_breaks_it(self, at: datetime, state: str) -> None:
        other = make_application()
        write(other, 1)
        (mail,) = mails("conversation.message")
        application = decided(waiting_for(*TIME))
        outcomes.told(application, by=None, now=at, mail_id=mail.pk)
        one = application.promises.get()
        assert (one.state, one.told_by, one.settled_at) == (state, mail, at)
        outcomes.told(application, by=None, now=at, mail_id=None)  # nothing is left to keep
        assert application.promises.get().told_by == mail

    def test_who_does_not_come_is_owed_no_word(self) -> None:
        application = decided(waiting_for(*TIME))
        outcomes.let_go(application, by=None, now=hours(2), reason="they do not come")
        assert (states(application), why(application)) == (
            ["released"],
            ("promise.released", {"reason": "they do not come"}),
        )
        outcomes.let_go(application, by=None, now=hours(2), reason="twice")

    @pytest.mark.parametrize(
        ("waits", "now", "ended"),
        [
            (ANSWER, hours(7), ("promise.released", {"reason": "they accepted our offer"})),
            (REACH, hours(6), ("promise.released", {"reason": "they accepted our offer"})),
            (ANSWER, hours(8), ("promise.broken", {})),
            (TIME, hours(7), ("promise.kept", {})),
            (TIME, hours(8), ("promise.broken", {})),
        ],
    )
    def test_their_yes_brings_what_they_waited_for_and_answers_no_question(
        self, waits: tuple[str, str, str], now: datetime, ended: tuple[str, object]
    ) -> None:
        application = waiting_for(*waits, due_at=hours(7))
        with transaction.atomic():
            outcomes.told_by_their_yes(whole(application), by=application.candidate, now=now)
            Application.objects.filter(pk=application.pk).update(
                state="rejected",
                decided_at=now,
                decided_by=application.requisition.recruiter,
                reason=make_reason(),
            )
        assert why(application) == ended
        (entry,) = Activity.objects.filter(application_id=application.pk, verb=ended[0])
        assert (entry.actor_kind, entry.actor_id) == ("candidate", application.candidate_id)


class TestTakenBack:
    def test_before_they_knew_it_is_owed_as_it_was(self) -> None:
        application = decided(waiting_for(*TIME))
        in_play_again(application)
        assert (owed(application), states(application)) == ((TIME_OF_RECRUITER, evening(31)), ["open"])
        assert mails("application.reopened") == []

    @pytest.mark.parametrize("waits", [CHOICE, NEWS_AFTER])
    def test_what_came_to_nothing_meanwhile_leaves_a_time_owed(self, waits: tuple[str, str, str]) -> None:
        application = decided(waiting_for(*waits))
        in_play_again(application)
        assert owed(application) == (TIME, evening(31))
        assert why(application) == ("promise.released", {"reason": "it came to nothing"})
        actors = on_record(application).values_list("actor_id", flat=True)
        assert set(actors) == {application.requisition.recruiter_id}

    def test_news_of_an_interview_that_stands_is_owed_as_before(self) -> None:
        application = waiting_for(*NEWS_AFTER)
        make_interview(application)
        in_play_again(decided(application))
        assert owed(application) == (NEWS_AFTER, evening(31))

    def test_who_was_told_hears_it_and_by_when_they_hear_more(self) -> None:
        application = decided(waiting_for(*TIME, broken_before=1, waiting_since=hours(0)))
        outcomes.told(application, by=None, now=hours(2), mail_id=None)
        in_play_again(application, told=True)
        assert owed(application) == (TIME_OF_RECRUITER, evening(31))
        assert open_one(application).broken_before == 0
        (mail,) = mails("application.reopened")
        assert "a time for your interview, by Tuesday 1 December" in " ".join(mail.text.split())

    def test_a_date_that_is_over_or_an_offer_that_ended_is_not_promised_again(self) -> None:
        late = decided(waiting_for(*NEWS_AFTER, due_at=hours(2)))
        outcomes.told(late, by=None, now=hours(2), mail_id=None)
        in_play_again(late)
        assert (open_one(late).what, open_one(late).due_at) == ("A time for your interview", evening(31))
        offered = waiting_for("offer", "Your answer to our offer", "recruiter", stage_kind="offer")
        offered = decided(offered)
        outcomes.told(offered, by=None, now=hours(2), mail_id=None)
        in_play_again(offered)
        assert owed(offered) == (WORD, evening(26))


class TestFailed:
    def wrote(self, application: Application) -> OutgoingMail:
        write(application, 1)
        return mails("conversation.message")[-1]

    def test_what_left_after_its_date_has_broken_it(self) -> None:
        application = make_application()
        mail = self.wrote(application)
        due = application.promises.get(state="kept").due_at
        outcomes.came_late(mail.pk, now=due)
        assert states(application) == ["kept", "open"]
        outcomes.came_late(mail.pk, now=due + (hours(1) - hours(0)))
        assert states(application) == ["broken", "open"]
        assert why(application) == ("promise.corrected", {"reason": "the message left after the date"})

    @pytest.mark.parametrize(("now", "state"), [(hours(2), "released"), (days(8), "broken")])
    def test_what_did_not_arrive_is_owed_another_way(self, now: datetime, state: str) -> None:
        application = make_application()
        mail = self.wrote(application)
        Promise.objects.open().update(due_at=days(20))
        with transaction.atomic():
            outcomes.failed(whole(application), mail.pk, now=now)
        assert [kind for kind, _ in story(application)][-1] == "Reaching you another way"
        assert states(application) == [state, "released", "open"]
        assert Activity.objects.get(verb="promise.corrected").data["reason"] == "the message did not arrive"

    def test_it_opens_nothing_where_somebody_took_it_back_after_the_end(self) -> None:
        application = make_application()
        mail = self.wrote(application)
        outcomes.failed(whole(application), mail.pk, now=hours(2), opens=False)
        assert states(application) == ["released", "open"]

    def test_about_whom_it_is_decided_they_are_owed_the_outcome_once(self) -> None:
        application = make_application()
        mail = self.wrote(application)
        application = decided(application)
        outcomes.told(application, by=None, now=hours(2), mail_id=mail.pk)
        outcomes.failed(application, mail.pk, now=hours(3))
        assert untold(application) == (REACH, evening(26))
        one = Promise.objects.telling().get(application=application)
        assert one.previous == application.promises.exclude(pk=one.pk).order_by("-id").first()
        outcomes.failed(application, mail.pk, now=hours(4))
        assert untold(application) == (REACH, evening(26))

    def test_broken_dates_count_again_where_the_answer_since_was_none(self) -> None:
        application = make_application(due_at=hours(1))
        mail = self.wrote(application)  # in the last moment: kept
        Promise.objects.filter(application=application, state="kept").update(
            state="broken", settled_at=hours(0.5), opened_at=hours(-5)
        )
        happen(Event.UNREACHED, application, hours(2))
        OutgoingMail.objects.filter(pk=mail.pk).update(state="bounced", sent_at=hours(1))
        outcomes.recount(application)
        one = open_one(application)
        assert (one.broken_before, one.waiting_since) == (1, hours(-5))
        OutgoingMail.objects.filter(pk=mail.pk).update(state="sent")
        outcomes.recount(application)
        one = open_one(application)
        assert (one.broken_before, one.waiting_since) == (0, None)
