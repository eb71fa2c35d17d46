"""Candidates ask where an answer is: once, behind a date that passed, and the lead hears too."""

from datetime import timedelta

import pytest
from django.test import Client

from ats.activity.models import Activity
from ats.kernel.errors import WrongState
from candidates.applications import actions as applications
from candidates.models import Promise
from candidates.promises import actions
from tests.candidates.helpers import at_once, hours, mails
from tests.candidates.portal.helpers import open_for, text
from tests.candidates.promises.owing import answer, run_out, waiting
from tests.factories import (
    NOW,
    make_application,
    make_user,
)

pytestmark = pytest.mark.django_db


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
