"""A résumé is dropped, the fields are filled from it, its person is saved, and what was read is confirmed."""

from typing import Any

import pytest
from django.utils import timezone

from ats.accounts.models import Role
from candidates.models import Candidate
from tests import factories as f
from tests.browser.walking import Open, accessible, enter, kept, settled
from tests.candidates.documents import files
from tests.candidates.helpers import run_lane
from tests.candidates.resumes import papers

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
PAPER = {"name": "robin.pdf", "mimeType": "application/pdf", "buffer": files.pdf(papers.TEXT)}


def test_from_the_file_to_what_is_confirmed(window: Open, axe: str, live_server: Any) -> None:
    recruiter = f.make_user(Role.RECRUITER)
    page = window(1440, 900)
    enter(page, recruiter)
    page.goto("/candidates/new/")
    kept(page, "resume-first-empty")
    page.set_input_files("#resume-file", files=[PAPER])
    page.wait_for_selector("#wait")
    accessible(page, axe)
    kept(page, "resume-first-waits")
    run_lane("outside-tasks", timezone.now())
    page.wait_for_selector("#id_first_name")
    assert page.input_value("#id_email") == "robin.example@post.example"
    accessible(page, axe)
    kept(page, "resume-first-filled")
    page.get_by_role("button", name="Add", exact=True).click()
    page.wait_for_url("**/candidates/*/")
    run_lane("outside-tasks", timezone.now())
    run_lane("resumes", timezone.now())
    person = Candidate.objects.get()
    for width, height, scheme in (
        (390, 844, "dark"),
        (390, 844, "light"),
        (1440, 900, "dark"),
        (1440, 900, "light"),
    ):
        page = window(width, height, color_scheme=scheme)
        enter(page, recruiter)
        page.goto(f"/candidates/{person.pk}/")
        page.wait_for_selector("#read-panel")
        accessible(page, axe)
        kept(page, f"resume-confirm-{width}-{scheme}")
    page.get_by_role("button", name="Refuse Skill: Python").click()
    page.wait_for_selector("text=Refused: it is asked about no more.")
    page.get_by_role("button", name="Take over all").click()
    page.wait_for_selector("text=details taken over.")
    page.wait_for_selector("#read-panel h3:has-text('Confirmed')")
    settled(page)
    assert set(person.known_facts.filter(kind="skill").values_list("value", flat=True)) == {
        "PostgreSQL",
        "Kubernetes",
    }
    accessible(page, axe)
    kept(page, "resume-confirmed")
    page.goto(f"/candidates/{person.pk}/resume/")
    accessible(page, axe)
    kept(page, "resume-page")
