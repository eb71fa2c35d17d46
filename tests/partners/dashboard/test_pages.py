"""The partners' pages as each person gets them."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from ats.accounts.models import Role
from ats.duework import engine
from candidates.applications import actions as applications
from candidates.interviews.actions import settle
from candidates.reviews import actions as reviews
from candidates.scorecards.actions import follow
from partners.checkins.queries import owing
from partners.commitments.actions import measure_due
from partners.dashboard import queries
from partners.dashboard.queries import listing
from partners.dashboard.queries.page import details
from partners.models import CheckIn, Commitment
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
    rows = listing.page(lead, number="1", ended=False, mine=False, now=NOW).object_list
    assert {
        row.partnership.requisition.title: (row.figures.missed_recruiter, row.figures.missed_manager)
        for row in rows
    } == {
        "Late for candidates": (0, 0),
        "Missed": (0, 1),
        "Fine": (0, 0),
    }
    assert [row.partnership.requisition.title for row in rows] == ["Late for candidates", "Missed", "Fine"]
    assert [row.figures.waiting_late for row in rows] == [2, 0, 0]
    assert get(client, lead, "partnership_list").status_code == 200
    assert get(client, fine.recruiter, "partnership_list").content.decode().count("<tr data-item>") == 1
    theirs = get(client, fine.hiring_manager, "partnership_list").content.decode()
    assert theirs.count("<tr data-item>") == 1
    assert [title for title in ("Fine", "Late for", "Missed", "Declined") if title in theirs] == ["Fine"]


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


def test_the_requisitions_page_leads_its_partners_to_the_dashboard(client, role):
    address = f"{reverse('dashboard')}?role={role.partnership.pk}"
    assert address in get(client, role.hiring_manager, "requisition", role.pk).content.decode()
    assert address in get(client, role.recruiter, "requisition", role.pk).content.decode()
    assert address not in get(client, make.make_user(Role.RECRUITER), "requisition", role.pk).content.decode()


def test_whose_move_it_is_follows_what_the_partners_owe_each_other(client, role, time_machine):
    (person,) = put_before_the_manager(role)
    manager = role.hiring_manager
    later = NOW + timedelta(days=7)  # due on Thursday, graced until Friday, looked at on Tuesday
    while measure_due(later):
        pass
    time_machine.move_to(later, tick=False)
    partnership = queries.permitted(manager, role.partnership.pk)
    assert queries.dashboard(partnership, manager, now=later).moves[0] == "manager"
    overview = get(client, role.recruiter, "requisition", role.pk).content.decode()
    whose = overview[overview.index('id="moves"') :]
    said = f"Give a view on {person.candidate.name}"
    assert whose.index(str(manager)) < whose.index(said) < whose.index("2 working days late")
    board = client.get(f"/requisitions/{role.pk}/board/").content.decode()
    figures = board[board.index("board-figures") : board.index("</dl>")]
    assert figures.index(str(manager)) < figures.index("2 working days late")
    other = make.make_user(Role.RECRUITER)  # sees the role, and is no partner in it
    client.force_login(other)
    assert said not in client.get(f"/requisitions/{role.pk}/").content.decode()


def test_each_occasion_is_one_line_with_its_names(client, role, time_machine):
    first, second, third = put_before_the_manager(role, 3)
    reviews.ask(application_ids=[first.pk], by=role.recruiter, now=NOW, reviewer_id=role.recruiter.pk)
    (alone,) = put_before_the_manager(role, 1)
    interviewers = [make.make_user(Role.INTERVIEWER) for _ in range(3)]
    interview = make.make_interview(
        make.make_application(requisition=role, stage_kind="interview"),
        people=interviewers,
        starts_at=NOW - timedelta(hours=2),
    )
    follow.follow(interview_id=interview.pk, by=None, now=NOW - timedelta(hours=3))
    settle.mark_held(interview_id=interview.pk, now=NOW)
    time_machine.move_to(NOW + timedelta(minutes=5), tick=False)
    engine.tick(NOW + timedelta(minutes=5))
    found = details(queries.permitted(role.hiring_manager, role.partnership.pk), role.hiring_manager, now=NOW)
    lines = [line.text for side, _, lines in found.sides if side == "manager" for line in lines]
    names = " and ".join([f"{first.candidate.name}, {second.candidate.name}", third.candidate.name])
    writers = sorted(str(person) for person in interviewers)
    (evidence,) = [text for text in lines if text.startswith("Evidence")]
    assert f"Give a view on {names}" in lines
    assert f"Give a view on {alone.candidate.name}" in lines
    assert evidence.startswith(
        f"Evidence from {interview.name} with {interview.application.candidate.name}: "
    )
    assert all(writer in evidence for writer in writers)
    assert len(lines) == len(set(lines))


def test_every_card_leads_to_a_page_where_it_is_settled(client, role, time_machine):
    """The right application, a board that is narrowed, the reviews, the check-in: never the whole board."""
    people = put_before_the_manager(role, 2)
    must = role.criteria.get().pk
    for review in people[0].reviews.all():
        reviews.answer(
            review_id=review.pk,
            verdict="unsure",
            reason="Seen.",
            criteria={must: {"met": "unclear", "text": ""}},
            by=role.hiring_manager,
            now=NOW + timedelta(hours=1),
        )
    applications.reject(
        application_id=people[1].pk,
        reason=make.make_reason().code,
        by=role.recruiter,
        now=NOW + timedelta(hours=2),
        message=None,
    )
    later = NOW + timedelta(days=6, hours=-1)
    engine.tick(later)
    time_machine.move_to(later, tick=False)
    partnership = queries.permitted(role.recruiter, role.partnership.pk)
    owed = owing.owed(partnership, now=later)
    cards = {card.code: card for side in owed.values() for card in side}
    assert cards["answer_manager"].href == f"/applications/{people[0].pk}/"
    assert cards["candidates_told"].href == f"/applications/{people[1].pk}/"
    assert cards["promises"].href.startswith(f"/requisitions/{role.pk}/board/?")
    meeting = CheckIn.objects.get(partnership=role.partnership)
    assert cards["check_in"].href == reverse("check_in", args=[meeting.pk])
    for side, person in (("recruiter", role.recruiter), ("manager", role.hiring_manager)):
        client.force_login(person)
        for card in owed[side]:
            page = client.get(card.href)
            assert page.status_code == 200, card
            if card.people:
                name = people[[each.pk for each in people].index(card.people[0])].candidate.name
                assert name in page.content.decode(), card


def test_what_is_past_is_not_owed_any_more(role):
    (person,) = put_before_the_manager(role)
    late = NOW + timedelta(days=7)
    while measure_due(late):
        pass
    assert [card.code for card in owing.owed(role.partnership, now=late)["manager"]] == [
        "review",
        "check_in",
    ][:1]
    applications.withdraw(application=person, by=person.candidate, reason_text="", now=late)
    engine.tick(late)
    row = Commitment.objects.get(kind="slate_reviewed")
    assert (row.state, row.over_at) == ("missed", late)
    assert [
        card.code for card in owing.owed(role.partnership, now=late)["manager"] if card.code == "review"
    ] == []


@pytest.mark.ordinary_day
def test_a_word_on_where_the_role_stands_shows_near_its_date_only(role):
    due = Commitment.objects.get(partnership=role.partnership, kind="weekly_update").due_at
    shown = {
        days: "weekly_update"
        in [
            card.code
            for card in owing.owed(role.partnership, now=due - timedelta(days=days, hours=1))["recruiter"]
        ]
        for days in (5, 4, 3, 1, 0, -3)  # it is due on a Tuesday evening: from the Friday evening on
    }
    assert shown == {5: False, 4: False, 3: True, 1: True, 0: True, -3: True}


def test_a_manager_never_meets_peers_by_name(client, role):
    peer = open_role(manager=make.make_user(Role.MANAGER, name="Petra Peer"), title="The peer's role")
    put_before_the_manager(peer)
    while measure_due(NOW + timedelta(days=9)):
        pass
    client.force_login(role.hiring_manager)
    pages = [
        reverse("dashboard"),
        reverse("partnership_list"),
        address(role, "dashboard"),
        address(role, "partnership"),
    ]
    for page in pages:
        said = client.get(page)
        assert (said.status_code, "Petra" in said.content.decode(), "peer's" in said.content.decode()) == (
            200,
            False,
            False,
        )
    assert client.get(address(peer, "dashboard")).status_code == 404
