"""The end of a promise: told plainly after too many broken dates, and owed until a person answers."""

from datetime import timedelta

import pytest
from django.test import Client

from ats.activity.models import Activity
from ats.kernel.errors import WrongState
from ats.organisation.models import HiringOrganisation
from candidates.applications import actions as applications
from candidates.messages import actions as conversation
from candidates.models import FollowUp, Promise
from candidates.promises.actions import change_promise
from candidates.promises.policy import Event
from candidates.promises.queries.owed import dates_of
from requisitions.careers.domain.response_record import figures_of
from tests.candidates.helpers import at_once, hours, mails, open_one, run_lane, story, whole
from tests.candidates.portal.helpers import open_for, text
from tests.candidates.promises.cases import happen, states
from tests.candidates.promises.owing import answer, approve, owing, run_out, waiting
from tests.factories import (
    NOW,
    make_application,
    make_requisition,
    make_user,
)

pytestmark = pytest.mark.django_db


class TestTheEnd:
    def test_after_the_third_broken_date_no_further_one_is_told(self) -> None:
        application = waiting()
        debt, now = owing(application)
        assert states(application) == ["broken", "broken", "broken", "open"]
        lead = Activity.objects.get(verb="promise.words_approved").actor_id
        assert (debt.kind, debt.what, debt.side, debt.owner_id, debt.broken_before) == (
            "debt", "First answer", "recruiter", lead, 3,
        )  # fmt: skip
        run_lane("follow-ups", now + timedelta(days=1))
        [letter] = mails("promise.ended")
        text = " ".join(letter.text.split())
        assert "We have not kept our word to you, and we are sorry." in text
        assert "You owe us nothing. Please do not wait for us" in text
        assert "The new date is" not in text
        assert len(mails("promise.holding_note")) == 0  # the two before were answered by what followed them
        assert FollowUp.objects.filter(step="holding_note").count() == 2

    def test_nothing_goes_out_any_more_and_nothing_closes(self) -> None:
        application = waiting()
        _, now = owing(application)
        run_lane("follow-ups", now + timedelta(days=1))
        before = len(mails("promise.ended"))
        for day in range(1, 90):
            for lane in ("promise-reminders", "promises", "promise-debts", "promise-news", "follow-ups"):
                run_lane(lane, now + timedelta(days=day))
        application.refresh_from_db()
        assert application.state == "active"
        assert states(application) == ["broken", "broken", "broken", "open"]
        assert (before, len(mails("promise.ended")), len(mails("promise.holding_note"))) == (1, 1, 0)

    @pytest.mark.parametrize("most", [1, 2, 5])
    def test_the_number_is_the_organisations(self, most: int) -> None:
        application = waiting()
        HiringOrganisation.objects.update(most_broken_dates=most)
        run_out(application, most - 1)
        assert open_one(application).kind == "stage"
        run_out(application)
        assert open_one(application).kind == "debt"

    def test_an_answer_ends_the_row(self) -> None:
        application = waiting()
        now = run_out(application, 2) + timedelta(hours=1)
        answer(application, now)
        run_out(application, 2)
        assert (open_one(application).kind, open_one(application).broken_before) == ("news", 2)

    def test_their_own_delay_breaks_nothing(self) -> None:
        application = waiting()
        Promise.objects.update(side="candidate", what="Your work sample")
        run_out(application, 2)
        assert open_one(application).kind == "stage"

    def test_who_is_decided_about_is_owed_the_decision(self) -> None:
        application = waiting()
        by = application.requisition.recruiter
        applications.reject(
            application_id=application.pk, reason="stronger-match", by=by, now=NOW, message=None
        )
        for _ in range(4):
            run_lane("promises", Promise.objects.telling().get().due_at)
        assert Promise.objects.telling().get().kind == "stage"
        assert mails("promise.ended") == []


class TestTheLead:
    @pytest.mark.ordinary_day
    def test_hears_at_once_and_every_five_working_days(self) -> None:
        application = waiting()
        debt, now = owing(application)
        run_lane("promise-debts", now)
        [first] = mails("promise.debt")
        assert (first.to, first.subject) == (debt.owner.email, "We owe 1 person an answer")
        assert f"{application.candidate.name}, {application.requisition.title}: First answer" in first.text
        assert "3 broken dates" in first.text
        assert run_lane("promise-debts", debt.due_at - timedelta(seconds=1)) == 0
        run_lane("promise-debts", debt.due_at)
        assert len(mails("promise.debt")) == 2
        again = open_one(application)
        assert (again.pk, again.due_at - debt.due_at) == (
            debt.pk,
            timedelta(days=8),
        )  # five working days, from the next morning on
        assert Activity.objects.filter(verb="promise.still_owed", subject_id=debt.pk).count() == 1

    def test_hears_of_many_in_one_message(self) -> None:
        role = make_requisition()
        approve(role.organisation)
        three = [make_application(requisition=role, due_at=hours(7)) for _ in range(3)]
        now = max(run_out(application, 3) for application in three)
        run_lane("promise-debts", now)
        [mail] = mails("promise.debt")
        assert mail.subject == "We owe 3 people an answer"

    def test_is_the_recruiters_own_where_there_is_one(self) -> None:
        make_user("lead")
        own = make_user("lead")
        application = waiting(requisition=make_requisition(recruiter=make_user("recruiter", manager=own)))
        assert owing(application)[0].owner == own

    def test_who_leaves_hands_it_on(self) -> None:
        from ats.accounts.actions import deactivate

        application = waiting()
        debt, now = owing(application)
        run_lane("promise-debts", now)
        other = make_user("lead")
        deactivate(user_id=debt.owner_id, by=make_user("admin"), now=now)
        assert open_one(application).owner == other
        run_lane("promise-debts", now)
        assert [mail.to for mail in mails("promise.debt")][-1] == other.email

    def test_sees_it_on_their_day(self, client: Client) -> None:
        application = waiting()
        debt, _ = owing(application)
        client.force_login(debt.owner)
        assert application.candidate.name in client.get("/").content.decode()


class TestPaying:
    def test_a_persons_word_pays_it_late(self) -> None:
        application = waiting()
        debt, now = owing(application)
        answer(application, now + timedelta(hours=2))
        debt.refresh_from_db()
        assert debt.state == "broken"
        after = open_one(application)
        assert (after.kind, after.what, after.broken_before, after.waiting_since, after.owner) == (
            "news", "News on the next step", 0, None, application.requisition.recruiter,
        )  # fmt: skip
        said = Activity.objects.get(verb="promise.broken", subject_id=debt.pk)
        assert said.data["answered_late"] is True

    @pytest.mark.parametrize(
        "event", [Event.MOVED, Event.TEMPLATE_SENT, Event.WAS_WRITTEN_TO, Event.UNREACHED, Event.OFFER_ENDED,
                  Event.NEEDS_NO_ANSWER, Event.HELD, Event.SCORED, Event.REVIEWED]
    )  # fmt: skip
    def test_nothing_else_does(self, event: str) -> None:
        application = waiting()
        debt, now = owing(application)
        happen(event, application, now + timedelta(hours=1))
        assert open_one(application).pk == debt.pk

    def test_no_new_date_by_the_form(self) -> None:
        application = waiting()
        _, now = owing(application)
        with pytest.raises(WrongState) as refused:
            change_promise(
                application_id=application.pk,
                due_at=now + timedelta(days=2),
                reason="The team is away.",
                by=application.requisition.recruiter,
                now=now,
            )
        assert str(refused.value) == "A further date is worth nothing to them now: write to them, or call."

    def test_a_question_in_between_is_answered_by_the_same_word(self) -> None:
        application = waiting()
        debt, now = owing(application)
        later = now + timedelta(hours=1)
        conversation.receive(
            candidate=application.candidate, application=application, body="Are you there?", now=later
        )
        assert open_one(application).pk == debt.pk
        answer(application, now + timedelta(hours=2))
        assert open_one(application).kind == "news"

    def test_a_decision_pays_it_once_it_is_told(self) -> None:
        application = waiting()
        debt, now = owing(application)
        by = application.requisition.recruiter
        applications.reject(
            application_id=application.pk, reason="stronger-match", by=by, now=now, message=None
        )
        debt.refresh_from_db()
        assert (debt.state, debt.kind) == ("telling", "debt")
        applications.undo_decision(application_id=application.pk, by=by, now=now + timedelta(minutes=5))
        assert open_one(application).pk == debt.pk
        applications.reject(
            application_id=application.pk, reason="stronger-match", by=by, now=now, message=None
        )
        answer(application, now + timedelta(days=1))
        debt.refresh_from_db()
        assert debt.state == "broken"
        assert not Promise.objects.filter(application=application, state__in=["open", "telling"]).exists()

    def test_who_withdraws_is_owed_nothing_more(self) -> None:
        application = waiting()
        debt, now = owing(application)
        applications.withdraw(application=application, by=application.candidate, reason_text="", now=now)
        debt.refresh_from_db()
        assert debt.state == "released"

    def test_it_counts_in_the_record_while_it_is_open_and_afterwards(self) -> None:
        application = waiting()
        _, now = owing(application)
        organisation = application.requisition.organisation
        open_yet = figures_of(organisation, now=now)
        assert (open_yet.promises, open_yet.kept) == (4, 0)
        answer(application, now + timedelta(hours=1))
        after = figures_of(organisation, now=now + timedelta(hours=2))
        assert (after.promises, after.kept) == (4, 0)
        assert dates_of(whole(application)) == (3, 0)

    @pytest.mark.race
    @pytest.mark.django_db(transaction=True)
    def test_two_who_answer_at_once_pay_one_debt(self) -> None:
        application = waiting()
        debt, now = owing(application)
        at_once(*(lambda: answer(application, now + timedelta(hours=1)) for _ in range(2)))
        debt.refresh_from_db()
        assert debt.state == "broken"
        assert Activity.objects.filter(verb="promise.broken", subject_id=debt.pk).count() == 1
        assert len(Promise.objects.open().filter(application=application)) == 1


class TestWhatTheySee:
    def test_the_page_names_no_day(self, client: Client) -> None:
        application = waiting()
        debt, now = owing(application)
        page = text(client.get(open_for(application.candidate, now=now)))
        assert "We have not kept our word to you, and we are sorry." in page
        assert "You owe us nothing: please do not wait for us." in page
        assert f"{debt.due_at.day} {debt.due_at:%B}" not in page
        assert story(application)[-1] == ("First answer", "open")
