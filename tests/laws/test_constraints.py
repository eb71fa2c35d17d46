"""What the database refuses it says in words: each constraint its own (`ats/kernel/guards.py`)."""

from django.apps import apps
from django.db.models import BaseConstraint

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
