"""The end of a promise: told plainly after too many broken dates, and owed until a person answers."""

from datetime import datetime, timedelta

import pytest
from django.test import Client

from ats.activity.models import Activity
from ats.kernel.errors import NotAllowed, WrongState
from ats.mail.models import MailTemplate
from ats.organisation.models import HiringOrganisation
from candidates.applications import actions as applications
from candidates.messages import actions as conversation
from candidates.messages.models import Channel
from candidates.models import Application, FollowUp, Promise
from candidates.promises import actions, queries
from candidates.promises.actions import change_promise
from candidates.promises.pages.cards import dates_of
from candidates.promises.policy import Event
from requisitions.careers.domain.response_record import figures_of
from tests.candidates.helpers import at_once, hours, mails, open_one, run_lane, story, whole
from tests.candidates.portal.helpers import open_for, text
from tests.candidates.promises.cases import happen, states
from tests.factories import (
    NOW,
    make_application,
    make_candidate,
    make_organisation,
    make_requisition,
    make_user,
)

pytestmark = pytest.mark.django_db


def approve(organisation: HiringOrganisation) -> None:
    seen = [text.digest for text in queries.texts(organisation)]
    actions.approve_words(organisation_id=organisation.pk, seen=seen, by=make_user("lead"), now=NOW)


def waiting(*, approved: bool = True, **facts: object) -> Application:
    """Somebody whose first date runs out today at five."""
    application = make_application(due_at=hours(7), **facts)
    if approved:
        approve(application.requisition.organisation)
    return application


def run_out(application: Application, times: int = 1) -> datetime:
    """So many dates pass, one after the other; when the last one did."""
    now = NOW
    for _ in range(times):
        now = open_one(application).due_at
        run_lane("promises", now)
    return now


def owing(application: Application) -> tuple[Promise, datetime]:
    now = run_out(application, 3)
    return open_one(application), now


def answer(application: Application, now: datetime) -> None:
    by = application.requisition.recruiter
    conversation.note_told(
        application_id=application.pk, channel=Channel.CALL, body="Called.", by=by, now=now
    )


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


class TestWords:
    def test_without_approved_words_dates_go_on_and_the_leads_are_asked_once_a_month(self) -> None:
        lead = make_user("lead")
        application = waiting(approved=False)
        for _ in range(4):
            now = run_out(application)
            run_lane("promise-news", now)
        assert (open_one(application).kind, open_one(application).broken_before) == ("stage", 4)
        asked = {(mail.to, mail.created_at.month) for mail in mails("promise.words_wanted")}
        assert asked == {(lead.email, mail.created_at.month) for mail in mails("promise.words_wanted")}
        assert 1 <= len(mails("promise.words_wanted")) <= 2  # two where the month ends in between
        approve(application.requisition.organisation)
        run_out(application)
        assert open_one(application).kind == "debt"

    def test_changed_words_want_another_yes(self) -> None:
        application = waiting()
        own = MailTemplate.objects.create(
            organisation=application.requisition.organisation,
            role="promise.ended",
            language="en",
            subject="Sorry",
            body="Hello {{ candidate.first_name }}, we did not keep our word.",
        )
        run_out(application, 3)
        assert open_one(application).kind == "stage"
        own.delete()
        run_out(application)
        assert open_one(application).kind == "debt"

    def test_each_language_by_itself(self) -> None:
        application = waiting(approved=False, candidate=make_candidate(language="de"))
        organisation = application.requisition.organisation
        texts = {text.words.language: text.digest for text in queries.texts(organisation)}
        assert sorted(texts) == ["de", "en", "es", "fr"]
        lead = make_user("lead")
        actions.approve_words(organisation_id=organisation.pk, seen=[texts["en"]], by=lead, now=NOW)
        run_out(application, 3)
        assert open_one(application).kind == "stage"
        assert actions.approve_words(
            organisation_id=organisation.pk, seen=[texts["de"], texts["en"]], by=lead, now=NOW
        ) == 1  # fmt: skip
        now = run_out(application)
        run_lane("follow-ups", now + timedelta(days=1))
        [letter] = mails("promise.ended")
        assert "Wir haben unser Wort Ihnen gegenüber nicht gehalten" in " ".join(letter.text.split())

    def test_of_another_organisation_they_say_nothing_here(self) -> None:
        application = waiting(approved=False)
        approve(make_organisation())
        run_out(application, 3)
        assert open_one(application).kind == "stage"

    @pytest.mark.parametrize("role", ["recruiter", "manager", "coordinator", "interviewer"])
    def test_only_who_oversees_approves(self, role: str, client: Client) -> None:
        organisation = make_organisation()
        seen = [text.digest for text in queries.texts(organisation)]
        person = make_user(role)
        with pytest.raises(NotAllowed):
            actions.approve_words(organisation_id=organisation.pk, seen=seen, by=person, now=NOW)
        client.force_login(person)
        assert client.get("/settings/promises/").status_code == 403
        assert (
            client.post(f"/settings/promises/{organisation.pk}/approve/", {"seen": seen}).status_code == 403
        )
        assert [text.approved for text in queries.texts(organisation)] == [None] * len(seen)

    def test_words_that_changed_while_one_read_them_are_not_approved(self) -> None:
        organisation = make_organisation()
        seen = [text.digest for text in queries.texts(organisation)]
        MailTemplate.objects.create(
            organisation=organisation, role="promise.ended", language="en", subject="A", body="B"
        )
        with pytest.raises(WrongState):
            actions.approve_words(organisation_id=organisation.pk, seen=seen, by=make_user("lead"), now=NOW)
        assert not any(text.approved for text in queries.texts(organisation))

    def test_the_page_shows_each_text_and_takes_the_yes(self, client: Client) -> None:
        lead, organisation = make_user("lead"), make_organisation()
        client.force_login(lead)
        page = client.get("/settings/promises/").content.decode()
        assert page.count('name="seen"') == 4
        assert "Until these words are approved" in page
        seen = [text.digest for text in queries.texts(organisation)]
        answer = client.post(f"/settings/promises/{organisation.pk}/approve/", {"seen": seen})
        assert answer.headers["Location"] == f"/settings/promises/?organisation={organisation.pk}"
        page = client.get(answer.headers["Location"]).content.decode()
        assert (page.count('name="seen"'), page.count(f"approved by {lead.name}")) == (0, 4)
        assert "After 3 broken dates in a row" in page


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


class TestAsking:
    def test_once_and_the_lead_hears_too(self, client: Client) -> None:
        lead = make_user("lead")
        application = waiting()
        now = run_out(application)
        page = open_for(application.candidate, now=now)
        assert "Ask where it is" in text(client.get(page))
        address = f"{page}asked/{application.pk}/"
        assert client.post(address).headers["Location"] == f"{page}?done=asked"
        assert client.post(address).headers["Location"] == f"{page}?done=asked"
        owner = application.requisition.recruiter
        leads = {person.email for person in (lead, owner)}
        assert sorted(mail.to for mail in mails("promise.asked_after")) == sorted(leads)
        shown = text(client.get(f"{page}?done=asked"))
        assert "Whoever owes you the answer has heard, and so has who leads them." in shown
        assert "You asked where our answer is" in shown
        assert "Ask where it is" not in shown

    def test_another_broken_date_does_not_ask_again_but_an_answer_does(self) -> None:
        application = waiting()
        now = run_out(application)
        ask = {"application": application, "candidate": application.candidate}
        assert actions.ask_after(**ask, now=now) is True
        now = run_out(application)
        assert actions.ask_after(**ask, now=now) is False
        answer(application, now)
        now = run_out(application)
        assert actions.ask_after(**ask, now=now) is True

    def test_not_before_a_date_has_passed_nor_about_their_own_move(self, client: Client) -> None:
        application = waiting()
        page = open_for(application.candidate, now=NOW)
        Promise.objects.update(due_at=NOW + timedelta(days=4000))
        assert "Ask where it is" not in text(client.get(page))
        with pytest.raises(WrongState):
            actions.ask_after(application=application, candidate=application.candidate, now=NOW)
        assert client.post(f"{page}asked/{application.pk}/").headers["Location"] == f"{page}?done=answered"
        Promise.objects.update(side="candidate", due_at=NOW + timedelta(minutes=1))
        with pytest.raises(WrongState):
            actions.ask_after(application=application, candidate=application.candidate, now=hours(1))
        assert mails("promise.asked_after") == []

    def test_of_somebody_else_there_is_nothing(self, client: Client) -> None:
        application, other = waiting(), make_application(due_at=hours(7))
        page = open_for(application.candidate, now=NOW)
        assert client.post(f"{page}asked/{other.pk}/").status_code == 404
        assert client.get(f"{page}asked/{application.pk}/").headers["Location"] == page
        assert mails("promise.asked_after") == []

    def test_a_decision_that_nobody_told_looks_the_same(self, client: Client) -> None:
        application = waiting()
        run_out(application)
        by = application.requisition.recruiter
        applications.reject(
            application_id=application.pk, reason="stronger-match", by=by, now=hours(8), message=None
        )
        page = open_for(application.candidate, now=hours(9))
        assert "Ask where it is" in text(client.get(page))
        assert client.post(f"{page}asked/{application.pk}/").headers["Location"] == f"{page}?done=asked"

    @pytest.mark.race
    @pytest.mark.django_db(transaction=True)
    def test_two_clicks_at_once_ask_once(self) -> None:
        application = waiting()
        now = run_out(application)

        def ask() -> bool:
            return actions.ask_after(application=application, candidate=application.candidate, now=now)

        assert sorted(at_once(ask, ask)) == [False, True]
        assert Activity.objects.filter(verb="promise.asked_after").count() == 1
