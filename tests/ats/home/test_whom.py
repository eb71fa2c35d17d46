"""About whom a line is, said by one plain statement as the models say it."""

from datetime import timedelta

import pytest

from ats.accounts.models import Role, User
from ats.home import queries as reads
from ats.home.domain.rows import Owed, Whom
from ats.home.queries.whom import whom
from candidates.models import Application, Promise
from requisitions.models import Requisition
from tests import factories as f
from tests.factories import NOW

pytestmark = pytest.mark.django_db


def as_the_models_say(application: Application) -> Whom:
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
