"""A rejected person, on a phone: reads the reason, asks for feedback and has it, answers, takes a copy, is erased."""

import io
import json
import re
import zipfile
from datetime import timedelta
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.test import Client
from django.utils import timezone

from ats.duework import engine
from candidates.models import Application, Candidate, Erasure, Feedback, SurveyResponse
from tests.browser.walking import Open, enter, settled
from tests.candidates.feedback.helpers import EVIDENCE, rejected
from tests.candidates.helpers import run_lane
from tests.candidates.portal.helpers import open_for
from tests.candidates.surveys.helpers import link_of
from tests.smtp import Catcher

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_a_rejected_person_is_answered_heard_and_let_go(
    window: Open, smtp: Catcher, settings: Any, live_server: Any, tmp_path: Path
) -> None:
    settings.BASE_URL, settings.ERASURES = live_server.url, tmp_path / "erasures.jsonl"
    application = rejected()
    mine = open_for(application.candidate)
    phone = window(390, 844, java_script_enabled=False)

    asks(phone, mine, application)
    is_given(window(1440, 900), application)
    reads(phone, mine)
    answers(phone, application)
    takes_a_copy(phone, mine, smtp)
    is_erased(phone, mine)


def asks(phone: Any, mine: str, application: Application) -> None:
    """The reason stands on their page, and a way to ask for more."""
    phone.goto(mine)
    assert application.reason is not None
    assert phone.get_by_text(application.reason.candidate_text).count() == 1
    phone.get_by_role("button", name="May I have feedback?").click()
    assert phone.get_by_text("You hear from us by").count() == 1


def is_given(desk: Any, application: Application) -> None:
    """From what was seen; a colleague's name does not leave, and what is put aside is there later."""
    enter(desk, application.requisition.recruiter)
    desk.goto("/")
    desk.get_by_role("link", name="Give feedback").first.click()
    settled(desk)
    desk.locator("label.feedback-point", has_text=EVIDENCE).nth(1).click()
    desk.get_by_role("button", name="Put it together").click()
    desk.locator("textarea#id_body", has_text="SQL: ").wait_for()
    words = desk.get_by_label("What they read")
    body = words.input_value()
    assert f"SQL: {EVIDENCE}" in body
    words.fill(body.replace(EVIDENCE, "You read the plan. Ada Byron agreed."))
    desk.get_by_role("button", name="See it as it leaves").click()
    desk.get_by_text("Does not leave").wait_for()
    words.fill(body)
    desk.get_by_role("button", name="Put it aside").click()
    desk.wait_for_url(f"**/applications/{application.pk}/")
    desk.get_by_role("link", name="Go on with it").click()
    assert desk.get_by_label("What they read").input_value() == body
    assert desk.locator("input[name=points]:checked").count() == 1
    desk.get_by_role("button", name="Send", exact=True).click()
    desk.wait_for_url(f"**/applications/{application.pk}/")
    assert Feedback.objects.get().state == "sent"


def reads(phone: Any, mine: str) -> None:
    phone.goto(mine)
    assert phone.get_by_role("heading", name="Our feedback").count() == 1
    assert phone.get_by_text(f"SQL: {EVIDENCE}").count() == 2
    assert phone.get_by_role("button", name="May I have feedback?").count() == 0


def answers(phone: Any, application: Application) -> None:
    """Without a name, and with a reason in words."""
    phone.goto(link_of(application, now=timezone.now()))
    phone.locator("label.scale-step", has_text="9").click()
    phone.get_by_label("What is the main reason for your number?").fill("You told me what was missing.")
    phone.locator("#product-asks + .picks-row label", has_text="Grown").click()
    phone.get_by_role("button", name="Send").click()
    assert phone.get_by_text("Your answer has arrived.").count() == 1
    row = SurveyResponse.objects.get()
    assert (row.score, row.product, row.application) == (9, "grown", None)


def takes_a_copy(phone: Any, mine: str, smtp: Catcher) -> None:
    """By the link in a mail: it holds what they were told, and says nothing of an answer without a name."""
    phone.goto(mine)
    phone.locator("#details").get_by_role("link", name="Your data").click()
    phone.get_by_role("button", name="Ask for a copy").click()
    assert phone.get_by_text("Its link comes by mail").count() == 1
    for _ in range(2):
        engine.tick(timezone.now())
    text = smtp.to("robin@example.com")[-1].get_body(("plain",)).get_content()
    phone.goto(re.search(r"(/your-data/\S+)", text)[1])  # type: ignore[index]
    with phone.expect_download() as download:
        phone.get_by_role("button", name="Download the copy").click()
    zipped = zipfile.ZipFile(io.BytesIO(Path(download.value.path()).read_bytes()))
    told = zipped.read("data.json").decode()
    assert [row["state"] for row in json.loads(told)["feedback"]] == ["sent"]
    assert "You told me what was missing." not in told


def is_erased(phone: Any, mine: str) -> None:
    phone.goto(mine)
    phone.get_by_role("link", name="Your data", exact=True).click()
    phone.get_by_role("link", name="Erase your data").click()
    phone.get_by_role("button", name="Erase my data").click()
    assert phone.get_by_text("It is being done now").count() == 1
    run_lane("erasures", timezone.now() + timedelta(minutes=1))
    assert Erasure.objects.get().state == "erased"
    assert Client().get(urlsplit(mine).path).status_code == 404
    assert Candidate.objects.get().name == "Data erased"
    assert Feedback.objects.get().body == ""
    assert SurveyResponse.objects.get().words == "You told me what was missing."
