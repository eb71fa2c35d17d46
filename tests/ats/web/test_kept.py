"""What rows keep in English, said in the language of who reads it."""

import pytest

from ats.kernel.kept import retold
from ats.kernel.languages import in_language
from partners.advice.domain import rules
from partners.celebrations.domain.lines import line
from partners.checkins.domain.reasons import Figures, reasons
from partners.partnerships.domain.house import HouseTerms

SAID = {
    "An offer was declined.": "Ein Angebot wurde abgelehnt.",
    "hiring manager": "Führungskraft",
    "Thursday 26 November 2026, 10:00 to 10:45 (CET)": "Donnerstag, 26. November 2026, 10:00 bis 10:45 (CET)",
    "- Data Engineer: Give a view on 3 candidates, was due Tuesday 24 November": (
        "- Data Engineer: Give a view on 3 candidates, fällig war Dienstag, 24. November"
    ),
    "It worked: 12 % moved on when it began, 31 % moved on on 3 December.": (
        "Es hat geholfen: 12 % kamen weiter zu Beginn, 31 % kamen weiter am 3. Dezember."
    ),
    "2.5 new candidates a week": "2,5 neue Bewerbungen pro Woche",
    "Somebody wrote this, and nobody translates it.": "Somebody wrote this, and nobody translates it.",
}
"""Rows of before and of now, with what a German reader is told."""


@pytest.mark.parametrize("kept", SAID)
def test_what_the_house_keeps_is_said_in_the_language_of_now(kept):
    assert retold(kept) == kept
    with in_language("de"):
        assert retold(kept) == SAID[kept]
    assert retold(kept) == kept


def test_figures_are_taken_out_and_said_again():
    found = {"sample": 12, "planned": 5, "usual": 3.5}
    with in_language("de"):
        assert retold(rules.rounds(found)) == (
            "5 Runden sind geplant. In der Mitte der letzten 12 Einstellungen hier waren es 3,5."
        )


def test_reasons_to_meet_are_said_with_their_sides():
    figures = Figures(number=1, missed={"recruiter": 2, "manager": 1}, last_came_at=None, dry_days=0)
    (found,) = reasons(figures, HouseTerms(meet_missed=2, meet_dry_days=0))
    with in_language("de"):
        assert retold(found.said) == (
            "3 Verpflichtungen wurden seit der letzten Abstimmung versäumt: Recruiting: 2, Führungskraft: 1."
        )


def test_names_and_peoples_words_stay_as_they_are():
    said = line("praise", "Recruiter", {"words": "Recruiter and hiring manager were kind."})
    with in_language("de"):
        assert retold(said) == (
            "Jemand, der sich für Recruiter beworben hat, hat freundliche Worte für Sie: "
            "„Recruiter and hiring manager were kind.“"
        )


def test_long_words_of_a_person_are_not_held_against_all_sentences():
    """Each of several places in a sentence may end anywhere: a letter of theirs would be tried for minutes."""
    asked = "Kim, Robin asks for your view on "
    text = asked + "a for b by 1, " * 20_000 + "x"
    with in_language("de"):
        assert retold(text) == text
