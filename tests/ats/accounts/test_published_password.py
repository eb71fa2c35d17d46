"""A database that once was a demo, used in earnest: the password in the README opens nothing."""

from io import StringIO
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from django.core.management import call_command
from django.test import Client
from django.utils import timezone

from ats import published
from ats.accounts.models import Role, User
from ats.accounts.queries.demo import who_can_sign_in
from ats.activity.models import Activity
from ats.api.actions import create_token
from ats.calendars import actions as calendars
from ats.checks import production
from ats.embedded import DEMO_PASSWORD
from tests.factories import make_user

pytestmark = pytest.mark.django_db
REFUSED = "This password is published for the demo and opens nothing here. Set a new one by mail."


@pytest.fixture
def in_earnest(settings: Any) -> None:
    settings.PRODUCTION, settings.DEMO = True, False


@pytest.fixture
def demo_admin() -> User:
    return make_user(Role.ADMIN, email="admin@demo.test", password=DEMO_PASSWORD)


def sign_in(email: str, password: str = DEMO_PASSWORD) -> Any:
    return Client().post("/accounts/login/", {"login": email, "password": password})


def test_the_published_password_signs_nobody_in_outside_of_the_demo(
    demo_admin: User, in_earnest: None
) -> None:
    make_user(email="rae@example.com", password=DEMO_PASSWORD)
    answers = [sign_in(email) for email in ("admin@demo.test", "rae@example.com", "nobody@example.com")]

    assert [(answer.status_code, answer.context["form"].errors) for answer in answers] == [
        (200, {"__all__": [REFUSED]})
    ] * 3


def test_it_signs_in_within_the_demo(demo_admin: User) -> None:
    assert sign_in("admin@demo.test").status_code == 302


def test_a_demo_is_not_served_in_production(
    demo_admin: User, in_earnest: None, capsys: Any, settings: Any, monkeypatch: Any
) -> None:
    monkeypatch.setattr(published.connection, "close", lambda: None)
    said = StringIO()
    monkeypatch.setattr(published.sys, "__stderr__", said)

    with pytest.raises(SystemExit) as stopped:
        published.refuse()

    assert (stopped.value.code, said.getvalue()) == (
        1,
        (
            "accord: this database was a demo: admin@demo.test can still sign in. `python manage.py shut_out_demo`"
            " takes away their passwords, second steps, sessions, tokens and feeds.\n"
        ),
    )
    settings.PRODUCTION = False  # somebody looks at an empty house with make run
    published.refuse()


def test_the_deploy_check_names_them(demo_admin: User, in_earnest: None) -> None:
    assert [one.msg for one in production(None) if one.id == "ats.E015"] == [
        published.told(["admin@demo.test"])
    ]


def test_a_visitor_s_own_password_or_passkey_counts_too(in_earnest: None) -> None:
    make_user(Role.ADMIN, email="admin@demo.test", password="a heron over the lake")
    lead = make_user(Role.LEAD, email="lead@demo.test")
    lead.set_unusable_password()
    lead.save()
    Authenticator.objects.create(user=lead, type="webauthn", data={})
    make_user(email="left@demo.test", is_active=False)
    make_user(email="rae@example.com")

    assert who_can_sign_in() == ["admin@demo.test", "lead@demo.test"]


def test_they_are_shut_out(demo_admin: User, in_earnest: None) -> None:
    """Sessions, tokens and feeds of the demo's time too; and nobody else is."""
    other = make_user(email="rae@example.com")
    here, there = Client(), Client()
    here.force_login(demo_admin)
    there.force_login(other)
    for browser in (here, there):
        browser.get("/accounts/profile/")
    tokens = [create_token(user=user, name="x", now=timezone.now())[1] for user in (demo_admin, other)]
    feeds = [calendars.make(by=user, now=timezone.now()) for user in (demo_admin, other)]
    said = StringIO()

    from django.db import transaction

    with transaction.atomic():
        call_command("shut_out_demo", stdout=said)

    assert said.getvalue().splitlines()[0] == "admin@demo.test"
    assert who_can_sign_in() == []
    reading = [
        Client().get("/api/v1/requisitions/", headers={"Authorization": f"Bearer {token}"}).status_code
        for token in tokens
    ]
    assert reading == [401, 200]
    paths = [feed.removeprefix("http://testserver") for feed in feeds]
    assert [Client().get(path).status_code for path in paths] == [404, 200]
    assert Activity.objects.filter(verb="user.shut_out").count() == 1


@pytest.mark.parametrize(
    "password",
    [DEMO_PASSWORD, "qwertyuiop123", "QwertyUiop123", "iloveyou12345", "1qaz2wsx3edc4rfv"],
)
def test_known_passwords_are_refused_wherever_one_is_set(password: str, signed_in: Any) -> None:
    from django.contrib.auth.password_validation import validate_password
    from django.core.exceptions import ValidationError

    with pytest.raises(ValidationError) as refused:
        validate_password(password)

    assert refused.value.messages[-1] == (
        "This password is in lists of passwords that were stolen elsewhere. Choose another one."
    )
