"""What the database refuses it says in words: each constraint its own (`ats/kernel/guards.py`)."""

from django.apps import apps
from django.db.models import BaseConstraint

from ats.kernel import guards
from ats.kernel.languages import in_language
from ats.management import texts

OURS = ("ats", "requisitions", "candidates", "partners")


def constraints() -> list[BaseConstraint]:
    models = [model for model in apps.get_models() if model._meta.app_label in OURS]
    return [constraint for model in models for constraint in model._meta.constraints]


def test_every_constraint_says_in_words_what_it_refuses() -> None:
    mute = BaseConstraint.default_violation_error_message
    assert constraints()
    assert [each.name for each in constraints() if each.violation_error_message == mute] == []


def test_what_they_say_is_a_sentence() -> None:
    said = {each.name: each.get_violation_error_message() for each in constraints()}
    assert {name: text for name, text in said.items() if not text.endswith(".") or len(text) > 100} == {}


def test_what_they_say_is_said_to_colleagues_in_their_language() -> None:
    """Each is in the catalogs by its own words, and found again by its name."""
    for language in texts.languages_of("ats"):
        with in_language(language):
            said = {
                each.name: (guards.kept_words(each.name), str(guards.words(each.name)))
                for each in constraints()
            }
        assert [name for name, (english, words) in said.items() if english == words] == []


def test_they_stay_english_where_models_are_migrated() -> None:
    with in_language("de"):
        said = {each.name: each.get_violation_error_message() for each in constraints()}
    assert said == {each.name: guards.kept_words(each.name) for each in constraints()}
