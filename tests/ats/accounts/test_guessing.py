"""Somebody guesses, from one place or from many: they learn nothing, and the person still gets in."""

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from ats.accounts import actions
from ats.accounts.models import KnownDevice, SignInCode, User
from ats.activity.models import Activity
from ats.mail import delivery
from ats.mail.models import OutgoingMail
from tests.candidates.helpers import run_lane
from tests.clock import NOW
from tests.factories import PASSWORD, make_user
from tests.smtp import Catcher

pytestmark = pytest.mark.django_db
EMAIL = "rae@example.com"
NOT_THE_CODE = "This is not the code, or its time is over."
TO_THE_CODE = (302, "/accounts/code/")


def sign_in(browser: Client, password: str = PASSWORD, *, email: str = EMAIL, **more: Any) -> tuple[int, str]:
    answer = browser.post("/accounts/login/", {"login": email, "password": password, **more})
    return answer.status_code, answer.get("Location", "")


def from_elsewhere(number: int) -> Client:
    return Client(REMOTE_ADDR=f"198.51.100.{number}")


def besiege(email: str = EMAIL) -> list[tuple[int, str]]:
    """Six wrong passwords, each from another place."""
    return [sign_in(from_elsewhere(number), "wrong", email=email) for number in range(6)]


def answer(browser: Client, code: str, password: str = PASSWORD, **more: Any) -> Any:
    return browser.post("/accounts/code/", {"code": code, "password": password, **more})


def mailed() -> list[str]:
    run_lane("tasks", timezone.now())
    texts = (
        OutgoingMail.objects.filter(role="account.sign_in_code").order_by("pk").values_list("text", flat=True)
    )
    return [re.findall(r"\b[A-Z]{4}-[A-Z]{4}\b", text)[0] for text in texts]


@pytest.fixture
def user() -> User:
    return make_user(email=EMAIL)


def test_who_guesses_from_many_places_comes_to_the_code(user: User) -> None:
    assert besiege() == [(200, "")] * 5 + [TO_THE_CODE]
    # ... and is not told whether a password is right, or whether there is such an account.
    assert sign_in(from_elsewhere(9)) == TO_THE_CODE
    assert besiege("nobody@example.com") == [(200, "")] * 5 + [TO_THE_CODE]


def test_the_page_of_the_code_says_the_same_for_an_address_that_is_nobody_s(user: User) -> None:
    pages = []
    for email in (EMAIL, "zoe@example.com"):
        besiege(email)
        browser = from_elsewhere(9)
        sign_in(browser, email=email)
        page, wrong = browser.get("/accounts/code/"), answer(browser, "BBBB-BBBB")
        text = re.sub(r'(?<=")[\w-]{20,}(?=")', "", (page.content + wrong.content).decode())
        pages.append((page.status_code, wrong.status_code, text.replace(email, "…")))

    assert pages[0] == pages[1]
    run_lane("tasks", timezone.now())
    assert (pages[0][:2], OutgoingMail.objects.count()) == ((200, 422), 1)


def test_no_step_to_the_code_costs_more_for_an_address_that_is_somebody_s(user: User) -> None:
    """A wrong password, the page of the code, a wrong code, and the end of the question: statement by statement."""
    _steps("first@example.com")  # what is asked once and kept
    known, nobody = _steps(EMAIL), _steps("zoe@example.com")

    for one, other in zip(known, nobody, strict=True):
        assert one == other
    assert all(known)


def _steps(email: str) -> list[list[str]]:
    browser = from_elsewhere(9)
    wrong = _statements(lambda: sign_in(from_elsewhere(8), "wrong", email=email))
    besiege(email)
    to_the_code = _statements(lambda: sign_in(browser, email=email))
    page = _statements(lambda: browser.get("/accounts/code/"))
    run_lane("tasks", timezone.now())
    return [wrong, to_the_code, page, *(_statements(lambda: answer(browser, "BBBB-BBBB")) for _ in range(5))]


def _statements(step: Callable[[], Any]) -> list[str]:
    with CaptureQueriesContext(connection) as seen:
        step()
    return [_words(each["sql"]) for each in seen.captured_queries]


def _words(sql: str) -> str:
    """The statement without its values."""
    return re.sub(r"'[^']*'|\b\d+\b|\"(?:s\d+_x\d+|_django_curs\w+)\"", "?", sql)


def test_the_person_is_let_in_by_the_mailed_code(user: User, smtp: Catcher) -> None:
    besiege()
    browser = from_elsewhere(9)
    assert sign_in(browser, next="/accounts/profile/") == (
        302,
        "/accounts/code/?next=%2Faccounts%2Fprofile%2F",
    )
    page = browser.get("/accounts/code/?next=/accounts/profile/")
    run_lane("tasks", timezone.now())
    delivery.deliver(timezone.now())
    [message] = smtp.messages
    body = message.get_body(("plain",))
    assert body is not None
    [code] = re.findall(r"^[A-Z]{4}-[A-Z]{4}(?=\r?$)", body.get_content(), re.MULTILINE)

    right = answer(browser, code.lower().replace("-", " "), next=page.context["form"].initial["next"])

    assert (right.status_code, right["Location"]) == (302, "/accounts/profile/")
    assert browser.get("/accounts/profile/").status_code == 200
    # Nothing of the code is left: in the tables its hash alone, and the message has forgotten it.
    kept = SignInCode.objects.get()
    assert (len(kept.code_hash), kept.used_at is not None) == (64, True)
    assert code not in OutgoingMail.objects.get().text


def test_a_code_works_once_and_in_the_browser_that_asked(user: User) -> None:
    besiege()
    mine, theirs = from_elsewhere(9), from_elsewhere(10)
    for browser in (theirs, mine):
        sign_in(browser)
        browser.get("/accounts/code/")
    [code] = mailed()  # the second one to ask is let in by the same code

    assert answer(Client(), code)["Location"] == "/accounts/login/"
    assert answer(mine, code).status_code == 302
    assert mine.get("/accounts/profile/").status_code == 200
    late = answer(theirs, code)
    assert (late.status_code, late.context["form"].errors) == (422, {"code": [NOT_THE_CODE]})
    assert theirs.get("/accounts/profile/").status_code == 302


def test_a_code_is_over_after_ten_minutes(user: User) -> None:
    besiege()
    browser = from_elsewhere(9)
    sign_in(browser)
    browser.get("/accounts/code/")
    [code] = mailed()

    with time_machine.travel(NOW + timedelta(minutes=11), tick=True):
        assert answer(browser, code).context["form"].errors == {"code": [NOT_THE_CODE]}
        assert browser.get("/accounts/profile/").status_code == 302


def test_five_wrong_codes_are_the_end_of_a_question_and_not_of_another_s(user: User) -> None:
    besiege()
    guesser, person = from_elsewhere(9), from_elsewhere(10)
    for browser in (guesser, person):
        sign_in(browser)
        browser.get("/accounts/code/")
    [code] = mailed()

    wrong = [answer(guesser, "BBBB-BBBB") for _ in range(5)]
    assert [each.status_code for each in wrong] == [422] * 4 + [302]
    assert answer(guesser, code)["Location"] == "/accounts/login/"
    assert answer(person, code).status_code == 302
    assert person.get("/accounts/profile/").status_code == 200
    run_lane("tasks", timezone.now())
    assert Activity.objects.filter(verb="user.code_failed", subject_id=user.pk).count() == 5


def test_with_the_code_a_wrong_password_still_opens_nothing(user: User) -> None:
    besiege()
    browser = from_elsewhere(9)
    sign_in(browser)
    browser.get("/accounts/code/")
    [code] = mailed()

    wrong = answer(browser, code, "wrong")
    assert wrong.context["form"].errors == {"password": ["The code is right; the password is not."]}
    assert browser.get("/accounts/profile/").status_code == 302
    assert answer(browser, code).status_code == 302


def test_nobody_s_mailbox_is_filled_with_codes(user: User) -> None:
    besiege()
    for number in range(20):
        browser = from_elsewhere(number)
        sign_in(browser)
        browser.get("/accounts/code/")
    assert len(mailed()) == 1

    with time_machine.travel(NOW + timedelta(minutes=11), tick=True):
        besiege()
        sign_in(browser)
        browser.get("/accounts/code/")
        assert len(mailed()) == 2


def test_a_known_device_is_not_slowed_down_by_what_others_do(user: User) -> None:
    laptop = Client()
    sign_in(laptop)
    laptop.post("/accounts/logout/")
    besiege()

    assert sign_in(laptop) == (302, "/")
    assert (KnownDevice.objects.count(), len(mailed())) == (1, 0)
    # It has a count of its own, and beyond it is a device like any other.
    laptop.post("/accounts/logout/")
    wrong = [sign_in(laptop, "wrong") for _ in range(11)]
    assert wrong == [(200, "")] * 10 + [TO_THE_CODE]


def test_a_known_device_is_known_for_its_own_people_alone(user: User) -> None:
    make_user(email="kim@example.com")
    laptop = Client()
    sign_in(laptop, email="kim@example.com")
    laptop.post("/accounts/logout/")
    besiege()
    assert sign_in(laptop) == TO_THE_CODE

    besiege("kim@example.com")
    assert sign_in(laptop, email="kim@example.com") == (302, "/")


def test_who_is_signed_in_shows_themselves_again_whatever_others_do(user: User) -> None:
    laptop = Client()
    laptop.force_login(user)
    besiege()

    again = laptop.post("/accounts/reauthenticate/?next=/accounts/2fa/", {"password": PASSWORD})
    assert (again.status_code, again["Location"]) == (302, "/accounts/2fa/")


def test_slow_guessing_comes_to_the_code_too(user: User) -> None:
    """Twenty in a day, a few each hour: less than the quick bound."""
    said = []
    for hour in range(6):
        with time_machine.travel(NOW + timedelta(hours=hour), tick=True):
            said += [sign_in(from_elsewhere(number), "wrong") for number in range(4)]
    assert said == [(200, "")] * 20 + [TO_THE_CODE] * 4


@pytest.mark.parametrize("how", ["reset", "ended"])
def test_a_device_is_forgotten_with_the_sessions(user: User, admin: User, how: str) -> None:
    laptop = Client()
    sign_in(laptop)
    if how == "ended":
        actions.end_sessions(user_id=user.pk, by=admin, now=timezone.now())
    else:
        Client().post("/accounts/password/reset/", {"email": EMAIL})
        run_lane("tasks", timezone.now())
        link = re.search(r"/accounts/password/reset/key/[\w-]+/", OutgoingMail.objects.latest("pk").text)
        assert link
        page = Client()
        form = page.get(link[0], follow=True)
        page.post(form.request["PATH_INFO"], {"password1": "a heron over", "password2": "a heron over"})
    assert KnownDevice.objects.filter(user=user).count() == 0


def test_others_cannot_keep_somebody_from_a_new_password(user: User) -> None:
    """Asked for by many: one page for all, three messages in ten minutes, whose links work for an hour."""
    asked = [
        from_elsewhere(number).post("/accounts/password/reset/", {"email": EMAIL}) for number in range(12)
    ]
    run_lane("tasks", timezone.now())
    assert [each.status_code for each in asked] == [302] * 12
    assert OutgoingMail.objects.filter(role="account.password_reset").count() == 3


def test_a_password_of_a_breach_is_refused_at_change_reset_and_invitation(
    user: User, admin: User, signed_in: Any
) -> None:
    known = "QwertyUiop1234567"
    both = {"password1": known, "password2": known}
    said = "This password is in lists of passwords that were stolen elsewhere. Choose another one."
    changed = signed_in(user).post("/accounts/password/change/", {"oldpassword": PASSWORD, **both})
    Client().post("/accounts/password/reset/", {"email": EMAIL})
    run_lane("tasks", timezone.now())
    link = re.search(r"/accounts/password/reset/key/[\w-]+/", OutgoingMail.objects.latest("pk").text)
    assert link
    page = Client()
    form = page.get(link[0], follow=True)
    reset = page.post(form.request["PATH_INFO"], both)
    actions.invite(email="new@example.com", name="New", role="recruiter", by=admin, now=timezone.now())
    invited = re.search(r"/accounts/invitation/[\w-]+/", OutgoingMail.objects.latest("pk").text)
    assert invited
    joined = Client().post(invited[0], {"name": "New", "password": known})

    assert [
        changed.context["form"].errors,
        reset.context["form"].errors,
        joined.context["form"].errors,
    ] == [{"password1": [said]}, {"password1": [said]}, {"password": [said]}]
