"""Candidates' pages in their language, from the first visit to their own page; programs and staff read English."""

import re
from html import unescape

import pytest
from django.conf import settings
from django.test import Client
from django.utils import translation

from ats.activity.models import Activity
from ats.mail.models import OutgoingMail
from candidates.models import Application, Candidate
from tests import factories
from tests.candidates.portal.helpers import applied, open_for
from tests.laws.test_languages import HTML, LANGUAGES, PLACEHOLDER, catalog, texts

pytestmark = pytest.mark.django_db

GERMAN = {"Accept-Language": "de-AT,de;q=0.9,en;q=0.5"}


@pytest.fixture
def post():
    role = factories.make_requisition(title="Data engineer", pay_min=68_000, pay_max=82_000)
    role.hiring_manager.name, role.hiring_manager.title = "Ada Example", "Head of Data"
    role.hiring_manager.save()
    return factories.make_post(role, slug="engineer", title="Data engineer")


def page(client: Client, path: str, **options) -> str:
    answer = client.get(path, **options)
    assert answer.status_code == 200, path
    return unescape(answer.content.decode())


def left_in_english(shown: str, language: str) -> list[str]:
    """Pieces of English texts that stand in a page of another language."""
    words = " ".join(re.sub(r"<(script|style).*?</\1>", " ", shown, flags=re.DOTALL).split())
    there, _ = catalog(language)
    found = []
    for context, text, plural in texts():
        for form in filter(None, (text, plural)):
            pieces = [each.strip() for each in re.split(f"{PLACEHOLDER.pattern}|{HTML.pattern}", form)]
            same = " ".join(there[context, text])
            found += [each for each in pieces if len(each) > 12 and each not in same and each in words]
    return found


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_public_pages_are_wholly_in_the_language_of_the_browser(client, post, language) -> None:
    headers = {"Accept-Language": language}
    addresses = [
        "/careers/",
        "/careers/engineer/",
        "/careers/engineer/apply/",
        "/careers/engineer/thanks/",
        "/status/",
    ]
    for path in addresses:
        shown = page(client, path, headers=headers)
        assert f'<html lang="{language}" dir="{"rtl" if language == "ar" else "ltr"}">' in shown
        assert left_in_english(shown, language) == [], path
    refused = client.post("/careers/engineer/apply/", {"email": "nobody"}, headers=headers)
    assert refused.status_code == 400
    assert left_in_english(unescape(refused.content.decode()), language) == []
    missing = client.get("/careers/nothing/", headers=headers)
    assert (missing.status_code, missing["Content-Language"]) == (404, language)
    assert left_in_english(unescape(missing.content.decode()), language) == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_candidates_own_page_is_in_their_language_whatever_the_browser_says(client, language) -> None:
    application = applied(language=language)
    shown = page(client, open_for(application.candidate), headers={"Accept-Language": "en"})
    assert f'<html lang="{language}"' in shown
    assert left_in_english(shown, language) == []


def test_a_test_of_english_can_fail(client, post) -> None:
    assert "Send application" in left_in_english(page(client, "/careers/engineer/apply/"), "de")


def test_the_choice_is_kept_in_a_cookie_then_with_the_candidate(client, post) -> None:
    chosen = client.post(
        "/language/", {"language": "fr"}, headers={"Referer": "http://testserver/careers/engineer/"}
    )
    assert (chosen.status_code, chosen["Location"]) == (302, "http://testserver/careers/engineer/")
    cookie = chosen.cookies[settings.LANGUAGE_COOKIE_NAME]
    assert (cookie.value, cookie["httponly"], cookie["samesite"]) == ("fr", True, "Lax")
    assert '<html lang="fr"' in page(client, "/careers/engineer/", headers=GERMAN)

    sent = {"first_name": "Robin", "email": "robin@example.com", "cover_letter": "Bonjour."}
    assert client.post("/careers/engineer/apply/", sent).status_code == 302
    candidate = Candidate.objects.get()
    assert candidate.language == "fr"
    own = open_for(candidate)
    assert '<html lang="fr"' in page(Client(), own)

    answer = Client().post(f"{own}language/", {"language": "es", "back": f"{own}details/"})
    assert (answer.status_code, answer["Location"]) == (302, f"{own}details/")
    candidate.refresh_from_db()
    assert candidate.language == "es"
    assert '<html lang="es"' in page(Client(), f"{own}details/")


@pytest.mark.parametrize("wrong", ["", "xx", "../../etc", "de" * 5000, "\u202ede"])
def test_a_language_that_we_do_not_speak_changes_nothing(client, wrong) -> None:
    application = applied(language="de")
    own = open_for(application.candidate)
    assert settings.LANGUAGE_COOKIE_NAME not in client.post("/language/", {"language": wrong}).cookies
    assert client.post(f"{own}language/", {"language": wrong}).status_code == 302
    assert Candidate.objects.get().language == "de"


def test_choosing_leads_nowhere_else(client) -> None:
    own = open_for(applied().candidate)
    away = client.post("/language/", {"language": "de"}, headers={"Referer": "https://evil.example/"})
    assert away["Location"] == "/careers/"
    for back in ("https://evil.example/", "//evil.example", f"{own}//evil.example"):
        assert client.post(f"{own}language/", {"language": "de", "back": back})["Location"] == own


@pytest.mark.parametrize(
    "hostile",
    ["*", "de;q=9e999", "q=1", ";;;,,,", "de-" + "x" * 50_000, ",".join(["de"] * 5_000), "de\x00", "日本語"],
)
def test_no_header_breaks_a_page(client, post, hostile) -> None:
    answer = client.get("/careers/", headers={"Accept-Language": hostile})
    assert answer.status_code == 200
    assert answer["Content-Language"] in dict(settings.LANGUAGES)


def test_kept_pages_of_one_language_are_shown_in_no_other(client, post) -> None:
    english = client.get("/careers/")
    german = client.get("/careers/", headers=GERMAN)
    again = client.get("/careers/")
    assert english.content == again.content != german.content
    assert {each.strip() for each in german["Vary"].split(",")} == {
        "Accept-Encoding",
        "Accept-Language",
        "Cookie",
    }
    assert english["ETag"] != german["ETag"]
    unchanged = client.get("/careers/", headers={"If-None-Match": english["ETag"], **GERMAN})
    assert unchanged.status_code == 200


def test_staff_read_their_own_language_and_programs_english(client, post) -> None:
    recruiter = post.requisition.recruiter
    client.force_login(recruiter)
    assert '<html lang="de">' in page(client, "/", headers=GERMAN)
    recruiter.language = "en"
    recruiter.save()
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = "de"  # what a candidate chose in this browser
    assert '<html lang="en">' in page(client, "/", headers=GERMAN)
    assert "There is nothing here" in client.get("/nothing/", headers=GERMAN).content.decode()
    sitemap = client.get("/careers/sitemap.xml", headers=GERMAN)
    assert "Accept-Language" not in sitemap.get("Vary", "")
    refused = client.get("/api/v1/candidates/?page_size=x&created_after=yesterday", headers=GERMAN)
    assert refused.content == client.get("/api/v1/candidates/?page_size=x&created_after=yesterday").content


def test_a_page_does_not_leave_its_language_behind(client, post) -> None:
    before = translation.get_language()
    client.get("/careers/", headers=GERMAN)
    client.get("/careers/nothing/", headers=GERMAN)
    assert translation.get_language() == before


def test_an_application_that_is_known_keeps_its_language(client, post) -> None:
    """Whoever types an address need not own it."""
    applied(requisition=post.requisition, email="robin@example.com", language="de")
    client.post("/language/", {"language": "es"})
    sent = {"first_name": "Robin", "email": "robin@example.com", "cover_letter": "Hola."}
    client.post("/careers/engineer/apply/", sent)
    assert Candidate.objects.get().language == "de"
    assert Application.objects.count() == 1


ENGLISH_DAY = re.compile(r"(Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day \d+ [A-Z][a-z]+")


def test_what_a_candidate_does_in_german_is_on_record_in_english(client) -> None:
    application = applied(language="de")
    own = open_for(application.candidate)
    client.post(f"{own}messages/{application.pk}/", {"body": "Gibt es eine Kantine?"})
    promised = Activity.objects.filter(verb="promise.opened").order_by("pk").last()
    assert ENGLISH_DAY.fullmatch(promised.data["due"])
    told = OutgoingMail.objects.get(role="conversation.received")
    assert told.text.startswith("Hello ")


def test_a_refusal_of_an_action_is_told_in_the_language_of_the_candidate(client) -> None:
    application = applied(language="de")
    own = open_for(application.candidate)
    answer = client.post(f"{own}messages/{application.pk}/", {"body": "\x01"})
    assert "Bitte schreiben Sie Ihre Nachricht." in unescape(answer.content.decode())
