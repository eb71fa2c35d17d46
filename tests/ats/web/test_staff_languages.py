"""Colleagues' pages in the language that they chose, else in that of their browser, where we offer it."""

import json
import re
from html import unescape

import pytest
from django import forms
from django.test import Client, RequestFactory
from django.utils import translation
from django.utils.translation import gettext_lazy

from ats.accounts.models import Role
from ats.activity.models import Activity
from ats.kernel.languages import recorded
from ats.web import frame, languages
from ats.web.forms import blank
from tests import factories
from tests.laws.test_languages import HTML, PLACEHOLDER, all_texts, catalog

pytestmark = pytest.mark.django_db

GERMAN = {"Accept-Language": "de-AT,de;q=0.9,en;q=0.5"}


@pytest.fixture
def german_is_offered(settings):
    settings.STAFF_LANGUAGES = [("en", "English"), ("de", "Deutsch")]


def colleague(language: str = "") -> Client:
    client = Client()
    client.force_login(factories.make_user(language=language))
    return client


def spoken(client: Client, path: str = "/accounts/profile/", **headers: str) -> str:
    answer = client.get(path, headers=headers)
    assert answer.status_code == 200
    return answer.content.decode().partition('<html lang="')[2][:2]


def test_everybody_reads_english_as_long_as_nothing_else_is_offered(settings) -> None:
    settings.STAFF_LANGUAGES = [("en", "English")]
    assert spoken(colleague("de"), **GERMAN) == "en"
    assert "Content-Language" not in colleague("de").get("/accounts/profile/", headers=GERMAN)


@pytest.mark.usefixtures("german_is_offered")
def test_the_choice_comes_before_the_browser() -> None:
    assert spoken(colleague("de"), **{"Accept-Language": "en"}) == "de"
    assert spoken(colleague("en"), **GERMAN) == "en"
    assert spoken(colleague(), **GERMAN) == "de"
    assert spoken(colleague(), **{"Accept-Language": "fr, es;q=0.5"}) == "en"
    assert spoken(colleague("fr"), **GERMAN) == "de"  # not offered (any more)
    assert spoken(Client(), "/accounts/login/", **GERMAN) == "de"


@pytest.mark.usefixtures("german_is_offered")
def test_a_page_says_in_which_language_it_is_and_why() -> None:
    answer = colleague("de").get("/accounts/profile/")
    assert answer["Content-Language"] == "de"
    assert {"Accept-Language", "Cookie"} <= {each.strip() for each in answer["Vary"].split(",")}


@pytest.mark.usefixtures("german_is_offered")
@pytest.mark.parametrize("path", ["/api/v1/requisitions/", "/brand/112233.css", "/healthz", "/robots.txt"])
def test_programs_read_english(path: str) -> None:
    request = RequestFactory().get(path, headers=GERMAN)
    request.user = factories.make_user(language="de")
    assert languages.of_colleague(request) == "en"


@pytest.mark.usefixtures("german_is_offered")
def test_the_choice_is_made_in_the_profile() -> None:
    user = factories.make_user(language="")
    client = Client()
    client.force_login(user)
    sent = {"name": user.name, "time_zone": user.time_zone, "language": "de"}
    assert client.post("/accounts/profile/", sent).status_code == 302
    assert spoken(client, **{"Accept-Language": "en"}) == "de"
    assert client.post("/accounts/profile/", sent | {"language": ""}).status_code == 302
    assert spoken(client, **{"Accept-Language": "en"}) == "en"
    assert client.post("/accounts/profile/", sent | {"language": "fr"}).status_code == 422


class Asking(forms.Form):
    why = forms.CharField(label=gettext_lazy("Send application"))


def test_what_is_drawn_once_is_drawn_once_for_each_language() -> None:
    said = {}
    for language in ("en", "de", "en"):
        with translation.override(language):
            said.setdefault(language, set()).add(blank(Asking, prefix="x"))
            assert frame._drawn("layers", frame.Frame(), language) == frame._drawn(
                "layers", frame.Frame(), language
            )
    assert {language: len(texts) for language, texts in said.items()} == {"en": 1, "de": 1}
    assert said["en"] != said["de"]


@pytest.mark.usefixtures("german_is_offered")
def test_scripts_speak_the_language_of_the_page() -> None:
    german = colleague("de").get("/accounts/profile/").content.decode()
    listed = json.loads(re.search(r'<script id="phrases" type="application/json">(.*?)</script>', german)[1])
    assert (listed["Copied"], listed["Saved at %(time)s"]) == ("Kopiert", "Gespeichert um %(time)s")
    assert 'id="phrases"' not in colleague("en").get("/accounts/profile/").content.decode()


def test_what_is_recorded_is_said_in_the_houses_language() -> None:
    with translation.override("de"):
        assert (str(Role.ADMIN.label), recorded(Role.ADMIN.label)) == ("Administration", "Administrator")


@pytest.mark.usefixtures("german_is_offered")
def test_a_role_is_recorded_alike_whoever_gives_it() -> None:
    admin, other = factories.make_user(Role.ADMIN, language="de"), factories.make_user(Role.RECRUITER)
    client = Client()
    client.force_login(admin)
    assert client.post(f"/settings/people/{other.pk}/role/", {"role": "lead"}).status_code == 302
    data = Activity.objects.get(verb="user.role_changed").data
    assert (data["from_role"], data["to_role"]) == ("Recruiter", "Recruiting lead")


def left_in_english(shown: str) -> list[str]:
    """Pieces of English texts of the ground floor that stand in a German page."""
    words = " ".join(re.sub(r"<(script|style).*?</\1>", " ", shown, flags=re.DOTALL).split())
    there, _ = catalog("de", "ats")
    found = []
    for context, text, plural in all_texts("ats"):
        for form in filter(None, (text, plural)):
            pieces = [each.strip() for each in re.split(f"{PLACEHOLDER.pattern}|{HTML.pattern}", form)]
            same = " ".join(there[context, text])
            found += [
                each
                for each in pieces
                if len(each) > 12 and " " in each and each not in same and each in words
            ]
    return found


@pytest.mark.usefixtures("german_is_offered")
@pytest.mark.parametrize(
    "path",
    [
        "/",
        "/accounts/profile/",
        "/accounts/2fa/",
        "/accounts/sessions/",
        "/approvals/",
        "/settings/availability/",
        "/settings/people/",
        "/settings/people/invite/",
        "/settings/sign-in/",
        "/settings/organisations/",
        "/settings/calendars/",
        "/settings/calendars/new/",
        "/settings/outbox/",
        "/settings/due-work/",
        "/settings/api-tokens/",
        "/waiting/",
    ],
)
def test_pages_of_the_ground_floor_are_wholly_german(path: str) -> None:
    client = Client()
    client.force_login(factories.make_user(Role.ADMIN, name="Ada", email="ada@example.com", language="de"))
    answer = client.get(path, follow=True)
    assert answer.status_code == 200, path
    assert left_in_english(unescape(answer.content.decode())) == []
