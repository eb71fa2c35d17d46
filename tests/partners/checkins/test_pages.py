"""The page of a check-in: notes, actions, another time."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from ats.accounts.models import Role
from ats.duework import engine
from ats.mail.models import OutgoingMail
from ats.organisation.domain.working_time import next_working_day
from candidates.applications import actions as applications
from candidates.reviews import actions as reviews
from partners.checkins import actions
from partners.checkins.actions.fetch import calendar_of
from partners.checkins.queries import agenda
from partners.models import CheckIn, CheckInAction
from requisitions.roles import actions as roles
from tests import factories as make
from tests.factories import NOW

pytestmark = pytest.mark.django_db
HTMX = {"HTTP_HX_REQUEST": "true"}


@pytest.fixture
def check_in(role):
    return CheckIn.objects.get(partnership=role.partnership)


def post(client, name, pk, data, **headers):
    return client.post(reverse(name, args=[pk]), data, **headers)


def notes(check_in):
    check_in.refresh_from_db()
    return check_in.notes


def test_notes_are_saved_as_one_types_and_a_conflict_shows_both(client, role, check_in):
    client.force_login(role.recruiter)
    saved = post(client, "check_in_notes", check_in.pk, {"notes": "Ours", "version": "0"}, **HTMX)
    assert (saved.status_code, notes(check_in)) == (200, "Ours")
    assert 'name="version" value="1"' in saved.content.decode()
    client.force_login(role.hiring_manager)
    told = post(client, "check_in_notes", check_in.pk, {"notes": "Mine", "version": "0"}, **HTMX)
    assert (told.status_code, notes(check_in)) == (409, "Ours")
    page = told.content.decode()
    assert 'name="version" value="0"' in page
    assert 'name="theirs_version" value="1"' in page
    assert "Ours" in page
    both = post(
        client,
        "check_in_notes",
        check_in.pk,
        {"notes": "Mine", "version": "0", "theirs_version": "1", "resolve": "both"},
        **HTMX,
    )
    assert both.status_code == 200
    assert both["HX-Retarget"] == "#notes"
    assert notes(check_in) == f"Ours\n\n{role.hiring_manager}:\nMine"


def test_without_scripts_nothing_typed_is_lost_either(client, role, check_in):
    client.force_login(role.recruiter)
    assert post(client, "check_in_notes", check_in.pk, {"notes": "Ours", "version": "0"}).status_code == 302
    told = post(client, "check_in_notes", check_in.pk, {"notes": "Mine", "version": "0"})
    assert told.status_code == 409
    assert ">Mine</textarea>" in told.content.decode()
    assert "Keep both" in told.content.decode()


def test_actions_and_times(client, role, check_in):
    client.force_login(role.hiring_manager)
    ahead = next_working_day(calendar_of(check_in), timezone.localdate())
    given = {"text": "Ask the team", "owner": role.hiring_manager.pk, "due_on": ahead.isoformat()}
    assert post(client, "check_in_agree", check_in.pk, given).status_code == 302
    action = CheckInAction.objects.get()
    wrong = post(
        client, "check_in_agree", check_in.pk, given | {"due_on": "2001-01-01", "text": "Kept words"}
    )
    assert wrong.status_code == 422
    assert "Kept words" in wrong.content.decode()
    post(client, "check_in_action_done", action.pk, {"done": "1"})
    action.refresh_from_db()
    assert action.done_at is not None
    assert post(client, "check_in_move", check_in.pk, {"at": "2001-01-01T10:00"}).status_code == 422
    check_in.refresh_from_db()
    moment = timezone.localtime(check_in.scheduled_at) + timedelta(hours=1)
    assert (
        post(client, "check_in_move", check_in.pk, {"at": moment.strftime("%Y-%m-%dT%H:%M")}).status_code
        == 302
    )
    check_in.refresh_from_db()
    assert check_in.scheduled_at == moment
    assert post(client, "check_in_held", check_in.pk, {}).status_code == 302
    check_in.refresh_from_db()
    assert check_in.state == "held"


@pytest.mark.parametrize("name", ["check_in_notes", "check_in_held", "check_in_move", "check_in_agree"])
def test_strangers_write_nothing(client, role, check_in, name):
    client.force_login(make.make_user(Role.MANAGER))
    given = {
        "notes": "x",
        "version": "0",
        "at": "2100-01-01T10:00",
        "text": "x",
        "owner": "1",
        "due_on": "2100-01-01",
    }
    assert post(client, name, check_in.pk, given).status_code == 404
    assert notes(check_in) == ""


def test_an_overseer_reads_and_does_not_write(client, role, check_in):
    lead = make.make_user(Role.LEAD)
    client.force_login(lead)
    page = client.get(reverse("check_in", args=[check_in.pk])).content.decode()
    assert "<textarea" not in page
    assert post(client, "check_in_notes", check_in.pk, {"notes": "x", "version": "0"}).status_code == 404


def seen(client, person, check_in):
    client.force_login(person)
    response = client.get(reverse("check_in", args=[check_in.pk]))
    return response.context["page"], response.content.decode()


@pytest.mark.ordinary_day
def test_an_agenda_says_as_of_when_and_what_changed_since(client, role, check_in, time_machine):
    staying, leaving, deciding = (make.make_application(requisition=role) for _ in range(3))
    reviews.ask(application_ids=[staying.pk, leaving.pk], by=role.recruiter, now=NOW)
    engine.tick(check_in.agenda_at)
    check_in.refresh_from_db()
    written, mail = check_in.agenda, OutgoingMail.objects.filter(role="partners.check_in").first()
    assert "As of Monday 30 November, 09:00 UTC." in mail.text
    assert (written["waits"], check_in.agenda_written_at) == (
        sorted([staying.pk, leaving.pk, deciding.pk]),
        check_in.agenda_at,
    )
    later = check_in.agenda_at + timedelta(hours=2)
    time_machine.move_to(later, tick=False)
    page, html = seen(client, role.hiring_manager, check_in)
    assert (page.change.moved, page.change.waiting) == ("", "3 people waited then, 3 now.")
    assert "as of <time" in html
    assert "Monday 30 November, 09:00 UTC" in html

    applications.withdraw(application=leaving, by=leaving.candidate, reason_text="", now=later)
    applications.reject(
        application_id=deciding.pk, reason=make.make_reason().code, by=role.recruiter, now=later, message=None
    )
    came = make.make_application(requisition=role, now=later)
    engine.tick(later)
    page, html = seen(client, role.hiring_manager, check_in)
    assert page.change.moved == "1 was declined, 1 withdrew"
    assert page.change.waiting == "3 people waited then, 2 now: 1 came, 2 left or got an outcome."
    became = {row["application"].pk: row["became"] for row in page.candidates}
    assert became == {staying.pk: "", leaving.pk: "withdrew", deciding.pk: "was declined"}
    assert [application.pk for application, _ in page.change.others] == [came.pk]
    steps = {(side["side"], step["code"]): step["became"] for side in page.sides for step in side["steps"]}
    assert steps["manager", "review"] == "1 of 2 done since"
    assert [card.code for card in page.sides[0]["new"]] == ["data_before", "candidates_told"]
    check_in.refresh_from_db()
    assert check_in.agenda == written  # what was written stays
    # Another manager takes over and gets the same agenda: it says what has happened since it was written.
    successor = make.make_user(Role.MANAGER)
    roles.change_requisition(requisition_id=role.pk, by=role.recruiter, now=later, hiring_manager=successor)
    newest = OutgoingMail.objects.filter(role="partners.check_in", to=successor.email).get()
    assert "09:00 UTC. Since then: 1 was declined, 1 withdrew." in newest.text


def test_a_check_in_that_is_past_tells_what_changed_until_it_was_held(client, role, check_in, time_machine):
    first, second = make.make_application(requisition=role), make.make_application(requisition=role)
    engine.tick(check_in.agenda_at)
    held = check_in.agenda_at + timedelta(hours=1)
    applications.withdraw(application=first, by=first.candidate, reason_text="", now=held)
    actions.hold(check_in_id=check_in.pk, by=role.recruiter, now=held)
    applications.withdraw(
        application=second, by=second.candidate, reason_text="", now=held + timedelta(hours=1)
    )
    time_machine.move_to(held + timedelta(days=3), tick=False)
    page, html = seen(client, role.recruiter, check_in)
    assert (page.change.moved, page.change.waiting, page.change.others) == ("1 withdrew", "", ())
    assert "Between the agenda and the check-in: 1 withdrew." in html


def test_who_waits_behind_broken_dates_stands_first_on_an_agenda_and_in_the_sentence(client, role, check_in):
    soon, behind = (make.make_application(requisition=role) for _ in range(2))
    waiting = soon.promises.get(), behind.promises.get()
    for promise, days in zip(waiting, (1, 9), strict=True):
        promise.due_at = timezone.now() + timedelta(days=days)
        promise.save()
    type(waiting[1]).objects.filter(pk=waiting[1].pk).update(
        broken_before=3, waiting_since=timezone.now() - timedelta(days=26)
    )
    now = timezone.now()
    check_in.agenda, check_in.agenda_written_at = agenda.write(check_in, now=now), now
    check_in.save()

    assert [row["application"] for row in check_in.agenda["candidates"]] == [behind.pk, soon.pk]
    assert check_in.agenda["standing"].endswith("1 waits too long.")
    client.force_login(role.hiring_manager)
    page = client.get(reverse("check_in", args=[check_in.pk])).content.decode()
    assert page.count("3 broken dates, waiting 26 days") == 1
