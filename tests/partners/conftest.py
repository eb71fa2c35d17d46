"""A role that has opened, with its partnership under an accepted agreement and its first check-in planned."""

import pytest

from ats.duework import engine
from partners.partnerships import actions as partnerships
from requisitions.roles import actions as roles
from tests import factories as make
from tests.factories import NOW


def open_role(**facts):
    facts = {"outcomes": "Has shipped it.", "value_proposition": "Work that matters."} | facts
    made = make.make_requisition("draft", must_haves=("Python",), **facts)
    roles.open_requisition(requisition_id=made.pk, by=made.recruiter, now=NOW)
    made.refresh_from_db()
    for person in (made.recruiter, made.hiring_manager):
        partnerships.accept(partnership_id=made.partnership.pk, version=1, by=person, now=NOW)
    engine.tick(NOW)
    return made


@pytest.fixture
def role():
    return open_role()
