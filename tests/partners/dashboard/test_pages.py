"""The partners' pages as each person gets them."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from ats.accounts.models import Role
from ats.duework import engine
from candidates.reviews import actions as reviews
from partners.commitments.actions import measure_due
from partners.dashboard import queries
from partners.dashboard.listing import listed
from partners.models import CheckIn
from requisitions.roles import actions as roles
from tests import factories as make
from tests.factories import NOW
from tests.partners.conftest import open_role

pytestmark = pytest.mark.django_db


@pytest.fixture
def on_the_day(time_machine):
    """The clock stands at the moment of the histories."""
    time_machine.move_to(NOW + timedelta(hours=3), tick=False)


def put_before_the_manager(role, count=1):
    people = [make.make_application(requisition=role) for _ in range(count)]
    reviews.ask(application_ids=[person.pk for person in people], by=role.recruiter, now=NOW)
    engine.tick(NOW + timedelta(minutes=1))
    return people


def get(client, user, name, *args, **query):
    client.force_login(user)
    return client.get(reverse(name, args=args), query)


PAGES = ("dashboard", "partnership", "check_in", "partnership_propose")


def address(role, page):
    if page == "dashboard":
        return reverse("dashboard") + f"?role={role.partnership.pk}"
    if page == "check_in":
        return reverse("check_in", args=[CheckIn.objects.get(partnership=role.partnership).pk])
    return reverse(page, args=[role.partnership.pk])


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize(
    ("who", "statuses"),
    [
        ("manager", (200, 200, 200, 200)),
        ("recruiter", (200, 200, 200, 200)),
        ("lead", (200, 200, 200, 404)),
        ("another manager", (404, 404, 404, 404)),
        ("another recruiter", (404, 404, 404, 404)),
        ("interviewer of the team", (404, 404, 404, 404)),
    ],
)
def test_who_opens_what(client, role, page, who, statuses):
    interviewer = make.make_user(Role.INTERVIEWER)
    make.add_member(role, interviewer, "interviewer")
    users = {
        "manager": role.hiring_manager,
        "recruiter": role.recruiter,
        "lead": make.make_user(Role.LEAD),
        "another manager": open_role().hiring_manager,
        "another recruiter": make.make_user(Role.RECRUITER),
        "interviewer of the team": interviewer,
    }
    client.force_login(users[who])
    assert client.get(address(role, page)).status_code == statuses[PAGES.index(page)]


def test_both_sides_see_the_same_facts(role, on_the_day):
    people = put_before_the_manager(role, 2)
    seen = [
        queries.dashboard(queries.permitted(user, role.partnership.pk), user, now=NOW)
        for user in (role.recruiter, role.hiring_manager, make.make_user(Role.LEAD))
    ]
    facts = [
        (board.sentence, board.goal, board.funnel, board.waiting, board.themes, board.moves) for board in seen
    ]
    assert facts[0] == facts[1] == facts[2]
    names = sorted(person.candidate.name for person in people)
    said = f"Give a view on {names[0]} and {names[1]}"
    assert [[card.with_names for card in board.parts["manager"].cards] for board in seen] == [[said]] * 3
    assert [board.side for board in seen] == ["recruiter", "manager", ""]
    assert facts[0][0] == "1 of 1 seat still open, 2 people in play, 2 of them wait for the hiring manager."
    assert facts[0][5] == ["manager"]
    assert [board.whose for board in seen] == [f"{role.hiring_manager}'s move", "your move", seen[0].whose]


def test_your_part_comes_first_and_leads_to_the_one_click(client, role, on_the_day):
    people = put_before_the_manager(role, 5)
    page = get(client, role.hiring_manager, "dashboard").content.decode()
    assert page.index("Your part") < page.index("Where the role stands") < page.index("Their part")
    assert page.count(f'href="{reverse("review_list")}"') == 1
    theirs = get(client, role.recruiter, "dashboard").content.decode()
    assert f'href="{reverse("review_list")}"' not in theirs
    named = ", ".join(person.candidate.name for person in people[:3])
    assert f"Give a view on {named} and 2 more" in theirs


def test_a_manager_changes_between_own_roles_only(client, role):
    second = open_role(manager=role.hiring_manager, title="Second role")
    open_role(title="Somebody else's role")
    page = get(client, role.hiring_manager, "dashboard").content.decode()
    assert page.count("<option") == 2
    assert "Somebody else" not in page
    assert (
        "<h1>Second role</h1>"
        in get(client, role.hiring_manager, "dashboard", role=second.partnership.pk).content.decode()
    )


def test_who_has_no_role_yet_is_told_so(client):
    response = get(client, make.make_user(Role.MANAGER), "dashboard")
    assert response.status_code == 200
    assert "No role is open with you yet" in response.content.decode()


def test_nonsense_in_the_address_is_not_found_or_ignored(client, role):
    assert get(client, role.recruiter, "dashboard", role="99999999999").status_code == 404
    assert get(client, role.recruiter, "dashboard", role="<script>").status_code == 200


@pytest.mark.parametrize("page", ["dashboard", "partnership", "check_in"])
def test_a_page_costs_the_same_for_few_and_for_many(client, role, page, on_the_day):
    put_before_the_manager(role, 1)
    engine.tick(NOW + timedelta(days=6))
    client.force_login(role.hiring_manager)

    def count():
        with CaptureQueriesContext(
            connection,
        ) as captured:
            assert client.get(address(role, page)).status_code == 200
        return len(captured)

    count()
    before = count()
    put_before_the_manager(role, 6)
    for _ in range(3):
        make.add_member(role, make.make_user(Role.COORDINATOR), "coordinator")
    assert count() == before
    assert before <= 30


def test_the_list_is_worst_first_by_facts(client):
    fine, late, missed = (open_role(title=title) for title in ("Fine", "Late for candidates", "Missed"))
    lead = make.make_user(Role.LEAD)
    for _ in range(2):
        make.make_application(requisition=late, due_at=NOW - timedelta(days=1), now=NOW - timedelta(days=5))
    people = [make.make_application(requisition=missed, due_at=NOW + timedelta(days=2000))]
    reviews.ask(application_ids=[people[0].pk], by=missed.recruiter, now=NOW)
    while measure_due(NOW + timedelta(days=6)):
        pass
    make.make_application(requisition=fine, due_at=NOW + timedelta(days=2000))
    rows = list(listed(lead, ended=False, mine=False, now=NOW))
    assert {row.requisition.title: (row.missed_recruiter, row.missed_manager) for row in rows} == {
        "Late for candidates": (0, 0),
        "Missed": (0, 1),
        "Fine": (0, 0),
    }
    assert [row.requisition.title for row in rows] == ["Late for candidates", "Missed", "Fine"]
    assert [row.waiting_late for row in rows] == [2, 0, 0]
    assert get(client, lead, "partnership_list").status_code == 200
    assert get(client, fine.recruiter, "partnership_list").content.decode().count("<tr data-item>") == 1
    assert get(client, fine.hiring_manager, "partnership_list").status_code == 302


def test_the_list_costs_the_same_for_one_and_for_five(client):
    lead = make.make_user(Role.LEAD)
    client.force_login(lead)
    open_role()

    def count():
        with CaptureQueriesContext(connection) as captured:
            assert client.get(reverse("partnership_list")).status_code == 200
        return len(captured)

    count()
    before = count()
    for _ in range(4):
        open_role()
    assert count() == before


def test_accepting_and_proposing_on_the_page(client):
    role = make.make_requisition("draft", must_haves=("Python",))
    roles.open_requisition(requisition_id=role.pk, by=role.recruiter, now=NOW)
    partnership = role.partnership
    client.force_login(role.hiring_manager)
    assert "not accepted yet" in client.get(reverse("partnership", args=[partnership.pk])).content.decode()
    times = {term.kind: term.time for term in partnership.agreements.get().terms.all()}
    propose = reverse("partnership_propose", args=[partnership.pk])
    wrong = client.post(propose, times | {"version": 1, "intake": 99})
    assert wrong.status_code == 422
    assert 'value="99"' in wrong.content.decode()
    assert client.post(propose, times | {"version": 1, "slate_reviewed": 4}).status_code == 302
    stale = client.post(propose, times | {"version": 1, "slate_reviewed": 5})
    assert stale.status_code == 422
    client.force_login(role.recruiter)
    client.post(reverse("partnership_accept", args=[partnership.pk]), {"version": 2})
    page = client.get(reverse("partnership", args=[partnership.pk])).content.decode()
    assert "Both have accepted version 2" in page
    assert "within 4 working days of being asked" in page


def test_the_requisitions_page_leads_its_partners_to_the_dashboard(client, role):
    address = f"{reverse('dashboard')}?role={role.partnership.pk}"
    assert address in get(client, role.hiring_manager, "requisition", role.pk).content.decode()
    assert address in get(client, role.recruiter, "requisition", role.pk).content.decode()
    assert address not in get(client, make.make_user(Role.RECRUITER), "requisition", role.pk).content.decode()
