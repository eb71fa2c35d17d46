"""A role that has opened and is published, its partnership under an accepted agreement, a check-in planned."""

import pytest
from django.db import transaction

from ats.activity.record import record
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
    with transaction.atomic():
        post = make.make_post(made, published_at=NOW)
        record("post.published", subject=post, by=made.recruiter, now=NOW, data={"title": post.title})
    for person in (made.recruiter, made.hiring_manager):
        partnerships.accept(partnership_id=made.partnership.pk, version=1, by=person, now=NOW)
    engine.tick(NOW)
    return made


@pytest.fixture
def role():
    return open_role()
