"""The plain statements of my day say what the models say."""

from datetime import timedelta
from itertools import product

import pytest
from django.db.models import Q

from ats.accounts.models import Role, User
from ats.home import queries as reads
from ats.home.domain.rows import Owed, Whom
from ats.home.queries.owed import Evidence
from ats.home.queries.whom import whom
from candidates.models import Application, Promise, Scorecard
from candidates.scorecards.models import ScorecardQuerySet
from requisitions.models import Requisition, TeamMember
from requisitions.roles.workflow import LIVE
from tests import factories as f
from tests.factories import NOW

pytestmark = pytest.mark.django_db


def as_the_models_say(application: Application, *, named: bool = False) -> Whom:
    role, candidate = application.requisition, application.candidate
    return Whom(
        candidate_id=candidate.pk,
        name=candidate.name,
        who=candidate.who,
        role=role.title,
        recruiter=str(role.recruiter),
        partner=str(role.hiring_manager or ""),
        state=application.state,
        decided_at=application.decided_at,
        stage_kind=application.stage.kind,
        organisation_id=role.organisation_id,
        organisation=role.organisation.name if named else "",
    )


def test_whom_says_what_the_models_say() -> None:
    someone = f.make_candidate(first_name="Ana", last_name="", headline="Data engineer", city="Porto")
    nameless = f.make_user(Role.MANAGER)
    User.objects.filter(pk=nameless.pk).update(name="")
    alone = f.make_application(candidate=someone).requisition
    Requisition.objects.filter(pk=alone.pk).update(state="draft", hiring_manager=None)
    f.make_application(requisition=f.make_requisition(manager=nameless))
    f.make_application(candidate=f.make_candidate(city=""))
    left_out = f.make_application()

    applications = list(Application.objects.exclude(pk=left_out.pk))
    numbers = [application.pk for application in applications]

    assert whom([None, *numbers, *numbers]) == {row.pk: as_the_models_say(row) for row in applications}
    several = {row.pk: as_the_models_say(row, named=True) for row in applications}
    assert whom(numbers, named=True) == several
    assert whom([]) == {}


def test_debts_say_what_the_models_say() -> None:
    recruiter = f.make_user(Role.RECRUITER)
    role = f.make_requisition(recruiter=recruiter)
    for hours in (-30, -2, 5, 90):
        f.make_application(requisition=role, due_at=NOW + timedelta(hours=hours))
    waits = Promise.objects.order_by("-due_at")[0]
    Promise.objects.filter(pk=waits.pk).update(broken_before=2, waiting_since=NOW - timedelta(days=9))

    found = reads.debts(recruiter, [role.pk], whole_team=False, now=NOW, tonight=reads.tonight(NOW), shown=15)

    fields = ("kind", "what", "side", "state", "due_at", "broken_before", "waiting_since", "application_id")
    late = Promise.objects.waiting_too_long(NOW).order_by("-broken_before", "due_at")
    ahead = Promise.objects.exclude(pk__in=late).order_by("due_at")
    for shown, rows in ((found.late, late), (found.ahead, ahead)):
        assert shown == [Owed(*(getattr(row, name) for name in fields), str(row.owner)) for row in rows]
    assert (len(found.late), len(found.ahead)) == (3, 1)


@pytest.mark.parametrize("role", [Role.RECRUITER, Role.LEAD, Role.COORDINATOR])
@pytest.mark.parametrize("whole_team", [True, False])
def test_the_roles_of_a_day_are_those_that_the_models_say(role: str, whole_team: bool) -> None:
    user, other = f.make_user(role), f.make_user(Role.RECRUITER)
    long_ago = NOW - timedelta(days=31)
    shapes = product((user, other), (True, False), (True, False), (None, NOW - timedelta(days=29), long_ago))
    for recruiter, confidential, on_team, ended_at in shapes:
        made = f.make_requisition(recruiter=recruiter)
        state = {"state": "filled", "ended_at": ended_at} if ended_at else {}
        Requisition.objects.filter(pk=made.pk).update(confidential=confidential, **state)
        TeamMember.objects.filter(requisition=made, user=user).delete()
        for part in ("interviewer", "stakeholder") if on_team else ():
            TeamMember.objects.create(requisition=made, user=user, role=part)

    found = reads.roles(user, whole_team=whole_team, now=NOW).numbers

    rows = Requisition.objects.visible_to(user)
    if not whole_team:
        rows = rows.filter(Q(recruiter=user) | Q(members__user=user))
    recent = Q(state__in=LIVE) | Q(ended_at__gte=NOW - timedelta(days=30))
    assert sorted(found) == sorted(rows.filter(recent).values_list("pk", flat=True).distinct())
    assert 0 < len(found) < 24


def test_evidence_says_what_the_models_say() -> None:
    writes, others = f.make_user(Role.INTERVIEWER), f.make_user(Role.INTERVIEWER)
    User.objects.filter(pk=others.pk).update(name="")
    cards = []
    for hours, interviewer in product((-200, -100, -2, 30), (writes, others)):
        starts_at = NOW + timedelta(hours=hours)
        interview = f.make_interview(starts_at=starts_at, people=[interviewer])
        facts = {"application": interview.application, "due_at": starts_at + timedelta(hours=48)}
        cards.append(Scorecard.objects.create(interview=interview, interviewer=interviewer, **facts))
    roles = [card.application.requisition_id for card in cards if card.interviewer == others]

    def said(rows: ScorecardQuerySet) -> list[Evidence]:
        return [
            Evidence(row.pk, row.application_id, row.due_at, row.interview.name, str(row.interviewer))
            for row in rows.order_by("due_at", "pk")[: reads.FEW]
        ]

    owed = Scorecard.objects.owed_now(NOW)
    assert reads.evidence(writes, NOW) == said(owed.filter(interviewer=writes))
    late = owed.filter(due_at__lt=NOW, application__requisition__in=roles)
    assert reads.late_evidence(roles, NOW) == said(late)
    assert (owed.filter(interviewer=writes).count(), late.count()) == (3, 2)
