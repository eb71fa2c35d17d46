"""What a candidate does with interviews on their own page, without any script."""

import re
from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.urls import reverse

from ats.models import OutgoingMail
from candidates.interviews.models import Interview
from candidates.portal.actions.make_links import new_link
from candidates.portal.pages.interviews.forms import GiveForm
from candidates.scheduling import actions as booking
from candidates.scheduling.actions import request_times
from candidates.scheduling.mails import ASKED_TO_PICK
from candidates.scheduling.models import BookingRequest
from tests import factories
from tests.candidates.interviews.builders import at, in_play, interviewers, plan
from tests.factories import NOW

pytestmark = [pytest.mark.django_db, pytest.mark.ordinary_day]


@pytest.fixture(autouse=True)
def _now():
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def role():
    calendar = factories.make_calendar("Europe/Berlin")
    return factories.make_requisition(organisation=factories.make_organisation(calendar=calendar))


@pytest.fixture
def application(role):
    return in_play(role, candidate=factories.make_candidate(time_zone="America/New_York"))


def ask(application, *planned, **facts):
    return request_times.ask(
        application_id=application.pk,
        planned_ids=[each.pk for each in planned],
        by=application.requisition.recruiter,
        now=NOW,
        **facts,
    )


def address(candidate, name, *args):
    token = new_link(candidate=candidate, now=NOW).rstrip("/").rpartition("/")[2]
    return reverse(name, args=[token, *args])


def token_of(page):
    return page.split("/")[2]


@pytest.mark.parametrize(
    ("latest", "by"), [(8, "Thursday 26 November"), (1, "Wednesday 25 November")], ids=["long", "short"]
)
def test_the_letter_and_the_page_name_the_same_day_to_choose_by(client, role, application, latest, by):
    planned = plan(role, *interviewers(role, 1))
    ask(application, planned, latest=NOW.date() + timedelta(days=latest))
    letter = OutgoingMail.objects.get(role=ASKED_TO_PICK).text
    home = client.get(address(application.candidate, "status")).content.decode()
    assert f"on your page by {by}" in letter
    assert re.search(rf"choose a time by <strong><time [^>]*>{by}<", home)


def test_a_panel_is_booked_from_another_time_zone_changed_and_cancelled(client, role, application):
    people = interviewers(role, 2, time_zone="Europe/Berlin", title="Engineer")
    request = ask(application, plan(role, *people, preparation="Bring a project."))
    home = address(application.candidate, "status")
    assert reverse("status_times", args=[token_of(home), request.pk]) in client.get(home).content.decode()
    page = reverse("status_times", args=[token_of(home), request.pk])
    body = client.get(page).content.decode()
    # Five in the afternoon in Berlin is eleven in New York; the working day there begins at three at night.
    assert "<legend>Wednesday 25 November</legend>" in body
    assert 'value="20261125T1200Z"' in body
    assert "<strong>07:00</strong> to 08:00" in body
    assert "<strong>03:00</strong>" not in body
    client.post(reverse("status_zone", args=[token_of(home)]), {"time_zone": "Europe/Lisbon", "back": page})
    assert "<strong>08:00</strong> to 09:00" in client.get(page).content.decode()
    assert client.post(page, {}).status_code == 400
    answer = client.post(page, {"slot": "20261126T1200Z", "needs": "Captions, please."})
    interview = Interview.objects.get()
    mine = reverse("status_interview", args=[token_of(home), interview.pk])
    assert (answer.status_code, answer["Location"]) == (302, f"{mine}?done=booked")
    assert (interview.starts_at, interview.accessibility) == (at(12, day=26), "Captions, please.")
    body = client.get(mine).content.decode()
    for words in ("Thursday 26 November, 12:00 to 13:00", people[0].name, "Engineer", "Bring a project."):
        assert words in body
    file = client.get(reverse("status_interview_file", args=[token_of(home), interview.pk]))
    assert b"BEGIN:VEVENT" in b"".join(file.streaming_content)
    assert "chosen a time already" in client.get(page).content.decode()
    move = reverse("status_interview_move", args=[token_of(home), interview.pk])
    assert client.post(move, {"slot": "20261126T1300Z", "reason": ""}).status_code == 400
    assert client.post(move, {"slot": "20261126T0400Z", "reason": "A train."}).status_code == 409
    assert client.post(move, {"slot": "20261126T1300Z", "reason": "A train."}).status_code == 302
    interview.refresh_from_db()
    assert (interview.starts_at, interview.sequence) == (at(13, day=26), 1)
    client.post(reverse("status_interview_needs", args=[token_of(home), interview.pk]), {"needs": "None."})
    interview.refresh_from_db()
    assert interview.accessibility == "None."
    cancel = reverse("status_interview_cancel", args=[token_of(home), interview.pk])
    assert client.get(cancel).status_code == 200
    assert client.post(cancel, {"reason": ""}).status_code == 400
    assert client.post(cancel, {"reason": "I am ill."}).status_code == 302
    interview.refresh_from_db()
    assert interview.state == "cancelled"
    assert "has been cancelled" in client.get(mine).content.decode()


def test_several_conversations_in_a_row_are_booked_at_once(client, role, application):
    first, second = (plan(role, person) for person in interviewers(role, 2, time_zone="Europe/Berlin"))
    request = ask(application, first, second, breaks=(15, 45))
    page = address(application.candidate, "status_times", request.pk)
    body = client.get(page).content.decode()
    assert "2 conversations on one day" in body
    assert "07:00 Conversation 1<br>08:15 Conversation 2" in body
    client.post(page, {"slot": "20261125T1200Z-20261125T1315Z"})
    assert [interview.starts_at for interview in Interview.objects.order_by("pk")] == [at(12), at(13, 15)]


def test_who_comes_second_is_told_politely_with_the_next_times(client, role, application):
    planned = plan(role, *interviewers(role, 1, time_zone="Europe/Berlin"))
    page = address(application.candidate, "status_times", ask(application, planned).pk)
    booking.book(
        application_id=in_play(role).pk, planned_id=planned.pk, starts_at=at(12), by=role.recruiter, now=NOW
    )
    answer = client.post(page, {"slot": "20261125T1200Z", "needs": "Captions"})
    body = answer.content.decode()
    assert answer.status_code == 409
    assert "Somebody was faster" in body
    assert "Captions</textarea>" in body
    assert 'value="20261125T1300Z"' in body
    assert 'value="20261125T1200Z"' not in body


def test_used_expired_and_others_links(client, role, application):
    planned = plan(role, *interviewers(role, 1, time_zone="Europe/Berlin"))
    request = ask(application, planned)
    page = address(application.candidate, "status_times", request.pk)
    stranger = address(factories.make_candidate(), "status_times", request.pk)
    assert client.get(stranger).status_code == 404
    assert client.get(page.replace(token_of(page), "x" * 43)).status_code == 404
    with time_machine.travel(request.expires_at, tick=False):
        answer = client.post(page, {"slot": "20261125T1200Z"})
        assert (answer.status_code, "has run out" in answer.content.decode()) == (410, True)
    request_times.take_back(request_id=request.pk, reason="The plan changes.", by=role.recruiter, now=NOW)
    answer = client.get(page)
    assert (answer.status_code, "no longer offered" in answer.content.decode()) == (410, True)
    assert Interview.objects.count() == 0
    # What came in its place is one step away: the question that is open now, then what is booked.
    anew = ask(application, planned)
    assert f"/times/{anew.pk}/" in body_of(client, page)
    (booked,) = booking.pick(
        request=anew, slot_key="20261125T1200Z", candidate=application.candidate, now=NOW
    )
    assert f"/interviews/{booked.pk}/" in body_of(client, page)


def body_of(client, page):
    return client.get(page).content.decode()


def test_the_candidate_says_when_they_can(client, role, application):
    planned = plan(role, *interviewers(role, 1, time_zone="Europe/Berlin"))
    request = ask(application, planned, way="give", latest=at(0, day=30).replace(month=12).date())
    page = address(application.candidate, "status_times", request.pk)
    assert client.get(page).status_code == 200
    wrong = client.post(page, {"day_0": "2026-11-25", "from_0": "09:00"})
    assert "Give the day, from when and until when." in wrong.content.decode()
    assert client.post(page, {"day_0": "2026-11-25", "from_0": "09:00", "to_0": "08:00"}).status_code == 400
    application.candidate.time_zone = "Africa/Cairo"
    application.candidate.save()
    spring = client.post(page, {"day_0": "2027-04-30", "from_0": "00:30", "to_0": "04:00"})
    assert "00:30 does not exist on that day" in spring.content.decode()
    answer = client.post(page, {"day_0": "2026-11-26", "from_0": "09:00", "to_0": "12:00", "note": "Gladly."})
    assert answer.status_code == 302
    request = BookingRequest.objects.get()
    assert (request.state, request_times.times_of(request)) == ("given", [(at(7, day=26), at(10, day=26))])
    body = client.get(answer["Location"]).content.decode()
    assert 'value="2026-11-26"' in body
    assert 'value="09:00"' in body


def test_too_near_to_be_changed_alone(client, role, application):
    planned = plan(role, *interviewers(role, 1, time_zone="Europe/Berlin"))
    interview = booking.book(
        application_id=application.pk, planned_id=planned.pk, starts_at=at(9), by=role.recruiter, now=NOW
    )
    page = address(application.candidate, "status_interview_move", interview.pk)
    assert "too near to be changed here" in client.get(page).content.decode()
    assert client.post(page, {"slot": "20261126T1200Z", "reason": "No."}).status_code == 409
    interview.refresh_from_db()
    assert interview.starts_at == at(9)


@pytest.mark.parametrize(
    ("day", "zone"), [("0001-01-01", "Asia/Tokyo"), ("9999-12-31", "America/Los_Angeles")]
)
def test_a_day_that_some_zones_do_not_have_is_refused_beside_its_field(day, zone):
    given = {"day_0": day, "from_0": "00:00", "to_0": "23:00"}
    form = GiveForm(given, zone=ZoneInfo(zone))
    assert (form.is_valid(), list(form.errors)) == (False, ["day_0"])


def test_withdrawing_says_first_which_interview_falls_away(client, application) -> None:
    other = in_play(application.requisition)
    interview = factories.make_interview(application, name="First talk", starts_at=NOW + timedelta(days=2))
    theirs = factories.make_interview(other, name="Another talk", starts_at=NOW + timedelta(days=3))

    page = client.get(address(application.candidate, "status_withdraw", application.pk)).content.decode()

    assert page.count("falls away with it") == 1
    assert "(First talk) falls away with it" in page
    client.post(address(application.candidate, "status_withdraw", application.pk), {"reason": ""})
    interview.refresh_from_db()
    theirs.refresh_from_db()
    assert (interview.state, theirs.state) == ("cancelled", "booked")
