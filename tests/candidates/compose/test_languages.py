"""Letters in the language of their reader; where a text is missing, in the organisation's first, which is said."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from ats.duework import engine
from ats.mail.models import MailTemplate, OutgoingMail
from candidates.compose import letters
from candidates.interviews.queries import calendar_files, facts
from tests import factories
from tests.candidates.portal.helpers import applied

pytestmark = pytest.mark.django_db

WEEKDAY = {
    "de": r"(Mon|Diens|Donners|Frei|Sams|Sonn)tag|Mittwoch",
    "fr": r"lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche",
    "es": r"lunes|martes|miércoles|jueves|viernes|sábado|domingo",
    "en": r"(Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day",
}
HELLO = {"de": "Guten Tag Robin,", "fr": "Bonjour Robin,", "es": "Hola, Robin:", "en": "Hello Robin,"}
FIRST = {"de": "Erste Antwort", "fr": "première réponse", "es": "primera respuesta", "en": "first answer"}


def acknowledged(language: str) -> OutgoingMail:
    applied(language=language)
    engine.tick(timezone.now())
    return OutgoingMail.objects.get(role="application.acknowledged")


@pytest.mark.parametrize("language", ["en", "de", "fr", "es"])
def test_a_letter_its_days_and_its_promise_are_in_the_readers_language(language: str) -> None:
    mail = acknowledged(language)
    assert mail.text.startswith(HELLO[language])
    assert FIRST[language] in mail.text
    assert re.search(WEEKDAY[language], mail.text)
    assert f'<html lang="{language}" dir="ltr">' in mail.html
    assert letters.WAYS[language][0] in mail.text


def test_who_reads_a_language_without_letters_gets_the_first_one_and_a_word_about_it() -> None:
    mail = acknowledged("ar")
    note, rest = mail.text.split("\n\n", 1)
    assert note == "هذه الرسالة بلغة أخرى: English."
    assert rest.startswith("Hello Robin,")
    assert '<html lang="en" dir="ltr">' in mail.html
    assert '<p lang="ar" dir="rtl"' in mail.html
    assert re.search(WEEKDAY["en"], rest)


def test_the_organisations_own_words_are_said_in_its_first_language_where_nobody_translated_them() -> None:
    organisation = factories.make_organisation(language="fr")
    role = factories.make_requisition(title="Data engineer", organisation=organisation)
    words: dict[str, Any] = {"organisation": organisation, "role": "application.acknowledged"}
    MailTemplate.objects.create(
        language="fr", subject="Merci", body="Merci, {{ candidate.first_name }}.", **words
    )
    applied(requisition=role, language="de")
    engine.tick(timezone.now())
    mail = OutgoingMail.objects.get(role="application.acknowledged")
    assert mail.subject == "Merci"
    assert mail.text.startswith("Diese Nachricht ist in einer anderen Sprache: Français.\n\nMerci, Robin.")
    assert letters.WAYS["fr"][0] in mail.text

    MailTemplate.objects.create(
        language="de", subject="Danke", body="Danke, {{ candidate.first_name }}.", **words
    )
    own = letters.write(
        "application.acknowledged", application=applied_again(role), now=timezone.now(), extra=EXTRA
    )
    assert (own.subject, own.text.split("\n\n")[0]) == ("Danke", "Danke, Robin.")


EXTRA = {"promise.what": "Erste Antwort", "promise.due": "morgen"}


def applied_again(role: Any) -> Any:
    return role.applications.get()


@pytest.mark.parametrize("language", ["de", "fr", "es"])
def test_a_note_on_a_broken_date_says_both_days_in_the_readers_language(language: str) -> None:
    application = applied(language=language)
    later = application.promises.get().due_at + timedelta(hours=1)
    engine.tick(later)
    engine.tick(later + timedelta(days=1))
    mail = OutgoingMail.objects.get(role="promise.holding_note")
    assert len(re.findall(WEEKDAY[language], mail.text)) == 2
    assert not re.search(WEEKDAY["en"], mail.text)
    assert "We have not got to it" not in mail.text


def test_an_interview_and_its_calendar_file_are_told_in_the_readers_language() -> None:
    application = factories.make_application(candidate=factories.make_candidate(language="de"))
    interview = factories.make_interview(application)
    seats = facts.seats_of(interview)
    file = calendar_files.for_candidate(interview, application, seats, now=timezone.now())
    assert "Sie treffen" in file.content.decode().replace("\r\n ", "")
    written = letters.write(
        "interview.booked",
        application=application,
        now=timezone.now(),
        extra=facts.told(facts.row_for_candidate, [(interview, seats)], application) | {"reason": ""},
    )
    assert re.search(rf"- Wann: ({WEEKDAY['de']}), \d+\. \w+, \d+:\d+ bis", written.text)
    assert "- Wen Sie treffen: " in written.text


def test_the_way_to_the_portal_is_left_out_of_what_is_shown_in_every_language() -> None:
    for language in letters.WAYS:
        for text in letters.WAYS[language]:
            assert (
                letters.without_button(f"Hello.\n\n{text}:\nhttps://example.com/x\n\nBye.")
                == "Hello.\n\nBye."
            )
