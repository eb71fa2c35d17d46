"""The sign-in pages in our look, under the strict policy: with a password, a code, a passkey, one click."""

import re
from typing import Any

import pytest
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value, yield_hotp_counters_from_time
from django.test import Client
from django.utils import timezone
from playwright.sync_api import expect

from ats.accounts.models import Role, User
from ats.embedded import DEMO_PASSWORD
from ats.mail.models import OutgoingMail
from ats.web.shell import DEMO_SIGN_INS
from tests import factories
from tests.candidates.helpers import run_lane

AFTER = "/styleguide/"  # any page that needs no data


def code_of(secret: str) -> str:
    return format_hotp_value(hotp_value(secret, next(iter(yield_hotp_counters_from_time()))))


def heading(response: Any) -> str:
    found = re.search(r"<h1>(.*?)</h1>", response.content.decode(), re.DOTALL)
    return " ".join(found[1].split()) if found else ""


def sign_in(client: Client, user: User, password: str = factories.PASSWORD) -> Any:
    fields = {"login": user.email, "password": password, "next": AFTER}
    return client.post("/accounts/login/", fields)


def confirm(client: Client) -> None:
    """Parts about the account's safety ask once more for the password."""
    client.post("/accounts/reauthenticate/", {"password": factories.PASSWORD})


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("address", "title"),
    [
        ("/accounts/login/", "Sign in"),
        ("/accounts/password/reset/", "A new password"),
        ("/accounts/password/reset/done/", "Look into your mail"),
        ("/accounts/password/reset/key/1-nonsense/", "This link no longer works"),
        ("/accounts/signup/", "By invitation"),
        ("/accounts/inactive/", "This account is closed"),
    ],
)
def test_pages_of_the_entrance(client: Client, address: str, title: str) -> None:
    response = client.get(address)

    assert (response.status_code, heading(response)) == (200, title)
    assert "style=" not in response.content.decode()


@pytest.mark.django_db
@pytest.mark.parametrize("role", [Role.RECRUITER, Role.MANAGER])
def test_pages_of_the_account(client: Client, role: str) -> None:
    sign_in(client, factories.make_user(role))
    confirm(client)
    addresses = {
        "/accounts/password/change/": "Password",
        "/accounts/2fa/": "Two-step sign-in",
        "/accounts/2fa/totp/activate/": "Turn on the authenticator app",
        "/accounts/2fa/webauthn/": "Passkeys and security keys",
        "/accounts/2fa/webauthn/add/": "Add a key",
        "/accounts/sessions/": "Sessions",
        "/accounts/reauthenticate/": "Is it still you?",
        "/accounts/logout/": "Sign out",
    }

    pages = {address: client.get(address) for address in addresses}

    assert {address: heading(page) for address, page in pages.items()} == addresses
    assert [address for address, page in pages.items() if "style=" in page.content.decode()] == []


@pytest.mark.django_db
def test_a_wrong_password_keeps_the_address_and_says_what_to_do(client: Client) -> None:
    user = factories.make_user()
    page = sign_in(client, user, "wrong").content.decode()

    assert f'value="{user.email}"' in page
    assert '<div class="form-errors" role="alert">' in page
    assert "wrong" not in re.findall(r'value="([^"]*)"', page)


@pytest.mark.django_db
def test_a_forgotten_password_is_chosen_anew(client: Client) -> None:
    user = factories.make_user()
    client.post("/accounts/password/reset/", {"email": user.email})
    client.post("/accounts/password/reset/", {"email": "nobody@example.com"})
    run_lane("tasks", timezone.now())

    mails = list(OutgoingMail.objects.all())
    assert [mail.to for mail in mails] == [user.email]
    link = re.search(r"/accounts/password/reset/key/[\w-]+/", mails[0].text)
    assert link is not None
    form = client.get(link[0], follow=True)
    assert heading(form) == "Choose a new password"
    chosen = {"password1": "another-fine-phrase", "password2": "another-fine-phrase"}
    done = client.post(form.request["PATH_INFO"], chosen, follow=True)
    assert heading(done) == "Your password is changed"
    assert sign_in(Client(), user, "another-fine-phrase").status_code == 302
    assert heading(Client().get(link[0], follow=True)) == "This link no longer works"


@pytest.mark.django_db
def test_one_click_signs_in_to_the_demo(client: Client, settings: Any) -> None:
    for _, email, _ in DEMO_SIGN_INS:
        factories.make_user(
            email.split("@")[0].replace("admin", Role.ADMIN), email=email, password=DEMO_PASSWORD
        )
    page = client.get(f"/accounts/login/?next={AFTER}").content.decode()
    forms = re.findall(
        r'name="login" value="([^"]+)"><input type="hidden" name="password" value="([^"]+)"', page
    )

    assert forms == [(email, DEMO_PASSWORD) for _, email, _ in DEMO_SIGN_INS]
    for email, password in forms:
        answer = Client().post("/accounts/login/", {"login": email, "password": password, "next": AFTER})
        assert (answer.status_code, answer["Location"]) == (302, AFTER)


@pytest.mark.django_db
def test_outside_of_the_demo_nothing_is_offered(client: Client, settings: Any) -> None:
    settings.DEMO = False

    page = client.get("/accounts/login/").content.decode()

    assert (DEMO_PASSWORD in page, "demo.test" in page) == (False, False)


@pytest.mark.django_db
def test_the_second_step_with_an_app_and_with_a_recovery_code(client: Client) -> None:
    user = factories.make_user()
    sign_in(client, user)
    confirm(client)
    page = client.get("/accounts/2fa/totp/activate/").content.decode()
    secret = re.search(r'<code id="secret">(\w+)</code>', page)
    assert secret is not None
    client.post("/accounts/2fa/totp/activate/", {"code": code_of(secret[1])})
    codes = re.search(
        r"<textarea[^>]*readonly>([^<]+)", client.get("/accounts/2fa/recovery-codes/").content.decode()
    )
    assert codes is not None

    elsewhere = Client()
    assert sign_in(elsewhere, user)["Location"].startswith("/accounts/2fa/authenticate/")
    assert heading(elsewhere.get("/accounts/2fa/authenticate/")) == "The second step"
    wrong = elsewhere.post("/accounts/2fa/authenticate/", {"code": "000000"})
    assert (wrong.status_code, 'class="field-error"' in wrong.content.decode()) == (200, True)
    right = elsewhere.post("/accounts/2fa/authenticate/", {"code": codes[1].split()[0]})
    assert (right.status_code, right["Location"]) == (302, AFTER)


@pytest.mark.django_db
def test_sessions_are_seen_and_ended(client: Client, django_capture_on_commit_callbacks: Any) -> None:
    user = factories.make_user()
    there = Client(
        headers={"User-Agent": "Mozilla/5.0 (iPhone; CPU iPhone OS 18_1) Version/18.1 Safari/604.1"}
    )
    sign_in(there, user)
    sign_in(client, user)
    client.get(AFTER)
    there.get(AFTER)

    page = client.get("/accounts/sessions/").content.decode()
    assert ("Safari on iPhone" in page, page.count("This one")) == (True, 1)
    client.post("/accounts/reauthenticate/", {"password": factories.PASSWORD})
    with django_capture_on_commit_callbacks(execute=True):
        client.post("/accounts/sessions/")
    assert there.get("/accounts/sessions/").status_code == 302
    assert client.get("/accounts/sessions/").status_code == 200


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
def test_a_passkey_is_added_and_signs_in_under_the_strict_policy(page: Any, axe: str) -> None:
    user = factories.make_user()
    stopped: list[str] = []
    page.on("console", lambda message: stopped.append(message.text) if message.type == "error" else None)
    devtools = page.context.new_cdp_session(page)
    devtools.send("WebAuthn.enable")
    key = {
        "protocol": "ctap2",
        "transport": "internal",
        "hasResidentKey": True,
        "hasUserVerification": True,
        "isUserVerified": True,
        "automaticPresenceSimulation": True,
    }
    devtools.send("WebAuthn.addVirtualAuthenticator", {"options": key})

    page.goto(f"/accounts/login/?next={AFTER}")
    page.get_by_label("Email").fill(user.email)
    page.get_by_label("Password").fill(factories.PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()
    page.wait_for_url(f"**{AFTER}")
    page.goto("/accounts/2fa/webauthn/add/")
    page.get_by_label("Password").fill(factories.PASSWORD)
    page.get_by_role("button", name="Confirm").click()
    page.wait_for_url("**/accounts/2fa/webauthn/add/")
    page.wait_for_load_state("networkidle")  # a click before its script is there adds nothing
    page.get_by_role("button", name="Add the key").click()
    page.wait_for_url("**/accounts/2fa/recovery-codes/**")
    page.goto("/accounts/2fa/webauthn/")
    expect(page.get_by_text("Passkey, added just now, not used yet")).to_be_visible()
    page.evaluate(axe)
    assert [rule["id"] for rule in page.evaluate("axe.run()")["violations"]] == []

    page.locator(".user-menu summary").click()
    page.get_by_role("button", name="Sign out").click()
    page.wait_for_url("**/accounts/login/**")
    page.goto(f"/accounts/login/?next={AFTER}")
    page.wait_for_load_state("networkidle")
    page.get_by_role("button", name="Sign in with a passkey").click()
    page.wait_for_url(f"**{AFTER}")
    expect(page.locator(".user-menu summary")).to_contain_text(user.name)
    assert stopped == []
