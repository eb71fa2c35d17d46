"""The candidate's page and the recruiter's, the list and its file, and the API."""

import pytest
from django.test import Client
from django.utils import timezone
from rest_framework.test import APIClient

from ats.accounts.models import Role, User
from ats.api.actions import create_token
from candidates.models import Application, Candidate, Ownership, Submission
from requisitions.models import Requisition
from tests import factories as make
from tests.candidates.helpers import whole
from tests.candidates.portal.helpers import open_for, text
from tests.candidates.submissions.parts import ask, put_forward, row_of, take_up
from tests.factories import NOW

pytestmark = pytest.mark.django_db


@pytest.fixture
def page(person: Candidate) -> str:
    return open_for(person)


def put_forward_page(page: str, application: Application) -> str:
    return f"{page}put-forward/{application.pk}/"


# --- The candidate's


def test_the_page_asks_only_once_it_was_asked(client: Client, page: str, application: Application) -> None:
    assert "put you forward" not in text(client.get(page))
    assert client.get(put_forward_page(page, application)).status_code == 404
    ask(application)
    shown = text(client.get(page))
    assert "May we put you forward to Nordwerk?" in shown
    read = client.get(put_forward_page(page, application))
    assert "A no costs you nothing" in text(read)
    assert row_of(application).state == "asked"  # looking answers nothing


@pytest.mark.parametrize(("said", "state"), [("yes", "forward"), ("no", "no")])
def test_one_answers_by_a_button(
    client: Client, page: str, application: Application, said: str, state: str
) -> None:
    ask(application)
    path = put_forward_page(page, application)
    version = client.get(path).context["version"]
    answered = client.post(path, {"answer": said, "version": version})
    assert (answered.status_code, answered["Location"]) == (302, f"{path}?done")
    assert row_of(application).state == state
    again = client.post(path, {"answer": said, "version": version})
    assert again.status_code == 302
    assert "Thank you" in client.get(f"{path}?done").content.decode()


@pytest.mark.parametrize(
    "sent", [{}, {"answer": "yes"}, {"answer": "maybe", "version": "x"}, {"answer": "yes", "version": "\x00"}]
)
def test_what_makes_no_sense_answers_nothing(
    client: Client, page: str, application: Application, sent
) -> None:
    ask(application)
    assert client.post(put_forward_page(page, application), sent).status_code == 409
    assert row_of(application).state == "asked"


def test_a_link_of_somebody_else_a_guessed_one_and_one_that_is_over(
    client: Client, application: Application
) -> None:
    ask(application)
    other = open_for(make.make_candidate())
    for path in (put_forward_page(other, application), f"/status/guessed/put-forward/{application.pk}/"):
        for answer in (client.get(path), client.post(path, {"answer": "yes"})):
            assert answer.status_code == 404
    assert row_of(application).state == "asked"


def test_a_yes_is_taken_back_by_a_button(client: Client, page: str, application: Application) -> None:
    put_forward(application)
    path = put_forward_page(page, application)
    assert "Take my yes back" in text(client.get(path))
    assert client.get(f"{path}back/").status_code == 302  # an address of a form leads to the page
    assert client.post(f"{path}back/").status_code == 302
    assert (row_of(application).state, whole(application).state) == ("back", "withdrawn")


def test_the_question_is_asked_in_their_language(client: Client, application: Application) -> None:
    Candidate.objects.update(language="de")
    ask(application)
    path = put_forward_page(open_for(application.candidate), application)
    assert "Ein Nein kostet Sie nichts" in text(client.get(path))


def test_the_form_says_that_it_goes_to_the_client(client: Client, role: Requisition) -> None:
    make.make_post(role, slug="welder")
    said = "Your application goes to the people there who fill this role"
    assert said in client.get("/careers/welder/apply/").content.decode()
    make.make_post(make.make_requisition(), slug="own")
    assert said not in client.get("/careers/own/apply/").content.decode()


# --- The recruiter's


def test_what_would_be_refused_is_not_offered(client: Client, application: Application) -> None:
    client.force_login(application.requisition.recruiter)
    path = f"/applications/{application.pk}/"
    buttons = [f'/offers/new/{application.pk}/"', f'href="{path}hire/"']
    before = client.get(path).content.decode()
    assert [each in before for each in buttons] == [False, False]
    put_forward(application)
    after = client.get(path).content.decode()
    assert [each in after for each in buttons] == [True, True]
    ends = Ownership.objects.get().ends_at.astimezone(application.calendar.zone)
    assert f"until {ends.day} {ends:%B} {ends.year}, through" in after


def test_the_recruiter_asks_and_notes_on_the_application_page(
    client: Client, application: Application, role: Requisition, manager: User
) -> None:
    path = f"/applications/{application.pk}/"
    client.force_login(manager)
    assert client.get(path).status_code == 404
    client.force_login(role.recruiter)
    assert "Not put forward to Nordwerk yet" in client.get(path).content.decode()
    assert client.post(f"{path}put-forward/ask/").status_code == 302
    assert row_of(application).state == "asked"
    assert client.post(f"{path}put-forward/answer/", {"is_yes": "yes", "way": "telephone"}).status_code == 422
    given = {"is_yes": "yes", "way": "telephone", "said_on": f"{NOW:%Y-%m-%d}", "words": "Yes."}
    assert client.post(f"{path}put-forward/answer/", given).status_code == 302
    assert row_of(application).state == "forward"
    assert "Put forward to Nordwerk" in client.get(path).content.decode()
    assert (
        "Put forward to Nordwerk" in client.get(f"/candidates/{application.candidate_id}/").content.decode()
    )
    client.force_login(manager)
    shown = client.get(path)
    assert shown.status_code == 200
    assert "put-forward" not in shown.content.decode()


def test_after_a_no_it_is_ended_by_a_button(
    client: Client, application: Application, role: Requisition
) -> None:
    ask(application)
    Submission.objects.update(state="no", answered_at=NOW, way="page")
    client.force_login(role.recruiter)
    assert client.post(f"/applications/{application.pk}/put-forward/end/").status_code == 302
    assert whole(application).state == "withdrawn"


def test_the_list_and_its_file_are_for_who_recruits(
    client: Client, application: Application, role: Requisition, manager: User, client_house
) -> None:
    put_forward(application)
    secret = make.make_requisition(organisation=client_house, confidential=True)
    take_up(make.make_candidate(last_name="Hidden"), secret)
    client.force_login(make.make_user())
    shown = client.get("/submissions/").content.decode()
    assert ("Robin Example" in shown, "Hidden" in shown) == (True, False)
    assert (
        "Robin Example"
        in client.get(f"/submissions/?client={client_house.pk}&state=forward").content.decode()
    )
    assert "Robin Example" not in client.get("/submissions/?state=no").content.decode()
    assert client.get("/submissions/?client=nonsense&state=x&page=9999").status_code == 200
    lines = client.get("/submissions/export.csv").content.decode().splitlines()
    assert len(lines) == 2
    assert ",Robin Example,Nordwerk,Welder,forward," in lines[1]
    client.force_login(manager)
    assert [client.get(path).status_code for path in ("/submissions/", "/submissions/export.csv")] == [
        403,
        403,
    ]


def test_an_administrator_makes_an_organisation_a_client(client: Client) -> None:
    organisation = make.make_organisation(name="Own house")
    client.force_login(make.make_user(Role.ADMIN))
    path = f"/settings/organisations/{organisation.pk}/"
    fields = client.get(path).context["form"].initial
    sent = {name: value for name, value in fields.items() if value not in {None, False}}
    sent |= {"calendar": str(organisation.calendar_id)}
    sent |= {"is_client": "on", "owned_months": "6", "client_agreement": "Contract of 1 March, § 4"}
    answer = client.post(path, sent)
    assert answer.status_code == 302, answer.context["form"].errors
    organisation.refresh_from_db()
    assert (organisation.is_client, organisation.owned_months) == (True, 6)
    since = organisation.client_since
    assert since is not None
    del sent["is_client"]
    client.post(path, sent)
    organisation.refresh_from_db()
    assert (organisation.is_client, organisation.client_since) == (False, since)


# --- The API


def client_of(user: User) -> APIClient:
    _, secret = create_token(user=user, name="test", scopes=["candidates:read"], now=timezone.now())
    client = APIClient()
    client.credentials(HTTP_AUTHORIZATION=f"Bearer {secret}")
    return client


def test_the_api_tells_of_it_to_who_recruits_alone(
    application: Application, role: Requisition, manager: User
) -> None:
    put_forward(application)
    found = client_of(role.recruiter).get("/api/v1/submissions/").json()["results"]
    assert [(row["application"], row["state"], row["owner"]) for row in found] == [
        (application.pk, "forward", role.recruiter.pk)
    ]
    assert client_of(manager).get("/api/v1/submissions/").json()["results"] == []
    row = client_of(role.recruiter).get(f"/api/v1/applications/{application.pk}/").json()
    assert row["put_forward"] == "forward"
