"""What candidates read when something is wrong: in their language, and with a way on that is theirs."""

import re
from html import unescape

import pytest
from django.http import HttpResponse
from django.test import Client

from candidates.portal.pages import views as portal
from tests import factories
from tests.ats.web.test_languages import left_in_english
from tests.candidates.portal.helpers import applied, open_for
from tests.laws.test_languages import LANGUAGES

pytestmark = pytest.mark.django_db

DOORS = ["/careers/", "/status/", "/privacy/complaint/"]
"""Where candidates are led; colleagues to "/"."""


@pytest.fixture
def post():
    return factories.make_post(factories.make_requisition(), slug="engineer")


def check(answer: HttpResponse, status: int, language: str) -> str:
    """The page is a whole one, in this language, that leads no candidate to the door of colleagues."""
    shown = unescape(answer.content.decode())
    assert answer.status_code == status
    assert f'<html lang="{language}" dir="{"rtl" if language == "ar" else "ltr"}">' in shown
    assert left_in_english(shown, language) == []
    assert set(re.findall(r'<a [^>]*href="([^"#]*)"', shown)) <= {
        *DOORS,
        "/careers/engineer/",
        "/careers/engineer/apply/",
    }
    return shown


def broken(*_: object, **__: object) -> None:
    raise RuntimeError("This is broken on purpose.")


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_error_of_a_public_page_is_in_the_language_of_the_browser(
    post, language, monkeypatch, settings
) -> None:
    client = Client(headers={"Accept-Language": language}, raise_request_exception=False)
    form = "/careers/engineer/apply/"
    check(client.get("/careers/nothing/"), 404, language)
    check(client.get("/careers/?page=1&q=%00"), 400, language)
    many = {f"x{number}": "" for number in range(settings.DATA_UPLOAD_MAX_NUMBER_FIELDS + 1)}
    check(client.post(form, many), 400, language)
    strict = Client(enforce_csrf_checks=True, headers={"Accept-Language": language})
    check(strict.post(form, {"first_name": "Robin"}), 403, language)
    settings.UPLOAD_MAX_BYTES = 1000
    check(client.post(form, {"cover_letter": "x" * 1_100_000}), 413, language)
    settings.APPLY_RATE = "1/hour"
    said = {"first_name": "Robin", "email": "robin@example.com", "cover_letter": "x" * 30_000}
    for status in (400, 429):
        check(client.post(form, said), status, language)
    monkeypatch.setattr("requisitions.careers.queries.post_at", broken)
    check(client.get("/careers/engineer/"), 500, language)


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_is_wrong_on_a_candidates_own_page_is_in_the_language_that_they_chose(
    language, monkeypatch
) -> None:
    """Whatever their browser says, and also where the page itself cannot be made."""
    application = applied(language=language)
    own = open_for(application.candidate)
    client = Client(
        headers={"Accept-Language": "en" if language != "en" else "de"}, raise_request_exception=False
    )
    for path in ("offers/1/", "documents/1/", "interviews/1/", f"withdraw/{application.pk + 1}/"):
        answer = client.get(f"{own}{path}")
        check(answer, 404, language)
        assert answer["Content-Language"] == language
    assert client.get(own)["Content-Language"] == language
    monkeypatch.setattr(portal.queries, "portal_of", broken)
    check(client.get(own), 500, language)


def test_whoever_asks_again_for_where_a_form_was_sent_sees_their_page(client) -> None:
    application = applied()
    own = open_for(application.candidate)
    assert client.post(f"{own}messages/{application.pk}/", {"body": ""}).status_code == 400
    for path in (f"messages/{application.pk}/", "documents/", "confirm/", "language/"):
        again = client.get(f"{own}{path}")
        assert (again.status_code, again["Location"], again["Cache-Control"]) == (
            302,
            own,
            "private, no-store",
        )
        assert client.delete(f"{own}{path}").status_code == 405


def test_colleagues_are_led_to_their_start(client) -> None:
    shown = client.get("/nothing/").content.decode()
    assert ('<a href="/">go to the start</a>' in shown, '<a class="brand" href="/">' in shown) == (True, True)
