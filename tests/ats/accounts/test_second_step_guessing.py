"""Who knows a password guesses its second step: they get nowhere, and its owner is not held up for it."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP
from django.test import Client
from django.utils import timezone

from ats.accounts.actions import attempts
from ats.accounts.models import User
from ats.mail.models import OutgoingMail
from tests.ats.accounts.test_guessing import from_elsewhere, sign_in
from tests.ats.accounts.test_sign_in import code_of
from tests.clock import NOW
from tests.factories import make_user

pytestmark = pytest.mark.django_db
SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
TOO_OFTEN = ["Too many failed login attempts. Try again later."]
WRONG = ["Incorrect code."]


@pytest.fixture
def user() -> User:
    user = make_user(email="rae@example.com")
    TOTP.activate(user, SECRET)
    return user


def guess(browser: Client, code: str = "000000") -> tuple[int, list[str]]:
    """The answer to a code, and what stands beside it."""
    answer = browser.post("/accounts/2fa/authenticate/", {"code": code})
    said = answer.context["form"].errors.get("code", []) if answer.status_code == 200 else []
    return answer.status_code, said


def at_the_step(number: int) -> Client:
    browser = from_elsewhere(number)
    assert sign_in(browser) == (302, "/accounts/2fa/authenticate/")
    return browser


def held_up() -> list[str]:
    mails = OutgoingMail.objects.filter(role="account.security_notice")
    return list(mails.values_list("subject", flat=True))


def test_who_guesses_in_one_place_holds_up_nobody_in_another(user: User) -> None:
    guesser = at_the_step(1)
    assert [guess(guesser) for _ in range(6)] == [(200, WRONG)] * 5 + [(200, TOO_OFTEN)]
    # ... with the right code too: who guesses learns nothing.
    assert guess(guesser, code_of(SECRET)) == (200, TOO_OFTEN)

    assert guess(at_the_step(2), code_of(SECRET))[0] == 302
    assert held_up() == ["In Accord, your password was right and the second step wrong, many times"]


def test_many_places_have_one_bound_and_a_known_device_has_its_own(user: User) -> None:
    laptop = at_the_step(9)
    assert guess(laptop, code_of(SECRET))[0] == 302
    laptop.post("/accounts/logout/")
    said = [guess(browser) for number in range(10, 17) for browser in [at_the_step(number)] for _ in range(5)]
    assert said == [(200, WRONG)] * 30 + [(200, TOO_OFTEN)] * 5
    assert len(held_up()) == 1  # a day

    with time_machine.travel(NOW + timedelta(minutes=1), tick=True):  # a code works once
        assert guess(at_the_step(18), code_of(SECRET)) == (200, TOO_OFTEN)
        assert sign_in(laptop) == (302, "/accounts/2fa/authenticate/")
        assert guess(laptop, code_of(SECRET))[0] == 302


def test_a_known_device_has_a_bound_too(user: User) -> None:
    laptop = at_the_step(9)
    guess(laptop, code_of(SECRET))
    laptop.post("/accounts/logout/")
    sign_in(laptop)
    # Its own five, and then those of any place.
    assert [guess(laptop) for _ in range(11)] == [(200, WRONG)] * 10 + [(200, TOO_OFTEN)]


def test_a_code_of_the_app_works_once(user: User) -> None:
    moment = NOW.replace(second=20, microsecond=0)
    with time_machine.travel(moment, tick=False):
        code = code_of(SECRET)
        assert (guess(at_the_step(1), code)[0], guess(at_the_step(2), code)) == (302, (200, WRONG))
    with time_machine.travel(moment + timedelta(seconds=31), tick=False):
        assert guess(at_the_step(3), code) == (200, WRONG)


def test_a_new_password_begins_the_counts_afresh(user: User, rf: Any) -> None:
    for number in range(10, 17):
        browser = at_the_step(number)
        for _ in range(5):
            guess(browser)
    attempts.forget(rf.get("/", REMOTE_ADDR="198.51.100.18"), user)

    assert guess(at_the_step(18), code_of(SECRET))[0] == 302


def test_who_is_signed_in_shows_themselves_again_whatever_others_do(
    user: User, signed_in: Callable[[User], Client]
) -> None:
    laptop = signed_in(user)
    for number in range(10, 17):
        browser = at_the_step(number)
        for _ in range(5):
            guess(browser)

    again = laptop.post("/accounts/2fa/reauthenticate/?next=/accounts/2fa/", {"code": code_of(SECRET)})
    assert (again.status_code, again["Location"]) == (302, "/accounts/2fa/")
    assert Authenticator.objects.filter(user=user, last_used_at__lte=timezone.now()).count() == 1
