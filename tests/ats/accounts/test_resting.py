"""A page that stands open asks whether its session stands, which is no use of it, and is empty once it does not."""

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from allauth.usersessions.models import UserSession
from django.conf import settings
from django.test import Client
from playwright.sync_api import expect

from ats.accounts.actions import access
from ats.accounts.models import SignInPolicy, User
from candidates.models import Candidate
from tests import factories as f
from tests.factories import NOW, make_user

SESSION = "/accounts/session/"
MINUTE = 60


@pytest.fixture
def user(db: None) -> User:
    return make_user(email="rae@example.com")


@pytest.fixture
def rests_for_ten_minutes(db: None) -> None:
    SignInPolicy.objects.update_or_create(pk=1, defaults={"idle_minutes": 10})


def entered(user: User) -> Client:
    client = Client()
    client.force_login(user)
    client.get("/accounts/profile/")
    return client


def asked(client: Client, after: timedelta, way: str = SESSION) -> Any:
    access._noted.clear()
    access._looked_at.clear()
    with time_machine.travel(NOW + after, tick=False):
        return client.get(way)


@pytest.mark.usefixtures("rests_for_ten_minutes")
def test_asking_says_how_long_it_stands_and_is_no_use_of_it(user: User) -> None:
    with time_machine.travel(NOW, tick=False):
        client = entered(user)
    assert asked(client, timedelta(minutes=4)).json() == {"seconds": 6 * MINUTE}
    assert asked(client, timedelta(minutes=8)).json() == {"seconds": 2 * MINUTE}
    ended = asked(client, timedelta(minutes=11))
    assert (ended.status_code, ended["Clear-Site-Data"]) == (302, '"cache"')
    assert asked(client, timedelta(minutes=1)).status_code == 302


@pytest.mark.usefixtures("rests_for_ten_minutes")
def test_who_has_typed_has_used_it(user: User) -> None:
    with time_machine.travel(NOW, tick=False):
        client = entered(user)
    assert asked(client, timedelta(minutes=8), f"{SESSION}?used=1").json() == {"seconds": 10 * MINUTE}
    assert asked(client, timedelta(minutes=16)).json() == {"seconds": 2 * MINUTE}


def test_without_an_end_by_rest_the_longest_time_is_what_is_left(user: User) -> None:
    SignInPolicy.objects.update_or_create(pk=1, defaults={"idle_minutes": 0})
    with time_machine.travel(NOW, tick=False):
        client = Client()
        assert (
            client.post("/accounts/login/", {"login": user.email, "password": f.PASSWORD}).status_code == 302
        )
    assert asked(client, timedelta(days=1)).json() == {
        "seconds": settings.SESSION_COOKIE_AGE - 24 * 60 * MINUTE
    }


def test_nobody_who_is_not_signed_in_learns_anything(db: None) -> None:
    assert Client().get(SESSION).status_code == 302


# In a window


@pytest.fixture
def robin(transactional_db: None) -> Candidate:
    return f.make_candidate(first_name="Robin", last_name="Sample")


@pytest.fixture
def recruiter(transactional_db: None) -> User:
    return make_user()


def come_in(page: Any, live_server: Any, user: User) -> None:
    client = Client()
    client.force_login(user)
    cookie = client.cookies[settings.SESSION_COOKIE_NAME]
    page.context.add_cookies([{"name": cookie.key, "value": cookie.value, "url": live_server.url}])


def end_sessions() -> None:
    for each in UserSession.objects.all():
        each.end()


@pytest.mark.browser
def test_a_page_of_a_session_that_has_ended_shows_nothing(
    page: Any, live_server: Any, robin: Candidate, recruiter: User
) -> None:
    come_in(page, live_server, recruiter)
    page.clock.install()
    page.goto(f"/candidates/{robin.pk}/")
    other = page.context.new_page()
    other.goto(f"/candidates/{robin.pk}/")
    page.evaluate("sessionStorage.setItem('place', '1')")
    page.clock.fast_forward(6 * MINUTE * 1000)
    expect(page.get_by_role("heading", name="Robin Sample")).to_be_visible()

    end_sessions()
    page.clock.fast_forward(6 * MINUTE * 1000)
    for window in (page, other):
        expect(window.get_by_role("heading", level=1)).to_have_text("You are signed out")
        assert "Robin" not in window.content()
        assert window.title() == "You are signed out"
    assert page.evaluate("sessionStorage.getItem('place')") is None
    page.get_by_role("link", name="Sign in again").click()
    page.wait_for_url(f"**/accounts/login/?next=/candidates/{robin.pk}/")


@pytest.mark.browser
def test_without_a_connection_it_goes_when_its_time_is_over(
    page: Any, live_server: Any, robin: Candidate, recruiter: User
) -> None:
    come_in(page, live_server, recruiter)
    page.clock.install()
    page.goto(f"/candidates/{robin.pk}/")
    with page.expect_response(f"**{SESSION}"):
        page.clock.fast_forward(6 * MINUTE * 1000)
    page.context.set_offline(True)
    page.clock.fast_forward(60 * MINUTE * 1000)
    page.wait_for_timeout(500)
    expect(page.get_by_role("heading", name="Robin Sample")).to_be_visible()
    page.clock.fast_forward(12 * 60 * MINUTE * 1000)
    expect(page.get_by_role("heading", level=1)).to_have_text("You are signed out")


@pytest.mark.browser
def test_typing_is_a_use(page: Any, live_server: Any, recruiter: User, transactional_db: None) -> None:
    come_in(page, live_server, recruiter)
    page.clock.install()
    page.goto("/candidates/new/")
    page.get_by_label("First name").fill("Robin")
    with page.expect_response(f"**{SESSION}?used=1"):
        page.clock.fast_forward(6 * MINUTE * 1000)
    with page.expect_response(f"**{SESSION}"):
        page.clock.fast_forward(6 * MINUTE * 1000)
