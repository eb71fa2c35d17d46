"""An agreement on its page, and what those of an organisation propose."""

import pytest
from django.urls import reverse

from ats.accounts.models import Role
from partners.partnerships.actions import rules_of
from partners.partnerships.domain.terms import offered
from requisitions.roles import actions as roles
from tests import factories as make
from tests.factories import NOW

pytestmark = pytest.mark.django_db


def test_accepting_and_proposing_on_the_page(client):
    role = make.make_requisition("draft", must_haves=("Python",))
    roles.open_requisition(requisition_id=role.pk, by=role.recruiter, now=NOW)
    partnership = role.partnership
    client.force_login(role.hiring_manager)
    assert "not accepted yet" in client.get(reverse("partnership", args=[partnership.pk])).content.decode()
    times = {term.kind: term.time for term in partnership.agreements.get().terms.all()}
    propose = reverse("partnership_propose", args=[partnership.pk])
    wrong = client.post(propose, times | {"version": 1, "intake": 99})
    assert wrong.status_code == 422
    assert 'value="99"' in wrong.content.decode()
    assert client.post(propose, times | {"version": 1, "slate_reviewed": 4}).status_code == 302
    stale = client.post(propose, times | {"version": 1, "slate_reviewed": 5})
    assert stale.status_code == 422
    client.force_login(role.recruiter)
    client.post(reverse("partnership_accept", args=[partnership.pk]), {"version": 2})
    page = client.get(reverse("partnership", args=[partnership.pk])).content.decode()
    assert "Both have accepted version 2" in page
    assert "within 4 working days of being asked" in page
    assert "within 1 working day after its time still counts as kept" in page
    graced = client.post(propose, times | {"version": 2, "slate_reviewed": 4, "grace": 2})
    assert graced.status_code == 302
    page = client.get(reverse("partnership", args=[partnership.pk])).content.decode()
    assert "within 2 working days after its time still counts as kept" in page
    refused = client.post(propose, times | {"version": 3, "slate_reviewed": 4, "grace": 9})
    assert (refused.status_code, list(refused.context["form"].errors)) == (422, ["grace"])


def test_the_settings_say_what_agreements_propose(client):
    admin, organisation = make.make_user(Role.ADMIN), make.make_organisation()
    address = reverse("settings_agreements")
    client.force_login(make.make_user(Role.RECRUITER))
    assert client.get(address).status_code == 403
    client.force_login(admin)
    assert organisation.name in client.get(address).content.decode()
    usual = {code: default.time for code, default in offered().items()}
    sooner = {"meet_missed": 3, "meet_dry_days": 0}
    given = usual | sooner | {"grace": 3, "nudge": 4, "escalate": 5, "weekly_update": ""}
    given = {f"of-{organisation.pk}-{name}": value for name, value in given.items()}
    given["organisation"] = organisation.pk
    assert client.post(address, given | {f"of-{organisation.pk}-grace": "9"}).status_code == 422
    assert client.post(address, given).status_code == 302
    rules = rules_of(organisation.pk)
    assert (rules.grace_days, rules.nudge_hours, rules.escalate_days) == (3, 4, 5)
    assert (rules.meet_missed, rules.meet_dry_days) == (3, 0)
    assert rules.times == {"weekly_update": None}
    assert rules_of(make.make_organisation().pk).grace_days == 1
    fresh = make.make_requisition("draft", must_haves=("Python",), organisation=organisation)
    roles.open_requisition(requisition_id=fresh.pk, by=fresh.recruiter, now=NOW)
    assert fresh.partnership.agreements.get().grace_days == 3
