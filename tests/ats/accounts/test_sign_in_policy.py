"""What the house asks of everybody's sign-in: a second step by role, and an end of sessions that rest."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from allauth.mfa.models import Authenticator
from django.test import Client
from django.utils import timezone

from ats.accounts import actions
from ats.accounts.actions import access
from ats.accounts.models import Role, SignInPolicy, User
from ats.activity.models import Activity
from ats.kernel import clock
from ats.kernel.errors import NotAllowed
from partners.partnerships.actions import begin
from tests.ats.accounts.test_sign_in import code_of
from tests.clock import NOW
from tests.factories import PASSWORD, make_requisition, make_user

pytestmark = pytest.mark.django_db
SignedIn = Callable[[User], Client]
PAGE = "/accounts/profile/"


def ask_for(admin: User, *roles: str, idle: int = 720) -> None:
    actions.change_policy(second_step_roles=roles, idle_minutes=idle, by=admin, now=timezone.now())


def sign_in(user: User) -> Client:
    browser = Client()
    browser.post("/accounts/login/", {"login": user.email, "password": PASSWORD})
    return browser


def goes(browser: Client, path: str = PAGE, **more: Any) -> tuple[int, str]:
    answer = browser.get(path, **more)
    return answer.status_code, answer.get("Location", answer.get("HX-Redirect", ""))


def test_who_has_no_second_step_is_led_to_set_one_up(
    admin: User, django_capture_on_commit_callbacks: Any
) -> None:
    ask_for(admin, Role.RECRUITER)
    recruiter, manager = make_user(Role.RECRUITER), make_user(Role.MANAGER)
    theirs, others = sign_in(recruiter), sign_in(manager)

    assert goes(theirs) == (302, "/accounts/2fa/")
    assert goes(theirs, headers={"HX-Request": "true"}) == (204, "/accounts/2fa/")
    assert goes(theirs, "/api/v1/requisitions/") == (403, "")
    assert goes(others) == (200, "")
    notice = "Your role needs a second step to sign in."
    assert notice in theirs.get("/accounts/2fa/").content.decode()

    theirs.post("/accounts/reauthenticate/", {"password": PASSWORD})
    secret = theirs.get("/accounts/2fa/totp/activate/").context["form"].secret
    with django_capture_on_commit_callbacks(execute=True):
        theirs.post("/accounts/2fa/totp/activate/", {"code": code_of(secret)})
    assert goes(theirs) == (200, "")
    assert notice not in theirs.get("/accounts/2fa/").content.decode()
    assert goes(sign_in(recruiter)) == (
        302,
        "/accounts/login/?next=/accounts/profile/",
    )  # a code is asked for


def test_turning_it_off_leads_back(admin: User, django_capture_on_commit_callbacks: Any) -> None:
    ask_for(admin, Role.RECRUITER)
    user = make_user(Role.RECRUITER)
    app = Authenticator.objects.create(user=user, type="totp", data={"secret": "x"})
    browser = Client()
    browser.force_login(user)
    assert goes(browser) == (200, "")

    browser.post("/accounts/reauthenticate/", {"password": PASSWORD})
    with django_capture_on_commit_callbacks(execute=True):
        browser.post("/accounts/2fa/totp/deactivate/")

    assert (Authenticator.objects.filter(pk=app.pk).count(), goes(browser)) == (0, (302, "/accounts/2fa/"))


def test_who_is_signed_in_already_is_led_there_within_a_minute(admin: User) -> None:
    browser = sign_in(make_user(Role.RECRUITER))
    browser.get(PAGE)
    ask_for(admin, Role.RECRUITER)

    with time_machine.travel(NOW + timedelta(minutes=2), tick=True):
        browser.get(PAGE)
        assert goes(browser) == (302, "/accounts/2fa/")
        ask_for(admin)
    with time_machine.travel(NOW + timedelta(minutes=4), tick=True):
        browser.get("/accounts/2fa/")
        assert goes(browser) == (200, "")


def test_who_accepts_an_invitation_is_led_there(admin: User) -> None:
    ask_for(admin, Role.COORDINATOR)
    invitation = actions.invite(
        email="new@example.com", name="New", role="coordinator", by=admin, now=timezone.now()
    )
    from ats.accounts.domain import invitation as links

    token = links.new_token()
    invitation.token_hash = links.hash_of(token)
    invitation.save()
    browser = Client()
    browser.post(f"/accounts/invitation/{token}/", {"name": "New", "password": "a heron over the lake"})

    assert goes(browser) == (302, "/accounts/2fa/")


def test_a_session_ends_when_it_rests(admin: User) -> None:
    ask_for(admin, idle=30)
    user = make_user()
    browser = sign_in(user)
    browser.get(PAGE)
    said = []
    for minutes in (29, 58, 87):
        with time_machine.travel(NOW + timedelta(minutes=minutes), tick=True):
            said.append(goes(browser))
    with time_machine.travel(NOW + timedelta(minutes=118), tick=True):
        said.append(goes(browser))
        page = browser.get("/accounts/login/").content.decode()
        said.append(goes(browser))

    away = (302, "/accounts/login/?next=/accounts/profile/")
    assert said == [(200, "")] * 3 + [away] * 2
    assert "You were signed out, for nothing was done here for a long time." in page
    ended = Activity.objects.filter(subject_type="user", subject_id=user.pk).latest("id")
    assert ended.verb == "user.signed_out"


@pytest.mark.parametrize(
    "asked",
    [
        "/partners/{}/version/",
        "/partners/dashboard/?role={}&part=1",
        "/partners/{}/intake/revision/",
        "/partners/{}/intake/?part=1",
    ],
)
def test_partners_pages_that_look_by_themselves_are_no_use(admin: User, asked: str) -> None:
    ask_for(admin, idle=30)
    partnership = begin(requisition=make_requisition(), now=NOW)
    browser = sign_in(partnership.requisition.recruiter)
    path = asked.format(partnership.pk)
    said = []
    for minutes in (1, 20, 31):
        with time_machine.travel(NOW + timedelta(minutes=minutes), tick=True):
            said.append(goes(browser, path)[0])

    assert said == [200, 200, 302]


def test_a_board_that_looks_for_news_by_itself_is_not_use(admin: User) -> None:
    ask_for(admin, idle=30)
    requisition = make_requisition()
    browser = sign_in(requisition.recruiter)
    news = browser.get(f"/requisitions/{requisition.pk}/board/").context["news_url"]
    said = []
    for minutes in (10, 20, 31):
        with time_machine.travel(NOW + timedelta(minutes=minutes), tick=True):
            said.append(goes(browser, news, headers={"HX-Request": "true"}))

    assert said == [(204, ""), (204, ""), (204, "/accounts/login/")]


def test_nobody_was_away_while_a_demo_s_clock_was_moved_ahead(
    admin: User, settings: Any, tmp_path: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.DEMO_CLOCK, settings.VAR = True, tmp_path
    monkeypatch.setattr(timezone, "now", clock.now)
    ask_for(admin, idle=30)
    before = sign_in(admin)
    assert goes(before) == (200, "")

    assert clock.go_on_to(timezone.now() + timedelta(days=7))

    access._noted.clear()
    assert goes(before) == (200, "")
    assert goes(sign_in(admin)) == (200, "")


def test_without_a_rule_a_session_rests_for_twelve_hours(admin: User) -> None:
    first, second = sign_in(admin), sign_in(admin)
    for browser in (first, second):
        browser.get(PAGE)
    with time_machine.travel(NOW + timedelta(hours=11, minutes=55), tick=True):
        assert goes(first) == (200, "")
    with time_machine.travel(NOW + timedelta(hours=12, minutes=5), tick=True):
        assert goes(second)[0] == 302


def test_the_page_asks_who_changes_it_for_their_password(
    admin: User, lead: User, signed_in: SignedIn
) -> None:
    browser = signed_in(admin)
    wanted = {"second_step_roles": ["admin", "lead"], "idle_minutes": "30"}
    assert browser.get("/settings/sign-in/").status_code == 200
    assert signed_in(lead).get("/settings/sign-in/").status_code == 403

    asked = browser.post("/settings/sign-in/", wanted)
    assert asked["Location"].startswith("/accounts/reauthenticate/")
    assert SignInPolicy.objects.count() == 0
    browser.post("/accounts/reauthenticate/?next=/settings/sign-in/", {"password": PASSWORD})

    kept = SignInPolicy.objects.get()
    assert (kept.second_step_roles, kept.idle_minutes) == (["admin", "lead"], 30)
    [noted] = Activity.objects.filter(verb="sign_in_policy.changed")
    assert noted.data["what"] == (
        "a second step of administrator, recruiting lead; the end after 30 minutes without use"
    )
    with pytest.raises(NotAllowed):
        ask_for(lead)
