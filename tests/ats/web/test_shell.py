import re
from typing import Any
from unittest.mock import patch

import pytest
from django.contrib.auth.models import AnonymousUser
from django.template import Context, Template
from django.test import RequestFactory
from django.urls import path

from ats.accounts.models import Role, User
from ats.web import frame, shell

urlpatterns = [path(place, lambda request: None) for place in ("", "requisitions/", "candidates/")] + [
    path(f"settings/{place}", lambda request: None, name=name)
    for place, name in (
        ("", "settings"),
        ("people/", "settings_people"),
        ("outbox/", "settings_outbox"),
        ("out/", "account_logout"),
        ("session/", "account_session"),
    )
]


@pytest.fixture(autouse=True)
def _addresses(settings: Any) -> Any:
    """The places of this test are those that exist."""
    settings.ROOT_URLCONF = __name__
    forget()
    yield
    forget()


def forget() -> None:
    shell._exists.cache_clear()
    shell._named.cache_clear()
    frame._drawn.cache_clear()


def shell_of(user: Any, address: str = "/", **request: Any) -> shell.Shell:
    asked = RequestFactory().get(address)
    asked.user = user
    return shell.shell(asked)["shell"]


def test_the_rail_shows_what_exists_and_where_one_is() -> None:
    rail = shell_of(User(role=Role.RECRUITER), "/requisitions/7/board/").rail

    assert [(entry.label, entry.active) for entry in rail] == [
        ("My day", False),
        ("Requisitions", True),
        ("Candidates", False),
    ]


@pytest.mark.parametrize(
    ("role", "template"),
    [
        (Role.ADMIN, "shells/staff.html"),
        (Role.LEAD, "shells/staff.html"),
        (Role.RECRUITER, "shells/staff.html"),
        (Role.COORDINATOR, "shells/staff.html"),
        (Role.MANAGER, "shells/partner.html"),
        (Role.INTERVIEWER, "shells/partner.html"),
        (Role.STAKEHOLDER, "shells/partner.html"),
    ],
)
def test_each_role_has_its_shell(role: str, template: str) -> None:
    assert shell_of(User(role=role)).template == template


def test_each_sees_the_settings_that_are_theirs() -> None:
    def labels(role: str) -> list[str]:
        return [entry.label for entry in shell_of(User(role=role)).settings]

    assert labels(Role.ADMIN) == ["People", "Outbox"]
    assert labels(Role.LEAD) == ["Outbox"]
    assert labels(Role.RECRUITER) == []
    assert [shell_of(User(role=role)).settings_url for role in (Role.ADMIN, Role.RECRUITER)] == [
        "/settings/",
        "",
    ]


def test_a_stranger_has_no_rail() -> None:
    assert shell_of(AnonymousUser()).rail == []


def drawn(user: Any, part: str, token: str) -> str:
    template = Template("{% frame part %}")
    return template.render(Context({"shell": shell_of(user), "part": part, "csrf_token": token}))


@pytest.mark.parametrize("part", ["rail", "user_menu", "layers"])
def test_the_frame_is_put_together_once_for_who_sees_the_same(part: str) -> None:
    first = drawn(User(role=Role.RECRUITER, name="Robin Example"), part, "one")
    with patch("ats.web.frame.render_to_string", side_effect=AssertionError):
        assert drawn(User(role=Role.RECRUITER, name="Robin Example"), part, "one") == first


def test_its_forms_bear_the_token_of_each_request_and_each_sees_their_own_name() -> None:
    def token(said: str) -> list[str]:
        return re.findall('name="csrfmiddlewaretoken" value="([^"]*)"', said)

    robin = drawn(User(role=Role.RECRUITER, name="Robin Example"), "user_menu", "one")
    alex = drawn(User(role=Role.RECRUITER, name="Alex Other"), "user_menu", "two")
    assert (token(robin), token(alex)) == (["one"], ["two"])
    assert re.findall("<bdi>(.*)</bdi>", robin + alex) == ["Robin Example", "Alex Other"]
    assert drawn(AnonymousUser(), "user_menu", "three").strip() == ""


def test_the_demo_is_only_spoken_of_in_the_demo(settings: Any) -> None:
    settings.DEMO = False
    assert (shell_of(AnonymousUser()).demo_sign_ins, shell_of(AnonymousUser()).demo_password) == ((), "")
    settings.DEMO = True
    assert [email for _, email, _ in shell_of(AnonymousUser()).demo_sign_ins] == [
        f"{name}@demo.test"
        for name in ("recruiter", "manager", "lead", "coordinator", "interviewer", "admin")
    ]
