"""How applications end, and how candidates are told."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import transaction

from ats.activity.models import Activity
from ats.kernel.errors import Conflict, Invalid, Missing, WrongState
from ats.mail import delivery
from ats.mail.models import OutgoingMail
from candidates.applications import actions
from candidates.applications.actions import decide
from candidates.models import Application
from requisitions.models import Opening, Requisition
from tests.candidates.applications.helpers import NO, hire, reject, undo
from tests.candidates.helpers import at_once, hours, mails, run_lane, story, whole
from tests.factories import (
    NOW,
    make_application,
    make_candidate,
    make_post,
    make_requisition,
    make_user,
)
from tests.smtp import Catcher

pytestmark = pytest.mark.django_db


class TestRejecting:
    @pytest.mark.ordinary_day
    def test_with_a_message_that_waits_for_its_cool_off(self) -> None:
        application = make_application()
        rejected = reject(application, note="Weak on the second must-have")
        assert (rejected.state, rejected.reason.code, rejected.reason_note) == (
            "rejected",
            "stronger-match",
            "Weak on the second must-have",
        )
        assert (rejected.decided_at, rejected.decided_by) == (hours(1), application.requisition.recruiter)
        assert (rejected.version, rejected.told_at) == (2, None)
        assert story(application) == [("First answer", "telling")]  # kept when they have been told
        (mail,) = mails("application.rejected")
        assert (mail.state, mail.not_before, mail.repeatable) == ("queued", hours(1.25), False)
        assert "Dear Robin," in mail.text
        assert "Others who applied show more of what this role needs now." in mail.text
        assert "Weak on" not in mail.text + mail.html
        activity = Activity.objects.get(verb="application.rejected")
        assert (activity.data["reason_code"], activity.data["from_kind"]) == ("stronger-match", "applied")
        assert list(Application.objects.untold()) == []

    @pytest.mark.ordinary_day
    def test_told_when_the_mail_server_has_it(self, smtp: Catcher) -> None:
        application = make_application()
        reject(application)
        run_lane("mail", hours(1.2))
        assert smtp.messages == []
        run_lane("mail", hours(1.25))
        application.refresh_from_db()
        assert (len(smtp.messages), application.told_at) == (1, mails("application.rejected")[0].sent_at)
        assert story(application) == [("First answer", "kept")]
        assert Activity.objects.filter(verb="application.told").count() == 1
        assert application.version == 2

    @pytest.mark.ordinary_day
    def test_a_message_that_does_not_arrive_leaves_a_debt(self, smtp: Catcher) -> None:
        application = make_application()
        smtp.refuse[application.candidate.email] = "550 5.7.1 no"
        reject(application)
        run_lane("mail", hours(2))
        application.refresh_from_db()
        assert application.told_at is None
        assert list(Application.objects.untold()) == [application]

    @pytest.mark.ordinary_day
    def test_a_bounce_makes_it_a_debt_again(self, smtp: Catcher) -> None:
        application = make_application()
        reject(application)
        run_lane("mail", hours(2))
        mail = mails("application.rejected")[0]
        OutgoingMail.objects.filter(pk=mail.pk).update(state="bounced")
        mail.refresh_from_db()
        delivery.tell(mail, hours(3))
        application.refresh_from_db()
        assert application.told_at is None
        assert list(Application.objects.untold()) == [application]

    @pytest.mark.ordinary_day
    def test_silently_is_a_debt_until_told(self, smtp: Catcher) -> None:
        application = make_application()
        reject(application, message=None)
        assert story(application) == [("First answer", "telling")]
        assert mails("application.rejected") == []
        assert list(Application.objects.untold()) == [application]
        told = actions.tell(
            application_id=application.pk, message=NO, by=application.requisition.recruiter, now=hours(2)
        )
        assert list(Application.objects.untold()) == []
        with pytest.raises(WrongState):
            actions.tell(application_id=told.pk, message=NO, by=told.requisition.recruiter, now=hours(2))
        run_lane("mail", hours(3))
        application.refresh_from_db()
        assert application.told_at is not None
        assert story(application) == [("First answer", "kept")]
        with pytest.raises(WrongState):
            actions.tell(application_id=told.pk, message=NO, by=told.requisition.recruiter, now=hours(4))
        assert len(smtp.messages) == 1

    def test_nobody_is_told_by_a_silent_address(self) -> None:
        application = make_application(candidate=make_candidate(email=""))
        reject(application)
        (mail,) = mails("application.rejected")
        assert (mail.state, mail.last_error) == ("withheld", "There is no address to write to.")
        assert list(Application.objects.untold()) == [application]

    @pytest.mark.ordinary_day
    def test_not_at_night_and_not_on_a_weekend_where_they_are(self) -> None:
        friday_evening = datetime(2026, 11, 27, 19, 0, tzinfo=UTC)
        tokyo = make_application(candidate=make_candidate(time_zone="Asia/Tokyo"))
        reject(tokyo, now=(friday_evening - NOW) / timedelta(hours=1))
        (mail,) = mails("application.rejected")
        assert mail.not_before == datetime(2026, 11, 29, 23, 0, tzinfo=UTC)  # Monday at eight

    @pytest.mark.ordinary_day
    def test_at_a_time_of_ones_own(self) -> None:
        application = make_application()
        reject(application, send_at=hours(5))
        assert mails("application.rejected")[0].not_before == hours(5)

    @pytest.mark.ordinary_day
    def test_what_was_about_to_say_it_takes_longer_is_taken_back(self) -> None:
        application = make_application(due_at=hours(0.5))
        run_lane("promises", hours(0.5))
        run_lane("follow-ups", hours(0.5))
        assert mails("promise.holding_note")[0].state == "queued"
        reject(application)
        assert mails("promise.holding_note")[0].state == "cancelled"

    @pytest.mark.parametrize(
        ("more", "field"),
        [
            ({"reason": "no-such-reason"}, "reason"),
            ({"reason": "withdrew"}, "reason"),
            ({"message": ("Hello", " ")}, "body"),
            ({"message": ("", "Text")}, "subject"),
            ({"message": ("Hello", "Dear {{ user.password }}")}, "body"),
            ({"message": ("Hello", "x" * 20_001)}, "body"),
        ],
    )
    def test_bad_input_decides_nothing(self, more: dict[str, object], field: str) -> None:
        application = make_application()
        with pytest.raises(Invalid) as caught:
            reject(application, **more)
        assert caught.value.field == field
        application.refresh_from_db()
        assert application.state == "active"
        assert story(application) == [("First answer", "open")]

    @pytest.mark.parametrize("role", ["manager", "interviewer", "stakeholder"])
    def test_deciding_is_the_recruiters_part(self, role: str) -> None:
        application = make_application()
        for user in (make_user(role), application.requisition.hiring_manager):
            with pytest.raises(Missing):
                reject(application, by=user)

    def test_many_with_the_same_words(self) -> None:
        requisition = make_requisition()
        applications = [
            make_application(requisition=requisition, candidate=make_candidate(first_name=name))
            for name in ("Ana", "Ben")
        ]
        ended = make_application(requisition=requisition, state="withdrawn")
        result = actions.bulk_reject(
            application_ids=[application.pk for application in [*applications, ended]],
            reason="stronger-match",
            message=NO,
            by=requisition.recruiter,
            now=hours(1),
        )
        assert result.done == [application.pk for application in applications]
        assert result.refused == {ended.pk: "This application is withdrawn already."}
        assert [mail.text.split(",")[0] for mail in mails("application.rejected")] == ["Dear Ana", "Dear Ben"]


class TestWithdrawing:
    @pytest.mark.ordinary_day
    def test_with_thanks(self, smtp: Catcher) -> None:
        application = make_application()
        withdrawn = actions.withdraw(
            application=application,
            by=application.candidate,
            reason_text=" Another offer ",
            now=hours(1),
            reason="withdrew-other-offer",
        )
        assert (withdrawn.state, withdrawn.decided_by, withdrawn.reason_note) == (
            "withdrawn",
            None,
            "Another offer",
        )
        assert story(application) == [("First answer", "released")]
        run_lane("follow-ups", hours(1))
        run_lane("mail", hours(1))
        assert [message["Subject"] for message in smtp.messages] == ["Thank you, and all the best"]
        assert list(Application.objects.untold()) == []
        with pytest.raises(WrongState):
            actions.withdraw(application=application, by=application.candidate, reason_text="", now=hours(2))

    def test_a_reason_of_ours_is_none_of_theirs(self) -> None:
        application = make_application()
        with pytest.raises(Invalid):
            actions.withdraw(
                application=application,
                by=application.candidate,
                reason_text="",
                now=hours(1),
                reason="stronger-match",
            )


class TestHiring:
    @pytest.mark.ordinary_day
    def test_fills_an_opening_and_says_welcome(self, smtp: Catcher) -> None:
        requisition = make_requisition(openings=2)
        application = make_application(requisition=requisition, stage_kind="offer")
        hired = hire(application, starts_on=date(2027, 1, 4))
        assert (hired.state, hired.stage.kind, hired.opening.number, hired.starts_on) == (
            "hired",
            "hired",
            1,
            date(2027, 1, 4),
        )
        assert story(application) == [("Our offer", "telling")]
        assert list(requisition.openings.order_by("number").values_list("state", flat=True)) == [
            "filled",
            "open",
        ]
        data = Activity.objects.get(verb="application.hired").data
        assert (data["from_kind"], data["opening"]) == ("offer", 1)
        run_lane("mail", hours(2))
        application.refresh_from_db()
        assert application.told_at is not None
        assert story(application) == [("Our offer", "kept")]
        assert smtp.messages[0]["Subject"] == f"Welcome to {requisition.organisation.name}"

    @pytest.mark.parametrize("day", [date(1, 1, 1), date(9999, 12, 31)])
    def test_not_on_a_day_that_no_calendar_has(self, day: date) -> None:
        application = make_application()
        with pytest.raises(Invalid) as refused:
            hire(application, starts_on=day)
        assert refused.value.field == "starts_on"

    def test_in_words_of_ones_own(self) -> None:
        application = make_application()
        hire(application, message=("Yes", "We are glad, {{ candidate.first_name }}."))
        assert mails("application.hired")[0].text.startswith("We are glad, Robin.")

    def test_not_without_a_seat_and_the_role_stays_open_until_the_sweep(self) -> None:
        requisition = make_requisition(openings=1)
        hire(make_application(requisition=requisition))
        late = make_application(requisition=requisition)
        with pytest.raises(WrongState) as caught:
            hire(late)
        assert caught.value.message == "Every opening of this role is filled."
        late.refresh_from_db()
        requisition.refresh_from_db()
        assert (late.state, requisition.state) == ("active", "open")

    def test_nobody_applies_for_a_seat_that_is_taken_until_it_is_free_again(self) -> None:
        requisition = make_requisition(openings=2)
        post = make_post(requisition)
        hire(make_application(requisition=requisition))
        post.refresh_from_db()
        assert post.state == "published"
        last = make_application(requisition=requisition)
        hire(last)
        post.refresh_from_db()
        assert (post.state, post.closed_at) == ("closed", hours(1))
        undo(last, 1.1)
        post.refresh_from_db()
        assert (post.state, post.closed_at) == ("published", None)

    def test_a_cancelled_seat_is_none(self) -> None:
        application = make_application()
        Opening.objects.update(state="cancelled")
        with pytest.raises(WrongState):
            hire(application)


class TestSweeping:
    def sweep(self, requisition: Requisition, **more: object) -> int:
        given = {"reason": "position-filled", "message": NO, "by": requisition.recruiter, "now": hours(2)}
        return actions.sweep(requisition_id=requisition.pk, **(given | more))

    @pytest.mark.ordinary_day
    def test_nobody_is_left_without_an_answer(self, smtp: Catcher) -> None:
        requisition = make_requisition()
        post = make_post(requisition)
        hire(make_application(requisition=requisition))
        others = [make_application(requisition=requisition) for _ in range(3)]
        assert self.sweep(requisition) == 3
        requisition.refresh_from_db()
        post.refresh_from_db()
        assert (requisition.state, post.state) == ("filled", "closed")
        run_lane("mail", hours(3))
        assert not Application.objects.untold().exists()
        assert len(smtp.messages) == 4
        assert {whole(other).reason.code for other in others} == {"position-filled"}

    def test_all_or_nothing(self) -> None:
        requisition = make_requisition()  # its seat is open: it cannot end as filled
        application = make_application(requisition=requisition)
        with pytest.raises(WrongState):
            self.sweep(requisition)
        application.refresh_from_db()
        assert application.state == "active"
        assert mails("application.rejected") == []
        assert self.sweep(requisition, reason="role-closed", new_state="closed", end_reason="No budget") == 1

    def test_only_who_runs_the_role(self) -> None:
        requisition = make_requisition()
        with pytest.raises(Missing):
            self.sweep(requisition, by=requisition.hiring_manager)


@pytest.mark.race
@pytest.mark.django_db(transaction=True)
class TestAtOnce:
    def test_two_hires_for_the_last_seat(self) -> None:
        requisition = make_requisition(openings=1)
        two = [make_application(requisition=requisition) for _ in range(2)]
        outcomes = at_once(*[lambda one=one: hire(one) for one in two])
        assert sorted(type(outcome).__name__ for outcome in outcomes) == ["Application", "WrongState"]
        assert Application.objects.filter(state="hired").count() == 1
        assert Application.objects.active().count() == 1

    def test_four_hires_for_three_seats(self) -> None:
        requisition = make_requisition(openings=3)
        four = [make_application(requisition=requisition) for _ in range(4)]
        outcomes = at_once(*[lambda one=one: hire(one) for one in four])
        assert sorted(type(outcome).__name__ for outcome in outcomes) == ["Application"] * 3 + ["WrongState"]
        seats = Application.objects.filter(state="hired").values_list("opening__number", flat=True)
        assert sorted(seats) == [1, 2, 3]

    def test_the_last_two_offers_accepted_together_end_the_search(self) -> None:
        for _ in range(4):
            requisition = make_requisition(openings=2)
            post = make_post(requisition)
            seats = list(requisition.openings.order_by("number"))
            two = [make_application(requisition=requisition) for _ in seats]

            def take(one: Application, seat: Opening) -> Application:
                with transaction.atomic():
                    opening = Opening.objects.select_for_update().get(pk=seat.pk)
                    by = one.requisition.recruiter
                    return decide.join(application=one, opening=opening, by=by, now=hours(1), starts_on=None)

            outcomes = at_once(
                *[lambda one=one, seat=seat: take(one, seat) for one, seat in zip(two, seats, strict=True)]
            )
            assert [type(outcome).__name__ for outcome in outcomes] == ["Application"] * 2
            post.refresh_from_db()
            assert post.state == "closed"

    def test_one_person_rejects_while_another_hires(self) -> None:
        application = make_application()
        outcomes = at_once(
            lambda: reject(application, version=1),
            lambda: hire(application, version=1),
            lambda: actions.withdraw(
                application=application, by=application.candidate, reason_text="", now=hours(1)
            ),
        )
        winners = [outcome for outcome in outcomes if isinstance(outcome, Application)]
        assert len(winners) == 1
        assert all(isinstance(outcome, Application | Conflict | WrongState) for outcome in outcomes)
        application.refresh_from_db()
        assert application.state == winners[0].state
        assert len(mails("application.rejected") + mails("application.hired")) == (
            0 if application.state == "withdrawn" else 1
        )

    def test_undone_at_the_moment_at_which_it_leaves(self, smtp: Catcher) -> None:
        for _ in range(4):
            application = make_application()
            reject(application, now=1)
            outcomes = at_once(
                lambda application=application: undo(application, 1.25), lambda: run_lane("mail", hours(1.25))
            )
            assert isinstance(outcomes[0], Application)
            application.refresh_from_db()
            assert (application.state, application.told_at) == ("active", None)
            got = [message["Subject"] for message in smtp.to(application.candidate.email)]
            sent = got.count("Your application")
            corrected = len(mails("application.reopened", application_id=application.pk))
            assert (sent, corrected) in {(0, 0), (1, 1)}


def test_nobody_is_told_twice_where_the_first_message_may_have_arrived() -> None:
    application = make_application()
    reject(application)
    OutgoingMail.objects.filter(role="application.rejected").update(state="unknown")
    with pytest.raises(WrongState) as caught:
        actions.tell(
            application_id=application.pk, message=NO, by=application.requisition.recruiter, now=hours(2)
        )
    assert caught.value.message == "Nobody knows whether the message arrived: find that out first."


@pytest.mark.race
@pytest.mark.django_db(transaction=True)
def test_a_seat_is_not_cancelled_under_the_one_who_is_hired() -> None:
    from requisitions.roles.actions import set_openings

    for _ in range(4):
        requisition = make_requisition(openings=2, must_haves=("Python",))
        two = [make_application(requisition=requisition) for _ in range(2)]
        outcomes = at_once(
            lambda two=two: hire(two[0]),
            lambda two=two: hire(two[1]),
            lambda requisition=requisition: set_openings(
                requisition_id=requisition.pk, count=1, by=requisition.recruiter, now=hours(1)
            ),
        )
        kinds = {type(outcome).__name__ for outcome in outcomes}
        assert kinds <= {"Application", "Requisition", "WrongState", "Invalid"}, outcomes
        hired = Application.objects.filter(requisition=requisition, state="hired")
        assert hired.count() == requisition.openings.filter(state="filled").count() >= 1


def test_told_once_more_after_the_first_message_came_back() -> None:
    application = make_application()
    reject(application)
    OutgoingMail.objects.filter(role="application.rejected").update(state="failed")
    actions.tell(
        application_id=application.pk, message=NO, by=application.requisition.recruiter, now=hours(2)
    )
    assert [mail.state for mail in mails("application.rejected")] == ["failed", "queued"]
