"""Opening, keeping, replacing and letting go of promises."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import transaction

from ats.activity.models import Activity
from ats.kernel.errors import Invalid, Missing, WrongState
from candidates.board.queries.figures import response_record
from candidates.journeys.actions import leave_out
from candidates.models import FollowUp, Promise
from candidates.promises import effects, engine
from candidates.promises.actions import change_promise
from requisitions.models import Side, TeamRole
from tests.candidates.helpers import days, hours, mails, open_one, run_lane, story, whole
from tests.factories import (
    NOW,
    add_member,
    make_application,
    make_calendar,
    make_organisation,
    make_requisition,
    make_user,
    stage,
)

pytestmark = pytest.mark.django_db


@pytest.mark.ordinary_day
def test_a_stage_promises_in_working_days_of_the_organisations_calendar() -> None:
    calendar = make_calendar("Europe/Berlin", holidays={date(2026, 11, 26): "Company day"})
    requisition = make_requisition(organisation=make_organisation(calendar=calendar))
    application = whole(make_application(requisition=requisition))
    with transaction.atomic():
        engine.release(application=application, by=None, now=NOW)
        promise = engine.promise_for_stage(application=application, now=NOW)
    # Three working days after Tuesday, the Thursday being free: Wednesday, Friday, Monday; five in Berlin.
    assert promise.due_at == datetime(2026, 11, 30, 16, 0, tzinfo=UTC)
    # A working day before: Friday at nine in Berlin.
    assert promise.nudge_at == datetime(2026, 11, 27, 8, 0, tzinfo=UTC)
    assert (promise.what, promise.owner, promise.side) == ("First answer", requisition.recruiter, "recruiter")


@pytest.mark.parametrize(
    ("side", "owner"),
    [
        (Side.RECRUITER, "recruiter"),
        (Side.MANAGER, "hiring_manager"),
        (Side.SCHEDULING, "recruiter"),
        (Side.CANDIDATE, "recruiter"),
    ],
)
def test_the_side_says_who_answers_for_it(side: str, owner: str) -> None:
    application = whole(make_application())
    assert engine.owner_for(application, side) == getattr(application.requisition, owner)


def test_the_clock_change_does_not_move_the_end_of_a_working_day() -> None:
    calendar = make_calendar("Europe/Berlin")
    requisition = make_requisition(organisation=make_organisation(calendar=calendar))
    thursday = datetime(2026, 10, 22, 10, 0, tzinfo=UTC)  # summer time until the 25th
    application = whole(make_application(requisition=requisition, now=thursday))
    with transaction.atomic():
        engine.release(application=application, by=None, now=thursday)
        promise = engine.promise_for_stage(application=application, now=thursday)
    assert promise.due_at == datetime(2026, 10, 27, 16, 0, tzinfo=UTC)  # five in the afternoon, winter time


def test_a_saturday_that_is_worked_counts() -> None:
    calendar = make_calendar("Asia/Shanghai", holiday_country="CN")
    requisition = make_requisition(organisation=make_organisation(calendar=calendar))
    thursday = datetime(2026, 10, 8, 2, 0, tzinfo=UTC)  # the first day after the National Day's week
    application = whole(make_application(requisition=requisition, now=thursday))
    with transaction.atomic():
        engine.release(application=application, by=None, now=thursday)
        promise = engine.promise_for_stage(application=application, now=thursday)
    # Three working days: Friday, Saturday the 10th, which is worked for Wednesday, and Monday.
    assert promise.due_at == datetime(2026, 10, 12, 9, 0, tzinfo=UTC)
    assert promise.nudge_at == datetime(2026, 10, 10, 1, 0, tzinfo=UTC)


def test_kept_in_time_and_kept_too_late() -> None:
    early, late = whole(make_application()), whole(make_application())
    for application, now in ((early, hours(1)), (late, days(10))):
        with transaction.atomic():
            kept = engine.keep(application=application, by=application.requisition.recruiter, now=now)
            engine.promise_for_stage(application=application, now=now, previous=kept)
    assert story(early) == [("First answer", "kept"), ("First answer", "open")]
    assert story(late) == [("First answer", "broken"), ("First answer", "open")]
    # Who answers late knows it: no digest tells them, and no note goes out beside the answer itself.
    assert Promise.objects.get(application=late, state="broken").owner_told_at == days(10)
    assert not FollowUp.objects.exists()


def test_replacing_carries_on_the_row_of_broken_ones() -> None:
    application = whole(make_application())
    Promise.objects.filter(application=application).update(broken_before=1, waiting_since=hours(0))
    with transaction.atomic():
        fresh = engine.replace(
            application=application, due_at=days(9), reason="Trade fair", by=None, now=hours(1)
        )
    assert (fresh.broken_before, fresh.due_at, fresh.what) == (1, days(9), "First answer")
    assert fresh.previous is not None
    assert fresh.previous.state == "released"
    with transaction.atomic():
        again = engine.replace(application=application, due_at=days(20), by=None, now=days(10))
    assert again.broken_before == 2  # replaced after its time: broken all the same


def test_a_promise_lies_ahead() -> None:
    application = whole(make_application())
    with pytest.raises(Invalid) as caught, transaction.atomic():
        engine.replace(application=application, due_at=NOW - timedelta(days=1), by=None, now=NOW)
    assert caught.value.field == "due_at"
    assert story(application) == [("First answer", "open")]


def test_a_short_promise_is_not_nudged_at_once() -> None:
    application = whole(make_application())
    with transaction.atomic():
        fresh = engine.replace(application=application, due_at=hours(4), by=None, now=NOW)
    assert fresh.nudge_at == hours(2)


class TestChangePromise:
    @pytest.mark.ordinary_day
    def test_a_new_date_is_told_to_the_candidate_with_its_reason(self) -> None:
        application = make_application()
        recruiter = application.requisition.recruiter
        fresh = change_promise(
            application_id=application.pk,
            due_at=days(7),
            reason="The team is at a fair.",
            by=recruiter,
            now=hours(1),
        )
        assert (fresh.due_at, fresh.reason) == (days(7), "The team is at a fair.")
        assert story(application) == [("First answer", "changed"), ("First answer", "open")]
        assert run_lane("follow-ups", hours(1)) == 1
        (mail,) = mails("promise.changed")
        assert mail.to == application.candidate.email
        assert "first answer, by Friday 27 November" in mail.text
        assert "Tuesday 1 December. The team is at a fair." in mail.text
        changed = Activity.objects.get(verb="promise.changed")
        assert (changed.data["was_due"], changed.data["due"]) == ("Friday 27 November", "Tuesday 1 December")
        assert set(
            Activity.objects.filter(verb__startswith="promise.").values_list("actor_id", flat=True)
        ) == {recruiter.pk}

    @pytest.mark.ordinary_day
    def test_two_changes_in_a_row_send_the_last_one_only(self) -> None:
        application = make_application()
        recruiter = application.requisition.recruiter
        for moment, due in ((1, 7), (2, 8)):
            change_promise(
                application_id=application.pk,
                due_at=days(due),
                reason="Fair.",
                by=recruiter,
                now=hours(moment),
            )
        run_lane("follow-ups", hours(3))
        (mail,) = mails("promise.changed")
        # The date in between was never told.
        assert "by Friday 27 November. The new date is Wednesday 2 December." in mail.text.replace("\n", " ")
        cancelled = FollowUp.objects.get(state="cancelled")
        assert cancelled.reason == "Another date was given before this one was told."

    @pytest.mark.ordinary_day
    @pytest.mark.parametrize(
        ("due_at", "reason", "field"),
        [
            (days(7), "  ", "reason"),
            (days(7), "x" * 301, "reason"),
            (NOW, "Fair.", "due_at"),
            (datetime(2026, 11, 27, 17, tzinfo=UTC), "Fair.", "due_at"),
            (datetime(2099, 1, 1, tzinfo=UTC), "Fair.", "due_at"),
            (datetime(9999, 12, 31, 23, tzinfo=UTC), "Fair.", "due_at"),
        ],
    )
    def test_bad_input(self, due_at: datetime, reason: str, field: str) -> None:
        application = make_application()
        with pytest.raises(Invalid) as caught:
            change_promise(
                application_id=application.pk,
                due_at=due_at,
                reason=reason,
                by=application.requisition.recruiter,
                now=hours(1),
            )
        assert caught.value.field == field
        assert story(application) == [("First answer", "open")]

    @pytest.mark.ordinary_day
    def test_at_most_as_far_ahead_as_the_organisation_allows(self) -> None:
        application = make_application()
        organisation = application.requisition.organisation
        organisation.longest_new_date = 3
        organisation.save()
        recruiter = application.requisition.recruiter
        given = {"application_id": application.pk, "reason": "Fair.", "by": recruiter, "now": hours(1)}
        with pytest.raises(Invalid, match="At most 3 working days ahead: until Friday 27 November"):
            change_promise(due_at=days(7), **given)
        organisation.longest_new_date = 1
        organisation.save()
        with pytest.raises(Invalid, match="At most 1 working day ahead: until Wednesday 25 November"):
            change_promise(due_at=days(7), **given)

    def test_what_follows_another_clock_is_not_changed_here(self) -> None:
        application = make_application()
        Promise.objects.update(kind="offer", side=Side.CANDIDATE)
        with pytest.raises(WrongState, match="the date is that of the offer"):
            change_promise(
                application_id=application.pk,
                due_at=days(7),
                reason="Fair.",
                by=application.requisition.recruiter,
                now=hours(1),
            )

    @pytest.mark.ordinary_day
    def test_a_changed_date_counts_in_the_record_and_a_second_one_is_counted_up(self) -> None:
        application = make_application()
        for moment, due in ((1, 7), (2, 8)):
            fresh = change_promise(
                application_id=application.pk,
                due_at=days(due),
                reason="Fair.",
                by=application.requisition.recruiter,
                now=hours(moment),
            )
        assert fresh.changed_before == 2
        record = response_record(application.requisition.organisation, hours(3))
        assert (record.kept, record.changed, record.total) == (0, 1, 1)

    def test_only_who_may_write_to_candidates(self) -> None:
        application = make_application()
        for user in (application.requisition.hiring_manager, make_user("stakeholder"), make_user("manager")):
            with pytest.raises(Missing):
                change_promise(
                    application_id=application.pk, due_at=days(7), reason="x", by=user, now=hours(1)
                )

    def test_nothing_is_promised_after_the_end(self) -> None:
        application = make_application(state="rejected")
        with pytest.raises(WrongState):
            change_promise(
                application_id=application.pk,
                due_at=days(7),
                reason="x",
                by=application.requisition.recruiter,
                now=hours(1),
            )


class TestLeaveOut:
    def test_what_is_owed_cannot_be_skipped_and_the_rest_can(self) -> None:
        from candidates.applications.actions import withdraw

        application = make_application()
        recruiter = application.requisition.recruiter
        withdraw(application=application, by=application.candidate, reason_text="", now=NOW)
        survey = FollowUp.objects.get(step="survey")
        leave_out(follow_up_id=survey.pk, reason="Asked last week", by=recruiter, now=hours(1))
        survey.refresh_from_db()
        assert (survey.state, survey.reason) == ("cancelled", "Asked last week")
        with pytest.raises(WrongState):
            leave_out(follow_up_id=survey.pk, reason="Again", by=recruiter, now=hours(1))
        with pytest.raises(Missing):
            leave_out(follow_up_id=survey.pk + 1000, reason="x", by=recruiter, now=hours(1))

    def test_not_the_holding_note(self) -> None:
        application = make_application(candidate=None, due_at=hours(1))
        application.candidate.time_zone = "Pacific/Auckland"  # it is night there: the note waits
        application.candidate.save(update_fields=["time_zone"])
        run_lane("promises", hours(1))
        note = FollowUp.objects.get(step="holding_note", state="waiting")
        with pytest.raises(WrongState):
            leave_out(follow_up_id=note.pk, reason="Busy", by=application.requisition.recruiter, now=hours(1))


def test_a_review_by_the_manager_passes_the_move_to_the_recruiter() -> None:
    from candidates.promises.policy import Event

    application = make_application(stage_kind="review")
    due = open_one(application).due_at
    effects.happened(
        Event.REVIEWED,
        application=whole(application),
        by=application.requisition.hiring_manager,
        now=hours(1),
    )
    promise = open_one(application)
    assert (promise.side, promise.owner, promise.due_at) == (
        "recruiter",
        application.requisition.recruiter,
        due,
    )
    assert story(application) == [("News after the hiring manager's look", "open")]
    assert stage(application.requisition, "review").pk == application.stage_id


@pytest.mark.parametrize(
    ("first", "sides"),
    [("hiring_manager", ["recruiter", "recruiter"]), ("interviewer", ["manager", "recruiter"])],
)
def test_the_move_is_the_managers_until_they_have_answered(first: str, sides: list[str]) -> None:
    from candidates.reviews import actions as reviews

    application = make_application(stage_kind="review")
    requisition = application.requisition
    asked = {"application_ids": [application.pk], "by": requisition.recruiter, "now": NOW}
    reviewers = {"hiring_manager": requisition.hiring_manager, "interviewer": make_user("interviewer")}
    add_member(requisition, reviewers["interviewer"], TeamRole.INTERVIEWER)
    for reviewer in reviewers.values():
        reviews.ask(reviewer_id=reviewer.pk, **asked)
    given = {"verdict": "yes", "reason": "Knows the field.", "criteria": {}}
    seen = []
    for reviewer in sorted(reviewers.values(), key=lambda user: user != reviewers[first]):
        review = application.reviews.get(reviewer=reviewer)
        reviews.answer(review_id=review.pk, by=reviewer, now=hours(1), **given)
        seen.append(open_one(application).side)
    assert seen == sides
