"""How long a session lasts, under which key, where it can be ended, and what a browser keeps of it."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from allauth.usersessions.models import UserSession
from django.conf import settings
from django.test import Client
from django.utils import timezone

from ats.accounts.actions import access
from ats.accounts.models import User
from ats.activity.models import Activity
from tests.ats.accounts.test_guessing import sign_in
from tests.clock import NOW
from tests.factories import PASSWORD, make_user

pytestmark = pytest.mark.django_db
SignedIn = Callable[[User], Client]
PAGE, SESSIONS = "/accounts/profile/", "/accounts/sessions/"


@pytest.fixture
def user() -> User:
    return make_user(email="rae@example.com")


def key(browser: Client) -> str:
    return browser.cookies[settings.SESSION_COOKIE_NAME].value


def enter(agent: str) -> Client:
    browser = Client(headers={"User-Agent": agent})
    assert sign_in(browser) == (302, "/")
    browser.get(PAGE)
    return browser


def show_again(browser: Client) -> None:
    browser.post("/accounts/reauthenticate/", {"password": PASSWORD})


def test_who_shows_themselves_again_goes_on_under_another_key(user: User) -> None:
    laptop = enter("Firefox")
    before = key(laptop)
    show_again(laptop)

    assert key(laptop) != before
    assert laptop.get(PAGE).status_code == 200
    # What somebody had copied before opens nothing, and the list still has the one session.
    copied = Client()
    copied.cookies[settings.SESSION_COOKIE_NAME] = before
    assert copied.get(PAGE).status_code == 302
    assert list(UserSession.objects.values_list("session_key", flat=True)) == [key(laptop)]


def test_a_session_ends_after_fourteen_days_however_it_is_used(user: User) -> None:
    laptop, used = enter("Firefox"), []
    for days in range(1, 15):
        access._noted.clear()  # as in a process that has not just looked
        with time_machine.travel(NOW + timedelta(days=days, hours=-12 * (days % 2)), tick=True):
            session = laptop.session
            session["anything"] = days  # Django's own end moves on with every write
            session.save()
            UserSession.objects.update(last_seen_at=timezone.now())
            access.cache.clear()
            used.append(laptop.get(PAGE).status_code)
    access._noted.clear()
    with time_machine.travel(NOW + timedelta(days=14, minutes=1), tick=True):
        UserSession.objects.update(last_seen_at=timezone.now())
        used.append(laptop.get(PAGE).status_code)

    assert used == [200] * 14 + [302]


def test_one_session_elsewhere_is_ended_by_who_shows_themselves_again(
    user: User, django_capture_on_commit_callbacks: Any
) -> None:
    laptop, phone, library = enter("Firefox"), enter("Safari"), enter("Chrome")
    theirs = UserSession.objects.get(session_key=key(library))
    asked = laptop.post(SESSIONS, {"session": theirs.pk})
    assert asked["Location"].startswith("/accounts/reauthenticate/")
    show_again(laptop)
    with django_capture_on_commit_callbacks(execute=True):
        laptop.post(SESSIONS, {"session": theirs.pk})

    assert [each.get(PAGE).status_code for each in (laptop, phone, library)] == [200, 200, 302]
    with django_capture_on_commit_callbacks(execute=True):
        laptop.post(SESSIONS)
    assert [each.get(PAGE).status_code for each in (laptop, phone)] == [200, 302]
    said = Activity.objects.filter(verb="user.own_sessions_ended").order_by("pk")
    assert [each.data["many"] for each in said] == ["1 other device", "1 other device"]


@pytest.mark.parametrize("named", ["0", "x", "99999999999999999999", "mine", "another's"])
def test_no_other_session_can_be_named(
    user: User, named: str, django_capture_on_commit_callbacks: Any
) -> None:
    laptop, phone, other = enter("Firefox"), enter("Safari"), Client()
    sign_in(other, email=make_user(email="kim@example.com").email)
    other.get(PAGE)
    show_again(laptop)
    ids = {
        "mine": UserSession.objects.get(session_key=key(laptop)).pk,
        "another's": UserSession.objects.get(session_key=key(other)).pk,
    }
    with django_capture_on_commit_callbacks(execute=True):
        laptop.post(SESSIONS, {"session": ids.get(named, named)})

    assert [each.get(PAGE).status_code for each in (laptop, phone, other)] == [200] * 3


@pytest.mark.parametrize("how", ["left", "rested"])
def test_the_browser_keeps_no_pages_of_who_has_left(user: User, how: str) -> None:
    laptop = enter("Firefox")
    if how == "left":
        answer = laptop.post("/accounts/logout/")
    else:
        access._noted.clear()
        with time_machine.travel(NOW + timedelta(hours=13), tick=True):
            answer = laptop.get(PAGE)
    assert (answer.status_code, answer["Clear-Site-Data"]) == (302, '"cache"')


def test_the_record_says_with_what_somebody_signed_in(user: User) -> None:
    enter("Firefox")
    assert Activity.objects.get(verb="user.signed_in").data == {
        "how": "password",
        "ip": "127.0.0.1",
        "device": "Firefox",
    }


def test_passwords_are_kept_by_a_slow_function() -> None:
    """The tests have a fast one; production has Django's, and no fewer rounds than OWASP asks for."""
    from django.conf import global_settings
    from django.contrib.auth.hashers import PBKDF2PasswordHasher

    import ats.settings

    assert not hasattr(ats.settings, "PASSWORD_HASHERS")
    first = global_settings.PASSWORD_HASHERS[0]
    assert first == f"{PBKDF2PasswordHasher.__module__}.{PBKDF2PasswordHasher.__qualname__}"
    assert PBKDF2PasswordHasher.iterations >= 600_000
