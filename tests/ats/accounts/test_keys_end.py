"""API tokens and calendar feeds do not outlive what shuts everybody else out."""

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.utils import timezone

from ats.accounts import actions
from ats.accounts.models import User
from ats.activity.models import Activity
from ats.api.actions import create_token
from ats.api.models import ApiToken
from ats.calendars import actions as calendars
from ats.calendars.models import CalendarLink
from ats.mail.models import OutgoingMail
from tests.candidates.helpers import run_lane
from tests.clock import NOW
from tests.factories import PASSWORD, make_user

pytestmark = pytest.mark.django_db
SignedIn = Callable[[User], Client]
NEW = {"password1": "a heron over the lake", "password2": "a heron over the lake"}


class Keys:
    """What a thief made in somebody's browser, or found there."""

    def __init__(self, user: User) -> None:
        self.secret = create_token(user=user, name="x", now=timezone.now())[1]
        self.feed = calendars.make(by=user, now=timezone.now()).removeprefix("http://testserver")

    def open(self) -> tuple[int, int]:
        header = {"Authorization": f"Bearer {self.secret}"}
        api = Client().get("/api/v1/requisitions/", headers=header)
        return api.status_code, Client().get(self.feed).status_code


@pytest.fixture
def user() -> User:
    return make_user(email="rae@example.com")


def set_anew(user: User) -> None:
    browser = Client()
    browser.post("/accounts/password/reset/", {"email": user.email})
    run_lane("tasks", timezone.now())
    link = re.search(r"/accounts/password/reset/key/[\w-]+/", OutgoingMail.objects.latest("pk").text)
    assert link
    form = browser.get(link[0], follow=True)
    browser.post(form.request["PATH_INFO"], NEW)


def test_they_end_with_a_password_set_anew_by_mail(user: User) -> None:
    keys, others = Keys(user), Keys(make_user())
    assert keys.open() == (200, 200)

    set_anew(user)

    assert (keys.open(), others.open()) == ((401, 404), (200, 200))
    assert Activity.objects.filter(verb="user.keys_ended", subject_id=user.pk).count() == 1
    subjects = OutgoingMail.objects.filter(to=user.email).order_by("pk").values_list("subject", flat=True)
    assert list(subjects)[1:] == [
        "In Accord, your API tokens and the address of your calendar have ended with the password",
        "In Accord, your password was set anew by a link in a message",
    ]


def test_they_end_with_the_sessions(user: User, admin: User) -> None:
    keys = Keys(user)
    actions.end_sessions(user_id=user.pk, by=admin, now=timezone.now())
    assert keys.open() == (401, 404)


def test_they_do_not_come_back_with_the_access(user: User, admin: User) -> None:
    keys = Keys(user)
    actions.deactivate(user_id=user.pk, by=admin, now=timezone.now())
    # An older house left the calendar's address open.
    CalendarLink.objects.update(revoked_at=None)
    actions.reactivate(user_id=user.pk, by=admin, now=timezone.now())
    assert keys.open() == (401, 404)


@pytest.mark.parametrize(("ends", "then"), [("on", (401, 404)), ("", (200, 200))])
def test_who_changes_their_password_is_asked(
    user: User, signed_in: SignedIn, ends: str, then: tuple[int, int]
) -> None:
    keys, browser = Keys(user), signed_in(user)
    page = browser.get("/accounts/password/change/")
    assert page.context["form"].fields["end_keys"].initial is True
    choice = {"end_keys": ends} if ends else {}

    browser.post("/accounts/password/change/", {"oldpassword": PASSWORD, **NEW, **choice})

    assert keys.open() == then


def test_who_has_none_is_not_asked(user: User, signed_in: SignedIn) -> None:
    page = signed_in(user).get("/accounts/password/change/")
    assert "end_keys" not in page.context["form"].fields


def test_a_browser_that_was_left_open_makes_no_token(user: User, signed_in: SignedIn) -> None:
    browser = signed_in(user)
    wanted = {"name": "theirs", "scopes": ["candidates:read"], "days": "90"}

    asked = browser.post("/settings/api-tokens/", wanted)
    assert asked["Location"] == "/accounts/reauthenticate/?next=%2Fsettings%2Fapi-tokens%2F"
    back = "/accounts/reauthenticate/?next=/settings/api-tokens/"
    assert browser.post(back, {"password": "wrong"}).status_code == 200
    assert ApiToken.objects.count() == 0

    made = browser.post(back, {"password": PASSWORD})  # what was asked for is done, and shown
    token = ApiToken.objects.get()
    assert (made.status_code, token.name, token.prefix in made.content.decode()) == (200, "theirs", True)
    assert 'action="/settings/api-tokens/"' in made.content.decode()


def test_a_browser_that_was_left_open_makes_no_address_of_a_calendar(user: User, signed_in: SignedIn) -> None:
    browser = signed_in(user)
    asked = browser.post("/settings/availability/feed/")
    assert asked["Location"] == "/accounts/reauthenticate/?next=%2Fsettings%2Favailability%2Ffeed%2F"
    assert CalendarLink.objects.count() == 0

    made = browser.post("/accounts/reauthenticate/?next=/settings/availability/feed/", {"password": PASSWORD})
    assert (made.status_code, CalendarLink.objects.count()) == (200, 1)
    assert len(re.findall(r"/calendar/feed/[\w-]{43}\.ics", made.content.decode())) == 1


@pytest.mark.parametrize(("asked", "days"), [("90", 90), ("30", 30), ("365", 365), ("0", None)])
def test_a_token_ends_by_itself(user: User, signed_in: SignedIn, asked: str, days: int | None) -> None:
    browser = signed_in(user)
    browser.post("/accounts/reauthenticate/", {"password": PASSWORD})
    assert browser.get("/settings/api-tokens/").context["form"]["days"].value() == 90
    browser.post("/settings/api-tokens/", {"name": "x", "scopes": ["candidates:read"], "days": asked})

    ends = ApiToken.objects.get().expires_at
    assert (ends and (ends - NOW).days) == days


def test_the_address_of_a_calendar_ends_after_a_year_and_says_so_before(user: User) -> None:
    keys = Keys(user)
    last_word = "SUMMARY:Tomorrow your interviews are no longer shown here"
    said: list[Any] = []
    for days in (0, 364, 366):
        with time_machine.travel(NOW + timedelta(days=days), tick=True):
            answer = Client().get(keys.feed)
            said.append((answer.status_code, last_word in answer.content.decode()))
    assert said == [(200, False), (200, True), (404, False)]
