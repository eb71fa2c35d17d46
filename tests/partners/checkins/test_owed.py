"""What each side owes, as dashboard and agenda say it."""

from datetime import timedelta

import pytest

from ats.duework import engine
from candidates.applications import actions as applications
from partners.checkins.queries import owing
from requisitions.models import Requisition
from requisitions.roles import actions as roles
from tests import factories as make
from tests.factories import NOW

pytestmark = [pytest.mark.django_db, pytest.mark.ordinary_day]


def owed(role, now):
    role = Requisition.objects.get(pk=role.pk)
    return {
        side: [card.code for card in cards] for side, cards in owing.owed(role.partnership, now=now).items()
    }


def test_once_a_role_has_ended_its_candidates_are_still_to_be_told_and_nothing_else_is_owed(role):
    rejected = make.make_application(requisition=role)
    applications.reject(
        application_id=rejected.pk,
        reason=make.make_reason().code,
        by=role.recruiter,
        now=NOW + timedelta(hours=1),
        message=None,
    )
    now = NOW + timedelta(hours=2)
    engine.tick(now)
    both = owed(role, now)
    assert both["recruiter"] == ["candidates_told", "first_slate"]
    roles.end(requisition_id=role.pk, new_state="cancelled", reason="Budget", by=role.recruiter, now=now)
    ended = {"recruiter": ["candidates_told"], "manager": []}
    # At once, and not only when it has been measured what the end released.
    assert owed(role, now) == ended
    engine.tick(now + timedelta(minutes=1))
    assert owed(role, now + timedelta(minutes=1)) == ended
