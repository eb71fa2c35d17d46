"""A view from the mail, without a sign-in: for its reader alone, once, and never where it is not allowed."""

import logging
import re
from datetime import timedelta

import pytest
from allauth.mfa.models import Authenticator
from django.test import Client

from ats.accounts import actions as accounts
from ats.accounts.actions import change_policy
from ats.accounts.models import Role
from ats.activity.models import Activity
from ats.by_mail import actions as by_mail
from ats.by_mail.models import MailKey
from ats.kernel.logs import without_keys
from ats.mail.models import OutgoingMail
from candidates.models import Review
from candidates.reviews import actions
from requisitions.models import Requisition
from requisitions.roles import actions as roles
from tests import factories as make
from tests.factories import NOW

pytestmark = pytest.mark.django_db
LINK = re.compile(r"http://testserver(/by-mail/[\w-]+/)")


@pytest.fixture
def role():
    made = make.make_requisition(must_haves=("Python",))
    allow(made)
    return made


def allow(role, allowed=True):
    type(role.organisation).objects.filter(pk=role.organisation_id).update(acts_by_mail=allowed)
    role.organisation.refresh_from_db()


def put_forward(role, number=1):
    people = [make.make_application(requisition=role) for _ in range(number)]
    actions.ask(application_ids=[person.pk for person in people], by=role.recruiter, now=NOW)
    return people


def mail():
    return OutgoingMail.objects.filter(role="reviews.slate").latest("pk")


def link():
    found = LINK.search(mail().text)
    return found[1] if found else ""


def given(role, verdict="yes", reason="Has led two migrations like ours."):
    must = role.criteria.get().pk
    return {"verdict": verdict, "reason": reason, f"met_{must}": "yes", f"text_{must}": ""}


def test_looking_changes_nothing_and_sending_answers_once(role):
    (person,) = put_forward(role)
    stranger = Client()
    page = stranger.get(link())
    assert page.status_code == 200
    assert (page["Cache-Control"], page["Referrer-Policy"]) == ("private, no-store", "no-referrer")
    assert person.candidate.name in page.content.decode()
    assert stranger.head(link()).status_code == 200
    assert Review.objects.get().state == "open"

    assert stranger.post(link(), given(role, reason="")).status_code == 422
    assert stranger.post(link(), given(role)).status_code == 200
    review = Review.objects.get()
    assert (review.state, review.verdict) == ("answered", "yes")
    said = Activity.objects.get(verb="review.answered")
    assert (said.actor_id, said.channel) == (role.hiring_manager.pk, "mail")

    again = stranger.post(link(), given(role, verdict="no"))
    assert again.status_code == 410
    assert "Has led two migrations like ours." in again.content.decode()
    assert Review.objects.get().verdict == "yes"
    assert "sessionid" not in stranger.cookies


def test_it_leads_on_to_the_next_of_the_slate_with_a_key_of_its_own(role):
    put_forward(role, 2)
    browser, first = Client(), link()
    done = browser.post(first, given(role)).content.decode()
    (further,) = LINK.findall(done)
    assert further != first
    assert browser.post(further, given(role, verdict="no")).status_code == 200
    assert sorted(Review.objects.values_list("verdict", flat=True)) == ["no", "yes"]
    assert MailKey.objects.filter(used_at__isnull=True).count() == 0


def test_only_the_hash_is_kept_and_the_mail_forgets_the_link_when_it_has_left(role):
    put_forward(role)
    token = link().split("/")[2]
    assert len(token) == 43
    key = MailKey.objects.get()
    assert token not in str(vars(key))
    assert key.expires_at == NOW + by_mail.VALID_FOR
    assert without_keys(f"GET {link()} 200") == "GET /by-mail/…/ 200"


@pytest.mark.parametrize("why", ["organisation", "confidential", "policy", "second step"])
def test_where_it_is_not_allowed_the_mail_leads_to_the_sign_in(role, why):
    if why == "organisation":
        allow(role, False)
    elif why == "confidential":
        Requisition.objects.filter(pk=role.pk).update(confidential=True)
    elif why == "policy":
        admin = make.make_user(Role.ADMIN)
        change_policy(second_step_roles=[Role.MANAGER], idle_minutes=0, by=admin, now=NOW)
    else:
        Authenticator.objects.create(user=role.hiring_manager, type=Authenticator.Type.TOTP, data={})
    put_forward(role)
    assert (link(), MailKey.objects.count()) == ("", 0)
    assert "http://testserver/reviews/" in mail().text


def refused(role, status=410):
    answer = Client().post(link(), given(role))
    assert (answer.status_code, Review.objects.filter(state="answered").count()) == (status, 0)
    return answer.content.decode()


def test_it_runs_out(role, time_machine):
    put_forward(role)
    time_machine.move_to(NOW + by_mail.VALID_FOR - timedelta(seconds=60))
    assert Client().get(link()).status_code == 200
    time_machine.move_to(NOW + by_mail.VALID_FOR + timedelta(seconds=1))
    refused(role)


def test_it_ends_with_sessions_passwords_and_access(role):
    put_forward(role)
    admin = make.make_user(Role.ADMIN)
    accounts.end_sessions(user_id=role.hiring_manager.pk, by=admin, now=NOW)
    refused(role)


def test_it_ends_when_the_access_does_and_does_not_come_back_with_it(role):
    put_forward(role)
    admin = make.make_user(Role.ADMIN)
    successor = make.make_user(Role.MANAGER)
    first = link()
    accounts.deactivate(
        user_id=role.hiring_manager.pk, by=admin, now=NOW, successors={"manager": successor.pk}
    )
    assert Client().get(first).status_code == 404
    accounts.reactivate(user_id=role.hiring_manager.pk, by=admin, now=NOW)
    assert Client().get(first).status_code == 410


def test_who_is_not_the_manager_any_more_answers_no_more(role):
    (person,) = put_forward(role)
    first = link()
    successor = make.make_user(Role.MANAGER)
    roles.change_requisition(requisition_id=role.pk, by=role.recruiter, now=NOW, hiring_manager=successor)
    said = Client().get(first)
    assert said.status_code == 410
    assert person.candidate.last_name not in said.content.decode()
    assert link() != first  # the successor has their own


def test_a_role_that_became_confidential_opens_with_a_sign_in_alone(role):
    (person,) = put_forward(role)
    Requisition.objects.filter(pk=role.pk).update(confidential=True)
    assert person.candidate.last_name not in refused(role)


def test_a_candidate_who_left_is_not_shown_any_more(role):
    (person,) = put_forward(role)
    from candidates.applications import actions as applications

    applications.withdraw(application=person, by=person.candidate, reason_text="", now=NOW)
    assert person.candidate.last_name not in refused(role)


@pytest.mark.parametrize("token", ["x" * 43, "short", "x" * 5000])
def test_another_key_opens_nothing_and_that_is_in_the_log_without_it(role, token, caplog):
    put_forward(role)
    with caplog.at_level(logging.WARNING, logger="ats.refused"):
        assert Client().get(f"/by-mail/{token}/").status_code == 404
    assert [record.getMessage()[:14] for record in caplog.records if record.name == "ats.refused"] == [
        "404 GET /by-ma"
    ]
    assert token not in caplog.text


def test_a_newer_link_for_the_same_thing_ends_the_one_before(role):
    put_forward(role)
    first, review = link(), Review.objects.get()
    newer = by_mail.link(
        "review",
        subject_id=review.pk,
        user=role.hiring_manager,
        organisation=role.organisation,
        confidential=False,
        now=NOW,
    )
    assert Client().get(first).status_code == 410
    assert Client().get(newer.removeprefix("http://testserver")).status_code == 200


def test_one_partners_link_does_nothing_about_anybody_else(role):
    """The key says about whom: nothing that is sent along changes that."""
    put_forward(role)
    first = link()
    other = make.make_requisition(must_haves=("Go",))
    allow(other)
    put_forward(other)
    theirs = Review.objects.get(application__requisition=other)
    answer = Client().post(first, given(role) | {"review_id": theirs.pk, "subject_id": theirs.pk})
    assert answer.status_code == 200
    theirs.refresh_from_db()
    assert theirs.state == "open"


def test_too_many_tries_have_to_wait(role):
    put_forward(role)
    browser, answers = Client(), set()
    for _ in range(31):
        answers.add(browser.get(link()).status_code)
    assert answers == {200, 429}


def test_unlawful_words_are_refused_and_the_link_stays(role):
    put_forward(role)
    answer = Client().post(link(), given(role, verdict="no", reason="Too old for this team."))
    assert answer.status_code == 422
    assert Client().get(link()).status_code == 200
