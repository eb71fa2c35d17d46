"""The resources: the same actions, rules and errors as on the pages."""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from ats.accounts.models import Role
from candidates.models import Application, Candidate, Document, Promise
from tests.factories import (
    NOW,
    make_application,
    make_candidate,
    make_post,
    make_requisition,
    make_user,
    stage,
)

PAGES = (
    "requisitions", "job-posts", "candidates", "applications", "promises", "messages", "inbox", "scorecards",
    "offers", "briefs", "course-corrections", "signatures", "contradictions", "advice", "outcome-reviews",
    "feedback",
)  # fmt: skip


@pytest.mark.parametrize("name", PAGES)
def test_every_list_is_paged_by_a_cursor(api, name):
    answer = api.get(f"/api/v1/{name}/")
    assert (answer.status_code, set(answer.json())) == (200, {"next", "previous", "results"})


@pytest.mark.parametrize("name", PAGES)
@pytest.mark.parametrize("filter_", ["created_after", "created_before", "updated_after", "updated_before"])
def test_every_list_can_be_asked_what_changed(api, name, filter_):
    assert api.get(f"/api/v1/{name}/", {filter_: "2026-01-01T00:00:00Z"}).status_code == 200
    wrong = api.get(f"/api/v1/{name}/", {filter_: "yesterday"})
    assert wrong.status_code == 400
    assert wrong.json()["errors"][0]["attr"] == filter_


def test_pages_follow_each_other(api):
    people = [make_candidate() for _ in range(5)]
    first = api.get("/api/v1/candidates/", {"limit": 2})
    assert [row["id"] for row in first.json()["results"]] == [people[4].pk, people[3].pk]
    assert first["Link"] == f'<{first.json()["next"]}>; rel="next"'
    second = api.get(first.json()["next"]).json()
    third = api.get(second["next"]).json()
    assert [row["id"] for row in second["results"] + third["results"]] == [p.pk for p in people[2::-1]]
    assert third["next"] is None


def test_a_list_costs_the_same_for_one_and_for_many(api, django_assert_num_queries):
    requisition = make_requisition()
    make_application(requisition=requisition)
    with django_assert_num_queries(4):  # token, its use noted, applications with stage and reason, promises
        api.get("/api/v1/applications/")
    for _ in range(4):
        make_application(requisition=requisition)
    with django_assert_num_queries(3):
        assert len(api.get("/api/v1/applications/").json()["results"]) == 5


def test_a_requisition_with_all_its_parts(api):
    requisition = make_requisition(must_haves=("SQL",), openings=2)
    answer = api.get(f"/api/v1/requisitions/{requisition.pk}/").json()
    assert [row["kind"] for row in answer["stages"]] == ["applied", "review", "interview", "offer", "hired"]
    assert [row["name"] for row in answer["criteria"]] == ["SQL"]
    assert [row["state"] for row in answer["openings"]] == ["open", "open"]


def test_a_post_has_the_address_of_its_page(api):
    post = make_post()
    answer = api.get(f"/api/v1/job-posts/{post.pk}/").json()
    assert answer["url"] == f"http://testserver/careers/{post.slug}/"


def test_a_new_candidate_and_the_same_again(api):
    body = {"first_name": "Robin", "last_name": "Example", "email": "Robin@Example.com"}
    first, again = api.post("/api/v1/candidates/", body), api.post("/api/v1/candidates/", body)
    assert (first.status_code, again.status_code) == (201, 200)
    assert first.json()["id"] == again.json()["id"]
    assert Candidate.objects.get().email_key == "robin@example.com"
    known = {"email": "ada@example.com", "headline": "Nurse at Example Clinic", "city": "Bergen"}
    ada = api.post("/api/v1/candidates/", body | known).json()
    assert (ada["headline"], ada["city"]) == ("Nurse at Example Clinic", "Bergen")
    moved = api.patch(f"/api/v1/candidates/{ada['id']}/", {"city": "Oslo"}).json()
    assert (moved["headline"], moved["city"], moved["email"]) == (ada["headline"], "Oslo", "ada@example.com")
    long = api.patch(f"/api/v1/candidates/{ada['id']}/", {"headline": "x" * 201})
    assert (long.status_code, long.json()["errors"][0]["attr"]) == (400, "headline")


def test_a_candidate_is_found_by_word_and_by_address(api):
    make_candidate(first_name="Zoë", last_name="Exempel", email="zoe@example.com", name_key="zoe exempel")
    make_candidate()
    for query in ({"q": "zoe ex"}, {"email": "ZOE@example.com"}):
        found = api.get("/api/v1/candidates/", query).json()["results"]
        assert [row["last_name"] for row in found] == ["Exempel"]


def test_what_is_wrong_is_said_by_field(api):
    answer = api.post("/api/v1/candidates/", {"first_name": "x" * 101, "email": "no address"})
    assert answer.status_code == 400
    assert answer.json()["type"] == "validation_error"
    assert {error["attr"]: error["code"] for error in answer.json()["errors"]} == {
        "first_name": "max_length",
        "email": "invalid",
    }


def test_one_name_is_enough_and_none_is_not(api):
    answer = api.post("/api/v1/candidates/", {"last_name": "Suharto", "phone": "+62 21 3441358 home"})
    assert answer.status_code == 201
    known = answer.json()
    assert (known["first_name"], known["last_name"]) == ("Suharto", "")
    assert (known["phone"], known["phone_normalised"]) == ("+62 21 3441358 home", "+62213441358")
    found = api.get("/api/v1/candidates/", {"q": "021 344 1358"}).json()["results"]
    assert [row["id"] for row in found] == [known["id"]]
    answer = api.post("/api/v1/candidates/", {"first_name": " "})
    assert answer.status_code == 400
    assert [error["attr"] for error in answer.json()["errors"]] == ["first_name"]


def test_an_application_with_a_resume(api):
    candidate, requisition = make_candidate(), make_requisition()
    resume = SimpleUploadedFile("resume.txt", b"Robin Example\nPython", content_type="text/plain")
    answer = api.post(
        "/api/v1/applications/",
        {"candidate": candidate.pk, "requisition": requisition.pk, "resume": resume},
        format="multipart",
    )
    assert answer.status_code == 201
    application = Application.objects.get()
    assert answer.json()["promise"]["id"] == Promise.objects.get(application=application).pk
    assert Document.objects.get().application_id == application.pk


def test_a_hostile_file_leaves_no_application_behind(api):
    candidate, requisition = make_candidate(), make_requisition()
    script = SimpleUploadedFile("resume.pdf", b"<?php system('id'); ?>", content_type="application/pdf")
    answer = api.post(
        "/api/v1/applications/",
        {"candidate": candidate.pk, "requisition": requisition.pk, "resume": script},
        format="multipart",
    )
    assert answer.status_code == 400
    assert answer.json()["errors"][0]["attr"] == "resume"
    assert Application.objects.count() == 0


def test_moving_says_which_version_was_seen(api):
    application = make_application()
    to = stage(application.requisition, "interview").pk
    url = f"/api/v1/applications/{application.pk}/move/"
    moved = api.post(url, {"stage": to, "version": application.version})
    assert (moved.status_code, moved.json()["stage_kind"]) == (200, "interview")
    assert moved.json()["version"] == application.version + 1
    late = api.post(
        url, {"stage": stage(application.requisition, "offer").pk, "version": application.version}
    )
    assert late.status_code == 409
    assert late.json()["errors"][0]["code"] == "conflict"


def test_a_rejection_with_its_message(api, recruiter):
    application = make_application(requisition=make_requisition(recruiter=recruiter))
    answer = api.post(
        f"/api/v1/applications/{application.pk}/reject/",
        {
            "reason": "stronger-match",
            "message": {"subject": "Your application", "body": "Thank you, and no."},
        },
    )
    assert (answer.status_code, answer.json()["state"]) == (200, "rejected")
    assert (answer.json()["reason_code"], answer.json()["told_at"]) == ("stronger-match", None)
    again = api.post(f"/api/v1/applications/{application.pk}/hire/", {})
    assert again.status_code == 409
    assert again.json()["errors"][0]["code"] == "wrong_state"


def test_a_hire_fills_the_opening(api, recruiter):
    application = make_application(requisition=make_requisition(recruiter=recruiter))
    answer = api.post(
        f"/api/v1/applications/{application.pk}/hire/", {"starts_on": f"{NOW + timedelta(days=38):%Y-%m-%d}"}
    )
    assert (answer.status_code, answer.json()["state"]) == (200, "hired")
    assert answer.json()["opening"] == application.requisition.openings.get().pk


def test_a_message_to_a_candidate(api):
    application = make_application()
    body = {"application": application.pk, "subject": "Hello", "body": "How are you?"}
    answer = api.post("/api/v1/messages/", body)
    assert (answer.status_code, answer.json()["delivery"]) == (201, "queued")
    assert api.get("/api/v1/messages/", {"unanswered": True}).json()["results"] == []


@pytest.mark.parametrize("role", [Role.MANAGER, Role.INTERVIEWER, Role.STAKEHOLDER])
def test_strangers_see_nothing_and_change_nothing(db, client_of, role):
    application = make_application()
    api = client_of(make_user(role))
    for name in PAGES:
        assert api.get(f"/api/v1/{name}/").json()["results"] == []
    url = f"/api/v1/applications/{application.pk}/"
    assert api.get(url).status_code == 404
    to = {"stage": stage(application.requisition, "offer").pk}
    assert api.post(f"{url}move/", to).status_code == 404
    assert api.post(f"{url}hire/", {}).status_code == 404
    assert api.post("/api/v1/candidates/", {"first_name": "A", "last_name": "B"}).status_code == 404
    application.refresh_from_db()
    assert (application.state, application.version) == ("active", 1)


def test_the_root_names_every_resource_to_whoever_has_a_token(api, client):
    addresses = api.get("/api/v1/").json()
    others = (
        *("interviews", "availability-requests", "journeys", "planned-steps", "consents", "sms-choices"),
        *("surveys", "submissions"),
    )
    assert addresses == {name: f"http://testserver/api/v1/{name}/" for name in (*PAGES, *others)}
    assert client.get("/api/v1/").status_code == 401
