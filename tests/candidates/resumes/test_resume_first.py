"""A résumé first: it is read, the fields are filled from it, and it is kept with whoever is added."""

from datetime import timedelta

import pytest
from django.core.files.storage import default_storage
from django.urls import reverse

from ats.accounts.models import Role
from candidates.models import Candidate, Document, ResumeDraft, ResumeReading
from candidates.resumes.actions.draft import KEPT_FOR
from candidates.resumes.domain.filling import split_name
from tests.candidates.documents import files
from tests.candidates.helpers import run_lane
from tests.candidates.resumes import papers
from tests.factories import NOW, make_user

pytestmark = pytest.mark.django_db
NEW = "/candidates/new/"
LATER = NOW + timedelta(hours=1)


@pytest.fixture(autouse=True)
def signed_in(client, recruiter):
    client.force_login(recruiter)


def dropped(client, name: str, content: str | bytes, **more: str) -> str:
    """Where the page leads after a file was dropped."""
    answer = client.post(reverse("candidate_new_resume"), {"resume": papers.upload(name, content)} | more)
    assert answer.status_code == 302
    return answer.url


def test_dropped_read_filled_saved_and_attached(client, recruiter) -> None:
    where = dropped(client, "robin.txt", papers.TEXT)
    waits = client.get(where).content.decode()
    assert "It is being read." in waits
    assert client.get(where, HTTP_HX_REQUEST="true").status_code == 200
    run_lane("outside-tasks", LATER)
    draft = ResumeDraft.objects.get()
    assert client.get(where, HTTP_HX_REQUEST="true")["HX-Redirect"] == f"{NEW}?draft={draft.pk}"
    form = client.get(where).context["form"]
    filled = {name: form[name].value() for name in ("first_name", "last_name", "email", "phone", "city")}
    assert filled == {
        "first_name": "Robin",
        "last_name": "Example",
        "email": "robin.example@post.example",
        "phone": "+49 30 901820",
        "city": "Berlin",
    }
    answer = client.post(NEW, filled | {"headline": "", "draft": draft.pk})
    person = Candidate.objects.get()
    assert answer.url == reverse("candidate", args=[person.pk])
    assert Document.objects.get().filename == "robin.txt"
    assert Document.objects.get().uploaded_by == recruiter
    assert not ResumeDraft.objects.exists()
    run_lane("outside-tasks", LATER)
    run_lane("resumes", LATER)
    assert ResumeReading.objects.get().state == "read"


def test_facts_for_programs_fill_the_fields_and_wait_on_the_page(client, recruiter) -> None:
    where = dropped(client, "robin.json", papers.as_json())
    run_lane("outside-tasks", LATER)
    draft = ResumeDraft.objects.get()
    assert client.get(where).context["form"]["email"].value() == "robin.example@post.example"
    client.post(NEW, {"first_name": "Robin", "draft": draft.pk})
    assert (Document.objects.count(), ResumeReading.objects.get().origin) == (0, "json_resume")


def test_nobody_has_to_wait(client, recruiter) -> None:
    where = dropped(client, "robin.txt", papers.TEXT)
    late = client.get(f"{where}&tries=20", HTTP_HX_REQUEST="true").content.decode()
    assert "You need not wait" in late
    assert "hx-get" not in late
    page = client.get(f"{where}&by_hand=1")
    assert "It has not been read yet." in page.content.decode()
    client.post(NEW, {"first_name": "Robin", "draft": ResumeDraft.objects.get().pk})
    assert Document.objects.get().candidate.first_name == "Robin"
    run_lane("outside-tasks", LATER)  # the draft is gone, and its task has nothing to do


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("scan.pdf", files.pdf(" "), "No text was found in it"),
        ("cv.pdf", b"%PDF-1.7 and no more", "The file is damaged."),
        ("x.json", b"{}", "It is no JSON Resume"),
        ("x.xml", papers.BOMB.encode(), "It refers to things outside itself"),
    ],
)
def test_what_cannot_be_read_says_why_and_the_form_is_there(client, recruiter, name, content, said) -> None:
    where = dropped(client, name, content)
    run_lane("outside-tasks", LATER)
    page = client.get(where)
    assert said in page.content.decode()
    assert page.context["form"]["first_name"].value() in {None, ""}


def test_a_file_of_no_kind_is_refused_beside_its_field(client, recruiter) -> None:
    answer = client.post(reverse("candidate_new_resume"), {"resume": papers.upload("cv.exe", b"MZ")})
    assert answer.status_code == 422
    assert "Please attach a PDF" in answer.content.decode()
    assert client.post(reverse("candidate_new_resume")).url == NEW
    assert not ResumeDraft.objects.exists()


def test_a_draft_is_its_owners_and_gone_after_hours(client, recruiter) -> None:
    where = dropped(client, "robin.txt", papers.TEXT)
    draft = ResumeDraft.objects.get()
    client.force_login(make_user(Role.RECRUITER))
    assert client.get(where).url == NEW
    client.post(reverse("resume_draft_drop", args=[draft.pk]))
    client.post(NEW, {"first_name": "Kim", "draft": draft.pk})
    assert (Document.objects.count(), ResumeDraft.objects.count()) == (0, 1)
    run_lane("tasks", LATER + KEPT_FOR)
    assert not ResumeDraft.objects.exists()


def test_without_it_after_all_its_file_is_gone(client, recruiter, django_capture_on_commit_callbacks) -> None:
    dropped(client, "robin.txt", papers.TEXT)
    draft = ResumeDraft.objects.get()
    with django_capture_on_commit_callbacks(execute=True):
        assert client.post(reverse("resume_draft_drop", args=[draft.pk])).url == NEW
    assert not default_storage.exists(draft.file.name)


@pytest.mark.parametrize(
    ("name", "parts"),
    [
        ("Robin", ("Robin", "")),
        ("Robin Example", ("Robin", "Example")),
        ("Ludwig van der Rohe", ("Ludwig", "van der Rohe")),
        ("Ana Maria de la Cruz", ("Ana Maria", "de la Cruz")),
        ("Van Example", ("Van", "Example")),
    ],
)
def test_names_are_parted_before_the_family(name: str, parts: tuple[str, str]) -> None:
    assert split_name(name) == parts
