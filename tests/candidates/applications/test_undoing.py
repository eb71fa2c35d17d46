"""Decisions that are taken back: the message, the seat, and what is promised then."""

import pytest

from ats.activity.models import Activity
from ats.kernel.errors import Conflict, WrongState
from ats.mail import delivery
from ats.mail.models import OutgoingMail
from candidates.applications import actions
from candidates.models import FollowUp
from candidates.scheduling.actions.request_times import ask
from requisitions.models import Opening
from tests.candidates.applications.helpers import hire, reject, undo
from tests.candidates.helpers import days, hours, mails, open_one, run_lane, story
from tests.candidates.interviews.builders import in_play, interviewers, plan
from tests.candidates.offers.conftest import sent
from tests.factories import (
    NOW,
    make_application,
    make_requisition,
)
from tests.smtp import Catcher

pytestmark = pytest.mark.django_db


class TestUndoing:
    def test_in_the_cool_off_the_message_goes_with_it(self, smtp: Catcher) -> None:
        application = make_application()
        due = open_one(application).due_at
        reject(application, now=1)
        undone = undo(application, 1.1)
        assert (undone.state, undone.version, undone.reason, undone.decided_at) == ("active", 3, None, None)
        assert mails("application.rejected")[0].state == "cancelled"
        assert story(application) == [("First answer", "open")]  # they never knew, so it was never kept
        assert open_one(application).due_at == due
        assert {row.step: row.state for row in FollowUp.objects.all()} == {
            "decision": "cancelled",
        }
        run_lane("mail", days(1))
        assert smtp.messages == []
        assert mails("application.reopened") == []
        activity = Activity.objects.get(verb="application.decision_undone")
        assert (activity.data["was"], activity.data["corrected"]) == ("rejected", False)

    @pytest.mark.ordinary_day
    def test_afterwards_a_no_is_corrected_and_the_candidate_is_told_so(self, smtp: Catcher) -> None:
        application = make_application()
        reject(application, now=1)
        run_lane("mail", hours(2))
        undone = undo(application, 3)
        assert (undone.state, undone.told_at) == ("active", None)
        assert Activity.objects.get(verb="application.decision_undone").data["corrected"] is True
        run_lane("mail", hours(3))
        assert [message["Subject"] for message in smtp.messages] == [
            "Your application",
            f"{application.requisition.title}: we have changed our minds",
        ]
        # And then decided again: told again, as a decision of its own.
        reject(application, now=4)
        run_lane("mail", hours(5))
        application.refresh_from_db()
        assert (len(smtp.messages), application.told_at is not None) == (3, True)

    def test_a_message_that_was_taken_back_tells_nobody(self, smtp: Catcher) -> None:
        application = make_application()
        reject(application, now=1)
        undo(application, 1.1)
        reject(application, now=1.15, message=None)
        first = mails("application.rejected")[0]
        OutgoingMail.objects.filter(pk=first.pk).update(state="sent", sent_at=hours(2), not_before=hours(1))
        first.refresh_from_db()
        delivery.tell(first, hours(2))
        application.refresh_from_db()
        assert application.told_at is None

    def test_a_hire_in_the_cool_off_gives_the_seat_back(self) -> None:
        application = make_application(stage_kind="offer")
        hire(application)
        undone = undo(application, 1.1)
        assert (undone.stage.kind, undone.opening, undone.state) == ("offer", None, "active")
        assert Opening.objects.get().state == "open"
        assert mails("application.hired")[0].state == "cancelled"
        assert open_one(application).what == "Our offer"

    @pytest.mark.ordinary_day
    def test_a_yes_that_was_said_is_not_taken_back(self, smtp: Catcher) -> None:
        application = make_application(stage_kind="offer")
        hire(application)
        run_lane("mail", hours(2))
        with pytest.raises(WrongState):
            undo(application, 3)
        application.refresh_from_db()
        assert (application.state, Opening.objects.get().state) == ("hired", "filled")

    def test_what_the_candidate_decided_stays(self) -> None:
        application = make_application()
        actions.withdraw(application=application, by=application.candidate, reason_text="", now=hours(1))
        with pytest.raises(WrongState):
            undo(application, 2)

    def test_a_withdrawal_noted_by_mistake(self) -> None:
        application = make_application()
        recruiter = application.requisition.recruiter
        actions.withdraw(application=application, by=recruiter, reason_text="By phone", now=hours(1))
        assert undo(application, 1.5).state == "active"
        run_lane("follow-ups", hours(5))
        assert mails("application.thanked") == []

    def test_nobody_comes_back_into_a_role_that_is_over(self) -> None:
        application = make_application(requisition=make_requisition("closed"), state="rejected")
        with pytest.raises(WrongState):
            undo(application, 1)

    def test_not_if_they_have_applied_again(self) -> None:
        application = make_application(state="rejected")
        make_application(requisition=application.requisition, candidate=application.candidate)
        with pytest.raises(Conflict):
            undo(application, 1)

    def test_nothing_to_undo(self) -> None:
        with pytest.raises(WrongState):
            undo(make_application(), 1)


def test_what_was_promised_may_have_come_to_nothing() -> None:
    """Nobody is left to wait for the answer to an offer that is over, or to choose from times of before."""
    offered = make_application(stage_kind="offer")
    sent(offered)
    assert open_one(offered).kind == "offer"
    reject(offered, 2, ends_offer=True)
    undo(offered, 2.1)
    word = open_one(offered)
    assert (word.what, word.kind, word.side) == ("Word on how we go on", "news", "recruiter")

    role = make_requisition()
    asked, planned = in_play(role), plan(role, *interviewers(role, 1))
    ask(application_id=asked.pk, planned_ids=[planned.pk], by=role.recruiter, now=NOW)
    assert open_one(asked).kind == "time"
    reject(asked, message=None)
    run_lane("tasks", hours(1.05))
    undo(asked, 1.1)
    time = open_one(asked)
    assert (time.what, time.kind, time.side) == ("A time for your interview", "stage", "scheduling")
