"""What the dashboard says of the goal, of the organisation's past and of the months, from rows in the database."""

import sys
from datetime import date, timedelta

import pytest

from ats.activity.models import Activity
from candidates.models import Application
from partners.advice.queries.standing import Row as Advised
from partners.corrections.queries import Row as Correction
from partners.dashboard import queries
from partners.dashboard.domain.forecast import Passage
from partners.dashboard.queries.outlook import Month, by_month
from partners.dashboard.queries.past import read
from partners.models import Commitment
from tests import factories as make
from tests.factories import NOW
from tests.partners.conftest import open_role

pytestmark = pytest.mark.django_db
dashboard = sys.modules["partners.dashboard.queries.dashboard"]


def ended(role, *, kind="applied", state="rejected", days=10, moved=()):
    """A candidacy that ended yesterday, `days` after it began; `moved` are kinds with the days before the end."""
    person = make.make_application(requisition=role, stage_kind=kind, state=state)
    decided = NOW - timedelta(days=1)
    Application.objects.filter(pk=person.pk).update(
        applied_at=decided - timedelta(days=days), decided_at=decided
    )
    for to_kind, before in moved:
        Activity.objects.create(
            verb="application.moved",
            occurred_at=decided - timedelta(days=before),
            actor_kind="system",
            subject_type="application",
            subject_id=person.pk,
            application_id=person.pk,
            requisition_id=role.pk,
            data={"to_kind": to_kind},
        )
    return person


def board_of(role):
    return queries.dashboard(queries.permitted(role.recruiter, role.partnership.pk), role.recruiter, now=NOW)


def test_the_past_counts_how_far_people_came_and_how_long_hires_took():
    role = open_role(openings=4)
    for kind in ("applied", "applied", "review"):
        ended(role, kind=kind)
    hired = [
        ended(role, kind="hired", state="hired", days=days, moved=[("interview", days / 2)])
        for days in (20, 40)
    ]
    Application.objects.filter(pk__in=[each.pk for each in hired]).update(decided_at=NOW - timedelta(days=1))
    stranger = make.make_requisition(organisation=make.make_organisation())
    ended(stranger)

    found = read(role.organisation_id, now=NOW)
    assert found.counts == {"applied": 2, "review": 1, "hired": 2}
    middle = {
        kind: (each.ended, each.hired, each.days[4] if each.days else None)
        for kind, each in found.passages.items()
    }
    assert middle == {
        "applied": (5, 2, 30.0),
        "review": (3, 2, 15.0),
        "interview": (2, 2, 15.0),
        "assessment": (2, 2, None),
        "offer": (2, 2, None),
    }
    assert read(stranger.organisation_id, now=NOW).passages["applied"] == Passage(1, 0)


def test_with_enough_of_a_past_a_day_is_told_and_else_that_it_cannot_be(client, time_machine):
    time_machine.move_to(NOW, tick=False)
    role, other = open_role(openings=1), make.make_requisition(openings=9)
    other.organisation = role.organisation
    other.save(update_fields=["organisation"])
    client.force_login(role.hiring_manager)
    assert board_of(role).outlook.figures.why_not == "too few"
    assert "cannot be told" in client.get("/partners/dashboard/").content.decode()

    second = open_role(openings=1)
    second.organisation = other.organisation = make.make_organisation()
    second.save(update_fields=["organisation"])
    other.save(update_fields=["organisation"])
    for _ in range(22):
        ended(other)
    for number in range(8):
        ended(other, kind="hired", state="hired", days=20 + number, moved=[("offer", 4 + number)])
    make.make_application(requisition=second, stage_kind="offer")
    outlook = board_of(second).outlook
    assert (outlook.figures.ended, outlook.figures.hires, outlook.figures.why_not) == (30, 8, "")
    assert outlook.early <= outlook.on <= outlook.late
    client.force_login(second.hiring_manager)
    page = client.get(f"/partners/dashboard/?role={second.partnership.pk}").content.decode()
    assert "At this pace filled by" in page
    assert "30 candidacies that ended here in two years, 8 hires among them" in page


@pytest.mark.ordinary_day
def test_what_came_due_stands_month_by_month_on_both_sides():
    role = open_role()
    for number, (side, state, month) in enumerate(
        [
            ("recruiter", "kept", 9),
            ("manager", "late", 9),
            ("manager", "kept", 10),
            ("manager", "kept", 10),
            ("manager", "waiting", 10),
        ]
    ):
        due = NOW.replace(month=month, day=5)
        Commitment.objects.create(
            partnership=role.partnership,
            key=f"k{number}",
            side=side,
            kind="decision",
            state=state,
            started_at=due,
            started_by=1,
            due_at=due,
            until_at=due,
            settled_at=due if state in {"kept", "late"} else None,
        )
    assert by_month(role.partnership, now=NOW) == [
        Month(date(2026, 9, 1), {"kept": 1}, {"late": 1}),
        Month(date(2026, 10, 1), {}, {"kept": 2}),
    ]


def test_advice_and_corrections_stand_on_the_page_with_their_places(client, monkeypatch):
    role = open_role()
    number = role.pk
    advised = Advised(
        "Feedback that loses people", "Three withdrew after a week of silence.", {}, "/advice/#advice-1"
    )
    corrected = Correction("Too few candidates", date(2026, 12, 4), "/corrections/1/")
    monkeypatch.setattr(
        dashboard, "standing_advice", lambda roles: {number: [advised]} if roles == [number] else {}
    )
    monkeypatch.setattr(
        dashboard, "open_corrections", lambda roles: {number: [corrected]} if roles == [number] else {}
    )
    board = board_of(role)
    assert (board.advice, board.corrections) == ([advised], [corrected])
    client.force_login(role.hiring_manager)
    page = client.get(f"/partners/dashboard/?role={role.partnership.pk}").content.decode()
    assert ('href="/advice/#advice-1"' in page, 'href="/corrections/1/"' in page) == (True, True)
