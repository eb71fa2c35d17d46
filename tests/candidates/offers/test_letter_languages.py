"""A letter is in one language, all of it, from its greeting to the page of the signature; and says which it is."""

import io
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pikepdf
import pytest
from django.test import Client
from django.utils import timezone, translation

from ats.accounts.models import Role
from ats.kernel.errors import Invalid, Missing
from ats.mail.render import PLACEHOLDER
from candidates.models import Application, Offer, OfferLetterTemplate
from candidates.offers import actions, queries
from candidates.offers.actions import keep_documents
from candidates.offers.actions.write_letter import translate_template, write_template
from candidates.offers.domain import pdf, reading
from candidates.offers.domain import terms as terms_
from candidates.offers.queries import letter
from tests.candidates.offers.conftest import TERMS, sent
from tests.candidates.offers.test_answering import accept, words_of
from tests.candidates.portal.helpers import open_for
from tests.factories import (
    NOW,
    make_application,
    make_candidate,
    make_organisation,
    make_requisition,
    make_user,
)

NBSP = "\N{NO-BREAK SPACE}"
NARROW = "\N{NARROW NO-BREAK SPACE}"
FULL: dict[str, Any] = {
    "pay": Decimal("70000.50"),
    "starts_on": date(2027, 3, 1),
    "hours_a_week": Decimal("38.50"),
    "bonus": "1 bicycle",
    "remote_mode": "hybrid",
}
SAID = {
    "de": [
        ("24. November 2026", "Unser Angebot: Data engineer"),
        ("Gehalt", f"70.000,50{NBSP}€ im Jahr", "Erster Tag", "1. März 2027", "Vertrag", "Vollzeit",
         "Stunden pro Woche", "38,5", "Arbeitsweise", "Hybrid", "Bonus", "1 bicycle"),
    ],
    "fr": [
        ("24 novembre 2026", "Notre offre : Data engineer"),
        ("Rémunération", f"70{NBSP}000,50{NBSP}€ par an", "Premier jour", "1 mars 2027", "Contrat", "Temps plein",
         "Heures par semaine", "38,5", "Mode de travail", "Hybride", "Prime", "1 bicycle"),
    ],
    "es": [
        ("24 de noviembre de 2026", "Nuestra oferta: Data engineer"),
        ("Salario", f"70{NBSP}000,50{NBSP}€ al año", "Primer día", "1 de marzo de 2027", "Contrato",
         "Jornada completa", "Horas a la semana", "38,5", "Forma de trabajo", "Híbrido", "Bonificación", "1 bicycle"),
    ],
    "en": [
        ("24 November 2026", "Our offer: Data engineer"),
        ("Pay", "€70,000.50 a year", "First day", "1 March 2027", "Contract", "Full time",
         "Hours a week", "38.5", "Way of working", "Hybrid", "Bonus", "1 bicycle"),
    ],
}  # fmt: skip
FEET = {"de": "Seite 1 von 1", "fr": "Page 1 sur 1", "es": "Página 1 de 1", "en": "Page 1 of 1"}
SIGNED = {
    "de": ("Unterschrieben", "Angenommen von", "Bei der Unterschrift hinzugefügt"),
    "fr": ("Signature", "Accepté par", "Ajouté à la signature"),
    "es": ("Firma", "Aceptado por", "Añadido al firmar"),
    "en": ("Signed", "Accepted by", "Added on signing"),
}


def reads(language: str, *, first: str = "en") -> Application:
    """Somebody in play who reads this language, with an organisation that says everything in another one."""
    organisation = make_organisation(language=first)
    role = make_requisition(organisation=organisation, title="Data engineer")
    return make_application(stage_kind="offer", requisition=role, candidate=make_candidate(language=language))


def path_of(offer: Any) -> str:
    """The offer on the candidate's page, which it has reached by now."""
    Offer.objects.filter(pk=offer.pk).update(sent_at=NOW - timedelta(minutes=5))
    return f"{open_for(offer.application.candidate)}offers/{offer.pk}/"


def language_of(content: bytes) -> str:
    with pikepdf.open(io.BytesIO(content)) as file:
        return str(file.Root.Lang)


@pytest.mark.ordinary_day
@pytest.mark.parametrize("language", SAID)
def test_all_of_a_letter_is_in_the_language_of_who_gets_it(db, language):
    """Whatever the colleague who writes and sends it reads."""
    application = reads(language)
    with translation.override("fr" if language == "de" else "de"):
        offer = sent(application, **FULL)
    head, table = SAID[language]
    kept = keep_documents.letter_of(offer)
    paragraphs = letter.filled(
        letter.shipped()[language],
        letter.PLACEHOLDERS
        | {"candidate.first_name": "Robin", "job.title": "Data engineer"}
        | {"organisation.name": application.requisition.organisation.name}
        | {"recruiter.name": str(application.requisition.recruiter)}
        | {"manager.name": str(application.requisition.hiring_manager)},
    ).split("\n\n")
    assert kept.says == [
        application.requisition.organisation.name,
        application.candidate.name,
        *head,
        *paragraphs[:3],
        *table,
        *paragraphs[4:],
    ]
    content = keep_documents.bytes_of(kept)
    assert reading.unlike_blocks(content, kept.says) == ""
    assert (language_of(content), FEET[language] in words_of(content)) == (language, True)


@pytest.mark.parametrize("language", SIGNED)
def test_the_page_of_the_signature_is_in_the_language_of_the_letter(db, language):
    offer = accept(sent(reads(language)))
    before, after = (keep_documents.bytes_of(each) for each in offer.documents.order_by("pk"))
    assert words_of(after).startswith(words_of(before))  # the words that were signed, and no others
    added = words_of(after)[len(words_of(before)) :]
    assert [word in added for word in SIGNED[language]] == [True] * 3
    assert (language_of(before), language_of(after)) == (language, language)


def test_the_letter_that_ships_has_the_same_places_in_every_language():
    every = letter.shipped()
    assert set(every) == {"en", "de", "fr", "es"}
    places = {code: PLACEHOLDER.findall(body) for code, body in every.items()}
    assert places == dict.fromkeys(every, places["en"])
    assert {code: len(body.split("\n\n")) for code, body in every.items()} == dict.fromkeys(every, 6)
    assert not any("!" in body for body in every.values())


@pytest.mark.parametrize(
    ("own", "house", "language", "found"),
    [
        ({}, {}, "fr", ("shipped", "fr")),
        ({}, {}, "ar", ("shipped", "de")),
        ({}, {"en": "H"}, "fr", ("shipped", "fr")),
        ({}, {"fr": "F", "de": "D"}, "fr", ("F", "fr")),
        ({}, {"de": "D"}, "fr", ("D", "de")),
        ({"de": "O"}, {"fr": "F"}, "fr", ("O", "de")),
        ({"de": "O", "fr": "P"}, {"fr": "F"}, "fr", ("P", "fr")),
        ({"de": "O", "fr": "P"}, {}, "de", ("O", "de")),
        ({"fr": "P"}, {}, "es", ("shipped", "es")),
    ],
)
def test_own_words_come_first_and_then_the_language(db, own, house, language, found):
    """As with mail: own words that nobody has translated are still what the organisation says."""
    organisation, lead = make_organisation(language="de"), make_user(Role.LEAD)
    for owner, first, texts in ((organisation, "de", own), (None, "en", house)):
        write_template(organisation=owner, body=texts.get(first, ""), by=lead, now=NOW)
        rest = {code: {"body": body} for code, body in texts.items() if code != first}
        translate_template(organisation=owner, texts=rest, by=lead, now=NOW)
    body, code = found
    wanted = letter.Template(letter.shipped()[code] if body == "shipped" else body, code)
    assert letter.template_for(organisation, language) == wanted


@pytest.mark.ordinary_day
def test_a_letter_in_another_language_says_so_where_it_is_read(db):
    """The organisation's own, which nobody has translated, to somebody who reads French."""
    application, lead = reads("fr", first="de"), make_user(Role.LEAD)
    organisation = application.requisition.organisation
    write_template(organisation=organisation, body="Guten Tag.\n\n{{ terms }}", by=lead, now=NOW)
    offer = sent(application, **FULL, custom=[{"label": "Urlaub", "text": "30 Tage"}])
    assert offer.terms.get().language == "de"
    note = "Cette lettre est dans une autre langue : Deutsch."
    kept = keep_documents.letter_of(offer)
    assert kept.says[2:6] == [
        letter_day(offer), note, "Unser Angebot: Data engineer", "Guten Tag.",
    ]  # fmt: skip
    assert kept.says[6:8] == ["Gehalt", f"70.000,50{NBSP}€ im Jahr"]
    own = path_of(offer)
    page = Client().get(own).content.decode()
    assert '<html lang="fr" dir="ltr"' in page
    assert '<div class="letter offer-words" lang="de" dir="ltr"><p>Guten Tag.</p>' in page
    assert '<p class="in-language">Ce texte est rédigé en : <bdi lang="de">Deutsch</bdi></p>' in page
    assert f"<dt><bdi >Rémunération</bdi></dt><dd><bdi >70{NBSP}000,50{NBSP}€ par an</bdi></dd>" in page
    assert '<dt><bdi >Prime</bdi></dt><dd><bdi lang="de" dir="ltr">1 bicycle</bdi></dd>' in page
    assert (
        '<dt><bdi lang="de" dir="ltr">Urlaub</bdi></dt><dd><bdi lang="de" dir="ltr">30 Tage</bdi></dd>'
        in page
    )
    assert page.count("<ul><li>Gehalt: ") == 1
    assert note in Client().get(f"{own}accept/").content.decode()


def letter_day(offer: Any) -> str:
    with translation.override(offer.terms.get().tongue):
        return pdf.day_of(keep_documents._letter(offer, offer.terms.get()))


def test_who_reads_arabic_signs_from_right_to_left_under_a_letter_that_is_marked(db):
    application = reads("ar")
    offer = sent(application)
    own = path_of(offer)
    page = Client().get(own).content.decode()
    assert '<html lang="ar" dir="rtl"' in page
    assert '<div class="letter offer-words" lang="en" dir="ltr"><p>Dear Robin,</p>' in page
    signing = Client().get(f"{own}accept/")
    assert "هذه الرسالة بلغة أخرى: English." in signing.content.decode()
    kept = keep_documents.letter_of(offer)
    assert (kept.says[3], reading.unlike_blocks(keep_documents.bytes_of(kept), kept.says)) == (
        "هذه الرسالة بلغة أخرى: English.", "",
    )  # fmt: skip


def test_another_language_without_words_takes_the_letter_in_it(application):
    by = application.requisition.recruiter
    offer = actions.draft(application_id=application.pk, by=by, now=NOW, **TERMS)
    assert offer.terms.get().language == "en"
    offer = actions.change_terms(offer_id=offer.pk, by=by, now=NOW, language="es")
    terms = offer.terms.get(number=2)
    assert (terms.language, terms.letter, terms.changes) == (
        "es",
        letter.shipped()["es"],
        ["The words of the letter", "Language of the letter: Español instead of English"],
    )
    offer = actions.change_terms(offer_id=offer.pk, by=by, now=NOW, letter="Hola.\n\n{{ terms }}")
    assert offer.terms.get(number=3).language == "es"
    with pytest.raises(Invalid) as refused:
        actions.change_terms(offer_id=offer.pk, by=by, now=NOW, letter="Hi.", language="tlh")
    assert refused.value.field == "language"


def test_one_from_before_a_language_was_said_is_in_the_organisation_s_first(application):
    organisation = application.requisition.organisation
    organisation.language = "de"
    organisation.save()
    offer = actions.draft(
        application_id=application.pk, by=application.requisition.recruiter, now=NOW, letter="Hallo.", **TERMS
    )
    before = offer.terms.get()
    assert (before.language, before.tongue) == ("de", "de")
    before.language = ""
    assert before.tongue == "de"
    assert terms_.changes(before, offer.terms.get()) == []


def test_what_is_put_on_record_is_english_whoever_writes_it(application):
    by = application.requisition.recruiter
    offer = actions.draft(application_id=application.pk, by=by, now=NOW, **TERMS)
    with translation.override("de"):
        offer = actions.change_terms(offer_id=offer.pk, by=by, now=NOW, hours_a_week=Decimal("37.5"))
    assert offer.terms.get(number=2).changes == ["Hours a week: 37.5"]


def test_a_narrow_blank_is_a_blank_in_the_letter():
    assert pdf.printable(f"70{NARROW}000{NARROW}€ :\N{THIN SPACE}x") == f"70{NBSP}000{NBSP}€ : x"


# --- Writing them


def test_a_letter_has_exactly_the_further_languages_that_are_given(db):
    lead, organisation = make_user(Role.LEAD), make_organisation(language="de")

    def kept() -> dict[str, str]:
        rows = OfferLetterTemplate.objects.filter(organisation=organisation)
        return dict(rows.order_by("language").values_list("language", "body"))

    def translate(**texts: str) -> None:
        given = {code: {"body": body} for code, body in texts.items()}
        translate_template(organisation=organisation, texts=given, by=lead, now=NOW)

    write_template(organisation=organisation, body="Eins", by=lead, now=NOW)
    translate(fr="Un", en="One")
    assert kept() == {"de": "Eins", "en": "One", "fr": "Un"}
    translate(fr="Deux")
    assert kept() == {"de": "Eins", "fr": "Deux"}
    with pytest.raises(Invalid) as refused:
        translate(fr="{{ candidate.age }}")
    assert refused.value.field == "body_fr"
    for other in ("de", "tlh"):
        with pytest.raises(Missing):
            translate(**{other: "x"})
    write_template(organisation=organisation, body="", by=lead, now=NOW)
    assert kept() == {"fr": "Deux"}


def test_the_settings_page_keeps_and_shows_each_language(application):
    client, organisation = Client(), application.requisition.organisation
    client.force_login(make_user(Role.LEAD))
    here = f"/settings/offer-letters/?organisation={organisation.pk}"
    there = here.replace("letters/", "letters/texts/")
    assert client.get(here).status_code == 200
    wrong = client.post(there, {"said-body_de": "Hallo {{ candidate.age }}"})
    assert (wrong.status_code, wrong.context["texts_form"].errors) == (
        422, {"body_de": ["There is no {{ candidate.age }} in an offer letter."]},
    )  # fmt: skip
    kept = client.post(there, {"said-body_de": "Hallo {{ candidate.name }}\r\n\r\n{{ terms }}"})
    assert (kept.status_code, kept["Location"]) == (302, here)
    assert letter.template_for(organisation, "de") == letter.Template(
        "Hallo {{ candidate.name }}\n\n{{ terms }}", "de"
    )
    page = client.get(f"{here}&preview=de").content.decode()
    assert f"/settings/offer-letters/preview/?organisation={organisation.pk}&amp;preview=de" in page
    shown = client.get(f"/settings/offer-letters/preview/?organisation={organisation.pk}&preview=de").content
    assert shown == queries.sample_page(organisation, "de")
    assert shown != queries.sample_page(organisation, "en")


def test_who_writes_an_offer_begins_with_our_letter_in_another_language(application):
    """What was typed so far stays, also what is no offer yet."""
    application.candidate.language = "de"
    application.candidate.save()
    client, new = Client(), f"/offers/new/{application.pk}/"
    client.force_login(application.requisition.recruiter)
    first = client.get(new).context["form"]
    assert (first.initial["language"], first.initial["letter"]) == ("de", letter.shipped()["de"])
    again = client.post(
        new, {"take": "1", "language": "es", "pay": "71", "letter": "mine", "custom": "Holiday: 30"}
    )
    form = again.context["form"]
    assert (again.status_code, form.is_bound) == (200, False)
    assert [form[name].value() for name in ("language", "letter", "pay", "custom")] == [
        "es", letter.shipped()["es"], "71", "Holiday: 30",
    ]  # fmt: skip
    offer = actions.draft(
        application_id=application.pk, by=application.requisition.recruiter, now=timezone.now(), **TERMS
    )
    page = client.post(f"/offers/{offer.pk}/", {"take": "1", "language": "fr", "pay": "72"})
    form = page.context["form"]
    assert (form["letter"].value(), form["pay"].value()) == (letter.shipped()["fr"], "72")
    assert offer.terms.count() == 1
