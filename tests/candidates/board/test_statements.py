"""What the board reads by plain statements is what the models say."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils.html import escape

from ats.accounts.models import Role, User
from candidates.board.pages.forms import FilterForm
from candidates.board.queries import board
from candidates.board.queries.board import BoardFilter
from candidates.models import Application, Review, Source, Tag
from tests import factories as f
from tests.factories import NOW

pytestmark = pytest.mark.django_db


def test_cards_say_what_the_models_say(role: Any) -> None:
    several = [
        f.make_application(requisition=role, stage_kind=kind) for kind in ("applied", "review", "offer")
    ]
    f.make_application(requisition=role, state="hired")
    f.make_message(several[1])
    for name in ("Ada", "Bo"):
        reviewer = f.make_user(Role.MANAGER, name=name)
        Review.objects.create(
            application=several[0],
            reviewer=reviewer,
            requested_by=role.recruiter,
            requested_at=NOW,
            due_at=NOW,
        )
    rows = Application.objects.filter(requisition=role).order_by("stage_entered_at", "pk")

    cards = board.read_cards([row.pk for row in rows], now=NOW)

    assert [
        (card.id, card.stage_id, card.version, card.name, card.hired, card.entered_at) for card in cards
    ] == [
        (row.pk, row.stage_id, row.version, row.candidate.name, row.state == "hired", row.stage_entered_at)
        for row in rows
    ]
    assert [card.writes for card in cards] == [row == several[1] for row in rows]
    for card, row in zip(cards, rows, strict=True):
        reviews = row.reviews.exclude(state="cancelled").order_by("requested_at", "pk")
        assert [(mark.verdict, mark.reviewer) for mark in card.marks] == [
            (review.verdict, review.reviewer.name) for review in reviews
        ]
        owed = row.promises.filter(state="open").first()
        assert bool(card.chip) is (owed is not None)
        assert owed is None or escape(owed.owner.name) in card.chip


def test_counts_leave_out_who_is_kept_from_the_reader(role: Any) -> None:
    one, other, third = (
        f.make_application(requisition=role, stage_entered_at=NOW - timedelta(days=days))
        for days in (1, 5, 9)
    )

    def figures(*kept: int) -> list[tuple[int, int | None]]:
        found = board.heads(role, narrowed=BoardFilter(kept=frozenset(kept)), now=NOW)
        return [(column.count, column.median_days) for column in found if column.count]

    assert figures() == [(3, 5)]
    assert figures(one.pk, third.pk) == [(1, 5)]
    assert figures(one.pk, other.pk, third.pk) == []


def test_what_a_filter_offers_is_what_it_accepts(role: Any, django_assert_num_queries: Any) -> None:
    for name in ("Senior", "<b>", "junior"):
        Tag.objects.create(name=name)
    f.make_source()
    User.objects.filter(pk=role.hiring_manager_id).update(name="")
    form = FilterForm({}, requisition=role)
    with django_assert_num_queries(1):
        offered = {name: list(form.fields[name].widget.choices) for name in ("tag", "source", "owner")}
    assert offered == {
        name: [("", field.empty_label), *((row.pk, str(row)) for row in field.queryset)]
        for name in offered
        if (field := form.fields[name])
    }
    assert Source.objects.exists()
    assert len(offered["owner"]) > 2
