"""Interviews that were booked for one person at one time before the database refused that."""

from datetime import timedelta
from importlib import import_module

import pytest
from django.db import IntegrityError, connection, transaction

from candidates.interviews.models import Interview
from candidates.scheduling import actions as booking
from tests import factories
from tests.candidates.helpers import hours
from tests.candidates.interviews.builders import at, interviewers, plan
from tests.factories import NOW

pytestmark = [pytest.mark.django_db, pytest.mark.ordinary_day]
NAME = "interview_candidate_once_at_a_time"


def now(sql):
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute(sql)
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")


@pytest.fixture
def older():
    """Three of one person as they could be: the second and the third beside the first, and one alone."""
    (constraint,) = [each for each in Interview._meta.constraints if each.name == NAME]
    now(f"ALTER TABLE candidates_interview DROP CONSTRAINT {NAME}")
    person = factories.make_candidate()
    rows = []
    for number, start in enumerate((at(10), at(10, 15), at(10, 30), at(14))):
        application = factories.make_application(candidate=person, stage_kind="interview")
        people = interviewers(application.requisition, 1)
        planned = plan(application.requisition, *people)
        booked = NOW + timedelta(minutes=number)
        rows.append(
            factories.make_interview(
                application, people=people, planned=planned, starts_at=start, booked_at=booked
            )
        )
    Interview.objects.filter(pk=rows[2].pk).update(booked_at=NOW - timedelta(days=1))
    migration = import_module("candidates.migrations.0016_interviews_that_were_doubled")
    now(migration.MARK)
    now(str(constraint.create_sql(Interview, connection.schema_editor())))
    return rows


def test_the_one_that_was_booked_first_stands_and_the_others_are_marked(older):
    assert [Interview.objects.get(pk=row.pk).doubled for row in older] == [True, True, False, False]
    assert Interview.objects.filter(state="booked").count() == 4


def test_its_page_says_so_and_once_it_is_moved_it_may_not_stand_beside_another(older, client):
    first = older[0]
    recruiter = first.application.requisition.recruiter
    client.force_login(recruiter)
    page = client.get(f"/interviews/applications/{first.application_id}/").content.decode()
    assert page.count("Booked at the same time as another interview of Robin: move one of the two.") == 1
    moved = booking.reschedule(
        interview_id=first.pk, starts_at=at(12), reason="Two at once", by=recruiter, now=hours(0)
    )
    assert not moved.doubled
    with pytest.raises(IntegrityError, match=NAME), transaction.atomic():
        Interview.objects.filter(pk=first.pk).update(starts_at=at(14), ends_at=at(15))
