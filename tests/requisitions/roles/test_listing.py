"""The lines of the list, read by a plain statement, say what the models say; on every page of it."""

import random
from datetime import timedelta
from typing import Any

import pytest

from ats.accounts.models import Role, User
from candidates.board.queries.figures import figures
from candidates.models import Application, Promise, waits_too_long
from requisitions.models import Requisition
from requisitions.roles.domain.figures import Figures
from requisitions.roles.queries import Row, listing
from tests import factories as f
from tests.factories import NOW

pytestmark = pytest.mark.django_db


def as_the_models_say(role: Requisition) -> Row:
    openings = list(role.openings.all())
    return Row(
        figures=Figures(),
        pk=role.pk,
        title=role.title,
        reference=role.reference,
        state=role.state,
        confidential=role.confidential,
        opened_at=role.opened_at,
        department=str(role.department or ""),
        location=str(role.location or ""),
        manager=str(role.hiring_manager or ""),
        recruiter=str(role.recruiter),
        seats=sum(seat.state != "cancelled" for seat in openings),
        filled=sum(seat.state == "filled" for seat in openings),
    )


def test_a_line_says_what_the_models_say() -> None:
    nameless = f.make_user(Role.RECRUITER)
    User.objects.filter(pk=nameless.pk).update(name="")
    whole = f.make_requisition(recruiter=nameless, openings=3, confidential=True)
    whole.department = whole.organisation.departments.create(name="Data")
    whole.location = whole.organisation.locations.create(
        name="Kraków", country="PL", time_zone="Europe/Warsaw"
    )
    whole.save()
    whole.openings.filter(number=1).update(state="cancelled")
    draft = f.make_requisition(state="draft", openings=1)
    Requisition.objects.filter(pk=draft.pk).update(hiring_manager=None)

    found = listing.rows([draft.pk, whole.pk], now=NOW)

    roles = Requisition.objects.in_bulk()
    assert found == [as_the_models_say(roles[draft.pk]), as_the_models_say(roles[whole.pk])]
    assert listing.rows([], now=NOW) == []


def test_figures_are_those_of_the_one_definition() -> None:
    chance = random.Random(7)
    roles = [f.make_requisition() for _ in range(3)]
    for _ in range(25):
        application = f.make_application(
            requisition=chance.choice(roles),
            stage_kind=chance.choice(["applied", "review"]),
            due_at=NOW + timedelta(hours=chance.choice([-30, -1, 5])),
        )
        broken = chance.choice([0, 0, 2])
        Promise.objects.filter(application=application).update(
            side=chance.choice(["recruiter", "candidate", "manager"]),
            broken_before=broken,
            waiting_since=NOW - timedelta(days=9) if broken else None,
        )

    def of(role: Requisition) -> Figures:
        rows = Application.objects.active().filter(requisition=role)
        late = Promise.objects.open().filter(waits_too_long(NOW), application__in=rows)
        return Figures(rows.count(), rows.filter(stage__kind="applied").count(), late.count())

    found = figures([role.pk for role in roles], now=NOW)

    assert found == {role.pk: of(role) for role in roles}
    assert sum(figure.overdue for figure in found.values()) > 3


def test_every_role_is_on_one_page_of_the_list(client: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(listing, "PAGE_SIZE", 2)
    client.force_login(f.make_user(Role.LEAD))
    made = [f.make_requisition(title=f"Role {number}") for number in range(5)]

    pages = [client.get(f"/requisitions/?page={number}").context for number in (1, 2, 3)]

    assert [[row.title for row in page["rows"]] for page in pages] == [
        ["Role 4", "Role 3"],
        ["Role 2", "Role 1"],
        ["Role 0"],
    ]
    assert {page["page"].paginator.count for page in pages} == {len(made)}
