"""Each page of the careers site tells search engines of itself in every language that it is written in."""

import re
from html import unescape
from typing import Any
from xml.etree import ElementTree as ET

import pytest
from django.conf import settings
from django.test import Client

from requisitions.models import JobPost
from tests import factories

pytestmark = pytest.mark.django_db

HERE = "http://testserver/careers/"
LINK = re.compile(r'<link rel="alternate" hreflang="([^"]+)" href="([^"]+)">')
SITEMAP = {"s": "http://www.sitemaps.org/schemas/sitemap/0.9", "x": "http://www.w3.org/1999/xhtml"}


@pytest.fixture
def post() -> JobPost:
    """Written in English and German; its title alone in French, too."""
    organisation = factories.make_organisation(name="Example Company", slug="example")
    texts = {"de": {"title": "Köchin oder Koch", "body": "<p>Kochen Sie.</p>"}, "fr": {"title": "Chef"}}
    role = factories.make_requisition(organisation=organisation)
    return factories.make_post(role, slug="cook", title="Cook", body="<p>Cook things.</p>", texts=texts)


def told(page: str) -> tuple[str, list[tuple[str, str]]]:
    """The canonical address of a page and its alternates."""
    (canonical,) = re.findall(r'<link rel="canonical" href="([^"]+)">', page)
    return unescape(canonical), [(code, unescape(address)) for code, address in LINK.findall(page)]


def read(client: Client, address: str, language: str = "en") -> str:
    answer = client.get(address.removeprefix("http://testserver"), headers={"Accept-Language": language})
    assert answer.status_code == 200
    return answer.content.decode()


def every(address: str, *codes: str, sign: str = "?") -> list[tuple[str, str]]:
    return [*((code, f"{address}{sign}lang={code}") for code in codes), ("x-default", address)]


@pytest.mark.parametrize("place", ["", "cook/"])
def test_every_address_names_all_of_them_and_is_its_own(client, post, place) -> None:
    """Reciprocal, absolute, each of itself too; whatever the browser asks for."""
    wanted = every(f"{HERE}{place}", "en", "de")
    for code, address in wanted:
        page = read(client, address, "es")
        assert told(page) == (address, wanted)
        language = "es" if code == "x-default" else code
        assert page.count(f'<html lang="{language}" dir="ltr">') == 1


def test_a_job_is_in_the_language_of_its_address(client, post) -> None:
    german, english = read(client, "/careers/cook/?lang=de"), read(client, "/careers/cook/?lang=en", "de")
    assert ("<p>Kochen Sie.</p>" in german, "<h1><bdi >Köchin oder Koch</bdi></h1>" in german) == (True, True)
    assert ("<p>Cook things.</p>" in english, "<h1><bdi >Cook</bdi></h1>" in english) == (True, True)
    assert '"title": "Köchin oder Koch"' in german
    assert '"url": "http://testserver/careers/cook/?lang=de"' in german
    assert '<meta property="og:url" content="http://testserver/careers/cook/?lang=de">' in german


@pytest.mark.parametrize("asked", ["fr", "ar"])
def test_in_a_language_that_nobody_wrote_it_in_it_is_listed_for_everybody(client, post, asked) -> None:
    page = read(client, f"/careers/cook/?lang={asked}")
    assert told(page) == (f"{HERE}cook/", every(f"{HERE}cook/", "en", "de"))
    assert f'<html lang="{asked}"' in page
    title = "<h1><bdi >Chef</bdi></h1>" if asked == "fr" else '<h1><bdi lang="en" dir="ltr">Cook</bdi></h1>'
    assert title in page


def test_a_job_in_one_language_has_one_address(client, post) -> None:
    JobPost.objects.update(texts={})
    for asked in ("", "?lang=en", "?lang=de"):
        assert told(read(client, f"/careers/cook/{asked}")) == (f"{HERE}cook/", [])
        assert told(read(client, f"/careers/{asked}")) == (HERE, [])


def test_lists_of_an_organisation_are_told_of_and_narrowed_ones_are_not(client, post) -> None:
    own = f"{HERE}?organisation=example"
    wanted = every(own, "en", "de", sign="&")
    assert [told(read(client, address)) for _, address in wanted] == [(each, wanted) for _, each in wanted]
    narrowed = read(client, f"{own}&remote=on_site&lang=de")
    assert told(narrowed) == (f"{own}&lang=de", [])
    assert '<meta name="robots" content="noindex, follow">' in narrowed
    assert '<input type="hidden" name="lang" value="de">' in narrowed


def test_pages_that_are_not_listed_tell_of_nothing(client, post) -> None:
    """The form, and a job that is gone."""
    form = read(client, "/careers/cook/apply/?lang=de")
    assert (LINK.findall(form), '<meta name="robots" content="noindex">' in form) == ([], True)
    JobPost.objects.update(state="closed", closed_at=post.published_at)
    gone = client.get("/careers/cook/?lang=de")
    assert (gone.status_code, LINK.findall(gone.content.decode())) == (410, [])


def test_who_follows_links_goes_on_in_the_language(client, post) -> None:
    def links(address: str) -> set[str]:
        page = read(client, address).split("<body", 1)[1]
        return {unescape(each) for each in re.findall(r'href="(/careers/[^"]*)"', page)}

    listed = "/careers/cook/?lang=de"
    assert links("/careers/?lang=de") == {"/careers/?lang=de", listed}
    assert links(listed) == {"/careers/?lang=de", "/careers/cook/apply/?lang=de"}
    assert links("/careers/cook/apply/?lang=de") == {"/careers/?lang=de", listed}
    assert links(f"{listed}&source=fair") == {"/careers/?lang=de", "/careers/cook/apply/?lang=de&source=fair"}
    assert links("/careers/") == {"/careers/", "/careers/cook/"}
    sent = client.post(
        "/careers/cook/apply/?lang=de",
        {"first_name": "Robin", "email": "robin@example.com", "cover_letter": "x"},
    )
    assert (sent.status_code, sent["Location"]) == (302, "/careers/cook/thanks/?lang=de")
    assert '<html lang="de"' in read(client, sent["Location"])


def test_another_choice_takes_the_language_out_of_the_address(client, post) -> None:
    came_from = f"{HERE}cook/?lang=de&source=fair"
    chosen = client.post("/language/", {"language": "fr"}, headers={"Referer": came_from})
    assert chosen["Location"] == f"{HERE}cook/?source=fair"
    assert '<html lang="fr"' in read(client, chosen["Location"])


@pytest.mark.parametrize("wrong", ["", "xx", "DE", "../../etc", "de" * 5000, "\u202ede"])
def test_a_language_that_we_do_not_speak_is_as_if_none_was_named(client, post, wrong) -> None:
    named = client.get("/careers/cook/", {"lang": wrong}, headers={"Accept-Language": "de"})
    assert named.content == client.get("/careers/cook/", headers={"Accept-Language": "de"}).content


def test_no_other_address_listens_to_it(client, post) -> None:
    assert '<html lang="en"' in read(client, "/status/?lang=de")


def entries(text: bytes) -> list[tuple[str, bool, list[tuple[str, str]]]]:
    """Each address of the sitemap, whether it says when it changed, and its alternates."""
    found = []
    for url in ET.fromstring(text).findall("s:url", SITEMAP):
        links = [(link.attrib["hreflang"], link.attrib["href"]) for link in url.findall("x:link", SITEMAP)]
        assert {link.attrib["rel"] for link in url.findall("x:link", SITEMAP)} <= {"alternate"}
        found.append((url.findtext("s:loc", "", SITEMAP), url.find("s:lastmod", SITEMAP) is not None, links))
    return found


def test_the_sitemap_says_the_same_as_the_pages(client, post, django_assert_num_queries: Any) -> None:
    role = factories.make_requisition(organisation=post.requisition.organisation)
    factories.make_post(role, slug="analyst", language="fr", body="<p>Analysez.</p>")
    with django_assert_num_queries(1):
        sitemap = client.get("/careers/sitemap.xml").content
    front, cook = every(HERE, "en", "de", "fr"), every(f"{HERE}cook/", "en", "de")
    assert sorted(entries(sitemap)) == sorted(
        [
            *((address, False, front) for _, address in front),
            *((address, True, cook) for _, address in cook),
            (f"{HERE}analyst/", True, []),
        ]
    )
    for address, _, links in entries(sitemap):
        assert told(read(client, address)) == (address, links)


def test_only_languages_that_candidates_read_are_told_of(client, post) -> None:
    JobPost.objects.update(texts={code: {"body": "x"} for code in ("tlh", "de", "ar")})
    page = read(client, "/careers/cook/")
    assert [code for code, _ in told(page)[1]] == ["en", "de", "ar", "x-default"]
    assert [code for code, _ in settings.LANGUAGES] == ["en", "de", "fr", "es", "ar"]
