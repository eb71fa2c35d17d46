"""The lines of the list, read by a plain statement, say what the models say; on every page of it."""

import random
from datetime import timedelta
from typing import Any

import pytest
from django.db.models import Q

from ats.accounts.models import Role, User
from ats.organisation.models import Department
from candidates.board.queries.figures import figures
from candidates.models import Application, Promise, waits_too_long
from requisitions.models import Requisition, TeamRole
from requisitions.roles.domain.figures import Figures
from requisitions.roles.queries import RequisitionFilter, Row, listing
from requisitions.roles.workflow import ENDED
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


def some_roles(chance: random.Random) -> list[User]:
    """Roles in every state, with people of every role on their teams; the people."""
    users = [f.make_user(role) for role in Role for _ in range(2)]
    for number in range(20):
        role = f.make_requisition(
            title=chance.choice(["Data Engineer", "50% Nurse", "Straße_7", "Chef"]),
            state=chance.choice(["draft", "open", "on_hold"]),
            recruiter=chance.choice(users),
            manager=chance.choice(users),
            confidential=chance.random() < 0.4,
        )
        role.department = role.organisation.departments.create(name=f"Department {number}")
        role.save()
        opened = Requisition.objects.filter(pk=role.pk).exclude(state="draft")
        opened.update(opened_at=NOW - timedelta(days=chance.choice([1, 2, 3])))
        if chance.random() < 0.3:
            opened.update(state=chance.choice(["filled", "closed"]), ended_at=NOW)
        f.add_member(role, chance.choice(users), chance.choice(list(TeamRole)))
    return users


def as_the_models_find(user: User, wanted: RequisitionFilter) -> list[int]:
    rows = Requisition.objects.visible_to(user)
    if wanted.mine:
        rows = rows.filter(Q(recruiter=user) | Q(hiring_manager=user))
    if wanted.state == "live":
        rows = rows.exclude(state__in=ENDED)
    elif wanted.state != "all":
        rows = rows.filter(state=wanted.state)
    if wanted.organisation_id:
        rows = rows.filter(organisation=wanted.organisation_id)
    if wanted.department_id:
        rows = rows.filter(department=wanted.department_id)
    for word in wanted.text.split():
        rows = rows.filter(Q(title__icontains=word) | Q(reference__icontains=word))
    rank = {"open": 0, "on_hold": 0, "draft": 1}
    found = sorted(rows, key=lambda row: (row.opened_at or row.created_at, row.pk), reverse=True)
    return [row.pk for row in sorted(found, key=lambda row: rank.get(row.state, 2))]


def test_roles_are_found_as_the_models_find_them() -> None:
    chance = random.Random(11)
    users = some_roles(chance)
    department = Department.objects.order_by("pk")[3]
    filters = [
        *(RequisitionFilter(state=state) for state in ("live", "all", "draft", "open", "filled")),
        *(
            RequisitionFilter(text=text, state="all")
            for text in ("engineer DATA", "0%", "e_7", "STRASSE", "req")
        ),
        RequisitionFilter(mine=True, state="all"),
        RequisitionFilter(organisation_id=department.organisation_id, state="all"),
        RequisitionFilter(department_id=department.pk, state="all"),
    ]
    sizes = set()
    for user in users:
        for wanted in filters:
            found = listing.found(user, wanted)
            assert found == as_the_models_find(user, wanted), (user.role, wanted)
            assert listing.found(user, wanted, most=2) == found[:2]
            sizes.add(len(found))
    assert {0, 1, 20} <= sizes
    assert listing.found(f.make_user(Role.LEAD, is_active=False), RequisitionFilter()) == []


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
