"""Dates that law sets: no promise goes past them, and what was told by when is on a page."""

import csv
from datetime import date, datetime, timedelta
from io import StringIO
from typing import Any

import pytest
from django.db import transaction
from django.test import Client

from ats.kernel.errors import Invalid
from ats.organisation.domain import working_time
from candidates.applications import actions as applications
from candidates.interviews.models import Interview, InterviewState
from candidates.messages import actions as conversation
from candidates.messages.models import Channel
from candidates.models import Application
from candidates.promises import engine, outer, queries
from candidates.promises.actions import change_promise
from candidates.promises.policy import Event
from candidates.promises.queries import By
from candidates.scheduling.actions.change_times import cancel
from requisitions.models import Side
from tests.candidates.helpers import days, mails, open_one, run_lane, whole
from tests.candidates.promises.cases import happen
from tests.candidates.promises.owing import approve
from tests.factories import (
    NOW,
    make_application,
    make_interview,
    make_location,
    make_organisation,
    make_requisition,
    make_user,
)

pytestmark = pytest.mark.django_db
DAYS = 45


def interviewed(
    *,
    region: str = "Ontario",
    employees: int | None = 25,
    ended: timedelta = timedelta(days=1),
    **facts: Any,
) -> Application:
    """Somebody in Canada whose interview was held so long ago."""
    organisation = make_organisation()
    if employees is not None:
        organisation.employees = {"CA-ON": employees}
        organisation.save()
    place = make_location(organisation=organisation, country="CA", region=region)
    role = make_requisition(organisation=organisation, location=place)
    application = make_application(requisition=role, stage_kind="interview", **facts)
    held(application, NOW - ended)
    return application


def held(application: Application, end: datetime) -> Interview:
    return make_interview(
        application=application,
        starts_at=end - timedelta(minutes=45),
        state=InterviewState.HELD,
        settled_at=end,
    )


def last_day(application: Application) -> date | None:
    found = outer.outer_date(whole(application), now=NOW)
    return found.day if found else None


class TestTheDate:
    @pytest.mark.parametrize(
        ("region", "employees", "holds"),
        [("Ontario", 25, True), ("ON", None, True), ("Ontario", 24, False), ("Quebec", 900, False)],
    )
    def test_where_and_for_whom(self, region: str, employees: int | None, holds: bool) -> None:
        application = interviewed(region=region, employees=employees)
        end = (NOW - timedelta(days=1)).date()
        assert last_day(application) == (end + timedelta(days=DAYS) if holds else None)

    def test_without_an_interview_there_is_none(self) -> None:
        application = interviewed()
        Interview.objects.all().delete()
        assert last_day(application) is None

    def test_the_last_interview_counts(self) -> None:
        application = interviewed(ended=timedelta(days=30))
        held(application, NOW - timedelta(days=10))
        assert last_day(application) == (NOW - timedelta(days=10)).date() + timedelta(days=DAYS)

    def test_one_that_comes_after_the_days_are_over_moves_nothing(self) -> None:
        ends = [NOW, NOW + timedelta(days=DAYS), NOW + timedelta(days=2 * DAYS + 1)]
        assert outer.last_interview(ends, DAYS) == ends[1]
        assert outer.last_interview([], DAYS) is None


class TestPromises:
    def test_none_is_given_past_it(self) -> None:
        application = interviewed(ended=timedelta(days=40))
        until = outer.outer_date(whole(application), now=NOW)
        assert until is not None
        application.stage.promise_days = 20
        application.stage.save()
        happen(Event.WROTE, application, NOW)
        assert open_one(application).due_at == until.last_due
        assert (until.day - until.last_due.date()).days >= 2

    def test_where_no_law_says_so_it_is(self) -> None:
        application = interviewed(ended=timedelta(days=40), region="Quebec")
        application.stage.promise_days = 20
        application.stage.save()
        happen(Event.WROTE, application, NOW)
        assert open_one(application).due_at > NOW + timedelta(days=20)

    def test_none_is_put_off_past_it(self) -> None:
        application = interviewed(ended=timedelta(days=40))
        organisation = application.requisition.organisation
        organisation.longest_new_date = 60
        organisation.save()
        with pytest.raises(Invalid) as refused:
            change_promise(
                application_id=application.pk,
                due_at=days(5),
                reason="The team is away.",
                by=application.requisition.recruiter,
                now=NOW,
            )
        assert "has them told by" in str(refused.value)
        assert refused.value.field == "due_at"

    def test_once_the_day_is_over_a_person_may_give_another_again(self) -> None:
        application = interviewed(ended=timedelta(days=50), due_at=days(1))
        due_at = working_time.after_days(application.calendar, NOW, 3)
        given = change_promise(
            application_id=application.pk, due_at=due_at, reason="The team is away.",
            by=application.requisition.recruiter, now=NOW,
        )  # fmt: skip
        assert given.due_at == due_at

    def test_one_that_was_given_before_the_interview_comes_earlier(self) -> None:
        application = interviewed(due_at=days(70))
        happen_held(application)
        until = outer.outer_date(whole(application), now=NOW)
        assert until is not None
        assert open_one(application).due_at == until.last_due

    def test_without_an_interview_that_was_to_come_it_comes_earlier(self) -> None:
        application = interviewed(ended=timedelta(days=30))
        another = make_interview(application=application, starts_at=days(7))
        application.stage.promise_days = 20
        application.stage.save()
        happen(Event.WROTE, application, NOW)
        held_day = (NOW - timedelta(days=30)).date() + timedelta(days=DAYS)
        assert open_one(application).due_at.date() > held_day
        cancel(interview=another, reason="It is not needed.", by=application.requisition.recruiter, now=NOW)
        until = outer.outer_date(whole(application), now=NOW)
        assert until is not None
        assert (until.day, open_one(application).due_at <= until.last_due) == (held_day, True)

    @pytest.mark.parametrize("days_ago", [44, 45])
    def test_shortly_before_it_the_day_itself_is_the_end(self, days_ago: int) -> None:
        application = interviewed(ended=timedelta(days=days_ago))
        until = outer.outer_date(whole(application), now=NOW)
        assert until is not None
        assert until.last_due <= NOW < until.over_at
        happen(Event.WROTE, application, NOW)
        assert open_one(application).due_at <= until.over_at

    def test_once_it_is_over_dates_go_on(self) -> None:
        application = interviewed(ended=timedelta(days=50))
        happen(Event.WROTE, application, NOW)
        assert open_one(application).due_at > NOW

    @pytest.mark.parametrize("region", ["Ontario", "Quebec"])
    def test_the_note_says_that_nothing_is_decided_and_comes_in_time(self, region: str) -> None:
        application = interviewed(ended=timedelta(days=40), region=region)
        until = outer.outer_date(whole(application), now=NOW)
        happen(Event.WROTE, application, NOW)
        due = open_one(application).due_at
        run_lane("promises", due)
        run_lane("follow-ups", due + timedelta(days=1))
        [note] = mails("promise.holding_note")
        assert ("No decision has been made on your application." in note.text) is (region == "Ontario")
        assert until is None or due < until.over_at - timedelta(days=2)


def happen_held(application: Application) -> None:
    with transaction.atomic():
        engine.keep_within_law(whole(application), by=application.requisition.recruiter, now=NOW)


class TestTheRecord:
    def lines(self, now: datetime = NOW) -> list[tuple[By, str, str]]:
        return [
            (line.stands, line.channel, line.said) for line in queries.told_by_law(make_user("lead"), now=now)
        ]

    def test_who_is_near_and_who_is_missed(self) -> None:
        interviewed(ended=timedelta(days=5))
        interviewed(ended=timedelta(days=38))
        interviewed(ended=timedelta(days=60))
        interviewed(ended=timedelta(days=60), region="Quebec")
        assert [stands for stands, *_ in self.lines()] == [By.MISSED, By.NEAR, By.OPEN]

    def test_a_decision_in_a_talk_is_told(self) -> None:
        application = interviewed(ended=timedelta(days=38))
        by = application.requisition.recruiter
        applications.reject(
            application_id=application.pk, reason="stronger-match", by=by, now=NOW, message=None
        )
        conversation.note_told(
            application_id=application.pk,
            channel=Channel.CALL,
            body="Called.",
            by=by,
            now=NOW + timedelta(hours=1),
        )
        later = NOW + timedelta(hours=2)
        [line] = queries.told_by_law(make_user("lead"), now=later)
        assert (line.stands, line.said, line.who, line.told_at) == (
            By.IN_TIME, "decided", str(by), NOW + timedelta(hours=1),
        )  # fmt: skip

    def test_a_note_that_nothing_is_decided_is_told_once_it_has_left(self) -> None:
        application = interviewed(ended=timedelta(days=40))
        happen(Event.WROTE, application, NOW)
        due = open_one(application).due_at
        run_lane("promises", due)
        run_lane("follow-ups", due + timedelta(days=1))
        left = due + timedelta(days=1)
        assert self.lines(left)[0][0] == By.NEAR
        [note] = mails("promise.holding_note")
        note.state, note.sent_at = "sent", left
        note.save()
        assert self.lines(left) == [(By.IN_TIME, "mail", "undecided")]
        note.sent_at = left + timedelta(days=30)
        note.save()
        assert self.lines(left + timedelta(days=40)) == [(By.LATE, "mail", "undecided")]

    @pytest.mark.parametrize("region", ["Ontario", "Quebec"])
    def test_whose_own_move_it_is_hears_in_time_too_that_nothing_is_decided(self, region: str) -> None:
        application = interviewed(ended=timedelta(days=30), region=region)
        until = outer.outer_date(whole(application), now=NOW)
        with transaction.atomic():
            engine.replace(
                application=whole(application),
                what="A time for your second interview",
                side=Side.CANDIDATE,
                due_at=days(20),
                by=application.requisition.recruiter,
                now=NOW,
            )
        due = open_one(application).due_at
        assert due == (until.last_due if until else days(20))
        run_lane("promises", due)
        run_lane("follow-ups", due + timedelta(days=1))
        [note] = mails("promise.reminder")
        assert ("No decision has been made on your application." in note.text) is (region == "Ontario")
        note.state, note.sent_at = "sent", due + timedelta(days=1)
        note.save()
        told = [(By.IN_TIME, "mail", "undecided")] if region == "Ontario" else []
        assert self.lines(due + timedelta(days=30)) == told

    def test_who_accepted_our_offer_knows_whatever_became_of_its_letter(self) -> None:
        application = interviewed(ended=timedelta(days=60), state="hired")
        Application.objects.filter(pk=application.pk).update(told_at=NOW - timedelta(days=50))
        assert self.lines() == [(By.IN_TIME, "yes", "decided")]

    def test_who_withdrew_need_not_be_told(self) -> None:
        application = interviewed(ended=timedelta(days=30))
        applications.withdraw(application=application, by=application.candidate, reason_text="", now=NOW)
        assert [stands for stands, *_ in self.lines(days(90))] == [By.WITHDREW]

    def test_the_page_the_file_and_for_whom(self, client: Client) -> None:
        application = interviewed(ended=timedelta(days=60))
        candidate = application.candidate
        candidate.first_name, candidate.last_name = "=Robin", "Example"
        candidate.save()
        for role in ("recruiter", "manager", "interviewer", "coordinator"):
            client.force_login(make_user(role))
            assert client.get("/waiting/by-law/").status_code == 403
        client.force_login(make_user("lead"))
        page = client.get("/waiting/by-law/").content.decode()
        assert "Not told, and the day is over" in page
        assert "To be told by law" in client.get("/waiting/").content.decode()
        answer = client.get("/waiting/by-law/?format=csv")
        [head, row] = csv.reader(StringIO(answer.content.decode("utf-8-sig")))
        assert dict(zip(head, row, strict=True)) | {"source": "", "role": ""} == {
            "application": str(application.pk),
            "candidate": "'=Robin Example",
            "role": "",
            "place": "CA-ON",
            "source": "",
            "last_interview": (NOW - timedelta(days=60)).date().isoformat(),
            "until": (NOW - timedelta(days=15)).date().isoformat(),
            "stands": "missed",
            "told_at": "",
            "told_by": "",
            "channel": "",
            "said": "",
        }

    def test_a_house_without_such_a_place_asks_once(self, django_assert_num_queries: Any) -> None:
        interviewed(region="Quebec")
        lead = make_user("lead")
        with django_assert_num_queries(1):
            assert queries.told_by_law(lead, now=NOW) == []


def test_words_that_end_a_promise_say_it_too() -> None:
    application = interviewed(ended=timedelta(days=20))
    approve(application.requisition.organisation)
    for _ in range(3):
        due = open_one(application).due_at
        run_lane("promises", due)
    run_lane("follow-ups", due + timedelta(days=1))
    [letter] = mails("promise.ended")
    assert "No decision has been made on your application." in letter.text
