"""The board: what it shows to whom, what it costs, and moving cards on it."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from ats.accounts.models import Role, User
from ats.activity.models import Activity
from ats.activity.record import record
from candidates.applications import actions
from candidates.board.queries import board, changes
from candidates.board.queries.board import BoardFilter
from candidates.models import Application, Review
from tests import factories as f
from tests.factories import NOW

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]

HTMX = {"HTTP_HX_REQUEST": "true"}


def names(html: str) -> list[str]:
    return re.findall(r"<bdi>(.*?)</bdi></a>", html)


def make(role: Any, first: str = "Robin", last: str = "Example", **facts: Any) -> Application:
    candidate = f.make_candidate(first_name=first, last_name=last)
    return f.make_application(requisition=role, candidate=candidate, **facts)


def move(client: Any, role: Any, stage: Any, *cards: Application, **more: Any) -> Any:
    data = {"stage": stage.pk, "application": [card.pk for card in cards], **more}
    return client.post(f"/requisitions/{role.pk}/board/move/?since=0&seen=0", data, **HTMX)


# --- What it shows


def test_each_stage_has_its_people_its_count_and_its_median(role: Any) -> None:
    for days in (1, 2, 9):
        make(role, stage_entered_at=NOW - timedelta(days=days))
    make(role, stage_kind="interview")
    f.make_application(requisition=role, state="hired")
    f.make_application(requisition=role, state="rejected")

    columns = board.columns(role, narrowed=BoardFilter(), now=NOW)

    assert [(column.stage.kind, column.count, column.median_days) for column in columns] == [
        ("applied", 3, 2),
        ("review", 0, None),
        ("interview", 1, 0),
        ("offer", 0, None),
        ("hired", 1, 0),
    ]
    assert [len(column.cards) for column in columns] == [3, 0, 1, 0, 1]


def test_who_has_waited_longest_in_a_stage_comes_first(desk: Any, role: Any) -> None:
    make(role, "Short", stage_entered_at=NOW - timedelta(days=1))
    make(role, "Long", stage_entered_at=NOW - timedelta(days=9))

    assert names(desk.get(f"/requisitions/{role.pk}/board/").content.decode()) == [
        "Long Example",
        "Short Example",
    ]


def test_a_card_says_what_is_owed_whose_move_it_is_and_what_reviewers_say(desk: Any, role: Any) -> None:
    late = make(role, due_at=NOW - timedelta(days=1), stage_entered_at=NOW - timedelta(days=4))
    Review.objects.create(
        application=late, reviewer=role.hiring_manager, requested_by=role.recruiter, requested_at=NOW,
        due_at=NOW, state="answered", verdict="yes", reason="Knows SQL.", settled_at=NOW,
    )  # fmt: skip
    f.make_message(late)

    html = desk.get(f"/requisitions/{role.pk}/board/").content.decode()

    assert "chip chip-broken" in html
    assert ">1 day late</time>" in html
    assert "Kim Recruiter&#x27;s move" in html
    assert "4 days" in html
    assert f'board-mark-yes" title="{role.hiring_manager.name}: yes' in html
    assert "A message waits for an answer" in html


def test_names_that_are_markup_stay_words(desk: Any, role: Any) -> None:
    make(role, "<script>alert(1)</script>", '"><img src=x>')

    html = desk.get(f"/requisitions/{role.pk}/board/").content.decode()

    assert "<script>alert(1)" not in html
    assert "<img src=x>" not in html
    assert names(html) == ["&lt;script&gt;alert(1)&lt;/script&gt; &quot;&gt;&lt;img src=x&gt;"]


@pytest.mark.parametrize(
    ("who", "status"),
    [
        ("recruiter", 200),
        ("lead", 200),
        ("coordinator", 200),
        ("manager", 200),
        ("interviewer", 404),
        ("stranger", 404),
    ],
)
def test_who_sees_a_board(client: Any, role: Any, who: str, status: int) -> None:
    interviewer = f.make_user(Role.INTERVIEWER)
    f.add_member(role, interviewer, "interviewer")
    user = {
        "manager": role.hiring_manager,
        "interviewer": interviewer,
        "stranger": f.make_user(Role.MANAGER),
    }.get(who) or f.make_user(who)
    client.force_login(user)

    assert client.get(f"/requisitions/{role.pk}/board/").status_code == status


def test_a_confidential_board_is_for_its_team_alone(client: Any, role: Any, recruiter: User) -> None:
    role.confidential = True
    role.save(update_fields=["confidential"])
    client.force_login(f.make_user(Role.RECRUITER))
    assert client.get(f"/requisitions/{role.pk}/board/").status_code == 404
    client.force_login(recruiter)
    assert client.get(f"/requisitions/{role.pk}/board/").status_code == 200


def test_a_manager_looks_on_and_moves_nobody(client: Any, role: Any) -> None:
    card = make(role)
    client.force_login(role.hiring_manager)
    html = client.get(f"/requisitions/{role.pk}/board/").content.decode()

    assert names(html) == ["Robin Example"]
    assert "data-card-menu" not in html
    assert "data-bulk" not in html
    assert move(client, role, f.stage(role, "review"), card).status_code == 404


def test_it_asks_the_database_as_often_for_five_as_for_one(desk: Any, role: Any) -> None:
    make(role)
    desk.get(f"/requisitions/{role.pk}/board/")
    with CaptureQueriesContext(connection) as one:
        desk.get(f"/requisitions/{role.pk}/board/")
    for kind in ("applied", "review", "interview", "offer"):
        f.make_message(make(role, stage_kind=kind))
    with CaptureQueriesContext(connection) as five:
        desk.get(f"/requisitions/{role.pk}/board/")

    assert len(five) == len(one)


# --- Paging and filters


def test_a_column_pages_in_without_leaving_anybody_out(desk: Any, role: Any) -> None:
    for number in range(7):
        make(role, f"Person{number}", stage_entered_at=NOW - timedelta(hours=number // 2))
    stage = f.stage(role, "applied")
    first = board.columns(role, narrowed=BoardFilter(), now=NOW, size=3)[0]

    html = desk.get(
        f"/requisitions/{role.pk}/board/columns/{stage.pk}/", {"after": first.after}
    ).content.decode()

    seen = [card.name for card in first.cards] + names(html)
    assert len(seen) == len(set(seen)) == 7


@pytest.mark.parametrize("after", ["", "nonsense", "2026-11-24~1", "2026-11-24T10:00:00+00:00~x", "~"])
def test_a_page_that_is_none_is_not_found(desk: Any, role: Any, after: str) -> None:
    stage = f.stage(role, "applied")
    assert desk.get(f"/requisitions/{role.pk}/board/columns/{stage.pk}/", {"after": after}).status_code == 404


def test_filters_narrow_the_cards_and_say_of_how_many(desk: Any, role: Any, recruiter: User) -> None:
    source = f.make_source(name="Fair")
    ada = make(role, "Ada", source=source, due_at=NOW - timedelta(hours=1))
    make(role, "Ben", due_at=NOW + timedelta(days=3))
    actions.set_tags(candidate_id=ada.candidate_id, tags=["sql"], by=recruiter, now=NOW)
    tag = ada.candidate.tags.get()
    address = f"/requisitions/{role.pk}/board/"

    for query in ({"q": "áda"}, {"tag": tag.pk}, {"source": source.pk}, {"overdue": "on"}):
        html = desk.get(address, query).content.decode()
        assert (query, names(html)) == (query, ["Ada Example"])
        assert "1 of 2" in html
    assert names(desk.get(address, {"owner": recruiter.pk}).content.decode()) == [
        "Ada Example",
        "Ben Example",
    ]
    assert names(desk.get(address, {"owner": role.hiring_manager.pk}).content.decode()) == []
    assert names(desk.get(address, {"tag": "x", "source": "999999"}).content.decode()) == [
        "Ada Example",
        "Ben Example",
    ]


# --- Moving


def test_a_move_has_the_page_ask_for_the_card_and_answers_with_a_way_back(desk: Any, role: Any) -> None:
    card, stage = make(role), f.stage(role, "interview")

    answer = move(desk, role, stage, card, version=card.version)

    card.refresh_from_db()
    assert (answer.status_code, card.stage_id) == (204, stage.pk)
    assert "board-changed" in answer["HX-Trigger"]
    asked = news(desk, role, changes.Place(since=0, seen=0)).content.decode()
    assert f'id="card-{card.pk}" data-card="{card.pk}" data-stage="{stage.pk}"' in asked
    assert "Moved Robin Example to Interview." in answer["HX-Trigger"]
    back = re.search(r'"undo": "(.*?)"', answer["HX-Trigger"])
    assert back is not None

    undone = desk.post(back[1], **HTMX)

    card.refresh_from_db()
    assert (undone.status_code, card.stage.kind) == (204, "applied")
    assert "board-changed" in undone["HX-Trigger"]


def test_who_comes_second_is_told_who_was_faster_and_sees_where_it_is(desk: Any, role: Any) -> None:
    card = make(role)
    colleague = f.make_user(Role.RECRUITER, name="Alex Colleague")
    actions.move(application_id=card.pk, stage_id=f.stage(role, "offer").pk, by=colleague, now=NOW, version=1)

    answer = move(desk, role, f.stage(role, "review"), card, version=1)

    card.refresh_from_db()
    assert (answer.status_code, card.stage.kind) == (409, "offer")
    assert "Alex Colleague has just moved Robin Example to Offer." in answer["HX-Trigger"]
    assert f'data-stage="{f.stage(role, "offer").pk}"' in answer.content.decode()


def test_an_undo_does_not_undo_what_a_colleague_did_since(desk: Any, role: Any) -> None:
    card = make(role)
    back = re.search(
        r'"undo": "(.*?)"', move(desk, role, f.stage(role, "review"), card, version=1)["HX-Trigger"]
    )
    assert back is not None
    colleague = f.make_user(Role.RECRUITER)
    actions.move(application_id=card.pk, stage_id=f.stage(role, "offer").pk, by=colleague, now=NOW)

    answer = desk.post(back[1], **HTMX)

    card.refresh_from_db()
    assert card.stage.kind == "offer"
    assert "Not taken back" in answer["HX-Trigger"]


def test_many_move_together_and_those_of_other_roles_do_not(desk: Any, role: Any) -> None:
    cards = [make(role) for _ in range(3)]
    stranger = f.make_application()

    answer = move(desk, role, f.stage(role, "review"), *cards, stranger)

    kinds = Application.objects.filter(pk__in=[card.pk for card in cards]).values_list(
        "stage__kind", flat=True
    )
    assert list(kinds) == ["review"] * 3
    stranger.refresh_from_db()
    assert stranger.stage.kind == "applied"
    assert "Moved 3 people to Manager review." in answer["HX-Trigger"]


def test_a_whole_column_moves_also_what_is_not_in_sight(desk: Any, role: Any) -> None:
    for _ in range(3):
        make(role)
    other = make(role, "Kept", stage_kind="interview")

    data = {"stage": f.stage(role, "review").pk, "everyone": f.stage(role, "applied").pk}
    desk.post(f"/requisitions/{role.pk}/board/move/?since=0&seen=0", data, **HTMX)

    kinds = sorted(Application.objects.exclude(pk=other.pk).values_list("stage__kind", flat=True))
    assert kinds == ["review"] * 3
    other.refresh_from_db()
    assert other.stage.kind == "interview"


@pytest.mark.parametrize("stage", ["", "x", "999999", "-1"])
def test_a_stage_that_is_none_is_not_found(desk: Any, role: Any, stage: str) -> None:
    card = make(role)
    answer = desk.post(
        f"/requisitions/{role.pk}/board/move/", {"stage": stage, "application": card.pk}, **HTMX
    )
    assert answer.status_code == 404


# --- What others do


def news(client: Any, role: Any, place: changes.Place, **query: Any) -> Any:
    query = {"since": place.since, "seen": place.seen, **query}
    return client.get(f"/requisitions/{role.pk}/board/changes/", query, **HTMX)


def test_nothing_new_is_no_answer_at_all(desk: Any, role: Any) -> None:
    make(role)
    assert news(desk, role, changes.place_of(role, now=NOW)).status_code == 204


def test_a_colleagues_move_comes_in_with_its_words_and_new_counts(desk: Any, role: Any) -> None:
    card = make(role)
    place = changes.place_of(role, now=NOW)
    colleague = f.make_user(Role.RECRUITER, name="Alex Colleague")
    actions.move(application_id=card.pk, stage_id=f.stage(role, "offer").pk, by=colleague, now=NOW)

    html = news(desk, role, place).content.decode()

    assert names(html) == ["Robin Example"]
    assert "Robin Example: Alex Colleague moved from Applied to Offer" in html
    assert f'id="head-{f.stage(role, "offer").pk}" hx-swap-oob="true"' in html


def test_what_accord_does_itself_is_not_said_of_the_candidate(desk: Any, role: Any) -> None:
    card = make(role)
    place = changes.place_of(role, now=NOW)
    steps = {"from_stage": "Applied", "to_stage": "Offer"}
    record("application.moved", subject=card, by=None, now=NOW, data=steps)

    assert "Robin Example: Accord moved from Applied to Offer" in news(desk, role, place).content.decode()


def test_ones_own_move_is_not_said_again_and_who_left_is_gone(desk: Any, role: Any, recruiter: User) -> None:
    card, gone = make(role), make(role, "Gone")
    place = changes.place_of(role, now=NOW)
    actions.move(application_id=card.pk, stage_id=f.stage(role, "offer").pk, by=recruiter, now=NOW)
    actions.reject(
        application_id=gone.pk, reason=f.make_reason().code, by=recruiter, now=NOW, message=("Hello", "No.")
    )

    html = news(desk, role, place).content.decode()

    assert f'data-gone="{gone.pk}"' in html
    assert 'data-said=""' in html


def test_what_committed_late_under_a_smaller_number_is_still_told(role: Any, recruiter: User) -> None:
    """A page that has read as far as 10 asks again for a while: 9 may only now have been committed."""
    card = make(role)
    first = actions.move(application_id=card.pk, stage_id=f.stage(role, "review").pk, by=recruiter, now=NOW)
    read = changes.changes(role, user=recruiter, place=changes.Place(0, 0), narrowed=BoardFilter(), now=NOW)
    assert read is not None
    assert read.place.since == 0
    assert read.place.seen == Activity.objects.filter(application_id=first.pk).latest("id").pk

    later = NOW + changes.LATE_COMMIT + timedelta(seconds=5)
    settled = changes.changes(role, user=recruiter, place=read.place, narrowed=BoardFilter(), now=later)
    assert settled is not None
    assert settled.place.since == read.place.seen
    assert settled.said == []


def test_what_does_not_fit_the_filter_counts_as_gone(desk: Any, role: Any) -> None:
    card = make(role, "Ada")
    place = changes.place_of(role, now=NOW)
    actions.move(
        application_id=card.pk, stage_id=f.stage(role, "offer").pk, by=f.make_user(Role.LEAD), now=NOW
    )

    html = news(desk, role, place, q="Ben").content.decode()

    assert names(html) == []
    assert f'data-gone="{card.pk}"' in html
