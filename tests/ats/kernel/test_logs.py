"""The log names addresses, and no keys to them; and who was refused what, from where."""

import logging
import subprocess
import sys
from collections.abc import Iterator
from io import StringIO

import pytest
from django.conf import settings
from django.test import Client
from django.utils import timezone

from ats.accounts.models import User
from ats.api.actions import create_token
from ats.kernel.logs import Utc, without_keys
from tests.factories import PASSWORD, make_user

KEY = "aZ_-" * 10 + "xyz"
SIGNED = f"eyJjaGFuZ2UiOjF9:1vNabc:{KEY}"


@pytest.fixture
def log() -> Iterator[StringIO]:
    """What a handler writes that knows nothing of ours."""
    out = StringIO()
    handler = logging.StreamHandler(out)
    handler.setFormatter(logging.Formatter("%(levelname)s %(name)s %(message)s"))
    logging.getLogger().addHandler(handler)
    yield out
    logging.getLogger().removeHandler(handler)


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        (f"/status/{KEY}/", "/status/…/"),
        (f"/status/{KEY}=/", "/status/…/"),  # as some mail programs leave it
        (f"/status/{KEY}", "/status/…"),
        (f"/status/{KEY[:20]}/", "/status/…/"),
        (f"/status/{KEY}abc/offers/1/?done=x", "/status/…/offers/1/?done=x"),
        (f"/status/{KEY}%20/", "/status/…/"),
        ("/status/?sent", "/status/?sent"),
        (f"/status/address/{SIGNED}/", "/status/address/…/"),
        (f"/mail/unsubscribe/{SIGNED}/", "/mail/unsubscribe/…/"),
        (f"/approvals/mail/{KEY} HTTP/1.1", "/approvals/mail/… HTTP/1.1"),
        (f"/calendar/feed/{KEY}.ics", "/calendar/feed/…"),
        (f"/accounts/invitation/{KEY}/", "/accounts/invitation/…/"),
        ("/accounts/password/reset/key/1-d3f4ab-0a1b2c3d4e5f60718293a4b5c6d7e8f9/", "/accounts/password/reset/key/…/"),
        (f"/accounts/login/?next=/status/{KEY}/details/", "/accounts/login/?next=/status/…/details/"),
        (f"?next=%2Fstatus%2F{KEY}%2Fdetails%2F", "?next=%2Fstatus%2F…%2Fdetails%2F"),
        (f'"GET / HTTP/1.1" 200 "https://a.example/status/{KEY}/"', '"GET / HTTP/1.1" 200 "https://a.example/status/…/"'),
        (f"Authorization: Bearer accord_{KEY}", "Authorization: Bearer …"),
        (f"TOKEN={KEY[:12]}&a=b", "TOKEN=…&a=b"),
        (f"https://calendar.example/private-{KEY}/basic.ics", "https://calendar.example/…/basic.ics"),
        ("/jobs/data-engineer-for-the-night-trains-of-europe/", "/jobs/data-engineer-for-the-night-trains-of-europe/"),
        ("/calendar/interviews/17/", "/calendar/interviews/17/"),
        ("task 0b2c7d1e-3f4a-4b5c-8d6e-7f8091a2b3c4 done", "task 0b2c7d1e-3f4a-4b5c-8d6e-7f8091a2b3c4 done"),
    ],
)  # fmt: skip
def test_no_key_is_written(written: str, kept: str) -> None:
    assert without_keys(written) == kept


def test_whatever_handler_writes_it(log: StringIO) -> None:
    logger = logging.getLogger("gunicorn.access")
    logger.warning("%(r)s", {"r": f"GET /status/{KEY}/ HTTP/1.1"})
    logger.warning(f"ready made: /status/{KEY}/")  # noqa: G004
    try:
        raise LookupError(f"https://a.example/approvals/mail/{KEY}/")
    except LookupError:
        logger.exception("A request failed")
    said = log.getvalue()
    assert said.startswith(
        "WARNING gunicorn.access GET /status/…/ HTTP/1.1\n"
        "WARNING gunicorn.access ready made: /status/…/\n"
        "ERROR gunicorn.access A request failed\nTraceback"
    )
    assert said.endswith("LookupError: https://a.example/approvals/mail/…/\n")


def test_nobody_writes_a_line_of_the_log(log: StringIO) -> None:
    forged = (
        "/x\n2026-11-24T10:00:00.000Z WARNING ats.refused 403 GET /hires/\r\nto\u2028user 1\x1b[2J\x00\x85"
    )
    logging.getLogger("a").warning("%s was refused", forged)
    try:
        raise LookupError(forged)
    except LookupError:
        logging.getLogger("a").exception("It failed")
    out = log.getvalue()
    assert [line for line in out.split("\n") if line and not line.startswith("    ")] == [
        "WARNING a /x",
        "ERROR a It failed",
        "Traceback (most recent call last):",
    ]
    assert [sign for sign in ("\r", "\x1b", "\x00", "\x85", "\u2028") if sign in out] == []


def test_moments_are_told_in_utc() -> None:
    line = Utc("%(asctime)s %(message)s")
    record = logging.LogRecord("a", logging.INFO, "", 0, "something", None, None)
    record.created, record.msecs = 1795600800.007, 7.0
    assert line.format(record) == "2026-11-25T10:00:00.007Z something"
    assert settings.LOGGING["formatters"]["line"]["()"] == "ats.kernel.logs.Utc"


def test_in_a_worker_too() -> None:
    """Celery writes by handlers of its own."""
    code = (
        "import ats.celery, django; django.setup()\n"
        "from celery.utils.log import get_task_logger\n"
        "ats.celery.app.log.setup('INFO')\n"
        f"get_task_logger('t').error('/status/{KEY}=/')"
    )
    env = {"DJANGO_SETTINGS_MODULE": "ats.settings", "SECRET_KEY": "s" * 50, "PATH": "/usr/bin:/bin"}
    done = subprocess.run([sys.executable, "-c", code], env=env, capture_output=True, text=True, check=True)
    said = done.stdout + done.stderr
    assert (KEY in said, "/status/…/" in said) == (False, True)


# --- Who was refused what, from where


def lines(log: StringIO) -> list[str]:
    return [line for line in log.getvalue().splitlines() if "ats.refused" in line]


@pytest.fixture
def user(db: None) -> User:
    return make_user("interviewer")


def test_who_may_not_is_named(log: StringIO, user: User) -> None:
    browser = Client(REMOTE_ADDR="198.51.100.7")
    browser.force_login(user)
    browser.get("/settings/people/")
    browser.post("/candidates/1/edit/")
    assert lines(log) == [
        f"WARNING ats.refused 403 GET /settings/people/ to user {user.pk} at 198.51.100.7",
        f"WARNING ats.refused 404 POST /candidates/1/edit/ to user {user.pk} at 198.51.100.7",
    ]


def test_a_refusal_that_leads_back_to_the_page_is_one(log: StringIO, db: None) -> None:
    lead = make_user("lead")
    browser = Client()
    browser.force_login(lead)
    browser.post("/settings/due-work/nothing/1/try-again/", headers={"Referer": "http://testserver/"})
    assert [line.partition(" at ")[0] for line in lines(log)] == [
        f"WARNING ats.refused 404 POST /settings/due-work/nothing/1/try-again/ to user {lead.pk}"
    ]


def test_strangers_and_tokens_are_named(log: StringIO, db: None) -> None:
    stranger = Client(REMOTE_ADDR="2001:db8::1")
    stranger.get(f"/status/{KEY}/")
    stranger.get("/api/v1/candidates/")
    stranger.get("/no/such/page/")  # nothing was refused
    stranger.get("/careers/")
    stranger.get("/careers/jobs/an-older-one/")
    assert lines(log) == [
        "WARNING ats.refused 404 GET /status/…/ to nobody known at 2001:db8::1",
        "WARNING ats.refused 401 GET /api/v1/candidates/ to nobody known at 2001:db8::1",
    ]


def test_a_token_that_may_not_is_named(log: StringIO, user: User) -> None:
    token, secret = create_token(user=user, name="x", scopes=["offers:read"], now=timezone.now())
    Client().get("/api/v1/candidates/", headers={"Authorization": f"Bearer {secret}"})
    assert lines(log) == [
        f"WARNING ats.refused 403 GET /api/v1/candidates/ to user {user.pk} by token {token.pk} at 127.0.0.1"
    ]
    assert secret not in log.getvalue()


def test_a_sign_in_that_fails_is_one_too(log: StringIO, user: User) -> None:
    guess = {"login": user.email, "password": "wrong"}
    Client(REMOTE_ADDR="198.51.100.7").post("/accounts/login/", guess)
    Client().post("/accounts/login/", guess | {"login": PASSWORD + "@example.com"})
    assert lines(log) == [
        f"WARNING ats.refused A sign-in as user {user.pk} at 198.51.100.7",
        "WARNING ats.refused A sign-in as nobody known at 127.0.0.1",
    ]
    assert PASSWORD not in log.getvalue()
