"""What approvers see: behind the link of the mail without signing in, and in the house."""

import re

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from ats.accounts.actions import keys
from ats.accounts.models import Role
from ats.activity.models import Activity
from ats.approvals import actions, queries
from ats.approvals.domain import links
from ats.approvals.domain.changes import Change
from ats.approvals.models import Approval, ApprovalChain
from ats.mail.models import OutgoingMail
from tests import factories as make
from tests.ats.approvals.conftest import of
from tests.candidates.helpers import at_once
from tests.factories import NOW

pytestmark = pytest.mark.django_db
BOSS = {"part": "boss"}


@pytest.fixture(autouse=True)
def _today():
    with time_machine.travel(NOW, tick=False):
        yield


def link_in(mail):
    return re.search(r"http\S+", mail.text)[0]


def path_in(mail, settings):
    address = link_in(mail)
    assert address.startswith(settings.BASE_URL + "/approvals/mail/")
    return address.removeprefix(settings.BASE_URL)


def test_the_link_shows_the_facts_changes_nothing_and_answers_once(client, house, settings):
    house.chain((1, BOSS))
    request = house.ask()
    mail = OutgoingMail.objects.get()
    path = path_in(mail, settings)
    token = path.split("/")[-2]
    assert Approval.objects.filter(token_hash__contains=token).count() == 0
    for _ in range(2):
        page = client.get(path)
        assert page.status_code == 200
        assert page["Referrer-Policy"] == "no-referrer"
        assert page["Cache-Control"] == "private, no-store"
        assert "300 EUR" in page.content.decode()
    assert of(request, house.boss).state == "open"
    empty = client.post(path, {"answer": "no", "note": " "})
    assert (empty.status_code, of(request, house.boss).state) == (422, "open")
    assert "Say in a few words why" in empty.content.decode()
    assert client.post(path, {}).status_code == 422
    done = client.post(path, {"answer": "yes", "note": "Go ahead"})
    assert "Everything that was needed is approved." in done.content.decode()
    approval = of(request, house.boss)
    assert (approval.state, approval.note) == ("approved", "Go ahead")
    again = client.post(path, {"answer": "no", "note": "Or not"})
    assert "You approved" in again.content.decode()
    # What they wrote meanwhile is not lost.
    assert "What you wrote was not sent" in again.content.decode()
    assert "<p>Or not</p>" in again.content.decode()
    assert "300 EUR" not in again.content.decode()
    request.refresh_from_db()
    assert request.state == "approved"


def test_a_further_version_says_what_has_changed_since_one_s_own_answer(client, house, settings):
    house.chain((1, BOSS))
    first = house.ask(facts=[("Price", "300 EUR"), ("Colour", "Red")])
    assert queries.since(of(first, house.boss)) is None
    actions.approve(approval_id=of(first, house.boss).pk, by=house.boss, now=NOW)
    second = house.ask(version=2, facts=[("Price", "310 EUR"), ("Size", "Large")])
    found = queries.since(of(second, house.boss))
    assert found == queries.Since(
        "you approved",
        NOW,
        [Change("Price", "300 EUR", "310 EUR"), Change("Size", "", "Large"), Change("Colour", "Red", "")],
    )
    path = path_in(OutgoingMail.objects.filter(role="approvals.asked").latest("pk"), settings)
    client.force_login(house.boss, backend="allauth.account.auth_backends.AuthenticationBackend")
    for address in (path, reverse("approval", args=[second.pk])):
        shown = client.get(address).content.decode()
        assert ("What has changed" in shown, "instead of 300 EUR" in shown) == (True, True)
    # whom it is passed on to has answered nothing yet: for them it is what was approved before
    heir = actions.delegate(approval_id=of(second, house.boss).pk, to=house.pay, by=house.boss, now=NOW)
    assert queries.since(heir).what == "was approved before"
    actions.send_back(approval_id=heir.pk, reason="Dear", by=house.pay, now=NOW)
    third = house.ask(version=3, facts=[("Price", "305 EUR"), ("Size", "Large")])
    found = queries.since(of(third, house.boss))
    assert [found.what, *found.changes][:2] == ["you approved", Change("Price", "300 EUR", "305 EUR")]


def test_links_that_ran_out_were_passed_on_or_are_turned_off(client, house, settings):
    chain = house.chain((1, BOSS))
    request = house.ask()
    path = path_in(OutgoingMail.objects.get(), settings)
    with time_machine.travel(NOW + links.VALID_FOR, tick=False):
        assert client.get(path).status_code == 410
        assert client.post(path, {"answer": "yes"}).status_code == 410
        actions.remind(approval_id=of(request, house.boss).pk, by=house.asker, now=NOW + links.VALID_FOR)
        assert client.get(path).status_code == 200
    actions.delegate(approval_id=of(request, house.boss).pk, to=house.pay, by=house.boss, now=NOW)
    assert "passed" in client.get(path).content.decode()
    theirs = path_in(OutgoingMail.objects.get(to=house.pay.email), settings)
    assert client.get(theirs).status_code == 200
    ApprovalChain.objects.filter(pk=chain.pk).update(mail_links=False)
    assert client.post(theirs, {"answer": "yes"}).status_code == 404
    assert client.get(reverse("approval_by_link", args=["nonsense"])).status_code == 404
    assert of(request, house.pay).state == "open"
    house.ask(subject=8)
    inside = OutgoingMail.objects.filter(to=house.boss.email, role="approvals.asked").latest("pk")
    other = of_subject(8)
    assert link_in(inside) == f"{settings.BASE_URL}/approvals/{other}/"


def of_subject(number):
    return Approval.objects.filter(request__subject_id=number).latest("pk").request_id


def test_sending_back_by_link_and_who_has_left(client, house, settings):
    house.chain((1, BOSS), (1, {"person": house.pay}))
    request = house.ask()
    ours, theirs = (
        path_in(OutgoingMail.objects.get(to=user.email), settings) for user in (house.boss, house.pay)
    )
    answer = client.post(theirs, {"answer": "no", "note": "Too dear."})
    assert "has your reason" in answer.content.decode()
    assert "not needed any more" in client.get(ours).content.decode()
    assert of(request, house.pay).note == "Too dear."
    house.boss.is_active = False
    house.boss.save()
    assert client.get(ours).status_code == 404


def test_one_who_asks_too_often_waits(client, house, monkeypatch):
    monkeypatch.setattr("ats.approvals.pages.public.views.RATE", "2/hour")
    path = reverse("approval_by_link", args=["nonsense"])
    assert [client.get(path).status_code for _ in range(3)] == [404, 404, 429]


def test_the_list_and_the_page_of_one(client, house):
    house.chain((1, BOSS | {"label": "Budget"}), (2, {"role": "lead"}))
    request = house.ask()
    client.force_login(house.boss)
    page = client.get("/approvals/").content.decode()
    assert "1 question waits for your yes or no." in page
    address = f"/approvals/{request.pk}/"
    assert address in page
    shown = client.get(address).content.decode()
    for said in ("300 EUR", "Rob Recruiter asks for your approval (Budget)", "Lea Lead", "Not yet asked"):
        assert said in shown
    assert client.post(address, {"answer": "no"}).status_code == 422
    refused = client.post(f"{address}pass-on/", {"to": house.asker.pk})
    assert (refused.status_code, of(request, house.boss).state) == (422, "open")
    passed = client.post(f"{address}pass-on/", {"to": house.pay.pk})
    assert (passed.status_code, of(request, house.pay).state) == (302, "open")
    again = client.post(address, {"answer": "yes"})
    assert (again.status_code, again["Location"]) == (302, address)
    client.force_login(house.asker)
    assert "Waiting for Pia Pay" in client.get("/approvals/").content.decode()
    approval = of(request, house.pay)
    assert "Remind" in client.get(address).content.decode()
    assert client.post(f"{address}remind/", {"approval": approval.pk}).status_code == 302
    assert OutgoingMail.objects.filter(role="approvals.reminder").count() == 1
    assert client.post(f"{address}remind/", {"approval": "x"}).status_code == 404
    client.force_login(house.pay)
    assert client.post(address, {"answer": "yes"}).status_code == 302
    client.force_login(make.make_user(Role.RECRUITER))
    assert client.get(address).status_code == 404
    client.force_login(house.lead)
    assert client.get(address).status_code == 200


def test_a_page_costs_the_same_for_one_and_for_many(client, house):
    house.chain((1, BOSS), (1, {"role": "lead"}), (2, {"person": house.pay}))
    requests = [house.ask()]
    client.force_login(house.lead)

    def cost(path):
        with CaptureQueriesContext(connection) as queries:
            client.get(path)
        return len(queries)

    cost("/approvals/")  # the first page of a session notes it
    one = {path: cost(path) for path in ("/approvals/", f"/approvals/{requests[0].pk}/")}
    requests += [house.ask(subject=number) for number in range(20, 25)]
    for _ in range(5):
        lead = make.make_user(Role.LEAD)
    many = house.ask(subject=30)
    assert lead.pk in many.approvals.values_list("approver", flat=True)
    assert cost("/approvals/") == one["/approvals/"]
    assert cost(f"/approvals/{many.pk}/") == one[f"/approvals/{requests[0].pk}/"]
    client.force_login(house.asker)
    cost("/approvals/")
    one_asked = cost("/approvals/")
    house.ask(subject=40)
    assert cost("/approvals/") == one_asked


def test_my_day_and_the_partners_page_say_what_waits(client, house):
    house.chain((1, BOSS), (1, {"role": "lead"}))
    request = house.ask()
    client.force_login(house.lead)
    day = client.get("/").content.decode()
    assert "Your approval" in day
    assert f"/approvals/{request.pk}/" in day
    client.force_login(house.boss)
    assert "1 question waits for your approval." in client.get("/partners/dashboard/").content.decode()
    client.force_login(house.pay)
    assert "for your approval" not in client.get("/partners/dashboard/").content.decode()


def test_what_still_waits_comes_before_what_was_settled(house):
    house.chain((1, BOSS))
    waits = house.ask(subject=1)
    for number in range(queries.RECENT):
        request = house.ask(subject=2 + number)
        actions.approve(approval_id=of(request, house.boss).pk, by=house.boss, now=NOW)
    shown = list(queries.asked_by(house.asker))
    assert (len(shown), shown[0], shown[0].open_now) == (queries.RECENT, waits, [of(waits, house.boss)])


@pytest.mark.race
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("by_mail", [True, False])
def test_ten_times_yes_is_one_yes(house, settings, by_mail):
    house.chain((1, BOSS))
    request = house.ask()
    path = (
        path_in(OutgoingMail.objects.get(), settings) if by_mail else reverse("approval", args=[request.pk])
    )
    clients = [Client(raise_request_exception=False) for _ in range(10)]
    for client in clients if not by_mail else []:
        client.force_login(house.boss)
    answers = at_once(
        *(lambda client=client: client.post(path, {"answer": "yes", "note": ""}) for client in clients)
    )
    assert {answer.status_code for answer in answers} <= {200, 302, 422}
    told = {answer.content.decode() for answer in answers if answer.status_code == 422}
    assert all("You have approved this already." in page for page in told), told
    assert Activity.objects.filter(verb="approval.approved").count() == 1
    assert of(request, house.boss).state == "approved"
    again = clients[0].post(path, {"answer": "yes", "note": ""})
    assert again.status_code == (200 if by_mail else 302)


@pytest.mark.parametrize("how", ["changed", "set anew by mail", "sessions ended"])
def test_the_link_ends_with_the_password_and_a_reminder_brings_another(client, house, settings, how):
    house.chain((1, BOSS))
    request = house.ask()
    approval = of(request, house.boss)
    first = path_in(OutgoingMail.objects.get(), settings)
    if how == "changed":
        client.force_login(house.boss)
        new = "a heron over the lake"
        fields = {"oldpassword": make.PASSWORD, "password1": new, "password2": new}
        assert client.post(reverse("account_change_password"), fields).status_code in {200, 302}
    elif how == "set anew by mail":
        keys.end_with_the_password(house.boss, where={"ip": "", "device": ""}, now=NOW)
    else:
        keys.end_keys(house.boss, by=None, now=NOW)
    assert Client().get(first).status_code == 404
    actions.remind(approval_id=approval.pk, by=house.asker, now=NOW)
    second = path_in(OutgoingMail.objects.filter(role="approvals.reminder").get(), settings)
    assert (Client().get(first).status_code, Client().get(second).status_code) == (404, 200)
