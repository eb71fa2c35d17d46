"""The words of an organisation's own steps: in its first language, and in others beside it."""

from typing import Any

import pytest
from django.test import Client

from ats.accounts.models import Role
from ats.kernel.errors import Invalid, Missing, NotAllowed, WrongState
from ats.mail.models import MailTemplate
from candidates.journeys import actions
from candidates.models import JourneyStep
from tests.candidates.helpers import days, mails, run_lane
from tests.candidates.journeys.parts import add
from tests.factories import (
    NOW,
    make_application,
    make_candidate,
    make_organisation,
    make_requisition,
    make_user,
)

pytestmark = [pytest.mark.django_db, pytest.mark.ordinary_day]

GERMAN = {"subject": "Ein Wort", "body": "Guten Tag {{ candidate.first_name }}, ein Wort."}


def translate(step: JourneyStep, texts: Any, by: Any = None) -> None:
    actions.translate_step(
        organisation_id=step.journey.organisation_id,
        key=step.key,
        texts=texts,
        by=by or make_user(Role.LEAD),
        now=NOW,
    )


def languages(step: JourneyStep) -> list[str]:
    return sorted(MailTemplate.objects.filter(role=step.words).values_list("language", flat=True))


def test_each_reads_their_language_and_else_the_first_with_a_word_about_it() -> None:
    requisition = make_requisition()
    step = add(requisition.organisation, trigger="applied", stage_kind="", amount=1)
    translate(step, {"de": GERMAN})
    for language in ("de", "fr", "en"):
        make_application(requisition=requisition, candidate=make_candidate(language=language))
    run_lane("journeys", NOW)
    run_lane("follow-ups", days(1))
    found = {mail.candidate_id: mail for mail in mails("journey.message")}
    by_language = {row.candidate.language: found[row.candidate_id] for row in requisition.applications.all()}
    assert {language: mail.subject for language, mail in by_language.items()} == {
        "de": "Ein Wort",
        "fr": "A word, Robin",
        "en": "A word, Robin",
    }
    assert by_language["fr"].text.startswith("Ce message est dans une autre langue")
    assert by_language["de"].text.startswith("Guten Tag Robin, ein Wort.")


def test_the_first_language_is_the_organisation_s() -> None:
    step = add(make_organisation(language="de"))
    assert languages(step) == ["de"]
    translate(step, {"en": {"subject": "A word", "body": "Hello."}})
    assert languages(step) == ["de", "en"]
    translate(step, {})
    assert languages(step) == ["de"]
    with pytest.raises(Missing):
        translate(step, {"de": GERMAN})


@pytest.mark.parametrize(
    ("text", "field"),
    [
        ({"subject": "Ein Wort", "body": ""}, "body_de"),
        ({"subject": "", "body": "Ein Wort."}, "subject_de"),
        ({"subject": "Ein Wort", "body": "{{ salary }}"}, "body_de"),
        ({"subject": "x" * 301, "body": "Ein Wort."}, "subject_de"),
        ({"subject": "Ein Wort", "body": "😀" * 100_000}, "body_de"),
    ],
)
def test_words_that_cannot_be_kept(text: Any, field: str) -> None:
    step = add(make_organisation())
    with pytest.raises(Invalid) as refused:
        translate(step, {"de": text})
    assert refused.value.field == field
    assert languages(step) == ["en"]


def test_who_may_and_of_what() -> None:
    organisation = make_organisation()
    step = add(organisation)
    with pytest.raises(NotAllowed):
        translate(step, {"de": GERMAN}, make_user(Role.RECRUITER))
    with pytest.raises(Missing):
        translate(step, {"xx": GERMAN})
    task = add(organisation, act="task", task="Call.", words=None)
    with pytest.raises(WrongState):
        translate(task, {"de": GERMAN})


def test_the_editor_keeps_other_languages_and_what_was_typed(client: Client) -> None:
    organisation = make_organisation()
    step = add(organisation)
    client.force_login(make_user(Role.LEAD))
    page = f"/settings/journeys/{organisation.pk}/{step.key}/"
    assert "In other languages" in client.get(page).content.decode()
    said = {"said-subject_de": "Ein Wort", "said-body_de": "{{ salary }}"}
    wrong = client.post(f"{page}texts/", said)
    assert (wrong.status_code, list(wrong.context["texts_form"].errors)) == (422, ["body_de"])
    assert "{{ salary }}" in wrong.content.decode()
    said |= {"said-body_de": "Guten Tag."}
    assert client.post(f"{page}texts/", said).status_code == 302
    assert languages(step) == ["de", "en"]
    assert "Guten Tag." in client.get(page).content.decode()
