"""What forms say of mistakes is in the house's words and tone, in every language, and never in Django's."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import django
import pytest
from django import forms
from django.forms import BaseForm
from django.urls import get_resolver
from django.utils import translation

from ats.management.texts import read, wanted
from candidates.apply.forms import ApplyForm
from requisitions.models import QuestionKind
from tests import factories

HOUSE = ("ats.", "candidates.", "requisitions.", "partners.")
DJANGOS = Path(django.__file__).parent / "conf" / "locale" / "en" / "LC_MESSAGES" / "django.po"


def of_house() -> list[type[BaseForm]]:
    get_resolver().url_patterns  # noqa: B018 - every page and its forms is loaded by that
    waiting, found = [BaseForm], []
    while waiting:
        for each in waiting.pop().__subclasses__():
            waiting.append(each)
            if each.__module__.startswith(HOUSE) and each not in found:
                found.append(each)
    return found


def said_by(field: forms.Field) -> Iterator[tuple[str, Any]]:
    """All that a field may say, by where it is said."""
    yield from field.error_messages.items()
    for validator in field.validators:
        several = getattr(validator, "messages", {})
        for words in [*several.values(), getattr(validator, "message", None)]:
            yield type(validator).__name__, words


def english(words: Any) -> str:
    with translation.override("en"):
        return str(words)


def of_django(fields: Mapping[str, forms.Field], djangos: set[str]) -> dict[str, str]:
    """What these fields say in words that Django has and we have not."""
    return {
        f"{name}.{place}": english(words)
        for name, field in fields.items()
        for place, words in said_by(field)
        if words is not None and english(words) in djangos
    }


@pytest.fixture(scope="module")
def djangos() -> set[str]:
    """The texts of Django that the house does not mark as its own. One for several says nothing until it is counted."""
    _, there = read(DJANGOS)
    return {"", *(words for _, words in there)} - {
        words for catalog in wanted().values() for _, words in catalog
    }


def test_no_field_of_a_form_says_anything_in_the_words_of_django(djangos: set[str]) -> None:
    found = {form.__qualname__: of_django(getattr(form, "base_fields", {}), djangos) for form in of_house()}
    assert {name: words for name, words in found.items() if words} == {}
    assert len(found) > 60


@pytest.mark.django_db
def test_nor_does_any_question_of_the_form_that_candidates_fill_in(djangos: set[str]) -> None:
    post = factories.make_post(factories.make_requisition())
    questions = [
        factories.make_question(post, kind, label="Which?", options=["one", "two"])
        for kind in QuestionKind.values
    ]
    form = ApplyForm(post, questions)
    assert len(form.fields) >= len(questions) + 6
    assert of_django(dict(form.fields), djangos) == {}


def test_the_law_finds_what_django_would_say(djangos: set[str]) -> None:
    plain = {"name": forms.UUIDField(), "other": forms.SlugField()}
    assert of_django(plain, djangos) == {
        "name.invalid": "Enter a valid UUID.",
        "other.RegexValidator": "Enter a valid “slug” consisting of letters, numbers, underscores or hyphens.",
    }
