"""Every field is classed for personal data, and every verb says what it holds."""

from importlib import import_module

import pytest
from django.apps import apps
from django.db import models

from ats.activity import verbs

PACKAGES = ("ats", "requisitions", "candidates", "partners")
CANNOT_HOLD_DATA = (
    models.AutoField,
    models.ForeignKey,
    models.BooleanField,
    models.IntegerField,
    models.DecimalField,
    models.FloatField,
    models.DateTimeField,
    models.DateField,
    models.TimeField,
    models.UUIDField,
)


def needs_class(field: models.Field) -> bool:
    return not isinstance(field, CANNOT_HOLD_DATA) and not field.choices


@pytest.mark.parametrize("package", PACKAGES)
def test_every_field_is_classed_once_and_no_other(package):
    classes = import_module(f"{package}.data_classes").CLASSES
    said = {
        (model, field)
        for model, by_class in classes.items()
        for fields in by_class.values()
        for field in fields
    }
    count = sum(len(fields) for by_class in classes.values() for fields in by_class.values())
    real = {
        (model.__name__, field.name)
        for model in apps.get_app_config(package).get_models()
        for field in model._meta.local_fields
        if needs_class(field)
    }
    assert said == real
    assert len(said) == count


@pytest.mark.parametrize("verb", verbs.known().values(), ids=lambda verb: verb.name)
def test_every_verb_has_words_and_says_which_data_is_personal(verb):
    assert verb.text.strip()
    assert isinstance(verb.personal, tuple)
    shown = {"body", "message", "reason_text", "note", "filename", "subject"}
    asked = {key for key in shown if f"{{{key}}}" in verb.text}
    assert asked <= set(verb.personal), "what people wrote is personal"
