"""What every answer says to the browser, whoever gives it: a page, a file of ours, a probe, a refusal."""

from pathlib import Path

import pytest
from django.test import Client, override_settings
from django.utils import timezone

from ats.api.actions import create_token
from tests.factories import make_user

POLICY = {
    "default-src 'none'", "script-src 'self'", "style-src 'self'", "img-src 'self' data:", "font-src 'self'",
    "connect-src 'self'", "form-action 'self'", "manifest-src 'self'", "frame-ancestors 'none'", "base-uri 'none'",
    "object-src 'none'",
}  # fmt: skip
YEAR = "max-age=31536000; includeSubDomains; preload"
HTTPS = {
    "SECURE_SSL_REDIRECT": True,
    "SECURE_HSTS_SECONDS": 31_536_000,
    "SECURE_HSTS_INCLUDE_SUBDOMAINS": True,
    "SECURE_HSTS_PRELOAD": True,
}


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/accounts/login/", 200),
        ("/careers/", 200),
        ("/healthz", 200),
        ("/static/js/theme.js", 200),
        ("/api/docs/", 200),
        ("/api/v1/requisitions/", 401),
        ("/candidates/", 302),
        ("/nothing", 404),
        ("/robots.txt", 200),
    ],
)
def test_every_answer_has_the_headers(path: str, status: int, tmp_path: Path) -> None:
    (tmp_path / "js").mkdir()
    (tmp_path / "js" / "theme.js").write_text("// a file of ours")
    with override_settings(STATIC_ROOT=tmp_path, **HTTPS):
        answer = Client().get(path, secure=True)
        answer.close()

    assert answer.status_code == status
    assert set(answer["Content-Security-Policy"].split("; ")) == POLICY
    names = (
        "X-Content-Type-Options",
        "Referrer-Policy",
        "Cross-Origin-Opener-Policy",
        "Strict-Transport-Security",
    )
    assert [answer[name] for name in names] == ["nosniff", "same-origin", "same-origin", YEAR]
    assert "Access-Control-Allow-Origin" not in answer
    is_public = "public" in answer["Cache-Control"]
    assert answer.get("Cross-Origin-Resource-Policy") == (None if is_public else "same-origin")


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["/accounts/login/", "/careers/", "/healthz", "/status/"])
def test_there_are_no_other_methods(path: str) -> None:
    assert [Client().generic(method, path).status_code for method in ("TRACE", "CONNECT", "GETS")] == [
        405
    ] * 3


@pytest.mark.django_db
def test_a_token_sent_without_https_is_refused_and_not_led_on() -> None:
    _, token = create_token(
        user=make_user("recruiter"),
        name="script",
        scopes=["requisitions:read"],
        expires_at=None,
        now=timezone.now(),
    )
    bearer = {"Authorization": f"Bearer {token}"}
    with override_settings(**HTTPS):
        calls = [
            Client().get("/api/v1/requisitions/", secure=secure, headers=bearer) for secure in (False, True)
        ]
        page = Client().get("/careers/")

    assert [call.status_code for call in calls] == [401, 200]
    assert calls[0].json()["errors"][0]["detail"] == (
        "Call by https. Others may have read this token on its way: take it back and make a new one."
    )
    assert (page.status_code, page["Location"]) == (301, "https://testserver/careers/")


@pytest.mark.django_db
def test_every_cookie_is_of_this_host_alone() -> None:
    """As it is with https, in a process whose settings say so."""
    import os
    import subprocess
    import sys

    code = (
        "import django; django.setup()\n"
        "from django.conf import settings as s; from ats.web.toasts import Cookie\n"
        "print(s.SESSION_COOKIE_NAME, s.CSRF_COOKIE_NAME, s.DEVICE_COOKIE_NAME, Cookie.cookie_name)\n"
        "print(s.SESSION_COOKIE_SECURE, s.CSRF_COOKIE_SECURE, s.SESSION_COOKIE_HTTPONLY, s.CSRF_COOKIE_HTTPONLY)\n"
        "print(s.SESSION_COOKIE_SAMESITE, s.CSRF_COOKIE_SAMESITE, s.SESSION_COOKIE_DOMAIN, s.CSRF_COOKIE_DOMAIN)\n"
        "print(s.SESSION_COOKIE_PATH, s.CSRF_COOKIE_PATH)"
    )
    env = os.environ | {
        "DJANGO_SETTINGS_MODULE": "ats.settings",
        "BASE_URL": "https://jobs.example.com",
        "SECRET_KEY": "s" * 50,
    }
    done = subprocess.run([sys.executable, "-c", code], env=env, capture_output=True, text=True, check=True)
    names = [f"__Host-accord-{name}" for name in ("session", "csrf", "device", "messages")]
    assert done.stdout.splitlines() == [" ".join(names), "True True True True", "Lax Lax None None", "/ /"]
