"""Who may open what, and how a refusal is told."""

import json
from typing import Any

import pytest
from django.contrib.messages import get_messages
from django.contrib.messages.storage.fallback import FallbackStorage
from django.contrib.sessions.backends.signed_cookies import SessionStore
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory

from ats.accounts.models import Role, User
from ats.kernel.errors import Conflict, Invalid, Missing
from ats.web.policy import signed_in


@signed_in("ats.manage_people")
def people(request: HttpRequest) -> HttpResponse:
    return HttpResponse("people")


@signed_in()
def moving(request: HttpRequest) -> HttpResponse:
    raise Conflict("Somebody else has moved it.")


def asked(request: Any, role: str = Role.ADMIN) -> Any:
    request.user = User(role=role, name="Robin")
    request.session = SessionStore()
    request._messages = FallbackStorage(request)
    return request


def test_who_is_not_signed_in_is_sent_there_and_back(client: Any, rf: RequestFactory) -> None:
    from django.contrib.auth.models import AnonymousUser

    request: Any = rf.get("/people/?page=2")
    request.user = AnonymousUser()
    fragment: Any = rf.get("/people/", headers={"HX-Request": "true"})
    fragment.user = AnonymousUser()

    assert people(request)["Location"] == "/accounts/login/?next=/people/%3Fpage%3D2"
    assert (people(fragment).status_code, people(fragment)["HX-Redirect"]) == (204, "/accounts/login/")


def test_the_permission_decides(rf: RequestFactory) -> None:
    assert people(asked(rf.get("/"))).content == b"people"
    with pytest.raises(PermissionDenied):
        people(asked(rf.get("/"), Role.RECRUITER))
    assert people.policy == "ats.manage_people"


def test_a_refusal_is_a_toast_for_htmx(rf: RequestFactory) -> None:
    answer = moving(asked(rf.post("/", headers={"HX-Request": "true"})))

    assert answer.status_code == 409
    assert json.loads(answer["HX-Trigger"]) == {
        "toast": {"text": "Somebody else has moved it.", "level": "error"}
    }


def test_a_refusal_goes_back_to_the_page_that_asked(rf: RequestFactory) -> None:
    request = asked(rf.post("/", headers={"Referer": "http://testserver/board/"}))

    assert (moving(request).status_code, moving(request)["Location"]) == (302, "http://testserver/board/")
    assert [message.message for message in get_messages(request)][:1] == ["Somebody else has moved it."]


@pytest.mark.parametrize("referer", ["", "https://elsewhere.example/board/"])
def test_a_refusal_without_a_page_of_ours_is_a_page(rf: RequestFactory, referer: str) -> None:
    answer = moving(asked(rf.post("/", headers={"Referer": referer})))

    assert answer.status_code == 409
    assert b"Somebody else has moved it." in answer.content


def test_errors_in_input_and_missing_rows_keep_their_meaning(rf: RequestFactory) -> None:
    @signed_in()
    def wrong(request: HttpRequest) -> HttpResponse:
        raise Invalid("Write a name.", field="name")

    @signed_in()
    def nothing(request: HttpRequest) -> HttpResponse:
        raise Missing("No such thing.")

    assert wrong(asked(rf.post("/"))).status_code == 422
    with pytest.raises(Missing):
        nothing(asked(rf.get("/")))
