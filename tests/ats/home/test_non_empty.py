"""What is asked at once answers what the parts of the day answer."""

from datetime import timedelta
from itertools import product

import pytest

from ats.home import queries as reads
from ats.home.queries.non_empty import parts_there
from candidates.models import Interview, InterviewSeat
from requisitions.models import TeamMember
from tests import factories as f
from tests.factories import NOW

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("reply", "active", "on_team", "released", "state"),
    list(
        product(
            ("needs-action", "declined"), (True, False), (True, False), (True, False), ("booked", "cancelled")
        )
    ),
)
def test_a_seat_that_wants_somebody_else_is_there_where_it_is_read(
    reply: str, active: bool, on_team: bool, released: bool, state: str
) -> None:
    settled = {} if state == "booked" else {"settled_at": NOW}
    interview = f.make_interview(starts_at=NOW + timedelta(days=1))
    role = interview.application.requisition
    seat = interview.seats.get()
    InterviewSeat.objects.filter(pk=seat.pk).update(reply=reply, released=released)
    Interview.objects.filter(pk=interview.pk).update(state=state, **settled)
    type(seat.user).objects.filter(pk=seat.user_id).update(is_active=active)
    TeamMember.objects.filter(requisition=role, user=seat.user).delete()
    if on_team:
        TeamMember.objects.create(requisition=role, user=seat.user, role="interviewer")

    there = parts_there(role.recruiter, [role.pk], now=NOW, tonight=reads.tonight(NOW))

    wanted = state == "booked" and not released and (reply == "declined" or not active or not on_team)
    assert (there["wanting"], [each.pk for each in reads.wanting([role.pk])]) == (wanted, [seat.pk] * wanted)
