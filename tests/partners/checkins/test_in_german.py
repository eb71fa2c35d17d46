"""An agenda is kept in English, whoever reads it in which language."""

import json

from django.utils import translation

from ats.kernel.staff_words import gettext_lazy
from partners.checkins.pages.cards import Card
from partners.checkins.queries import agenda, changes
from partners.partnerships.domain.terms import DEFAULTS


def card(said: object, **facts: object) -> Card:
    given = {
        "code": "agreement",
        "side": "manager",
        "due_at": None,
        "late": False,
        "href": "",
        "action": "Read it",
    }
    return Card(said=said, **given | facts)  # type: ignore[arg-type]


READ = "Read and accept the agreement"


def test_what_is_still_owed_is_known_again_in_another_language() -> None:
    owed = card(gettext_lazy("Read and accept the agreement"))
    with translation.override("de"):
        assert owed.text == "Vereinbarung lesen und annehmen"
        assert changes._became({"code": "agreement", "text": READ, "said": READ}, owed) == ""


def test_a_step_is_kept_as_words() -> None:
    owed = card(gettext_lazy("Give a view on {}"), people=(3, 5), count=2)
    kept = agenda._step(owed)
    assert (kept["text"], kept["said"]) == ("Give a view on 2 candidates", "Give a view on {}")
    assert json.loads(json.dumps(kept)) == kept


def test_a_term_is_said_around_its_number_in_both_languages() -> None:
    term = DEFAULTS["data_before"]
    assert (term.within(2), term.around) == (
        "at least 2 working hours before a check-in",
        ("at least", "working hours before a check-in"),
    )
    with translation.override("de"):
        assert (term.within(2), term.around) == (
            "mindestens 2 Arbeitsstunden vor einer Abstimmung",
            ("mindestens", "Arbeitsstunden vor einer Abstimmung"),
        )
