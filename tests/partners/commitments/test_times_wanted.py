"""When the manager can sit in an interview, asked for: on the shared dashboard until they said it, reminded of once."""

from datetime import UTC, datetime, timedelta

import pytest
from django.urls import reverse

from ats.duework import engine
from ats.mail.models import OutgoingMail
from candidates.internal import actions as internal
from candidates.models import AvailabilityRequest
from candidates.scheduling.actions import ask_interviewers
from partners.checkins.pages.cards import with_names
from partners.checkins.queries import owing
from tests.candidates.interviews.builders import at, in_play, interviewers, plan
from tests.factories import NOW, make_user
from tests.partners.conftest import open_role

pytestmark = [pytest.mark.django_db, pytest.mark.ordinary_day]
EVENING = datetime(2026, 11, 26, 17, 1, tzinfo=UTC)
"""The minute after two working days."""


def ask(application, planned, person, **facts):
    by = application.requisition.recruiter
    ids = {"application_id": application.pk, "planned_id": planned.pk, "interviewer_id": person.pk}
    return ask_interviewers.ask(**ids, by=by, **{"now": NOW} | facts)


def times(role, now=NOW):
    mine = with_names(owing.owed(role.partnership, now=now)["manager"])
    return [(card.with_names, card.href, card.late) for card in mine if card.code == "times"]


def place(asked):
    return reverse("give_availability", args=[asked.pk])


def tick(*moments):
    for moment in moments:
        engine.tick(moment)
        engine.tick(moment)


def reminders(user):
    """Of the digests that this person got, the lines about times."""
    rows = OutgoingMail.objects.filter(role="commitments.digest", to=user.email).order_by("pk")
    return [[line for line in row.text.splitlines() if "Say when you can" in line] for row in rows]


def test_it_is_the_managers_part_until_they_say_it(client, role):
    manager = role.hiring_manager
    first, second = in_play(role), in_play(role)
    talk = plan(role, manager)
    late = ask(first, talk, manager, days=3)
    asked = ask(second, talk, manager)
    ask(second, plan(role), interviewers(role, 1)[0])  # whom else one asks is no part of the manager's
    both = f"Say when you can meet {second.candidate.name} and {first.candidate.name}"
    assert times(role) == [(both, place(asked), False)]
    assert times(role, EVENING) == [(both, place(asked), True)]
    client.force_login(role.recruiter)
    page = f"{reverse('dashboard')}?role={role.partnership.pk}"
    assert client.get(page).content.decode().count(both) == 1
    ask_interviewers.give(request_id=asked.pk, times=[(at(10), at(12))], by=manager, now=NOW)
    assert times(role, EVENING) == [(f"Say when you can meet {first.candidate.name}", place(late), False)]
    ask_interviewers.take_back(request_id=late.pk, application_id=first.pk, by=role.recruiter, now=NOW)
    assert times(role) == []


def test_what_is_kept_from_somebody_is_no_part_of_what_partners_share(role):
    application, manager = in_play(role), role.hiring_manager
    ask(application, plan(role, manager), manager)
    internal.keep_from(application, manager, by=None, now=NOW)
    assert times(role) == []
    tick(NOW + timedelta(days=2))
    assert reminders(manager) == []


def test_the_manager_is_reminded_once_before_it_runs_out(role):
    manager, other = role.hiring_manager, interviewers(role, 1)[0]
    application = in_play(role)
    asked = ask(application, plan(role, manager, name="Talk"), manager)
    ask(application, plan(role, other), other)
    tick(NOW, at(16, 59))
    assert reminders(manager) == []
    tick(at(8, day=26), at(12, day=26), at(16, 59, day=26))  # a working day is left
    said = f"- {role.title}: Say when you can sit in an interview (Talk), by Thursday 26 November, 17:00"
    assert (reminders(manager), reminders(other)) == ([[said]], [])
    asked.refresh_from_db()
    assert asked.nudged_at == at(8, day=26)


def test_nothing_is_said_of_what_was_said_meanwhile(role):
    manager = role.hiring_manager
    asked = ask(in_play(role), plan(role, manager), manager)
    tick(at(19, day=25))  # near, and evening: planned for the morning
    ask_interviewers.give(
        request_id=asked.pk, times=[(at(10, day=27), at(12, day=27))], by=manager, now=at(20)
    )
    tick(at(9, day=26), at(12, day=26))
    assert reminders(manager) == []


def test_two_questions_are_in_one_message(role):
    manager, other = role.hiring_manager, open_role(manager=role.hiring_manager, title="Second role")
    for each in (role, other):
        ask(in_play(each), plan(each, manager), manager)
    tick(at(10, day=26))
    ((first, second),) = reminders(manager)
    assert (role.title in first, other.title in second) == (True, True)


def test_one_that_fails_holds_up_nobody_else(role, monkeypatch):
    from partners.commitments.actions import remind

    other = open_role(title="Second role", manager=make_user("manager"))
    for each in (role, other):
        ask(in_play(each), plan(each, each.hiring_manager), each.hiring_manager)
    planned = remind.plan_digest

    def broken(reader, calendar, now):
        if reader == role.hiring_manager:
            raise ValueError("An hour that nobody knows.")
        planned(reader, calendar, now)

    monkeypatch.setattr(remind, "plan_digest", broken)
    tick(at(10, day=26))
    assert (reminders(role.hiring_manager), len(reminders(other.hiring_manager))) == ([], 1)
    assert list(AvailabilityRequest.objects.filter(nudged_at=None).values_list("interviewer", flat=True)) == [
        role.hiring_manager.pk
    ]
