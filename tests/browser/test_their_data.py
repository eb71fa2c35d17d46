"""Somebody takes a copy of their data; somebody complains and is answered: in windows, by mail, for every eye."""

import io
import json
import re
import zipfile
from datetime import timedelta
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.utils import timezone

from ats.accounts.models import Role
from ats.duework import engine
from candidates.data_requests import actions
from candidates.models import DataComplaint, DataCorrection
from candidates.portal.actions.make_links import new_link
from tests import factories as f
from tests.browser.walking import Open, accessible, enter, kept
from tests.candidates.data_requests.helpers import opened
from tests.smtp import Catcher

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

SIZES = (((1440, 900), "light"), ((1440, 900), "dark"), ((390, 844), "light"), ((390, 844), "dark"))


def words_of(smtp: Catcher, address: str) -> str:
    return smtp.to(address)[-1].get_body(("plain",)).get_content()


def test_one_takes_a_copy_of_everything(window: Open, smtp: Catcher, settings: Any, live_server: Any) -> None:
    settings.BASE_URL = live_server.url
    application = f.make_application(
        candidate=f.make_candidate(first_name="Robin", email="robin@example.com")
    )
    page = window()  # without script, on a phone: `test_after_a_no`
    page.goto(urlsplit(new_link(candidate=application.candidate, now=timezone.now())).path)
    page.locator("#details").get_by_role("link", name="Your data").click()
    page.get_by_role("button", name="Ask for a copy").click()
    assert page.get_by_text("Its link comes by mail").count() == 1
    assert page.get_by_role("button", name="Ask for a copy").count() == 0
    engine.tick(timezone.now())
    engine.tick(timezone.now())
    link = re.search(r"(/your-data/\S+)", words_of(smtp, "robin@example.com"))[1]
    page.goto(link)
    with page.expect_download() as download:
        page.get_by_role("button", name="Download the copy").click()
    zipped = zipfile.ZipFile(io.BytesIO(Path(download.value.path()).read_bytes()))
    assert sorted(zipped.namelist()) == ["data.json", "index.html", "resume.json"]
    assert json.loads(zipped.read("resume.json"))["basics"]["email"] == "robin@example.com"


def test_somebody_complains_and_is_answered(
    window: Open, smtp: Catcher, settings: Any, live_server: Any
) -> None:
    settings.BASE_URL = live_server.url
    f.make_post(f.make_requisition(organisation=f.make_organisation(name="Example Company")))
    lead = f.make_user(Role.LEAD)
    page = window(390, 844)
    page.goto("/careers/")
    page.get_by_role("link", name="Complain about how we handle your data").click()
    page.get_by_label("Your name").fill("Robin Example")
    page.get_by_label("Your e-mail address").fill("robin@example.com")
    page.get_by_label("What happened?").fill("You still have my file of 2019.")
    page.get_by_role("button", name="Send the complaint").click()
    assert page.get_by_role("heading", name="Your complaint has arrived").count() == 1
    engine.tick(timezone.now())
    assert "Your complaint has arrived" in smtp.to("robin@example.com")[-1]["subject"]
    assert "a complaint about how we handle data" in smtp.to(lead.email)[-1]["subject"]

    desk = window()
    enter(desk, lead)
    desk.goto("/")
    desk.get_by_role("link", name=re.compile(r"^Answer.*Robin Example")).click()
    desk.get_by_label("They are right", exact=True).check()
    desk.get_by_role("textbox", name="Your answer").fill("It should have gone in 2020, and is deleted now.")
    desk.get_by_role("button", name="Answer").click()
    desk.wait_for_url("**/settings/data-requests/")
    assert desk.get_by_role("link", name="Robin Example").count() == 1
    engine.tick(timezone.now())
    told = words_of(smtp, "robin@example.com")
    assert "We agree with you." in told
    assert "It should have gone in 2020, and is deleted now." in told
    assert DataComplaint.objects.get().settled_by == lead


@pytest.mark.parametrize("language", ["en", "de", "ar"])
def test_their_pages_are_for_every_eye(window: Open, axe: str, language: str) -> None:
    now, lead = timezone.now(), f.make_user(Role.LEAD)
    candidate = f.make_candidate(language=language, first_name="Robin", last_name="Example")
    application = f.make_application(
        candidate=candidate, requisition=f.make_requisition(title="Data engineer")
    )
    right = actions.ask_for_correction(candidate=candidate, text="I left in 2021, not in 2012.", now=now)
    actions.answer_correction(
        correction_id=right.pk, state="done", answer="It says 2021 now.", by=lead, now=now
    )
    actions.complain(candidate=candidate, text="My file should be gone.", now=now)
    f.make_note(application, application.requisition.recruiter, body="Calm and clear in the first talk.")
    mine = urlsplit(new_link(candidate=candidate, now=now)).path
    copy = actions.ask_for_copy(candidate=candidate, now=now)
    engine.drain(engine.lanes()["later-tasks"], timezone.now, ends=None)
    copy.refresh_from_db()
    for size, scheme in SIZES:
        page = window(*size, color_scheme=scheme, locale=language)
        for name, where in (
            ("mine", f"{mine}data/"),
            ("details", f"{mine}details/"),
            ("complain", "/privacy/complaint/"),
        ):
            page.goto(where)
            kept(page, f"data-{name}-{language}-{size[0]}-{scheme}")
            accessible(page, axe)
    look(window, opened(copy), language)


def look(window: Open, zipped: zipfile.ZipFile, language: str) -> None:
    """The page in the copy, opened as whoever unpacked it does."""
    for size, scheme in SIZES:
        page = window(*size, color_scheme=scheme)
        page.set_content(zipped.read("index.html").decode())
        assert page.locator("h2").count() > 5
        kept(page, f"copy-{language}-{size[0]}-{scheme}")


def test_colleagues_pages_are_for_every_eye(window: Open, axe: str) -> None:
    now, lead = timezone.now(), f.make_user(Role.LEAD)
    empty = window()
    enter(empty, lead)
    empty.goto("/settings/data-requests/")
    kept(empty, "data-list-empty")
    person = f.make_application(candidate=f.make_candidate(first_name="Robin", last_name="Example")).candidate
    late = actions.complain(
        text="You still have my file, though I asked you twice to delete it.",
        name="Kim Sample",
        email="kim@example.com",
        now=now - timedelta(days=33),
    )
    actions.complain(text="Too long kept.", name="Alex Sample", email="alex@example.com", now=now)
    done = actions.ask_for_correction(candidate=person, text="I left in 2021.", now=now - timedelta(days=3))
    actions.answer_correction(
        correction_id=done.pk, state="done", answer="It says 2021 now.", by=lead, now=now
    )
    actions.ask_for_correction(candidate=person, text="My second name is spelt with a k.", now=now)
    actions.ask_for_copy(candidate=person, now=now)
    right = DataCorrection.objects.open().get()
    for size, scheme in SIZES:
        page = window(*size, color_scheme=scheme)
        enter(page, lead)
        for name, where in (
            ("list", "/settings/data-requests/"),
            ("complaint", f"/data-requests/complaints/{late.pk}/"),
            ("correction", f"/data-requests/corrections/{right.pk}/"),
            ("answered", f"/data-requests/corrections/{done.pk}/"),
            ("day", "/"),
            ("person", f"/candidates/{person.pk}/"),
        ):
            page.goto(where)
            kept(page, f"data-{name}-{size[0]}-{scheme}")
            accessible(page, axe)
