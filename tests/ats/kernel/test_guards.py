"""Two who look at the same moment: the second is refused by the database, and reads its words."""

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from rest_framework.test import APIClient

from ats.accounts.models import Role, User
from ats.api.actions import create_token
from ats.kernel import guards
from ats.kernel.errors import Conflict, Invalid
from ats.kernel.languages import in_language
from candidates.applications.actions import receive
from candidates.models import Application
from requisitions.interview_plan.actions import change_pools
from requisitions.models import InterviewPool, Requisition
from tests import factories
from tests.factories import NOW

pytestmark = pytest.mark.django_db


def test_on_a_page(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(change_pools, "_check_name", lambda pool: None)  # nobody had the name yet
    role = factories.make_requisition()
    client.force_login(factories.make_user(Role.ADMIN))
    given = {"name": "Engineers", "organisation_id": role.organisation_id}
    answers = [client.post("/settings/pools/", given, headers={"HX-Request": "true"}) for _ in range(2)]
    assert [answer.status_code for answer in answers] == [302, 409]
    assert "There is a pool of this name already." in answers[1]["HX-Trigger"]
    assert InterviewPool.objects.count() == 1


def test_on_a_page_in_the_language_of_who_reads_it(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(change_pools, "_check_name", lambda pool: None)
    role = factories.make_requisition()
    client.force_login(factories.make_user(Role.ADMIN, language="de"))
    given = {"name": "Engineers", "organisation_id": role.organisation_id}
    answers = [client.post("/settings/pools/", given, headers={"HX-Request": "true"}) for _ in range(2)]
    assert [answer.status_code for answer in answers] == [302, 409]
    assert "Einen Pool mit diesem Namen gibt es schon." in answers[1]["HX-Trigger"]


def test_at_the_api(monkeypatch: pytest.MonkeyPatch) -> None:
    """Somebody else has taken them up after this call had looked."""
    application = factories.make_application()
    monkeypatch.setattr(receive, "_active", lambda **_: [])
    _, secret = create_token(user=factories.make_user(Role.RECRUITER), name="test", scopes=None, now=NOW)
    api = APIClient(headers={"Authorization": f"Bearer {secret}"})
    body = {"candidate": application.candidate_id, "requisition": application.requisition_id}
    answer = api.post("/api/v1/applications/", body)
    assert (answer.status_code, answer.json()["errors"][0]) == (
        409,
        {
            "code": "conflict",
            "detail": "This candidate has an active application for this role already.",
            "attr": None,
        },
    )


def refused(write) -> IntegrityError:
    with pytest.raises(IntegrityError) as caught, transaction.atomic():
        write()
    return caught.value


def test_what_no_action_looked_for_is_said_and_logged(caplog: pytest.LogCaptureFixture) -> None:
    role = factories.make_requisition()
    error = refused(lambda: Requisition.objects.filter(pk=role.pk).update(pay_currency="euros"[:3]))
    said = guards.refusal(error)
    assert (type(said), said.message) == (Invalid, "A currency is written as its three letters, such as EUR.")
    assert [record.message for record in caplog.records] == [
        "What the database refused, no action had looked for"
    ]


def test_who_came_second_is_in_conflict() -> None:
    ada, robin = (factories.make_user() for _ in range(2))
    error = refused(lambda: User.objects.filter(pk=ada.pk).update(email=robin.email.upper()))
    said = guards.refusal(error)
    assert (type(said), said.message) == (
        Conflict,
        "Somebody has an account with this e-mail address already.",
    )


def test_words_are_said_where_they_are_read() -> None:
    """Not where they were refused: what is recorded is put together in English, whoever acts (`ours`)."""
    ada, robin = (factories.make_user() for _ in range(2))
    said = guards.refusal(refused(lambda: User.objects.filter(pk=ada.pk).update(email=robin.email.upper())))
    assert said is not None
    with in_language("de"):
        assert said.message == "Mit dieser E-Mail-Adresse gibt es schon ein Konto."
    assert said.message == "Somebody has an account with this e-mail address already."


def test_what_no_constraint_says_stays_an_error() -> None:
    factories.make_application()
    error = refused(lambda: Application.objects.update(version=None))
    assert guards.refusal(error) is None
