"""A second step that was lost is given up by an administrator, and its secret lies sealed in the table."""

from collections.abc import Callable
from importlib import import_module
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, hotp_value, yield_hotp_counters_from_time
from django.apps import apps
from django.test import Client
from django.urls import reverse

from ats.accounts import actions
from ats.accounts.domain import sealing
from ats.accounts.models import Role, User
from ats.activity.models import Activity
from ats.api.models import ApiToken
from ats.duework import engine
from ats.kernel.errors import Invalid, Missing, WrongState
from ats.mail.models import OutgoingMail
from tests.factories import NOW, PASSWORD, make_user

pytestmark = pytest.mark.django_db
SignedIn = Callable[[User], Client]
SECRET = "JBSWY3DPEHPK3PXP"


@pytest.fixture
def user() -> User:
    found = make_user(Role.RECRUITER)
    EmailAddress.objects.get_or_create(user=found, email=found.email, verified=True, primary=True)
    TOTP.activate(found, SECRET)
    RecoveryCodes.activate(found)
    return found


def kept(user: User) -> dict[str, dict[str, Any]]:
    return dict(Authenticator.objects.filter(user=user).values_list("type", "data"))


def now_on_the_phone() -> str:
    (counter, *_) = yield_hotp_counters_from_time()
    return str(format_hotp_value(hotp_value(SECRET, counter)))


def test_it_is_given_up_and_the_person_told(user: User, admin: User, signed_in: SignedIn) -> None:
    browser = signed_in(admin)
    ApiToken.objects.create(user=user, name="script", prefix="acc", token_hash="x", created_at=NOW)
    path = reverse("settings_person_forget_second_steps", args=[user.pk])

    assert "They lost their second step" in browser.get(f"/settings/people/{user.pk}/").content.decode()
    asked = browser.post(path)
    assert (asked.status_code, asked["Location"].split("?")[0]) == (302, "/accounts/reauthenticate/")
    assert len(kept(user)) == 2
    done = browser.post(asked["Location"], {"password": PASSWORD})  # and what was asked for goes on
    assert (done.status_code, done["Location"]) == (302, f"/settings/people/{user.pk}/")

    assert kept(user) == {}
    assert ApiToken.objects.get().revoked_at is not None
    noted = Activity.objects.filter(verb="user.second_steps_forgotten").get()
    assert (noted.actor_id, noted.subject_id) == (admin.pk, user.pk)
    (mail,) = OutgoingMail.objects.filter(role="account.second_steps_forgotten")
    assert (mail.to, f"{admin.name} took your second step away" in mail.text) == (user.email, True)
    signed = Client().post("/accounts/login/", {"login": user.email, "password": PASSWORD})
    assert (signed.status_code, signed["Location"]) == (302, "/")


def test_by_administrators_only_once_and_never_their_own(user: User, admin: User) -> None:
    TOTP.activate(admin, SECRET)

    with pytest.raises(Missing):
        actions.forget_second_steps(user_id=user.pk, by=make_user(Role.LEAD), now=NOW)
    with pytest.raises(Invalid):
        actions.forget_second_steps(user_id=admin.pk, by=admin, now=NOW)
    actions.forget_second_steps(user_id=user.pk, by=admin, now=NOW)
    with pytest.raises(WrongState):
        actions.forget_second_steps(user_id=user.pk, by=admin, now=NOW)
    assert [len(kept(each)) for each in (user, admin)] == [0, 1]


def test_the_table_does_not_say_the_secret(user: User) -> None:
    secrets = (kept(user)["totp"]["secret"], kept(user)["recovery_codes"]["seed"])

    assert [each.startswith(sealing.PREFIX) for each in secrets] == [True, True]
    assert SECRET not in str(kept(user))
    assert Authenticator.objects.get(user=user, type="totp").wrap().validate_code(now_on_the_phone())


def test_what_lay_open_is_sealed_and_still_good(user: User) -> None:
    Authenticator.objects.filter(type="totp").update(data={"secret": SECRET})
    codes = RecoveryCodes.activate(user).generate_codes()
    seed = sealing.opened(kept(user)["recovery_codes"]["seed"])
    Authenticator.objects.filter(type="recovery_codes").update(data={"seed": seed, "used_mask": 0})
    seal = import_module("ats.migrations.0023_second_steps_sealed").seal

    for _ in range(2):
        seal(apps, None)

    assert [
        sealing.opened(kept(user)[name][part])
        for name, part in (("totp", "secret"), ("recovery_codes", "seed"))
    ] == [
        SECRET,
        seed,
    ]
    assert SECRET not in str(kept(user))
    assert RecoveryCodes.activate(user).generate_codes() == codes


def test_another_key_takes_over_what_the_older_one_sealed_and_no_key_opens_it_unknown(
    user: User, settings: Any
) -> None:
    older = settings.SECRET_KEY
    settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = "another" * 9, [older]
    wrapped = Authenticator.objects.get(user=user, type="totp").wrap()
    assert wrapped.validate_code(now_on_the_phone())

    assert [engine.tick(NOW)["second-steps"] for _ in range(2)] == [2, 0]
    settings.SECRET_KEY_FALLBACKS = []
    assert sealing.opened(kept(user)["totp"]["secret"]) == SECRET

    settings.SECRET_KEY = "a third" * 9
    assert sealing.opened(kept(user)["totp"]["secret"]) is None
    assert not Authenticator.objects.get(user=user, type="totp").wrap().validate_code(now_on_the_phone())
