"""Texts in several languages: in the reader's where staff wrote them, and else in the first, which is said."""

from html import unescape

import pytest
from django.test import Client

from ats.accounts.models import Role
from tests import factories

pytestmark = pytest.mark.django_db

GERMAN = {"Accept-Language": "de"}
NOTE = "Dieser Text ist verfasst in: <bdi lang="


@pytest.fixture
def post():
    organisation = factories.make_organisation(
        name="Example Company", slug="example", about_text="We build ferries.", privacy_text="We keep little."
    )
    role = factories.make_requisition(
        organisation=organisation,
        location=factories.make_location(organisation),
        value_proposition="Calm work.",
    )
    return factories.make_post(
        role,
        slug="engineer",
        title="Data engineer",
        body="<p>Build things that people use every single day.</p>",
    )


def shown(client: Client, path: str, language: str = "de") -> str:
    return unescape(client.get(path, headers={"Accept-Language": language}).content.decode())


def test_what_nobody_translated_is_shown_in_the_first_language_and_says_so(client, post) -> None:
    page = shown(client, "/careers/engineer/")
    assert (
        '<div class="job-text" lang="en" dir="ltr"><p>Build things that people use every single day.</p></div>'
        in page
    )
    assert '<div lang="en" dir="ltr"><p>Calm work.</p></div>' in page
    assert page.count(f'{NOTE}"en">English</bdi>') == 1
    assert NOTE not in shown(client, "/careers/engineer/", "en")
    about = shown(client, "/careers/")
    assert '<div class="lead" lang="en" dir="ltr"><p>We build ferries.</p></div>' in about
    assert f'{NOTE}"en">English</bdi>' in about


def test_staff_write_a_post_in_another_language_and_candidates_read_it(client, post) -> None:
    assert "Data engineer" in shown(client, "/careers/")  # kept ready from here on
    staff = Client()
    staff.force_login(post.requisition.recruiter)
    page = staff.get(f"/requisitions/posts/{post.pk}/").content.decode()
    assert 'name="said-title_de"' in page
    assert 'data-richtext="post-toolbar-de"' in page
    assert 'id="post-toolbar-de"' in page
    written = {
        "said-title_de": "Dateningenieurin",
        "said-body_de": "<p>Dinge <b>bauen</b>.</p><script>x</script>",
    }
    answer = staff.post(f"/requisitions/posts/{post.pk}/texts/", written)
    assert (answer.status_code, answer["Location"]) == (302, f"/requisitions/posts/{post.pk}/")
    post.refresh_from_db()
    assert post.texts == {"de": {"title": "Dateningenieurin", "body": "<p>Dinge <b>bauen</b>.</p>"}}
    page = shown(client, "/careers/engineer/")
    assert "<h1><bdi >Dateningenieurin</bdi></h1>" in page
    assert '<div class="job-text" ><p>Dinge <b>bauen</b>.</p></div>' in page
    assert "Bewerben: Dateningenieurin</h1>" in shown(client, "/careers/engineer/apply/")
    assert '<h1><bdi lang="en" dir="ltr">Data engineer</bdi></h1>' in shown(
        client, "/careers/engineer/", "fr"
    )


def test_unlawful_words_are_found_in_every_language_of_a_post(client, post) -> None:
    client.force_login(post.requisition.recruiter)
    words = {"said-body_fr": "<p>We are a young team and look for someone who builds things.</p>"}
    answer = client.post(f"/requisitions/posts/{post.pk}/texts/", words)
    assert (answer.status_code, "“young”" in answer.content.decode()) == (422, True)
    post.refresh_from_db()
    assert post.texts == {}


def test_an_organisations_own_texts_in_another_language(client, post) -> None:
    organisation = post.requisition.organisation
    staff = Client()
    staff.force_login(factories.make_user(Role.ADMIN))
    written = {"said-about_text_de": "Wir bauen Fähren.", "said-privacy_text_de": "Wir behalten wenig."}
    answer = staff.post(f"/settings/organisations/{organisation.pk}/texts/", written)
    assert answer.status_code == 302
    assert "Wir bauen Fähren." in shown(client, "/careers/")
    assert NOTE not in shown(client, "/careers/")
    assert "Wir behalten wenig." in shown(client, "/careers/engineer/apply/")
    assert "We keep little." in shown(client, "/careers/engineer/apply/", "fr")


def test_the_first_language_need_not_be_english(client, post) -> None:
    organisation = post.requisition.organisation
    organisation.language, organisation.about_text = "fr", "Nous construisons des ferries."
    organisation.save()
    page = shown(client, "/careers/")
    assert '<div class="lead" lang="fr" dir="ltr">' in page
    assert f'{NOTE}"fr">Français</bdi>' in page
