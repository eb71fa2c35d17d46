"""What the desk counts for the floors below."""

from datetime import timedelta
from typing import Any

import pytest

from candidates.board.queries import board
from candidates.board.queries.board import BoardFilter
from candidates.board.queries.figures import figures, response_record
from candidates.board.queries.role import Heading, heading, moves
from candidates.models import Promise
from candidates.promises.models import waits_too_long
from requisitions.models import Opening
from requisitions.roles.domain.figures import Figures
from tests import factories as f
from tests.factories import NOW

pytestmark = pytest.mark.django_db


def settle(application: Any, state: str) -> None:
    """Its promise is settled, and something else is promised far ahead."""
    Promise.objects.filter(application=application).update(state=state, settled_at=NOW)
    f.make_promise(application, now=NOW, due_at=NOW + timedelta(days=30))


def test_each_role_has_its_figures_and_a_quiet_one_none(django_assert_num_queries: Any, role: Any) -> None:
    f.make_application(requisition=role, due_at=NOW - timedelta(hours=1))
    twice = f.make_application(requisition=role, stage_kind="review")
    settle(twice, "broken")
    f.make_application(requisition=role, state="rejected")
    quiet = f.make_requisition()

    with django_assert_num_queries(1):
        found = figures([role.pk, quiet.pk], now=NOW)

    assert found == {role.pk: Figures(active=2, new=1, overdue=1)}


def test_the_record_counts_applicants_who_heard_in_time_every_time(
    django_assert_num_queries: Any, role: Any
) -> None:
    kept, broken, both, _waiting = (f.make_application(requisition=role) for _ in range(4))
    settle(kept, "kept")
    settle(broken, "broken")
    settle(both, "kept")
    settle(both, "broken")
    f.make_application(requisition=role, due_at=NOW - timedelta(hours=1))  # late, and not settled yet
    f.make_application(requisition=role, applied_at=NOW - timedelta(days=100))
    f.make_application()  # another company's

    with django_assert_num_queries(1):
        record = response_record(role.organisation, NOW)

    assert (record.kept, record.total) == (1, 4)


@pytest.mark.ordinary_day
def test_whose_move_it_is_and_what_comes_first(django_assert_num_queries: Any, role: Any) -> None:
    late = f.make_application(requisition=role, due_at=NOW - timedelta(hours=1))
    f.make_application(requisition=role)
    f.make_application(requisition=role, stage_kind="review")
    f.make_application(requisition=role, state="rejected")
    f.make_application()  # another role's

    with django_assert_num_queries(2):
        found = moves(role, now=NOW)
        said = [(str(move.who()), move.said(role.recruiter)) for move in found]

    assert said == [
        (role.recruiter.name, "You owe 2 people an answer, 1 waits too long"),
        (role.hiring_manager.name, "Owes 1 person an answer"),
    ]
    assert found[0].next.application == late


def test_who_waits_in_vain_is_named_before_who_is_due_sooner(role: Any) -> None:
    f.make_application(requisition=role, due_at=NOW + timedelta(hours=1))
    behind = f.make_application(requisition=role, due_at=NOW + timedelta(days=3))
    behind.promises.update(broken_before=2, waiting_since=NOW - timedelta(days=9))

    (move,) = moves(role, now=NOW)

    assert move.next.application == behind


def test_the_overview_says_whose_move_it_is(desk: Any, clock: None, role: Any) -> None:
    application = f.make_application(requisition=role, stage_kind="interview")

    page = desk.get(f"/requisitions/{role.pk}/")

    shown = {panel.template: panel.context for panel in page.context["panels_top"]}
    assert [move["line"] for move in shown["candidates/board/moves_panel.html"]["moves"]] == [
        "You find a time with 1 person"
    ]
    assert f'<a href="/applications/{application.pk}/">{application.candidate}</a>' in page.content.decode()


def test_the_head_says_what_the_models_say(django_assert_num_queries: Any) -> None:
    role = f.make_requisition(openings=3)
    Opening.objects.filter(requisition=role, number=1).update(state="cancelled")
    hired = f.make_application(requisition=role, state="hired")
    f.make_application(requisition=role, due_at=NOW - timedelta(hours=1))
    again = f.make_application(requisition=role, stage_kind="review")
    again.promises.update(broken_before=1, waiting_since=NOW - timedelta(days=9))
    theirs = f.make_application(requisition=role, stage_kind="offer", due_at=NOW - timedelta(hours=1))
    theirs.promises.update(side="candidate")
    f.make_application(requisition=role, state="rejected")
    f.make_application()  # another role's

    with django_assert_num_queries(1):
        found = heading(role, now=NOW)

    seats = role.openings.exclude(state="cancelled")
    owed = Promise.objects.open().filter(application__requisition=role)
    assert hired.opening in seats
    assert found == Heading(
        seats=seats.count(),
        filled=seats.filter(state="filled").count(),
        active=owed.count(),
        late=owed.filter(waits_too_long(NOW)).count(),
        with_manager=owed.filter(side="manager").count(),
        with_candidates=owed.filter(side="candidate").count(),
    )
    assert found == Heading(seats=2, filled=1, active=3, late=2, with_manager=1, with_candidates=1)


@pytest.mark.parametrize("size", [1, 2, 15])
def test_each_column_begins_with_who_is_in_it_longest_narrowed_or_not(role: Any, size: int) -> None:
    for number in range(12):
        kind = ("applied", "review", "interview")[number % 3]
        entered = NOW - timedelta(hours=number * 7 % 5)  # several at the same moment
        f.make_application(requisition=role, stage_kind=kind, stage_entered_at=entered)
    f.make_application(requisition=role, state="hired")
    f.make_application(requisition=role, state="rejected")
    f.make_application()  # another role's

    plain = board.columns(role, narrowed=BoardFilter(), now=NOW, size=size)

    rows = board.of_requisition(role)
    assert [[card.id for card in column.cards] for column in plain] == [
        list(
            rows.filter(stage=column.stage, state="hired" if column.ends else "active")
            .order_by("stage_entered_at", "pk")
            .values_list("pk", flat=True)[:size]
        )
        for column in plain
    ]
    assert [len(column.cards) for column in plain].count(min(size, 4)) >= 3
