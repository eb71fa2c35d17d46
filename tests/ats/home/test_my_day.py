"""My day: what is owed, in its order, to whom it is shown, and what it costs."""

import re
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext

from ats.accounts.models import Role, User
from ats.home.queries import day_of
from candidates.applications import actions
from candidates.conversation import actions as conversation
from candidates.models import Application, Promise, Review
from tests import factories as f
from tests.factories import NOW

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def clock() -> Iterator[None]:
    with time_machine.travel(NOW):
        yield


@pytest.fixture
def recruiter() -> User:
    return f.make_user(Role.RECRUITER)


@pytest.fixture
def role(recruiter: User) -> Any:
    return f.make_requisition(recruiter=recruiter, title="Data engineer")


def owed(role: Any, name: str, hours: float, **facts: Any) -> Application:
    candidate = f.make_candidate(first_name=name)
    return f.make_application(
        requisition=role, candidate=candidate, due_at=NOW + timedelta(hours=hours), **facts
    )


def names(debts: list[Any]) -> list[str]:
    return [debt.application.candidate.first_name for debt in debts]


def test_what_is_most_urgent_comes_first(role: Any, recruiter: User) -> None:
    owed(role, "Next", 50)
    owed(role, "Today", 5)
    owed(role, "Late", -1)
    owed(role, "Later", -30)
    owed(f.make_requisition(), "Others", -1)

    day = day_of(recruiter, whole_team=False, now=NOW)

    assert (names(day.late), names(day.today), names(day.later)) == (["Later", "Late"], ["Today"], ["Next"])
    assert (day.pressing, day.count_later, day.more) == (3, 1, 0)
    assert day.first is not None
    assert day.first.application.candidate.first_name == "Later"


@pytest.mark.parametrize(
    ("stage", "verb", "way"),
    [
        ("applied", "Answer", "/applications/{}/"),
        ("review", "Decide", "/applications/{}/"),
        ("interview", "Find a time", "/interviews/applications/{}/"),
        ("offer", "Write", "/applications/{}/#write"),
    ],
)
def test_each_debt_has_the_one_click_that_settles_it(
    client: Any, role: Any, recruiter: User, stage: str, verb: str, way: str
) -> None:
    application = owed(role, "Ada", -1, stage_kind=stage)
    Promise.objects.update(owner=recruiter, side="recruiter" if stage != "interview" else "scheduling")
    client.force_login(recruiter)

    html = client.get("/").content.decode()

    assert f'<a class="btn" href="{way.format(application.pk)}">{verb}<' in html
    assert "You owe 1 person an answer today, all of them past the date we gave." in html


def test_what_a_candidate_wrote_stands_beside_what_is_owed_to_them(role: Any, recruiter: User) -> None:
    ada = owed(role, "Ada", 100)
    conversation.receive(candidate=ada.candidate, application=ada, body="Any news?", now=NOW)
    over = owed(role, "Ben", 100)
    f.make_message(over, body="One more thing")
    actions.reject(
        application_id=over.pk, reason=f.make_reason().code, by=recruiter, now=NOW, message=("No", "No.")
    )

    day = day_of(recruiter, whole_team=False, now=NOW)

    assert [(debt.wrote.body, debt.verb) for debt in day.later if debt.wrote] == [("Any news?", "Answer")]
    assert [message.body for message in day.wrote] == ["One more thing"]


def test_silence_and_messages_that_came_back_are_debts(role: Any, recruiter: User) -> None:
    silent = owed(role, "Ada", 100)
    actions.reject(application_id=silent.pk, reason=f.make_reason().code, by=recruiter, now=NOW, message=None)
    nowhere = owed(role, "Ben", 100)
    nowhere.candidate.email, nowhere.candidate.email_key = "", None
    nowhere.candidate.save()
    conversation.send(application_id=nowhere.pk, subject="Hello", body="Hello", by=recruiter, now=NOW)

    day = day_of(recruiter, whole_team=False, now=NOW)

    assert [row.candidate.first_name for row in day.untold] == ["Ada"]
    assert [(mail.state, row.candidate.first_name) for mail, row in day.troubled] == [("withheld", "Ben")]


def test_what_managers_owe_and_what_is_new_stands_at_the_side(role: Any, recruiter: User) -> None:
    ada = owed(role, "Ada", 100, applied_at=NOW - timedelta(hours=3))
    owed(role, "Old", 100, applied_at=NOW - timedelta(days=3))
    Review.objects.create(
        application=ada, reviewer=role.hiring_manager, requested_by=recruiter, requested_at=NOW,
        due_at=NOW + timedelta(days=1),
    )  # fmt: skip

    day = day_of(recruiter, whole_team=False, now=NOW)

    assert [(row["name"], row["n"]) for row in day.reviews] == [(role.hiring_manager.name, 1)]
    assert [(row["title"], row["n"]) for row in day.new] == [("Data engineer", 1)]


def test_a_lead_sees_everybodys_day_and_a_coordinator_that_of_their_roles(role: Any) -> None:
    owed(role, "Ada", -1)
    owed(f.make_requisition(), "Ben", -2)
    coordinator = f.make_user(Role.COORDINATOR)
    f.add_member(role, coordinator, "coordinator")

    assert names(day_of(f.make_user(Role.LEAD), whole_team=True, now=NOW).late) == ["Ben", "Ada"]
    assert names(day_of(coordinator, whole_team=False, now=NOW).late) == ["Ada"]


@pytest.mark.parametrize("who", [Role.MANAGER, Role.STAKEHOLDER])
def test_partners_start_at_the_shared_dashboard(client: Any, who: str) -> None:
    client.force_login(f.make_user(who))
    answer = client.get("/")
    assert (answer.status_code, answer.url) == (302, "/partners/dashboard/")


def test_nobody_looks_in_without_signing_in(client: Any) -> None:
    assert client.get("/").url == "/accounts/login/?next=/"


def test_a_calm_day_says_so(client: Any, recruiter: User) -> None:
    client.force_login(recruiter)
    html = client.get("/").content.decode()
    assert "Nobody waits for you today." in html
    assert "Nothing is owed to anybody." in html


def test_a_long_day_is_shown_in_parts_and_counted_whole(client: Any, role: Any, recruiter: User) -> None:
    for number in range(35):
        owed(role, f"Person{number}", -number - 1)
    client.force_login(recruiter)
    html = client.get("/").content.decode()
    assert len(re.findall("row-item", html)) == 15 + 1  # and the new ones at the side
    assert "Show more of the 20 that follow" in html
    assert len(re.findall("row-item", client.get("/?shown=60").content.decode())) == 35 + 1


def test_it_asks_the_database_as_often_for_five_as_for_one(client: Any, role: Any, recruiter: User) -> None:
    def add(name: str) -> None:
        f.make_message(owed(role, name, -1))
        silent = owed(role, name, 5)
        actions.reject(
            application_id=silent.pk, reason=f.make_reason().code, by=recruiter, now=NOW, message=None
        )

    client.force_login(recruiter)
    add("One")
    client.get("/")
    with CaptureQueriesContext(connection) as one:
        client.get("/")
    for name in "BCDE":
        add(name)
    with CaptureQueriesContext(connection) as five:
        client.get("/")

    assert len(five) == len(one)
