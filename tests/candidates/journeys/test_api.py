"""Journeys, planned steps and consents over the API: what one sees and does there is what one does on the pages."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from ats.accounts.models import Role, User
from ats.activity.models import Activity
from candidates.consents import actions as consents
from candidates.journeys.queries import current
from candidates.models import FollowUp
from tests.candidates.journeys.parts import add
from tests.factories import (
    NOW,
    make_application,
    make_candidate,
    make_organisation,
    make_requisition,
    make_user,
)

pytestmark = pytest.mark.django_db


def client_of(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def post(client: Client, path: str, **said: Any) -> Any:
    return client.post(f"/api/v1/{path}", said, content_type="application/json")


def planned(step: str = "x", **facts: Any) -> FollowUp:
    application = make_application(**facts)
    return FollowUp.objects.create(
        application=application,
        candidate=application.candidate,
        step=step,
        payload={"label": "A word"},
        due_at=timezone.now() + timedelta(days=3),
        idempotency_key=f"{step}:{application.pk}",
    )


def test_versions_are_read_with_their_steps_by_who_recruits() -> None:
    organisation, lead = make_organisation(), make_user(Role.LEAD)
    step = add(organisation, lead, name="First")
    add(organisation, lead, name="Second")
    found = client_of(lead).get(f"/api/v1/journeys/?organisation={organisation.pk}&is_current=true").json()
    (row,) = found["results"]
    assert (row["version"], row["is_current"]) == (2, True)
    assert [each["name"] for each in row["steps"]][-2:] == ["First", "Second"]
    assert row["steps"][-2]["key"] == step.key
    assert len(row["steps"]) == len(current(organisation).steps)
    assert client_of(make_user(Role.RECRUITER)).get(f"/api/v1/journeys/{row['id']}/").status_code == 200
    stranger = client_of(make_user(Role.MANAGER))
    assert stranger.get("/api/v1/journeys/").json()["results"] == []
    assert stranger.get(f"/api/v1/journeys/{row['id']}/").status_code == 404


def test_planned_steps_are_left_out_hurried_and_moved_with_the_reason() -> None:
    rows = [planned() for _ in range(3)]
    recruiter = client_of(make_user(Role.LEAD))
    found = recruiter.get(f"/api/v1/planned-steps/?application={rows[0].application_id}").json()["results"]
    assert [(row["id"], row["name"], row["state"]) for row in found] == [(rows[0].pk, "A word", "waiting")]
    skipped = post(recruiter, f"planned-steps/{rows[0].pk}/skip/", reason="They are away.")
    assert (skipped.status_code, skipped.json()["state"]) == (200, "cancelled")
    assert post(recruiter, f"planned-steps/{rows[1].pk}/send-now/", reason="They asked.").status_code == 200
    due = (timezone.now() + timedelta(days=9)).isoformat()
    moved = post(recruiter, f"planned-steps/{rows[2].pk}/move/", reason="They are away.", due_at=due)
    assert moved.status_code == 200
    verbs = ("followup.left_out", "followup.hurried", "followup.moved")
    assert list(Activity.objects.filter(verb__in=verbs).order_by("pk").values_list("verb", flat=True)) == [
        *verbs
    ]
    assert post(recruiter, f"planned-steps/{rows[0].pk}/skip/", reason="Again.").status_code == 409
    assert post(recruiter, f"planned-steps/{rows[1].pk}/skip/", reason=" ").status_code == 400
    owed = planned("acknowledgement")
    assert post(recruiter, f"planned-steps/{owed.pk}/skip/", reason="No need.").status_code == 409


def test_planned_steps_of_a_stranger_s_candidate_are_not_there() -> None:
    row = planned(requisition=make_requisition(confidential=True))
    for role in (Role.RECRUITER, Role.MANAGER):
        client = client_of(make_user(role))
        assert client.get("/api/v1/planned-steps/").json()["results"] == []
        assert client.get(f"/api/v1/planned-steps/{row.pk}/").status_code == 404
        assert post(client, f"planned-steps/{row.pk}/skip/", reason="No.").status_code == 404
    row.refresh_from_db()
    assert row.state == "waiting"


def test_consents_are_read_and_taken_back() -> None:
    robin = make_candidate()
    for purpose in ("roles", "news"):
        consents.agree(candidate=robin, purpose=purpose, where="page", by=robin, now=NOW)
    recruiter = client_of(make_user(Role.RECRUITER))
    found = recruiter.get(f"/api/v1/consents/?candidate={robin.pk}&purpose=news&standing=true").json()[
        "results"
    ]
    assert [(row["purpose"], row["where"], row["words"]) for row in found] == [
        ("news", "page", "Write to me now and then for a year about your products and services")
    ]
    path = f"consents/{found[0]['id']}/withdraw/"
    done = post(recruiter, path)
    assert (done.status_code, done.json()["withdrawn_where"]) == (200, "colleague")
    assert post(recruiter, path).status_code == 409
    assert post(recruiter, "consents/0/withdraw/").status_code == 404
    assert [row.purpose for row in robin.consents.standing()] == ["roles"]


def test_consents_of_somebody_hidden_are_not_there() -> None:
    hidden = make_candidate(only_confidential=True)
    make_application(requisition=make_requisition(confidential=True), candidate=hidden)
    consents.agree(candidate=hidden, purpose="news", where="page", by=hidden, now=NOW)
    stranger = client_of(make_user(Role.RECRUITER))
    assert stranger.get("/api/v1/consents/").json()["results"] == []
    consent = hidden.consents.get()
    assert post(stranger, f"consents/{consent.pk}/withdraw/").status_code == 404
