"""Invitations, roles, and the end of somebody's access."""

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from allauth.usersessions.models import UserSession
from django.test import Client
from django.utils import timezone

from ats.accounts import actions
from ats.accounts.models import Invitation, Role, User
from ats.activity.models import Activity
from ats.api.models import ApiToken
from ats.kernel.errors import Invalid, Missing, NotAllowed, WrongState
from ats.mail import delivery
from ats.mail.models import OutgoingMail
from tests.factories import NOW, PASSWORD, make_user
from tests.smtp import Catcher

pytestmark = pytest.mark.django_db
SignedIn = Callable[[User], Client]
LINK = re.compile(r"https?://\S+/accounts/invitation/(\S+)/")
GOOD = "a heron over the lake"


def token() -> str:
    found = LINK.search(OutgoingMail.objects.filter(role="account.invitation").latest("id").text)
    assert found
    return found[1]


def verbs() -> list[str]:
    return list(Activity.objects.order_by("id").values_list("verb", flat=True))


def test_an_invitation_makes_access_once(admin: User) -> None:
    invitation = actions.invite(
        email=" New@Example.com ", name="Nora New", role="recruiter", by=admin, now=NOW
    )
    secret = token()

    user = actions.accept_invitation(token=secret, name="Nora N.", password=GOOD, now=NOW)

    assert (user.email, user.name, user.role, user.is_active) == (
        "new@example.com",
        "Nora N.",
        "recruiter",
        True,
    )
    assert user.check_password(GOOD)
    with pytest.raises(WrongState):
        actions.accept_invitation(token=secret, name="Nora N.", password=GOOD, now=NOW)
    invitation.refresh_from_db()
    assert (invitation.accepted_at, invitation.accepted_by) == (NOW, user)
    assert secret not in Invitation.objects.values_list("token_hash", flat=True)
    assert verbs() == ["user.invited", "user.joined"]
    mail = OutgoingMail.objects.get()
    assert (mail.to, mail.subject, mail.state) == (
        "new@example.com",
        "Ada Admin invites you to Accord",
        "queued",
    )


def test_an_old_link_does_not_work(admin: User) -> None:
    actions.invite(email="new@example.com", name="", role="recruiter", by=admin, now=NOW)

    with pytest.raises(WrongState):
        actions.accept_invitation(token=token(), name="N", password=GOOD, now=NOW + timedelta(days=7))


def test_a_second_invitation_replaces_the_first(admin: User) -> None:
    actions.invite(email="new@example.com", name="", role="recruiter", by=admin, now=NOW)
    first = token()
    actions.invite(email="NEW@example.com", name="", role="lead", by=admin, now=NOW)

    with pytest.raises(WrongState):
        actions.accept_invitation(token=first, name="N", password=GOOD, now=NOW)
    assert actions.accept_invitation(token=token(), name="N", password=GOOD, now=NOW).role == "lead"


def test_a_link_taken_back_does_not_work(admin: User) -> None:
    invitation = actions.invite(email="new@example.com", name="", role="recruiter", by=admin, now=NOW)
    actions.revoke_invitation(invitation_id=invitation.pk, by=admin, now=NOW)

    with pytest.raises(WrongState):
        actions.accept_invitation(token=token(), name="N", password=GOOD, now=NOW)
    with pytest.raises(Missing):
        actions.revoke_invitation(invitation_id=invitation.pk, by=admin, now=NOW)


def test_who_is_here_is_not_invited_again(admin: User) -> None:
    with pytest.raises(Invalid) as refused:
        actions.invite(email="ADA@example.com", name="", role="recruiter", by=admin, now=NOW)

    assert (refused.value.field, refused.value.message) == ("email", "Ada Admin has access already.")


@pytest.mark.parametrize("password", ["short", "password1234", "new@example.com"])
def test_a_weak_password_is_refused_and_the_link_still_works(admin: User, password: str) -> None:
    actions.invite(email="new@example.com", name="", role="recruiter", by=admin, now=NOW)

    with pytest.raises(Invalid) as refused:
        actions.accept_invitation(token=token(), name="N", password=password, now=NOW)

    assert refused.value.field == "password"
    actions.accept_invitation(token=token(), name="N", password=GOOD, now=NOW)


@pytest.mark.parametrize("role", [role for role in Role if role != Role.ADMIN])
def test_only_administrators_look_after_people(admin: User, role: str) -> None:
    other = make_user(role)

    with pytest.raises(NotAllowed):
        actions.invite(email="new@example.com", name="", role="admin", by=other, now=NOW)
    for change in (actions.deactivate, actions.reactivate, actions.end_sessions):
        with pytest.raises(Missing):
            change(user_id=admin.pk, by=other, now=NOW)
    with pytest.raises(Missing):
        actions.change_role(user_id=other.pk, role="admin", by=other, now=NOW)


def test_a_role_changes_and_the_person_is_told(admin: User) -> None:
    user = make_user(Role.RECRUITER, name="Rae Recruiter")

    actions.change_role(user_id=user.pk, role="lead", by=admin, now=NOW)

    user.refresh_from_db()
    assert user.role == "lead"
    assert Activity.objects.get().data == {
        "name": "Rae Recruiter",
        "from_role": "Recruiter",
        "to_role": "Recruiting lead",
        "before": "recruiter",
    }
    assert OutgoingMail.objects.get().subject == "Your role in Accord is now Recruiting lead"


def test_the_last_administrator_stays_one(admin: User) -> None:
    make_user(Role.ADMIN, is_active=False)

    with pytest.raises(WrongState):
        actions.change_role(user_id=admin.pk, role="lead", by=admin, now=NOW)
    second = make_user(Role.ADMIN)
    actions.change_role(user_id=admin.pk, role="lead", by=second, now=NOW)
    with pytest.raises(WrongState):
        actions.change_role(user_id=second.pk, role="lead", by=second, now=NOW)


def test_access_ends_everywhere_at_once(
    admin: User, signed_in: SignedIn, django_capture_on_commit_callbacks: Any
) -> None:
    user = make_user(Role.RECRUITER)
    browser = signed_in(user)
    ApiToken.objects.create(user=user, name="script", prefix="acc", token_hash="x", created_at=NOW)
    assert browser.get("/accounts/profile/").status_code == 200
    assert UserSession.objects.filter(user=user).count() == 1

    with django_capture_on_commit_callbacks(execute=True):
        actions.deactivate(user_id=user.pk, by=admin, now=NOW)

    assert browser.get("/accounts/profile/").status_code == 302
    assert UserSession.objects.filter(user=user).count() == 0
    assert ApiToken.objects.get().revoked_at == NOW
    assert not Client().login(email=user.email, password=PASSWORD)
    actions.reactivate(user_id=user.pk, by=admin, now=NOW)
    assert browser.get("/accounts/profile/").status_code == 302  # the old session stays ended
    assert Client().login(email=user.email, password=PASSWORD)


def test_a_lost_laptop(admin: User, signed_in: SignedIn, django_capture_on_commit_callbacks: Any) -> None:
    user = make_user(Role.RECRUITER)
    laptop = signed_in(user)
    laptop.get("/accounts/profile/")

    with django_capture_on_commit_callbacks(execute=True):
        actions.end_sessions(user_id=user.pk, by=admin, now=NOW)

    assert laptop.get("/accounts/profile/").status_code == 302


def test_nobody_ends_their_own_access(admin: User) -> None:
    make_user(Role.ADMIN)

    with pytest.raises(Invalid):
        actions.deactivate(user_id=admin.pk, by=admin, now=NOW)


def test_the_profile(admin: User, signed_in: SignedIn) -> None:
    answer = signed_in(admin).post(
        "/accounts/profile/",
        {"name": "Ada A.", "title": "Head of People", "time_zone": "Europe/Berlin", "language": "en"},
    )

    assert answer.status_code == 302
    admin.refresh_from_db()
    assert (admin.name, admin.title, admin.time_zone) == ("Ada A.", "Head of People", "Europe/Berlin")
    assert Activity.objects.get(verb="user.profile_changed").data == {
        "fields": "name, title, time zone, language"
    }
    wrong = signed_in(admin).post(
        "/accounts/profile/", {"name": "Ada", "time_zone": "Mars/Base", "language": "en"}
    )
    assert wrong.status_code == 422


# --- The pages


def test_from_the_invitation_to_the_first_page(admin: User, signed_in: SignedIn) -> None:
    sent = signed_in(admin).post(
        "/settings/people/invite/", {"email": "new@example.com", "name": "Nora New", "role": "recruiter"}
    )
    assert (sent.status_code, sent["Location"]) == (302, "/settings/people/")
    visitor, address = Client(), f"/accounts/invitation/{token()}/"

    looked = visitor.get(address)
    assert looked.status_code == 200
    assert User.objects.count() == 1  # looking changes nothing
    weak = visitor.post(address, {"name": "Nora New", "password": "short"})
    assert (weak.status_code, User.objects.count()) == (422, 1)
    in_ = visitor.post(address, {"name": "Nora New", "password": GOOD})

    assert (in_.status_code, in_["Location"]) == (302, "/")
    assert visitor.get("/accounts/profile/").status_code == 200
    assert Client().get(address).status_code == 410
    assert verbs()[-2:] == ["user.joined", "user.signed_in"]


def test_the_link_is_nobody_elses_to_read(admin: User, smtp: Catcher, signed_in: SignedIn) -> None:
    now = timezone.now()
    actions.invite(email="new@example.com", name="", role="admin", by=admin, now=now)
    secret = token()
    mail = OutgoingMail.objects.get()
    lead = signed_in(make_user(Role.LEAD))

    waiting = lead.get(f"/settings/outbox/{mail.pk}/")
    delivery.deliver(now)
    mail.refresh_from_db()

    assert waiting.status_code == 200
    assert secret not in waiting.content.decode()
    assert mail.state == "sent"
    body = smtp.messages[0].get_body(("plain",))
    assert body is not None
    assert secret in body.get_content()
    assert (secret in mail.text, mail.html) == (False, "")


@pytest.mark.parametrize("path", ["/settings/people/", "/settings/people/invite/", "/settings/people/{}/"])
def test_pages_about_people_are_for_administrators(admin: User, signed_in: SignedIn, path: str) -> None:
    path = path.format(admin.pk)

    assert signed_in(admin).get(path).status_code == 200
    assert signed_in(make_user(Role.LEAD)).get(path).status_code == 403
    assert Client().get(path)["Location"] == f"/accounts/login/?next={path}"


def test_as_many_queries_for_many_people(
    admin: User, signed_in: SignedIn, django_assert_max_num_queries: Any
) -> None:
    browser = signed_in(admin)
    browser.get("/settings/people/")
    for _ in range(30):
        make_user(Role.RECRUITER)
    for number in range(5):
        actions.invite(email=f"new{number}@example.com", name="", role="lead", by=admin, now=timezone.now())

    with django_assert_max_num_queries(6):
        assert browser.get("/settings/people/").status_code == 200


def test_the_last_administrator_is_told_why_not(admin: User, signed_in: SignedIn) -> None:
    page = f"http://testserver/settings/people/{admin.pk}/"

    answer = signed_in(admin).post(
        f"/settings/people/{admin.pk}/role/", {"role": "lead"}, headers={"Referer": page}, follow=True
    )

    assert answer.redirect_chain == [(page, 302)]
    assert "There must be an administrator." in answer.content.decode()
