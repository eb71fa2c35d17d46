"""Sitting in, on the pages of interviews, scorecards, calendars, settings and candidates."""

import pytest
from django.urls import reverse

from ats.accounts.models import Role
from candidates.interviews.queries import shadows
from candidates.models import Scorecard, Shadowing, ShadowingRules
from tests import factories
from tests.candidates.interviews.builders import plan
from tests.candidates.portal.helpers import open_for
from tests.candidates.scorecards.helpers import hand_in
from tests.candidates.shadowing.parts import (
    BEGINS,
    OVER,
    confirm,
    hold,
    let_in,
    set_needed,
    write,
)

pytestmark = [pytest.mark.django_db, pytest.mark.ordinary_day]


def test_the_pages_name_who_is_alone_and_take_the_confirmation(client, role, application, interview, people):
    planned = plan(role, people[1], name="Another")
    set_needed(role, 2)
    client.force_login(role.recruiter)
    arranging, why = reverse("application_interviews", args=[application.pk]), {"reason": "Ten years of it."}

    def named():
        page = client.get(arranging)
        return [(one.user, one.what) for piece in page.context["panels"] for one, _ in piece.context["rows"]]

    assert named() == [(people[0], interview.name), (people[1], "Another")]
    mine = interview.seats.get().pk
    elsewhere = reverse("replace_in_interview", args=[interview.pk, mine])
    assert elsewhere in client.get(reverse("interview_for_me", args=[interview.pk])).text
    client.post(reverse("confirm_alone", args=[interview.pk]), why)
    assert named() == [(people[1], "Another")]
    client.post(reverse("confirm_planned_alone", args=[application.pk, planned.pk]), why)
    assert named() == []


def test_the_page_of_the_interview_takes_somebody_in_and_what_they_saw(
    client, role, interview, people, time_machine
):
    page = reverse("interview_for_me", args=[interview.pk])
    client.force_login(role.recruiter)
    assert "Let them sit in" in client.get(page).text
    client.post(reverse("shadow_let_in", args=[interview.pk]), {"user": people[1].pk})
    place = Shadowing.objects.get().seat
    time_machine.move_to(OVER)
    hold(interview)
    client.force_login(people[1])
    assert "What you saw" in client.get(page).text
    client.post(reverse("shadow_write", args=[interview.pk]), {"evidence": "She named three steps."})
    client.force_login(people[0])
    blind = client.get(page).text
    assert ("What you saw, in one word" in blind, "She named three steps." in blind) == (True, False)
    hand_in(Scorecard.objects.get(), now=OVER)
    assert "She named three steps." in client.get(page).text
    client.post(reverse("shadow_confirm", args=[interview.pk, place.pk]), {"word": "Listened"})
    assert f"{people[0]} confirms it: “Listened”." in client.get(page).text


def test_scorecards_say_where_one_sits_in_and_whom_one_has_to_confirm(
    client, interview, people, time_machine
):
    def listed(user, now=OVER):
        return (
            [seat.user for seat in shadows.to_write(user)],
            [seat.user for seat in shadows.to_confirm(user, now=now)],
        )

    found = let_in(interview, people[1])
    assert listed(people[1]) == ([people[1]], [])
    assert listed(people[0], now=BEGINS) == ([], [])
    hold(interview)
    assert listed(people[0]) == ([], [people[1]])
    time_machine.move_to(OVER)
    for person in people:
        client.force_login(person)
        assert "Sitting in, to learn" in client.get(reverse("scorecard_list")).text
    write(interview, people[1])
    confirm(interview, people[0], found.seat)
    assert [listed(person) for person in people] == [([], []), ([], [])]


def test_the_settings_take_a_number_for_each_organisation(client, role):
    client.force_login(factories.make_user(Role.ADMIN))
    name = f"of-{role.organisation_id}-needed"
    said = {"organisation": role.organisation_id, name: 3}
    assert client.post(reverse("settings_shadowing"), said).status_code == 302
    assert ShadowingRules.objects.get().needed == 3
    assert client.post(reverse("settings_shadowing"), said | {name: 11}).status_code == 422
    assert client.post(reverse("settings_shadowing"), said | {"organisation": 0}).status_code == 404


def test_the_candidate_reads_who_only_sits_in(client, interview, people):
    let_in(interview, people[1])
    home = open_for(interview.application.candidate)
    assert "Sits in to learn, and does not judge" in client.get(f"{home}interviews/{interview.pk}/").text
    assert f"<bdi>{people[1].name}</bdi> (sits in to learn)" in client.get(home).text
    file = client.get(f"{home}interviews/{interview.pk}/interview.ics").getvalue().decode()
    assert "(sits in to learn\\, and does not judge)" in file.replace("\r\n ", "")


def test_a_card_of_the_calendar_marks_who_sits_in(client, interview, people):
    let_in(interview, people[1])
    address, mark = f"/calendar/?on={BEGINS.date()}", "You sit in, to learn"
    for person, sits_in in ((people[0], False), (people[1], True)):
        client.force_login(person)
        page = client.get(address).text
        assert f'title="{people[0].name}, {people[1].name} (sits in)"' in page
        assert (mark in page) == sits_in
