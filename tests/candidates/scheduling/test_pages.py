"""The coordinator's page: the grid, booking from it, asking, moving, replacing; and who may not."""

import pytest
import time_machine
from django.urls import reverse

from ats.calendars.models import BusyTime
from candidates.interviews.models import Interview
from candidates.scheduling import actions as booking
from candidates.scheduling.actions import request_times
from candidates.scheduling.models import BookingRequest
from tests import factories
from tests.candidates.helpers import open_one
from tests.candidates.interviews.builders import at, in_play, interviewers, plan, pool, seats
from tests.factories import NOW

pytestmark = [pytest.mark.django_db, pytest.mark.ordinary_day]


@pytest.fixture(autouse=True)
def _now():
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def role():
    return factories.make_requisition()


@pytest.fixture
def application(role):
    return in_play(role)


@pytest.fixture
def page(client, role, application):
    client.force_login(role.recruiter)
    return reverse("application_interviews", args=[application.pk])


def test_a_time_is_chosen_in_the_grid(client, role, application, page):
    people = interviewers(role, 2)
    planned = plan(role, *people)
    BusyTime.objects.create(user=people[0], period=(at(9), at(10)))
    body = client.get(page).content.decode()
    for person in people:
        assert person.name in body
    assert 'value="20261125T1000Z"' in body
    assert 'value="20261125T0930Z"' not in body
    fields = {"planned": planned.pk, "slot": "20261125T1000Z"}
    assert client.post(reverse("book_interviews", args=[application.pk]), fields)["Location"] == page
    interview = Interview.objects.get()
    assert (interview.starts_at, interview.booked_by) == (at(10), role.recruiter)
    body = client.get(page).content.decode()
    assert "Everything in the plan is booked." in body
    taken = client.post(reverse("book_interviews", args=[application.pk]), fields)
    assert (taken.status_code, "booked already" in taken.content.decode()) == (409, True)
    assert client.post(reverse("book_interviews", args=[application.pk]), {"slot": "soon"}).status_code == 409


def test_a_row_other_people_and_a_time_outside_the_hours(client, role, application, page):
    people = interviewers(role, 3)
    first, second = plan(role, people[0]), plan(role, people[1], minutes=30)
    body = client.get(
        page, {"planned": [first.pk, second.pk], "shortest": 15, "longest": 45}
    ).content.decode()
    assert 'value="20261125T0900Z-20261125T1015Z"' in body
    book = reverse("book_interviews", args=[application.pk])
    row = {"planned": [first.pk, second.pk], "shortest": 15, "longest": 45}
    client.post(book, row | {"slot": "20261125T0900Z-20261125T1015Z"})
    assert [each.starts_at for each in Interview.objects.order_by("pk")] == [at(9), at(10, 15)]
    third = plan(role, people[0])
    client.post(book, {"planned": third.pk, "who": people[2].pk, "slot": "20261125T0900Z"})
    assert application.interviews.count() == 2  # the candidate is elsewhere at that time
    client.post(book, {"planned": third.pk, "who": people[2].pk, "slot": "20261125T1300Z"})
    assert seats(application.interviews.get(planned=third)) == {people[2].pk}
    early = plan(role, people[0])
    other = {"planned": early.pk, "other-at": "2026-11-26T06:05", "other-people": [people[1].pk]}
    client.post(book, other)
    assert application.interviews.get(planned=early).starts_at == at(6, 5, day=26)
    role.recruiter.time_zone = "Europe/Berlin"
    role.recruiter.save()
    gone = client.post(book, other | {"planned": plan(role, people[0]).pk, "other-at": "2027-03-28T02:30"})
    assert (gone.status_code, "02:30 does not exist" in gone.content.decode()) == (422, True)


def test_asking_with_a_preview_and_taking_back(client, role, application, page):
    planned = plan(role, *interviewers(role, 1))
    ask = reverse("ask_for_time", args=[application.pk])
    fields = {
        "planned": planned.pk, "ask-way": "pick", "ask-earliest": "2026-11-25", "ask-latest": "2026-11-26",
        "ask-notice_hours": 12, "ask-change_hours": 24,
    }  # fmt: skip
    body = client.post(ask, fields | {"preview": "1"}).content.decode()
    assert "Robin would see" in body
    assert "Wed 25 Nov" in body
    assert BookingRequest.objects.count() == 0
    assert client.post(ask, fields | {"ask-latest": "soon"}).status_code == 422
    assert client.post(ask, fields | {"ask-latest": "2026-11-20"}).status_code == 409
    assert client.post(ask, fields)["Location"] == page
    request = BookingRequest.objects.get()
    assert (request.state, request.way) == ("open", "pick")
    assert "Robin is asked" in client.get(page).content.decode()
    back = reverse("take_back_times", args=[application.pk, request.pk])
    assert client.get(back).status_code == 200
    client.post(back, {"reason": "The plan changes."})
    request.refresh_from_db()
    assert request.state == "cancelled"


def test_given_times_show_in_the_grid(client, role, application, page):
    planned = plan(role, *interviewers(role, 1))
    request = request_times.ask(
        application_id=application.pk, planned_ids=[planned.pk], way="give", by=role.recruiter, now=NOW
    )
    request_times.give(
        request=request,
        times=[(at(13), at(15))],
        note="After lunch.",
        candidate=application.candidate,
        now=NOW,
    )
    body = client.get(page).content.decode()
    assert "After lunch." in body
    assert 'value="20261125T1330Z"' in body
    assert 'value="20261125T1200Z"' not in body


def test_moving_cancelling_replacing_and_nobody_came(client, role, application, page):
    people = interviewers(role, 2)
    planned = plan(role, pool=pool(role, *people))
    interview = booking.book(
        application_id=application.pk, planned_id=planned.pk, starts_at=at(10), by=role.recruiter, now=NOW
    )
    seat = interview.seats.get()
    move = reverse("move_interview", args=[interview.pk])
    assert 'value="20261125T1030Z"' in client.get(move).content.decode()
    assert client.post(move, {"slot": "20261125T1030Z"}).status_code == 422
    assert client.post(move, {"slot": "20261125T0300Z", "reason": "A clash."}).status_code == 409
    assert client.post(move, {"slot": "20261125T1030Z", "reason": "A clash."})["Location"] == page
    replace = reverse("replace_in_interview", args=[interview.pk, seat.pk])
    assert people[1].name in client.get(replace).content.decode()
    client.post(replace, {"user": people[1].pk})
    assert seats(interview) == {people[1].pk}
    no_show = reverse("no_show", args=[interview.pk])
    assert client.get(no_show).status_code == 200
    with time_machine.travel(at(11), tick=False):
        client.logout()  # a day later, the session of yesterday has ended
        client.force_login(role.recruiter)
        assert client.post(no_show, {"reason": "No word."}).status_code == 422
        client.post(no_show, {"reason": "No word.", "then": "time"})
    interview.refresh_from_db()
    assert interview.state == "no_show"
    assert open_one(application).what == "A time for your interview"
    other = booking.book(
        application_id=application.pk,
        planned_id=planned.pk,
        starts_at=at(10, day=26),
        by=role.recruiter,
        now=NOW,
    )
    cancel = reverse("cancel_interview", args=[other.pk])
    assert client.post(cancel, {}).status_code == 422
    client.post(cancel, {"reason": "The role changes."})
    other.refresh_from_db()
    assert other.state == "cancelled"


def test_the_manager_arranges_for_their_own_role_and_interviewers_do_not(client, role, application, page):
    (person,) = interviewers(role, 1)
    planned = plan(role, person)
    client.force_login(role.hiring_manager)
    assert client.get(page).status_code == 200
    interview = booking.book(
        application_id=application.pk,
        planned_id=planned.pk,
        starts_at=at(10),
        by=role.hiring_manager,
        now=NOW,
    )
    for stranger in (person, factories.make_requisition().hiring_manager):
        client.force_login(stranger)
        assert client.get(page).status_code == 404
        assert (
            client.post(reverse("cancel_interview", args=[interview.pk]), {"reason": "No."}).status_code
            == 404
        )


def test_the_page_costs_the_same_for_more_of_everything(
    client, role, application, page, django_assert_num_queries
):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    planned = plan(role, *interviewers(role, 2))
    booked = plan(role, *interviewers(role, 1))
    booking.book(
        application_id=application.pk, planned_id=booked.pk, starts_at=at(10), by=role.recruiter, now=NOW
    )
    client.get(page)
    with CaptureQueriesContext(connection) as few:
        client.get(page, {"planned": planned.pk})
    planned.interviewers.add(*interviewers(role, 5))
    for hour in (11, 12, 13):
        more = plan(role, *interviewers(role, 2))
        booking.book(
            application_id=application.pk, planned_id=more.pk, starts_at=at(hour), by=role.recruiter, now=NOW
        )
    with django_assert_num_queries(len(few)):
        client.get(page, {"planned": planned.pk})
