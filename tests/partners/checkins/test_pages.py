"""The page of a check-in: notes, actions, another time."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from ats.accounts.models import Role
from partners.models import CheckIn, CheckInAction
from tests import factories as make

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
    ahead = timezone.localdate() + timedelta(days=3)
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
    moment = (timezone.localtime() + timedelta(days=5)).replace(second=0, microsecond=0)
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
