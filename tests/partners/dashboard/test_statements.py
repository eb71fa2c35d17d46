"""The plain statements of the dashboard say what the models say."""

import random
from datetime import timedelta

import pytest
from django.db.models import Count, Min, Q

from ats.accounts.models import Role
from ats.approvals.queries import mine_to_decide
from candidates.models import Application, Promise, waits_too_long
from partners.alignment.queries import count_waiting
from partners.dashboard.queries.asked import asked
from partners.dashboard.queries.dashboard import Choice, own, switch
from partners.models import Contradiction
from partners.partnerships.models import Partnership
from partners.partnerships.queries import status
from partners.partnerships.queries.status import Step, Waiting
from requisitions.models import Side, Stage, TeamMember
from tests import factories as f
from tests.factories import NOW
from tests.partners.alignment import parts

pytestmark = pytest.mark.django_db


@pytest.fixture
def partnership() -> Partnership:
    """Of a role with people in every stage, decided ones too, beside another role with some."""
    chance = random.Random(7)
    role, other = f.make_requisition(openings=2), f.make_requisition()
    kinds = [kind for kind in role.stages.values_list("kind", flat=True) if kind != "hired"]
    for number in range(24):
        due_at = NOW + timedelta(hours=chance.choice((-50, -3, 4, 70)))
        f.make_application(requisition=role, stage_kind=chance.choice(kinds), due_at=due_at)
        if number % 6 == 0:
            f.make_application(requisition=other, due_at=due_at)
    for state in ("rejected", "withdrawn", "hired"):
        f.make_application(requisition=role, state=state)
    sides = [Side.RECRUITER, Side.SCHEDULING, Side.MANAGER, Side.CANDIDATE]
    for number, promise in enumerate(Promise.objects.filter(application__requisition=role).order_by("pk")):
        broken = {"broken_before": 1, "waiting_since": NOW - timedelta(days=9)} if number % 5 == 0 else {}
        Promise.objects.filter(pk=promise.pk).update(side=chance.choice(sides), **broken)
    return Partnership.objects.get_or_create(requisition=role, defaults={"started_at": NOW})[0]


def test_the_funnel_says_what_the_models_say(partnership: Partnership) -> None:
    here = Q(applications__state="active") | Q(kind="hired", applications__state="hired")
    stages = Stage.objects.filter(requisition=partnership.requisition_id).order_by("position")
    rows = stages.annotate(people=Count("applications", filter=here)).values_list("name", "kind", "people")

    standing = status.standing(partnership, now=NOW)
    assert standing.steps == [Step(*row) for row in rows]
    assert sum(step.count for step in standing.steps) == 25


def test_who_ended_where_and_who_is_new_is_what_the_models_say(partnership: Partnership) -> None:
    everybody = Application.objects.filter(requisition=partnership.requisition_id).order_by("pk")
    old = [row.pk for row in everybody[::3]]
    everybody.filter(pk__in=old).update(applied_at=NOW - timedelta(days=40))
    since = NOW - timedelta(days=28)
    ended = everybody.exclude(state="active").order_by("stage__kind").values_list("stage__kind")

    standing = status.standing(partnership, now=NOW, since=since)
    assert standing.ended == dict(ended.annotate(people=Count("pk")))
    assert sum(standing.ended.values()) == 3
    assert standing.fresh == everybody.filter(applied_at__gte=since).count() == len(everybody) - len(old)


def test_who_waits_for_whom_is_what_the_models_say(partnership: Partnership) -> None:
    promises = Promise.objects.open().filter(application__requisition=partnership.requisition_id)

    def of(*sides: Side) -> Waiting:
        rows = promises.filter(side__in=sides)
        counts = rows.aggregate(
            n=Count("pk"), late=Count("pk", filter=waits_too_long(NOW)), due=Min("due_at")
        )
        return Waiting(counts["n"], counts["late"], counts["due"])

    assert status.standing(partnership, now=NOW).waiting == {
        "recruiter": of(Side.RECRUITER, Side.SCHEDULING),
        "manager": of(Side.MANAGER),
        "candidate": of(Side.CANDIDATE),
    }
    nobody = f.make_requisition()
    alone = Partnership.objects.get_or_create(requisition=nobody, defaults={"started_at": NOW})[0]
    assert set(status.standing(alone, now=NOW).waiting.values()) == {Waiting(0, 0, None)}


@pytest.mark.parametrize("role", [Role.MANAGER, Role.RECRUITER, Role.LEAD])
def test_one_changes_between_the_partnerships_that_the_models_say(role: str) -> None:
    user = f.make_user(role)
    for number, part in enumerate((None, "recruiter", "coordinator", "manager", "interviewer", "manager")):
        made = f.make_requisition()
        state = {"state": "closed", "closed_at": NOW} if number == 5 else {}
        started_at = NOW - timedelta(days=number % 3)
        Partnership.objects.update_or_create(requisition=made, defaults={"started_at": started_at, **state})
        if part:
            TeamMember.objects.create(requisition=made, user=user, role=part)

    rows = own(user).values_list("pk", "state", "requisition__title")
    assert switch(user) == [Choice(*row) for row in rows]
    assert [row.state for row in switch(user)] == ["active", "active", "active", "closed"]


def test_what_waits_beside_the_roles_is_what_the_models_say() -> None:
    lead, other = f.make_user(Role.LEAD), f.make_user(Role.LEAD)
    role = parts.open_role()
    parts.name(role, hr=lead, finance=other)
    parts.settled(role)
    Contradiction.objects.create(
        partnership=role.partnership,
        rule="more_rounds",
        said="Three were agreed, four are planned.",
        decider=lead,
        raised_at=NOW,
        due_at=NOW,
    )
    for user in (lead, other):
        assert asked(user) == {
            "looks_back": False,
            "approvals": mine_to_decide(user).count(),
            "to_sign": count_waiting(user),
            "led": True,
        }
    assert [asked(user)["to_sign"] for user in (lead, other)] == [2, 1]
