"""A job that closes while somebody writes: nothing typed and no file is lost, and they say where it goes."""

import re
from html import unescape
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from ats.mail.models import OutgoingMail
from candidates.applications import actions as applications
from candidates.apply import views
from candidates.models import Answer, Application, Candidate, Document
from requisitions.models import JobPost
from requisitions.posts.models import PostState
from tests.candidates.apply.test_apply import TYPED, cv
from tests.factories import make_post, make_question, make_requisition

pytestmark = pytest.mark.django_db

LETTER = 'I build ferries.\nAnd <trains> & "bridges".'


def fields(page: str) -> dict[str, str]:
    """What a browser without JavaScript would send from the page's form: its fields as they stand."""
    found = {}
    for tag in re.findall(r"<input[^>]*>", page):
        facts = dict(re.findall(r'([\w-]+)="([^"]*)"', tag))
        is_box = facts.get("type") in {"radio", "checkbox"}
        if facts.get("name") and facts.get("type") != "file" and (not is_box or " checked" in tag):
            found[facts["name"]] = unescape(facts.get("value", "on" if is_box else ""))
    for name, text in re.findall(r'<textarea name="([^"]+)"[^>]*>\n?([^<]*)</textarea>', page):
        found[name] = unescape(text)
    return found


@pytest.fixture
def post() -> JobPost:
    return make_post(make_requisition(title="Ferry Engineer"), slug="ferries", title="Ferry Engineer")


@pytest.fixture
def other(post: JobPost) -> JobPost:
    role = make_requisition(organisation=post.requisition.organisation, title="Train Engineer")
    return make_post(role, slug="trains", title="Train Engineer")


def close(post: JobPost) -> None:
    JobPost.objects.filter(pk=post.pk).update(state=PostState.CLOSED, closed_at=timezone.now())


def write(client: Client, **more: Any) -> Any:
    return client.post("/careers/ferries/apply/", TYPED | {"cover_letter": LETTER, "resume": cv()} | more)


def test_everything_is_still_there_and_they_are_told(client: Client, post: JobPost, other: JobPost) -> None:
    yes, why = make_question(post, "yes_no", label="A licence?"), make_question(post, "long", label="Why?")
    close(post)

    answer = write(client, **{f"question_{yes.pk}": "yes", f"question_{why.pk}": "The sea."})

    page = answer.content.decode()
    assert answer.status_code == 200
    assert "This job was closed for applications while you wrote. Nothing that you wrote is lost" in page
    assert "<strong>cv.pdf</strong> is attached" in page
    sent_again = fields(page)
    for name, value in {**TYPED, "cover_letter": LETTER}.items():
        assert sent_again[name].replace("\r\n", "\n") == value
    assert (sent_again[f"question_{yes.pk}"], sent_again[f"question_{why.pk}"]) == ("yes", "The sea.")
    assert "send_to" not in sent_again
    assert "Train Engineer" in page
    assert "<script" not in page


@pytest.mark.parametrize(
    ("state", "words"),
    [
        ("filled", "The last place in this job was filled while you wrote."),
        ("on_hold", "This job was put on hold while you wrote."),
        ("cancelled", "This job was closed while you wrote."),
    ],
)
def test_what_happened_is_said_plainly(client: Client, state: str, words: str) -> None:
    make_post(make_requisition(state), slug="ferries")

    assert words in write(client).content.decode()


def test_another_job_opens_its_form_with_all_of_it(client: Client, post: JobPost, other: JobPost) -> None:
    before, after = (
        make_question(post, "long", label="Why us?"),
        make_question(other, "long", label="Why us? "),
    )
    close(post)
    page = write(client, **{f"question_{before.pk}": "The sea."}).content.decode()

    answer = client.post("/careers/ferries/apply/", fields(page) | {"send_to": "trains"})

    page = answer.content.decode()
    assert answer.status_code == 200
    assert 'action="/careers/trains/apply/"' in page
    assert "Ferry Engineer has closed." in page
    assert Application.objects.count() == 0  # nothing is sent before they have seen it
    answer = client.post("/careers/trains/apply/", fields(page))
    assert (answer.status_code, answer["Location"]) == (302, "/careers/trains/thanks/")
    application = Application.objects.select_related("candidate").get()
    assert (application.post, application.cover_letter) == (other, LETTER)
    assert application.candidate.pool_consent_at is not None
    assert Document.objects.get().filename == "cv.pdf"
    assert list(Answer.objects.values_list("question", "value")) == [(after.pk, "The sea.")]


def test_it_is_kept_for_other_roles(client: Client, post: JobPost) -> None:
    question = make_question(post, "short", label="Which tools?")
    close(post)
    page = write(client, **{f"question_{question.pk}": "A hammer."}).content.decode()

    answer = client.post("/careers/ferries/apply/", fields(page) | {"send_to": "pool"})

    assert answer.status_code == 200
    assert "what you sent is kept for other roles" in answer.content.decode()
    assert Application.objects.count() == 0
    person = Candidate.objects.get()
    assert (person.name, person.email) == ("Zoë Example", "zoe@example.com")
    assert person.pool_consent_until is not None
    kept = {document.kind: document for document in Document.objects.filter(candidate=person)}
    assert kept.keys() == {"resume", "cover_letter"}
    assert kept["resume"].filename == "cv.pdf"
    with kept["cover_letter"].file.open() as file:
        text = file.read().decode()
    assert LETTER in text
    assert "Which tools?\n\nA hammer." in text
    (mail,) = OutgoingMail.objects.filter(candidate_id=person.pk)
    assert mail.to == "zoe@example.com"


def test_of_somebody_known_nothing_is_changed_without_proof(client: Client, post: JobPost) -> None:
    close(post)
    known = Candidate.objects.create(
        first_name="Zoë", last_name="E", email="zoe@example.com", email_key="zoe@example.com"
    )
    page = write(client).content.decode()

    client.post("/careers/ferries/apply/", fields(page) | {"send_to": "pool"})

    known.refresh_from_db()
    assert (known.last_name, known.phone, known.pool_consent_at) == ("E", "", None)
    assert Document.objects.filter(candidate=known).count() == 2


def test_the_new_advert_of_the_same_job_is_marked_already(
    client: Client, post: JobPost, other: JobPost
) -> None:
    close(post)
    make_post(post.requisition, slug="ferries-2", title="Ferry Engineer, Kiel")

    page = write(client).content.decode()

    assert fields(page)["send_to"] == "ferries-2"
    assert "Ferry Engineer, Kiel (the same job, newly advertised)" in page


def test_they_choose_and_mistakes_keep_everything(client: Client, post: JobPost) -> None:
    close(post)
    page = write(client).content.decode()

    answer = client.post("/careers/ferries/apply/", fields(page) | {"send_to": ""})
    assert answer.status_code == 400
    assert "Choose where it should go." in answer.content.decode()

    wrong = fields(answer.content.decode()) | {"send_to": "pool", "email": "nobody"}
    answer = client.post("/careers/ferries/apply/", wrong)
    page = answer.content.decode()
    assert answer.status_code == 400
    assert "Write an e-mail address like name@example.com." in page
    assert (fields(page)["send_to"], fields(page)["cover_letter"]) == ("pool", LETTER)
    answer = client.post("/careers/ferries/apply/", fields(page) | {"email": "zoe@example.com"})
    assert "kept for other roles" in answer.content.decode()
    assert Document.objects.filter(kind="resume").count() == 1


def test_one_that_closes_between_the_look_and_the_sending_loses_nothing_either(
    client: Client, post: JobPost, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = applications.apply

    def just_now(**facts: Any) -> Any:
        close(post)
        return real(**facts)

    monkeypatch.setattr(views.actions, "apply", just_now)

    answer = write(client)

    assert answer.status_code == 200
    assert fields(answer.content.decode())["cover_letter"].replace("\r\n", "\n") == LETTER
    assert Application.objects.count() == 0
