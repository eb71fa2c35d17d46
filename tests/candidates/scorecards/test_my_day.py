"""What a day shows of evidence: mine to write, theirs that is late, and where all is in."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from ats.accounts.models import Role
from ats.home import queries as reads
from ats.home.queries.day import Found
from ats.home.queries.non_empty import parts_there
from candidates.scorecards.actions import decide
from tests.candidates.scorecards.helpers import AFTER, card_of, hand_in, hold, met
from tests.factories import NOW, make_user

pytestmark = pytest.mark.django_db
LATER = NOW + timedelta(days=3)


def shown(user, now=LATER):
    when = {"now": now, "tonight": reads.tonight(now)}
    roles = reads.roles(user, whole_team=False, now=now)
    there = parts_there(user, roles.numbers, **when)
    found = Found.of(user, roles, there, whole_team=False, shown=reads.SHOWN, **when)
    cards, late = ([card.pk for card in rows] for rows in (found.evidence, found.late_evidence))
    return [cards, list(found.debriefs), late]


def test_evidence_is_mine_then_late_then_all_in_then_decided():
    other = make_user("interviewer")
    interview = met(other)
    application = interview.application
    recruiter = application.requisition.recruiter
    mine = met(recruiter, application=application, starts_at=AFTER)
    assert shown(recruiter, now=NOW - timedelta(hours=1)) == [[], [], []]
    hold(interview)
    hold(mine, now=AFTER + timedelta(hours=2))
    theirs, own = card_of(interview, other), card_of(mine, recruiter)
    assert shown(recruiter) == [[own.pk], [], [theirs.pk, own.pk]]
    hand_in(own, now=LATER)
    assert shown(recruiter) == [[], [], [theirs.pk]]
    hand_in(theirs, now=LATER)
    assert shown(recruiter) == [[], [application.pk], []]
    assert shown(make_user(Role.RECRUITER)) == [[], [], []]
    decide.decide(
        application_id=application.pk, outcome="offer", reason="All of it.", by=recruiter, now=LATER
    )
    assert shown(recruiter) == [[], [], []]


def test_it_costs_the_same_for_one_and_for_five(client, time_machine):
    time_machine.move_to(LATER, tick=False)
    other = make_user("interviewer")
    interview = met(other)
    requisition = interview.application.requisition
    hold(interview)
    hold(met(other, requisition.recruiter, starts_at=NOW + timedelta(hours=2)))
    client.force_login(requisition.recruiter)

    def price():
        with CaptureQueriesContext(connection) as captured:
            assert client.get("/").status_code == 200
        return len(captured)

    price()
    before = price()
    for hours in range(2, 6):
        hold(met(other, requisition.recruiter, starts_at=NOW + timedelta(hours=2 * hours)))
    assert price() == before


def test_an_applications_page_costs_the_same_for_one_interview_and_for_four(client):
    interview = met(make_user("interviewer"))
    application = interview.application
    client.force_login(application.requisition.recruiter)

    def price():
        with CaptureQueriesContext(connection) as captured:
            assert client.get(f"/applications/{application.pk}/").status_code == 200
        return len(captured)

    price()
    before = price()
    for hours in (2, 4, 6):
        met(make_user("interviewer"), application=application, starts_at=NOW + timedelta(hours=hours))
    assert price() == before


def test_interviewers_start_at_what_they_write(client):
    client.force_login(make_user("interviewer"))
    assert client.get("/").url == "/scorecards/"
