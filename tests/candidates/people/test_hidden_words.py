"""The words of what somebody gave to a confidential role find them for nobody who may not read it."""

from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from ats.accounts.models import User
from candidates.documents.models import Document
from candidates.models import Application, Candidate
from candidates.people.actions import index
from requisitions.roles.actions import change_requisition
from tests import factories as make
from tests.candidates.helpers import run_lane
from tests.factories import NOW

pytestmark = pytest.mark.django_db

WORD = "quixotron"


def with_resume(application: Application) -> Candidate:
    Document.objects.create(
        candidate=application.candidate,
        application=application,
        kind="resume",
        file=SimpleUploadedFile("cv.txt", b"x"),
        filename="cv.txt",
        size=1,
        sha256="x" * 64,
        text=f"I have built a {WORD}.",
    )
    index.refresh([application.candidate_id])
    return application.candidate


def found_by(client: Client, user: User) -> list[Any]:
    """By whichever way one looks: who answers, on the page and by the API."""
    client.force_login(user)
    page = client.get("/candidates/", {"q": WORD}).context["people"]
    api = client.get("/api/v1/candidates/", {"q": WORD}).json()["results"]
    return [[row.pk for row in page.rows], [row["id"] for row in api]]


def test_of_somebody_known_openly_too(client: Client) -> None:
    """They applied openly, and gave another résumé to a confidential role."""
    role = make.make_requisition(confidential=True)
    person = with_resume(make.make_application(requisition=role))
    make.make_application(candidate=person)
    assert found_by(client, make.make_user()) == [[], []]
    openly = make.make_application()
    assert found_by(client, make.make_user()) == [[], []]
    with_resume(openly)
    assert found_by(client, make.make_user()) == [[openly.candidate_id]] * 2


def test_of_whom_only_its_team_knows_all_is_found(client: Client) -> None:
    role = make.make_requisition(confidential=True)
    hidden = make.make_candidate(only_confidential=True)
    with_resume(make.make_application(requisition=role, candidate=hidden))
    assert found_by(client, role.recruiter) == [[hidden.pk]] * 2
    assert found_by(client, make.make_user()) == [[], []]


def test_as_a_role_becomes_confidential_and_is_it_no_more(client: Client) -> None:
    role, me = make.make_requisition(), make.make_user()
    person = with_resume(make.make_application(requisition=role))
    assert found_by(client, me) == [[person.pk]] * 2
    for confidential, at, found in ((True, NOW, []), (False, NOW + timedelta(hours=1), [person.pk])):
        change_requisition(requisition_id=role.pk, by=role.recruiter, now=at, confidential=confidential)
        run_lane("tasks", at + timedelta(minutes=1))
        assert found_by(client, me) == [found] * 2
