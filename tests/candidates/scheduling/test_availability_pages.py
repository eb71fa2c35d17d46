"""The pages on which interviewers and hiring managers say when they can: from the mail, and signed in."""

import re

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from ats.calendars.models import BusyTime
from ats.models import Activity
from candidates.models import AvailabilityRequest
from candidates.scheduling.actions import ask_interviewers
from tests.candidates.helpers import mails
from tests.candidates.interviews.builders import at
from tests.candidates.scheduling.asking import ask, give, overdue, verbs
from tests.factories import NOW

pytestmark = [pytest.mark.django_db, pytest.mark.ordinary_day]
LINK = re.compile(r"http://testserver(/by-mail/[\w-]+/)")


@pytest.fixture(autouse=True)
def _now():
    with time_machine.travel(NOW, tick=False):
        yield


def typed(*rows):
    """What a form sends for these rows of day, from and until."""
    facts = {}
    for row, given in enumerate(rows):
        facts |= {f"{name}_{row}": value for name, value in zip(("day", "from", "to"), given, strict=True)}
    return facts


def link():
    found = LINK.search(mails("scheduling.times_wanted")[-1].text)
    return found[1] if found else ""


def allow(role):
    type(role.organisation).objects.filter(pk=role.organisation_id).update(acts_by_mail=True)
    role.organisation.refresh_from_db()


def test_from_the_mail_it_is_given_once(role, application, planned, person):
    allow(role)
    BusyTime.objects.create(user=person, period=(at(9), at(10)))
    asked = ask(application, planned, person)
    stranger = Client()
    page = stranger.get(link())
    body = page.content.decode()
    assert (page.status_code, body.count('type="date"')) == (200, 6)
    for said in (
        application.candidate.name,
        planned.name,
        "60 minutes",
        "Wednesday 25 November: 09:00 to 10:00",
    ):
        assert said in body
    short = stranger.post(link(), typed(("2026-11-25", "10:00", "10:30")))
    assert (short.status_code, "The interview takes 60 minutes" in short.content.decode()) == (422, True)
    assert stranger.post(link(), typed(("2026-11-25", "10:00", "12:00"))).status_code == 200
    asked.refresh_from_db()
    assert (asked.state, asked.spans) == ("given", [(at(10), at(12))])
    said = Activity.objects.get(verb="availability.given")
    assert (said.actor_id, said.channel) == (person.pk, "mail")
    assert stranger.post(link(), typed(("2026-11-26", "10:00", "12:00"))).status_code == 410


def test_the_link_does_nothing_once_it_is_over_and_is_not_made_about_confidential_roles(
    role, application, planned, person
):
    allow(role)
    asked = ask(application, planned, person)
    ask_interviewers.take_back(request_id=asked.pk, application_id=application.pk, by=role.recruiter, now=NOW)
    assert Client().get(link()).status_code == 410
    ask(application, planned, person)
    address = link()
    type(role).objects.filter(pk=role.pk).update(confidential=True)
    assert Client().get(address).status_code == 410
    application.requisition.refresh_from_db()
    ask(application, planned, role.hiring_manager)
    assert link() == ""


def test_the_page_says_at_the_row_what_cannot_be_used_and_keeps_what_was_typed(
    client, application, planned, person
):
    person.time_zone = "America/New_York"
    person.save()
    asked = ask(application, planned, person)
    client.force_login(person)
    address = reverse("give_availability", args=[asked.pk])
    rows = (
        ("2026-11-25", "09:00", "10:00"),
        ("2026-11-28", "10:00", "12:00"),
        ("2026-11-24", "01:00", "02:00"),
        ("2026-12-20", "10:00", "11:00"),
        ("2026-11-25", "09:30", "11:00"),
        ("2026-11-26", "", "11:00"),
    )
    body = (wrong := client.post(address, typed(*rows))).content.decode()
    assert wrong.status_code == 422
    assert re.findall(r'field-error">.*?</svg>(.*?)</p>', body) == [
        "The office is shut on this day: give another one.",
        "This time has passed already, or has begun.",
        "This is too far ahead: give times until Tuesday 8 December.",
        "This overlaps with another of your times: make one of the two.",
        "Give the day, from when and until when.",
    ]
    assert 'value="2026-12-20"' in body
    assert client.post(address, typed(rows[0])).status_code == 302
    asked.refresh_from_db()
    assert asked.spans == [(at(14), at(15))]  # nine o'clock where they are
    again = client.get(address).content.decode()
    assert 'value="09:00"' in again
    assert "Change my times" in again
    client.force_login(application.requisition.recruiter)
    assert client.get(address).status_code == 404


def test_who_arranges_it_asks_sees_and_takes_back(client, role, application, planned, person):
    client.force_login(role.recruiter)
    page = reverse("application_interviews", args=[application.pk])
    client.post(
        reverse("ask_for_availability", args=[application.pk]),
        {"planned": planned.pk, "interviewer": person.pk, "days": 3},
    )
    asked = AvailabilityRequest.objects.get()
    assert asked.due_at == at(17, day=27)
    assert "Asked for by" in client.get(page).content.decode()
    overdue(asked)
    assert "Overdue: asked for by" in client.get(page).content.decode()
    give(asked, (at(14), at(16)))
    body = client.get(page).content.decode()
    assert "times are looked for within these" in body
    assert re.findall(r'name="slot" value="(\w+)"', body) == [
        "20261125T1400Z",
        "20261125T1430Z",
        "20261125T1500Z",
    ]
    client.post(reverse("take_back_availability", args=[application.pk, asked.pk]))
    asked.refresh_from_db()
    assert (asked.state, verbs(application)[-1]) == ("closed", ("availability.closed", "it was taken back"))


def test_it_stands_where_those_who_are_asked_and_those_who_arrange_begin(
    client, role, application, planned, person
):
    asked = ask(application, planned, person)
    client.force_login(person)
    mine = reverse("give_availability", args=[asked.pk])
    assert client.get(reverse("scorecard_list")).content.decode().count(f'href="{mine}"') == 2
    client.force_login(role.recruiter)
    day, late = reverse("my_day"), f"{person} has not said yet when they can"
    assert late not in client.get(day).content.decode()
    overdue(asked)
    assert late in client.get(day).content.decode()
    give(asked, (at(14), at(16)))
    assert f"{person} has said when they can" in client.get(day).content.decode()
