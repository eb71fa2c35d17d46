"""Nobody asks a hiring manager how satisfied they are, and nobody scores one.

Managers are partners, not customers: what they and recruiters owe each other is measured from the record, on both
sides, and what they think of it they tell each other in words. So no model, form or page may hold a survey of
their satisfaction, or a scale on which somebody of the house is rated.
"""

import re
from collections.abc import Iterator
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path

import pytest
from django import forms
from django.apps import apps
from django.conf import settings
from django.db import models

PACKAGES = ("ats", "requisitions", "candidates", "partners")
SURVEY = re.compile(
    r"satisf(?:action|ied)|\bnps\b|net.?promoter|\bcsat\b|happiness|how (?:happy|content|pleased)"
    r"|rate (?:your|the|this) (?:recruiter|manager|partner|colleague|experience|service)"
    r"|(?:recruiter|manager|partner)_?(?:rating|score|stars)|how likely (?:are|is) you\w* to recommend|\bsmiley",
    re.IGNORECASE,
)
SCALE = re.compile(r"rating|score(?!card)|stars|points|grade|mood|level", re.IGNORECASE)
"""Names of fields that would hold a place on a scale."""
OF_CANDIDATES = {
    "Rating": "how a candidate met one criterion, with the evidence; of nobody of the house",
    "ScorecardMark": "what was seen of one criterion in an interview",
    "Scorecard": "the evidence of one interview about a candidate",
    "ScorecardVersion": "the same, as it was before",
}
"""Models that judge candidates on evidence, each with what it is."""


def said(field: models.Field) -> str:
    """Everything that a field says of itself."""
    labels = [str(label) for _, label in (field.flatchoices if field.choices else [])]
    return " ".join([field.name, str(field.verbose_name), str(field.help_text), *labels])


def all_models() -> list[type[models.Model]]:
    return [model for package in PACKAGES for model in apps.get_app_config(package).get_models()]


def of_the_house(model: type[models.Model]) -> bool:
    """Whether a row is about somebody of the house, or about two who work together."""
    points_at = {
        field.related_model.__name__
        for field in model._meta.local_fields
        if isinstance(field, models.ForeignKey) and isinstance(field.related_model, type)
    }
    return bool(points_at & {"User", "Partnership", "Retrospective", "Commitment"})


def is_a_scale(field: models.Field) -> bool:
    """Whether it holds a number or one of some choices."""
    numbers = (models.IntegerField, models.FloatField, models.DecimalField)
    return bool(field.choices) or isinstance(field, numbers)


def findings_in(model: type[models.Model]) -> list[str]:
    """A survey in words, or a scale on a row about somebody of the house."""
    fields = model._meta.local_fields
    found = [f"{model.__name__}.{field.name}" for field in fields if SURVEY.search(said(field))]
    if SURVEY.search(f"{model.__name__} {model._meta.verbose_name}"):
        found.append(model.__name__)
    if of_the_house(model) and model.__name__ not in OF_CANDIDATES:
        scales = [field for field in fields if is_a_scale(field) and SCALE.search(field.name)]
        found += [f"{model.__name__}.{field.name}" for field in scales]
    return found


def form_modules() -> Iterator[str]:
    for package in PACKAGES:
        for path in sorted((Path(settings.ROOT) / package).rglob("forms.py")):
            name = ".".join(path.relative_to(settings.ROOT).with_suffix("").parts)
            if find_spec(name) is not None:
                yield name


def all_forms() -> list[type[forms.BaseForm]]:
    found = {}
    for name in form_modules():
        for each in vars(import_module(name)).values():
            if isinstance(each, type) and issubclass(each, forms.BaseForm) and each.__module__ == name:
                found[f"{name}.{each.__name__}"] = each
    return list(found.values())


def findings_in_form(form: type[forms.BaseForm]) -> list[str]:
    fields = form.base_fields.items()
    texts = {name: f"{name} {field.label} {field.help_text}" for name, field in fields}
    return [f"{form.__name__}.{name}" for name, text in texts.items() if SURVEY.search(text)]


def templates() -> list[Path]:
    return sorted((Path(settings.ROOT) / "templates").rglob("*.html"))


def test_no_model_holds_one() -> None:
    assert [finding for model in all_models() for finding in findings_in(model)] == []


def test_no_form_asks_one() -> None:
    assert len(all_forms()) > 40
    assert [finding for form in all_forms() for finding in findings_in_form(form)] == []


def test_no_source_of_a_form_asks_one() -> None:
    """Fields that are made when the form is: their words stand in its file."""
    sources = {name: Path(str(import_module(name).__file__)).read_text() for name in form_modules()}
    assert [name for name, source in sources.items() if SURVEY.search(source)] == []


def test_no_page_shows_one() -> None:
    pages = {str(path.relative_to(settings.ROOT)): path.read_text() for path in templates()}
    assert len(pages) > 100
    assert [name for name, source in pages.items() if SURVEY.search(source)] == []


def test_the_look_back_is_words_only() -> None:
    """What partners write of each other has no number, no choice and no yes or no."""
    look_back = apps.get_model("partners", "LookBack")
    kinds = {field.name: type(field) for field in look_back._meta.local_fields}
    assert {name for name, kind in kinds.items() if kind is models.TextField} == {
        "helped",
        "hindered",
        "change",
    }
    assert set(kinds) == {
        "id",
        "retrospective",
        "side",
        "author",
        "helped",
        "hindered",
        "change",
        "written_at",
    }


@pytest.mark.parametrize(
    "words",
    [
        "How satisfied are you with your recruiter?",
        "manager_satisfaction",
        "Rate your recruiter",
        "NPS of managers",
        "How happy are you with this hire?",
        "recruiter_rating",
    ],
)
def test_the_search_finds_what_it_is_for(words: str) -> None:
    assert SURVEY.search(words)


@pytest.mark.parametrize(
    "words", ["Unsatisfying answers stay", "A list of managers", "scorecard", "rate limits"]
)
def test_the_search_passes_what_is_something_else(words: str) -> None:
    assert SURVEY.search(words) is None
