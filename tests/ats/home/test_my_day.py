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
from ats.home.queries.day import day_of
from candidates.applications import actions
from candidates.messages import actions as conversation
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


def lines(day: Any) -> dict[str, list[str]]:
    """Whom each section names, in the order of the page."""
    return {section.key: [row.name.split()[0] for row in section.rows] for section in day.sections}


def test_what_is_most_urgent_comes_first(role: Any, recruiter: User) -> None:
    owed(role, "Next", 50)
    owed(role, "Today", 5)
    owed(role, "Late", -1)
    owed(role, "Later", -30)
    owed(f.make_requisition(), "Others", -1)

    day = day_of(recruiter, whole_team=False, now=NOW)

    assert lines(day) == {"late": ["Later", "Late"], "today": ["Today"], "later": ["Next"]}
    assert (day.count_late, day.count_today, day.count_later, day.more) == (2, 1, 1, 0)
    assert day.first is not None
    assert day.first.name.startswith("Later")


def test_who_has_waited_longest_behind_broken_dates_is_first_whatever_their_next_date(
    role: Any, recruiter: User
) -> None:
    waits = owed(role, "Fifth", 90)
    owed(role, "Late", -1)
    Promise.objects.filter(application=waits).update(
        broken_before=4, waiting_since=NOW - timedelta(days=26), side="manager", owner=role.hiring_manager
    )

    day = day_of(recruiter, whole_team=False, now=NOW)

    assert lines(day) == {"late": ["Fifth", "Late"]}
    assert day.waiting_since == NOW - timedelta(days=26)


def test_each_person_stands_once_with_what_else_is_owed_to_them(role: Any, recruiter: User) -> None:
    late = owed(role, "Ada", -1)
    silent = f.make_application(requisition=f.make_requisition(recruiter=recruiter), candidate=late.candidate)
    actions.reject(application_id=silent.pk, reason=f.make_reason().code, by=recruiter, now=NOW, message=None)

    day = day_of(recruiter, whole_team=False, now=NOW)

    assert lines(day) == {"late": ["Ada"]}
    assert day.first is not None
    assert [also.what for also in day.first.also] == ["Rejected, and not told"]


def test_one_goes_through_the_day_until_nobody_waits(client: Any, role: Any, recruiter: User) -> None:
    late, today = owed(role, "Ada", -1), owed(role, "Ben", 5)
    client.force_login(recruiter)

    assert client.get("/next/").url == f"/applications/{late.pk}/"
    assert "Going through your day" in client.get("/candidates/").content.decode()
    conversation.send(application_id=late.pk, subject="Hello", body="We go on.", by=recruiter, now=NOW)
    assert client.get("/next/").url == f"/applications/{today.pk}/"
    conversation.send(application_id=today.pk, subject="Hello", body="We go on.", by=recruiter, now=NOW)
    assert client.get("/next/").url == "/"
    html = client.get("/").content.decode()
    assert "Going through your day" not in html
    assert "Nobody waits for you today." in html


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
    assert "1 person waits too long</strong>" in html


def test_what_a_candidate_wrote_stands_beside_what_is_owed_to_them(role: Any, recruiter: User) -> None:
    ada = owed(role, "Ada", 100)
    conversation.receive(candidate=ada.candidate, application=ada, body="Any news?", now=NOW)
    over = owed(role, "Ben", 100)
    f.make_message(over, body="One more thing")
    actions.reject(
        application_id=over.pk, reason=f.make_reason().code, by=recruiter, now=NOW, message=("No", "No.")
    )

    day = day_of(recruiter, whole_team=False, now=NOW)

    (wrote,) = [section for section in day.sections if section.key == "wrote"]
    assert [(row.wrote.body, row.action) for row in wrote.rows if row.wrote] == [
        ("Any news?", "Answer"),
        ("One more thing", "Answer"),
    ]


def test_silence_and_messages_that_came_back_are_debts(role: Any, recruiter: User) -> None:
    silent = owed(role, "Ada", 100)
    actions.reject(application_id=silent.pk, reason=f.make_reason().code, by=recruiter, now=NOW, message=None)
    nowhere = owed(role, "Ben", 100)
    nowhere.candidate.email, nowhere.candidate.email_key = "", None
    nowhere.candidate.save()
    conversation.send(application_id=nowhere.pk, subject="Hello", body="Hello", by=recruiter, now=NOW)

    day = day_of(recruiter, whole_team=False, now=NOW)

    (unheard,) = [section for section in day.sections if section.key == "untold"]
    assert [(row.name.split()[0], row.what, row.action) for row in unheard.rows] == [
        ("Ben", "There is no address to write to: tell them another way", "Reach them"),
        ("Ada", "Rejected, and not told", "Tell"),
    ]


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

    assert lines(day_of(f.make_user(Role.LEAD), whole_team=True, now=NOW)) == {"late": ["Ben", "Ada"]}
    assert lines(day_of(coordinator, whole_team=False, now=NOW)) == {"late": ["Ada"]}


@pytest.mark.parametrize("who", [Role.MANAGER, Role.STAKEHOLDER])
def test_partners_start_at_the_shared_dashboard(client: Any, who: str) -> None:
    client.force_login(f.make_user(who))
    answer = client.get("/")
    assert (answer.status_code, answer.url) == (302, "/partners/dashboard/")


def test_nobody_looks_in_without_signing_in(client: Any) -> None:
    assert client.get("/").url == "/accounts/login/?next=/"


def test_a_calm_day_says_so(client: Any, recruiter: User) -> None:
    f.make_post()
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


# --- Of several organisations


def test_with_one_organisation_nothing_names_it(role: Any, recruiter: User) -> None:
    owed(role, "Late", -1)
    day = day_of(recruiter, whole_team=False, now=NOW)
    assert (day.organisations, day.organisation) == ({}, None)
    assert [row.line for section in day.sections for row in section.rows] == ["Data engineer"]
    assert (
        day_of(recruiter, whole_team=False, now=NOW, organisation=role.organisation_id).organisation is None
    )


def test_of_two_clients_each_line_names_its_own_in_one_order_of_time(role: Any, recruiter: User) -> None:
    other = f.make_requisition(recruiter=recruiter, title="Welder")
    names = {role.organisation_id: role.organisation.name, other.organisation_id: other.organisation.name}
    for name, where, hours in (("B", other, -5), ("A", role, -9), ("C", role, -1)):
        owed(where, name, hours)
    day = day_of(recruiter, whole_team=False, now=NOW)
    assert lines(day)["late"] == ["A", "B", "C"]
    assert [row.line for row in day.sections[0].rows] == [
        f"Data engineer · {role.organisation.name}",
        f"Welder · {other.organisation.name}",
        f"Data engineer · {role.organisation.name}",
    ]
    assert day.organisations == names

    only = day_of(recruiter, whole_team=False, now=NOW, organisation=other.organisation_id)
    assert (lines(only)["late"], only.count_late, only.organisations) == (["B"], 1, names)


def test_the_organisation_that_was_chosen_is_kept_until_another_is(
    client: Any, role: Any, recruiter: User
) -> None:
    other = f.make_requisition(recruiter=recruiter, title="Welder")
    owed(role, "Here", -1)
    owed(other, "There", -1)
    client.force_login(recruiter)

    def named(path: str) -> list[bool]:
        page = client.get(path).content.decode()
        return [name in page for name in ("Here", "There")]

    assert named("/") == [True, True]
    assert named(f"/?organisation={other.organisation_id}") == [False, True]
    assert (named("/"), named("/waiting/")) == ([False, True], [False, True])
    assert named("/?organisation=") == [True, True]
    assert named("/?organisation=nonsense") == [True, True]
    assert named("/?organisation=999999999") == [True, True]
