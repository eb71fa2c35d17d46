"""What the clock does: reminders, honest notes, and who is told."""

from datetime import UTC, datetime, timedelta

import pytest

from ats.activity.models import Activity
from ats.duework import engine
from ats.duework.models import MAX_ATTEMPTS
from candidates.models import FollowUp, Promise
from candidates.promises import deadlines
from requisitions.models import Side
from tests.candidates.helpers import at_once, days, hours, mails, open_one, run_lane, story
from tests.factories import (
    NOW,
    make_application,
    make_calendar,
    make_candidate,
    make_organisation,
    make_requisition,
    make_user,
)

pytestmark = pytest.mark.django_db


class TestReminders:
    @pytest.mark.ordinary_day
    def test_one_message_a_working_day_before_for_all_that_is_due(self) -> None:
        requisition = make_requisition()
        for _ in range(3):
            make_application(requisition=requisition)  # due Friday at five
        other = make_application()
        thursday = datetime(2026, 11, 26, 9, 0, tzinfo=UTC)
        assert run_lane("promise-reminders", thursday - timedelta(minutes=1)) == 0
        run_lane("promise-reminders", thursday)
        first, second = mails("promise.nudge")
        assert {first.to, second.to} == {requisition.recruiter.email, other.requisition.recruiter.email}
        mine = first if first.to == requisition.recruiter.email else second
        assert mine.subject == "You owe 3 people an answer soon"
        assert mine.text.count("First answer, by Friday 27 November") == 3
        run_lane("promise-reminders", thursday + timedelta(hours=5))
        assert len(mails("promise.nudge")) == 2  # once
        assert Activity.objects.filter(verb="promise.nudged").count() == 4

    def test_not_for_what_has_run_out_meanwhile(self) -> None:
        make_application(due_at=hours(1))
        assert run_lane("promise-reminders", hours(2)) == 0


class TestBreaking:
    @pytest.mark.ordinary_day
    def test_an_honest_note_with_a_new_date_and_the_reason(self) -> None:
        application = make_application(due_at=hours(7))  # today at five
        run_lane("promises", hours(7))
        assert story(application) == [("First answer", "broken"), ("First answer", "open")]
        fresh = open_one(application)
        assert fresh.due_at == datetime(2026, 11, 27, 17, 0, tzinfo=UTC)  # from tomorrow on, two working days
        assert (fresh.broken_before, fresh.previous) == (1, application.promises.get(state="broken"))
        assert fresh.reason == "We have not got to it in the time we said."
        run_lane("follow-ups", hours(7))
        (note,) = mails("promise.holding_note")
        text = note.text.replace("\n", " ")
        assert "first answer, by Tuesday 24 November" in text
        assert "that is on us. We have not got to it in the time we said." in text
        assert "The new date is Friday 27 November." in text
        assert (note.to, note.application_id) == (application.candidate.email, application.pk)
        assert note.state == "queued"

    def test_not_before_its_time_and_only_once(self) -> None:
        application = make_application(due_at=hours(7))
        assert run_lane("promises", hours(7) - timedelta(seconds=1)) == 0
        assert run_lane("promises", hours(7)) == 1
        assert run_lane("promises", hours(7)) == 0
        assert len(story(application)) == 2

    def test_the_managers_delay_is_said_as_what_it_is(self) -> None:
        application = make_application(stage_kind="review", due_at=hours(1))
        run_lane("promises", hours(1))
        fresh = open_one(application)
        assert fresh.reason == "The hiring manager has not yet had the time for a proper look."
        assert fresh.owner == application.requisition.hiring_manager

    @pytest.mark.ordinary_day
    def test_at_night_the_promise_breaks_and_the_note_waits_for_the_morning(self) -> None:
        application = make_application(
            candidate=make_candidate(time_zone="Asia/Tokyo"), due_at=hours(7)
        )  # two in the morning in Tokyo
        run_lane("promises", hours(7))
        assert application.promises.get(state="broken").settled_at == hours(7)
        run_lane("follow-ups", hours(8))
        assert mails("promise.holding_note") == []
        run_lane("follow-ups", datetime(2026, 11, 24, 23, 0, tzinfo=UTC))  # eight in the morning
        assert len(mails("promise.holding_note")) == 1

    @pytest.mark.ordinary_day
    def test_answered_before_the_morning_no_note_is_sent(self) -> None:
        from candidates.messages.actions import send

        application = make_application(candidate=make_candidate(time_zone="Asia/Tokyo"), due_at=hours(7))
        run_lane("promises", hours(7))
        recruiter = application.requisition.recruiter
        send(application_id=application.pk, subject="Hello", body="Sorry.", by=recruiter, now=hours(8))
        run_lane("follow-ups", hours(20))
        assert mails("promise.holding_note") == []
        assert FollowUp.objects.get(step="holding_note").reason == "It was answered in the meantime."

    def test_nobody_active_waits_for_it(self) -> None:
        make_application(state="rejected")
        assert run_lane("promises", days(100)) == 0


class TestTelling:
    @pytest.mark.ordinary_day
    def test_the_owner_in_one_message_and_from_the_second_time_the_leads(self) -> None:
        lead, gone = make_user("lead"), make_user("lead", is_active=False)
        requisition = make_requisition()
        first = make_application(requisition=requisition, due_at=hours(7))
        make_application(requisition=requisition, due_at=hours(7))
        run_lane("promises", hours(7))
        run_lane("promise-news", hours(7))
        (digest,) = mails("promise.broken")
        assert digest.to == requisition.recruiter.email
        assert digest.subject == "2 people did not hear from us in time"
        assert digest.text.count("was due Tuesday 24 November, now Friday 27 November") == 2
        assert mails("promise.broken_again") == []
        Promise.objects.open().exclude(application=first).update(due_at=days(30))
        run_lane("promises", days(4))
        run_lane("promise-news", days(4))
        assert len(mails("promise.broken")) == 2
        (raised,) = mails("promise.broken_again")
        assert (raised.to, raised.to == gone.email) == (lead.email, False)
        assert first.candidate.name in raised.text
        assert run_lane("promise-news", days(5)) == 0

    def test_a_lead_who_is_the_owner_hears_it_once(self) -> None:
        lead = make_user("lead")
        application = make_application(requisition=make_requisition(recruiter=lead), due_at=hours(7))
        Promise.objects.update(broken_before=1, waiting_since=hours(0))
        run_lane("promises", hours(7))
        run_lane("promise-news", hours(7))
        assert open_one(application).broken_before == 2
        assert [mail.to for mail in mails("promise.broken")] == [lead.email]
        assert mails("promise.broken_again") == []


@pytest.mark.ordinary_day
def test_every_date_is_the_day_of_the_office_where_the_world_s_is_the_next_one() -> None:
    west = make_organisation(calendar=make_calendar("America/Los_Angeles"))
    role = make_requisition(organisation=west)
    make_application(requisition=role)  # due on Friday at five there: it is Saturday in London
    theirs = make_application(requisition=role, stage_kind="interview")
    theirs.promises.update(
        side=Side.CANDIDATE, what="Your work sample", due_at=datetime(2026, 11, 28, 1, tzinfo=UTC)
    )
    run_lane("promise-reminders", datetime(2026, 11, 26, 17, tzinfo=UTC))
    [nudge] = mails("promise.nudge")
    assert nudge.text.count("First answer, by Friday 27 November") == 1
    assert set(Activity.objects.filter(verb="promise.nudged").values_list("data__due", flat=True)) == {
        "Friday 27 November"
    }
    now = datetime(2026, 11, 28, 1, tzinfo=UTC)
    run_lane("promises", now)
    run_lane("promise-news", now)
    [broken] = mails("promise.broken")
    assert (
        "First answer, was due Friday 27 November, now Wednesday 2 December" in broken.text
    )  # two days after the Monday on which work goes on
    for _ in range(2):
        now = open_one(theirs).due_at
        run_lane("promises", now)
    [silence] = mails("promise.silence")
    day = open_one(theirs).due_at - timedelta(hours=8)
    assert f"{day:%A} {day.day} {day:%B}" in silence.text


@pytest.mark.ordinary_day
def test_what_broke_is_promised_again_as_what_it_was() -> None:
    application = make_application(stage_kind="interview", due_at=hours(7))
    application.promises.update(kind="interview", what="News about your interview", side=Side.MANAGER)
    run_lane("promises", hours(7))
    one = open_one(application)
    assert (one.kind, one.what, one.side, one.owner) == (
        "interview", "News about your interview", "manager", application.requisition.hiring_manager,
    )  # fmt: skip
    assert (one.reason, one.due_at) == (
        "The hiring manager has not yet had the time for a proper look.",
        NOW.replace(day=30, hour=17),
    )


class TestWaitingForTheCandidate:
    def test_two_reminders_and_then_the_move_is_ours(self) -> None:
        application = make_application(stage_kind="interview", due_at=hours(7))
        Promise.objects.update(side=Side.CANDIDATE, what="Your work sample")
        now = hours(7)
        for _ in range(2):
            run_lane("promises", now)
            assert open_one(application).side == "candidate"
            now = open_one(application).due_at
            run_lane("follow-ups", now - timedelta(hours=1))
        assert len(mails("promise.reminder")) == 2
        assert "waits for you at the moment: your work sample" in mails("promise.reminder")[0].text
        run_lane("promises", now)
        ours = open_one(application)
        assert (ours.what, ours.side, ours.owner) == (
            "Word on how we go on",
            "recruiter",
            application.requisition.recruiter,
        )
        (word,) = mails("promise.silence")
        assert (word.to, word.application_id) == (application.requisition.recruiter.email, None)
        # Nobody broke anything: no note, no broken promise, nothing for the owner's record.
        assert [state for _, state in story(application)] == ["released", "released", "released", "open"]
        assert ours.broken_before == 0
        assert mails("promise.holding_note") == mails("promise.broken") == []


def test_a_row_that_cannot_be_settled_does_not_hold_up_the_others(monkeypatch: pytest.MonkeyPatch) -> None:
    bad, good = make_application(due_at=hours(1)), make_application(due_at=hours(2))
    real = deadlines.run_out

    def run_out(promise: Promise, now: datetime) -> None:
        if promise.application_id == bad.pk:
            raise ValueError("no calendar")
        real(promise, now)

    monkeypatch.setattr(deadlines, "run_out", run_out)
    now = hours(3)
    for _ in range(MAX_ATTEMPTS):
        run_lane("promises", now)
        now += timedelta(days=1)
    assert story(good)[0] == ("First answer", "broken")
    stuck = open_one(bad)
    assert (stuck.attempts, stuck.state) == (MAX_ATTEMPTS, "open")
    assert stuck.last_error == "ValueError: no calendar"


@pytest.mark.ordinary_day
@pytest.mark.race
@pytest.mark.django_db(transaction=True)
def test_two_ticks_at_once_break_each_promise_once() -> None:
    requisition = make_requisition()
    applications = [make_application(requisition=requisition, due_at=hours(7)) for _ in range(10)]

    def tick() -> int:
        done = run_lane("promises", hours(7))
        run_lane("promise-news", hours(7))
        run_lane("follow-ups", hours(7))
        return done

    done = at_once(tick, tick, tick)
    assert sum(done) == 10
    assert [story(application) for application in applications] == [
        [("First answer", "broken"), ("First answer", "open")]
    ] * 10
    assert len(mails("promise.holding_note")) == 10
    told = sum(int(mail.subject.split()[0]) for mail in mails("promise.broken"))
    assert told == 10


@pytest.mark.ordinary_day
def test_now_is_a_working_morning() -> None:
    assert (NOW.weekday(), NOW.hour) == (1, 10)


def test_what_ran_out_is_told_in_the_same_tick() -> None:
    ours = ["promise-reminders", "promises", "promise-news", "follow-ups"]
    assert [name for name in engine.lanes() if name in ours] == ours
