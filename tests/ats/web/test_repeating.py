"""Two requests that wait for each other: the database ends one, and both come through."""

import threading
from typing import Any

import pytest
from django.db import connection, transaction
from django.http import HttpRequest, HttpResponse
from django.test import Client
from django.urls import path

from ats.activity.record import record
from ats.kernel.access import lock
from ats.models import User
from ats.urls import handler400, handler403, handler404, handler500  # noqa: F401
from ats.web.policy import public
from tests.candidates.helpers import at_once
from tests.factories import NOW, make_user

pytestmark = [pytest.mark.race, pytest.mark.django_db(transaction=True), pytest.mark.urls(__name__)]

both_hold_one = threading.Barrier(2)
meets: list[bool] = []
runs: list[str] = []


@public
def crosswise(request: HttpRequest, first: int, second: int) -> HttpResponse:
    """Lock two people, in whichever order is asked for; the first time, both hold one before they go on."""
    runs.append(
        request.POST.get("who", "") + (request.FILES["file"].read().decode() if request.FILES else "")
    )
    if "commits" in request.GET:
        with transaction.atomic():
            user = User.objects.get(pk=first)
            record("user.profile_changed", subject=user, by=user, now=NOW, data={"fields": "name"})
    with transaction.atomic():
        lock(User, first)
        if len(runs) <= 2 or meets:
            both_hold_one.wait(timeout=20)
        lock(User, second)
        User.objects.filter(pk=first).update(name="Done")
    return HttpResponse("done")


urlpatterns = [
    path("crosswise/<int:first>/<int:second>/", crosswise),
    path("api/crosswise/<int:first>/<int:second>/", crosswise),
]


@pytest.fixture
def two() -> tuple[User, User]:
    runs.clear()
    meets.clear()
    both_hold_one.reset()
    return make_user(), make_user()


def post(address: str, **data: Any) -> Any:
    return Client(raise_request_exception=False).post(address, data)


def crossed(two: tuple[User, User], address: str = "/crosswise/{}/{}/", **data: Any) -> list[Any]:
    one, other = (user.pk for user in two)
    return at_once(
        lambda: post(address.format(one, other), **data), lambda: post(address.format(other, one), **data)
    )


def test_the_one_that_was_ended_is_done_once_more(two: tuple[User, User]) -> None:
    answers = crossed(two, who="me")
    assert [(answer.status_code, answer.content) for answer in answers] == [(200, b"done")] * 2
    assert runs == ["me"] * 3


def test_where_something_is_committed_already_it_is_said_and_not_repeated(two: tuple[User, User]) -> None:
    answers = crossed(two, "/crosswise/{}/{}/?commits")
    assert sorted(answer.status_code for answer in answers) == [200, 503]
    (busy,) = [answer for answer in answers if answer.status_code == 503]
    assert "Please send it again." in busy.content.decode()
    assert (busy["Retry-After"], len(runs)) == ("1", 2)


def test_a_program_is_told_to_send_it_again(two: tuple[User, User]) -> None:
    answers = crossed(two, "/api/crosswise/{}/{}/")
    (busy,) = [answer for answer in answers if answer.status_code == 503]
    assert busy.json()["errors"][0]["code"] == "busy"
    assert busy["Retry-After"] == "1"


def test_other_troubles_of_the_database_are_not_repeated(two: tuple[User, User]) -> None:
    def broken(*args: Any) -> None:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1 / 0")

    runs.extend(["", ""])
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(f"{__name__}.lock", broken)
        answer = post(f"/crosswise/{two[0].pk}/{two[1].pk}/")
    assert (answer.status_code, len(runs)) == (500, 3)
