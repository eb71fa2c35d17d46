"""Nothing of somebody who is not put forward stands in anything that the client's people can open or search."""

from typing import Any

import pytest
from django.utils import timezone

from ats.accounts.models import Role
from ats.approvals.models import Approval
from candidates.models import Application
from candidates.submissions.actions import hold
from partners.commitments.actions import remeasure
from partners.models import Partnership
from requisitions.models import TeamRole
from tests import factories as make
from tests.candidates.internal.test_never_shown import addresses, marked, shown
from tests.laws.world import World, world

__all__ = ["world"]

pytestmark = pytest.mark.django_db
PARTS = {"manager": (Role.MANAGER, TeamRole.MANAGER)}


def at_a_client(world: World) -> Application:
    """The world's candidate under the mark, whose no to the client is in the world."""
    application = marked(world)
    house = application.requisition.organisation
    type(house).objects.filter(pk=house.pk).update(is_client=True, client_since=timezone.now())
    Approval.objects.all().delete()  # of an offer, which nobody makes before the yes
    return Application.objects.whole().get(pk=application.pk)


@pytest.mark.parametrize("who", [*PARTS, "who leads it"])
def test_nothing_shows_to_the_clients_people(world: World, who: str) -> None:
    application = at_a_client(world)
    role = application.requisition
    user: Any = role.hiring_manager
    if who in PARTS:
        user = make.make_user(PARTS[who][0])
        make.add_member(role, user, PARTS[who][1])
    hold.hold(application)
    remeasure(partnership=Partnership.objects.get(requisition=role), now=timezone.now())
    assert shown(user, world) == {}
    assert "/submissions/" in set(addresses(world))


def test_who_recruits_meets_the_mark_on_the_same_way(world: World) -> None:
    application = at_a_client(world)
    hold.hold(application)
    found = set(shown(make.make_user(Role.RECRUITER), world))
    assert {"/submissions/", f"/candidates/{application.candidate_id}/", "/api/v1/submissions/"} & found
    assert len(found) > 10
