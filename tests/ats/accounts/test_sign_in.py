"""Signing in, the second step, the forgotten password, and what is noted of it."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import hotp_value, yield_hotp_counters_from_time
from allauth.usersessions.models import UserSession
from django.contrib.auth.models import AnonymousUser
from django.db import connection
from django.test import Client, RequestFactory
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from ats.accounts.models import Role, User
from ats.activity.models import Activity
from ats.mail import delivery
from ats.mail.models import OutgoingMail
from ats.web.client_address import ip_of
from tests.candidates.helpers import run_lane
from tests.factories import PASSWORD, make_user
from tests.smtp import Catcher

pytestmark = pytest.mark.django_db
SignedIn = Callable[[User], Client]


def sign_in(client: Client, email: str, password: str = PASSWORD, **headers: Any) -> Any:
    return client.post("/accounts/login/", {"login": email, "password": password}, **headers)


def verbs(user: User) -> list[str]:
    return list(
        Activity.objects.filter(subject_type="user", subject_id=user.pk)
        .order_by("id")
        .values_list("verb", flat=True)
    )


def test_in_and_out_and_noted() -> None:
    user, browser = make_user(email="rae@example.com"), Client(headers={"User-Agent": "Test browser"})

    assert sign_in(browser, "RAE@example.com")["Location"] == "/"
    assert browser.get("/accounts/profile/").status_code == 200
    browser.post("/accounts/logout/")

    assert browser.get("/accounts/profile/").status_code == 302
    assert verbs(user) == ["user.signed_in", "user.signed_out"]
    first = Activity.objects.earliest("id")
    told = {"how": "password", "ip": "127.0.0.1", "device": "Test browser"}
    assert (first.data, first.channel) == (told, "web")


def test_a_wrong_password_is_noted_and_says_no_more_than_an_unknown_address() -> None:
    user = make_user(email="rae@example.com")

    known = sign_in(Client(), "rae@example.com", "wrong")
    unknown = sign_in(Client(), "nobody@example.com", "wrong")

    assert known.context["form"].errors == unknown.context["form"].errors
    run_lane("tasks", timezone.now())
    assert verbs(user) == ["user.sign_in_failed"]
    assert Activity.objects.count() == 1


def test_guessing_from_one_place_is_stopped_whatever_the_address(settings: Any) -> None:
    settings.TRUST_PROXY = True
    make_user(email="rae@example.com")
    proxied = {"headers": {"X-Forwarded-For": "1.1.1.1, 203.0.113.9"}}
    for number in range(10):
        sign_in(Client(), f"nobody{number}@example.com", "wrong", **proxied)

    # What the caller writes in front of the proxy's own entry does not make them another.
    elsewhere = {"headers": {"X-Forwarded-For": "2.2.2.2, 203.0.113.9"}}
    assert sign_in(Client(), "rae@example.com", **elsewhere).status_code == 200
    other = {"headers": {"X-Forwarded-For": "2.2.2.2, 203.0.113.10"}}
    assert sign_in(Client(), "rae@example.com", **other).status_code == 302


@pytest.mark.parametrize(
    ("address", "seen"),
    [
        ("203.0.113.9", "203.0.113.9"),
        ("2001:db8::1", "2001:db8::1"),
        ("fe80::1%eth0", "fe80::1"),
        ("", "0.0.0.0"),
        ("nonsense", "0.0.0.0"),
    ],
)
def test_an_address_can_always_be_stored(rf: RequestFactory, address: str, seen: str) -> None:
    assert ip_of(rf.get("/", REMOTE_ADDR=address)) == seen


def test_nobody_signs_up() -> None:
    answer = Client().post(
        "/accounts/signup/",
        {"email": "new@example.com", "password1": "a heron over", "password2": "a heron over"},
    )

    assert User.objects.count() == 0
    assert answer.status_code == 200
    assert b"invit" in answer.content


def test_nobody_adds_an_address_past_the_administrators(signed_in: SignedIn) -> None:
    browser = signed_in(make_user())

    answer = browser.post("/accounts/email/", {"action_add": "", "email": "other@example.com"})

    assert (answer.status_code, answer["Location"]) == (302, "/accounts/profile/")
    assert User.objects.filter(email="other@example.com").count() == 0


def test_a_forgotten_password(smtp: Catcher) -> None:
    user = make_user(email="rae@example.com", name="Rae Example")
    browser = Client()

    asked = browser.post(
        "/accounts/password/reset/", {"email": "Rae@Example.com"}, headers={"Host": "evil.example"}
    )
    unknown = browser.post("/accounts/password/reset/", {"email": "nobody@example.com"})
    assert (asked.status_code, asked["Location"]) == (unknown.status_code, unknown["Location"])
    run_lane("tasks", timezone.now())
    delivery.deliver(timezone.now())

    [message] = smtp.messages
    assert str(message["To"]) == "Rae Example <rae@example.com>"
    body = message.get_body(("plain",))
    assert body is not None
    link = re.search(r"http://testserver(/accounts/password/reset/key/\S+)", body.get_content())
    assert link  # and not on the host that the request claimed
    page = browser.get(link[1], follow=True)
    address = page.redirect_chain[-1][0]
    new = browser.post(address, {"password1": "a heron over the lake", "password2": "a heron over the lake"})
    assert new.status_code == 302

    assert sign_in(Client(), "rae@example.com", "a heron over the lake").status_code == 302
    assert verbs(user)[0] == "user.password_reset"
    assert list(OutgoingMail.objects.order_by("id").values_list("role", flat=True)) == [
        "account.password_reset",
        "account.security_notice",
    ]
    spent = Client().get(link[1], follow=True)
    assert b"password1" not in spent.content


def test_who_asks_for_a_link_cannot_tell_whose_address_it_is() -> None:
    make_user(email="rae@example.com")
    took = {}
    for email in ("first@example.com", "rae@example.com", "nobody@example.com"):
        with CaptureQueriesContext(connection) as queries:
            answer = Client().post("/accounts/password/reset/", {"email": email})
        statements = [re.sub(r"'[^']*'|\d+", "#", row["sql"]) for row in queries]
        took[email] = (answer.status_code, answer["Location"], statements)
    assert took["rae@example.com"] == took["nobody@example.com"] == took["first@example.com"]


def test_a_deactivated_person_gets_no_link() -> None:
    make_user(email="rae@example.com", is_active=False)

    Client().post("/accounts/password/reset/", {"email": "rae@example.com"})
    run_lane("tasks", timezone.now())

    assert OutgoingMail.objects.count() == 0


def test_a_changed_password_is_told_and_ends_other_sessions(signed_in: SignedIn) -> None:
    user = make_user(name="Rae Example", time_zone="Europe/Berlin")
    laptop, phone = signed_in(user), signed_in(user)
    for browser in (laptop, phone):
        browser.get("/accounts/profile/")

    changed = laptop.post(
        "/accounts/password/change/",
        {"oldpassword": PASSWORD, "password1": "a heron over the lake", "password2": "a heron over the lake"},
    )

    assert changed.status_code == 302
    assert phone.get("/accounts/profile/").status_code == 302
    mail = OutgoingMail.objects.get()
    assert (mail.to, mail.subject) == (user.email, "In Accord, your password was changed")
    assert "user.password_changed" in verbs(user)


def show_oneself_again(browser: Client, path: str) -> None:
    """Who changes how they sign in gives the password once more."""
    assert browser.get(path)["Location"].startswith("/accounts/reauthenticate/")
    assert browser.post(f"/accounts/reauthenticate/?next={path}", {"password": PASSWORD})["Location"] == path


def code_of(secret: str) -> str:
    counter = next(iter(yield_hotp_counters_from_time()))
    return f"{hotp_value(secret, counter):06}"


def test_the_second_step_of_an_app(django_capture_on_commit_callbacks: Any) -> None:
    user, browser = make_user(email="rae@example.com"), Client()
    sign_in(browser, "rae@example.com")
    show_oneself_again(browser, "/accounts/2fa/totp/activate/")
    page = browser.get("/accounts/2fa/totp/activate/")
    assert page.status_code == 200
    secret = page.context["form"].secret
    with django_capture_on_commit_callbacks(execute=True):
        right = browser.post("/accounts/2fa/totp/activate/", {"code": code_of(secret)})
    assert right.status_code == 302

    again = Client()
    first = sign_in(again, "rae@example.com")
    assert first["Location"] == "/accounts/2fa/authenticate/"
    assert again.get("/accounts/profile/").status_code == 302  # a password alone does not sign in
    wrong = again.post("/accounts/2fa/authenticate/", {"code": "000000"})
    assert wrong.status_code == 200

    recovery = Authenticator.objects.get(user=user, type="recovery_codes").wrap().get_unused_codes()[0]
    assert again.post("/accounts/2fa/authenticate/", {"code": recovery}).status_code == 302
    assert again.get("/accounts/profile/").status_code == 200
    assert verbs(user) == [
        "user.signed_in",
        "user.second_step_added",  # the app
        "user.second_step_added",  # and the recovery codes that come with it
        "user.second_step_failed",
        "user.signed_in",
    ]
    subjects = set(OutgoingMail.objects.values_list("subject", flat=True))
    assert "In Accord, an authenticator app was turned on" in subjects


def test_passkeys_are_offered(signed_in: SignedIn) -> None:
    browser = Client()
    sign_in(browser, make_user().email)

    assert browser.get("/accounts/2fa/").status_code == 200
    show_oneself_again(browser, "/accounts/2fa/webauthn/add/")
    assert browser.get("/accounts/2fa/webauthn/add/").status_code == 200
    assert (
        Client().get("/accounts/2fa/webauthn/login/", headers={"Accept": "application/json"}).status_code
        == 200
    )


def test_sessions_are_seen_and_ended(signed_in: SignedIn, django_capture_on_commit_callbacks: Any) -> None:
    user = make_user()
    laptop, phone = signed_in(user), signed_in(user)
    for browser in (laptop, phone):
        browser.get("/accounts/profile/")
    assert UserSession.objects.filter(user=user).count() == 2

    assert laptop.get("/accounts/sessions/").status_code == 200
    shown = laptop.post("/accounts/sessions/")
    assert shown["Location"] == "/accounts/reauthenticate/?next=%2Faccounts%2Fsessions%2F"
    assert phone.get("/accounts/profile/").status_code == 200
    with django_capture_on_commit_callbacks(execute=True):
        laptop.post(shown["Location"], {"password": PASSWORD})

    assert phone.get("/accounts/profile/").status_code == 302
    assert laptop.get("/accounts/profile/").status_code == 200


def test_a_session_s_use_is_not_written_at_every_request(
    signed_in: SignedIn, django_assert_max_num_queries: Any
) -> None:
    browser = signed_in(make_user())
    browser.get("/accounts/profile/")

    with django_assert_max_num_queries(2):
        browser.get("/accounts/profile/")


def test_times_are_shown_in_the_viewer_s_zone(signed_in: SignedIn, rf: RequestFactory) -> None:
    from django.http import HttpResponse
    from django.utils import timezone as zones

    from ats.accounts.middleware import ViewerMiddleware

    seen: list[str] = []

    def view(request: Any) -> HttpResponse:
        seen.append(zones.get_current_timezone_name())
        return HttpResponse()

    for user in (make_user(Role.RECRUITER, time_zone="Asia/Tokyo"), AnonymousUser()):
        request: Any = rf.get("/")
        request.user = user
        request.session = Client().session
        ViewerMiddleware(view)(request)

    assert seen == ["Asia/Tokyo", "UTC"]
