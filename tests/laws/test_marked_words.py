"""What colleagues choose from, what forms say and what actions refuse is marked for translation, wherever it stands.

Pages alone do not show it: a choice is seen once somebody opens it, a refusal once something goes wrong.
"""

import ast
import re
from collections.abc import Iterator
from typing import Any

from django import forms
from django.conf import settings
from django.db.models.enums import Choices
from django.utils.functional import Promise

from ats.activity import verbs
from ats.kernel.languages import in_language, shipped
from ats.management.texts import PACKAGES
from tests.laws.test_form_words import HOUSE, of_house

NAMES = frozenset(
    {
        *("Accord", "Slack", "Microsoft Teams", "Mattermost", "Twilio", "Vonage", "Sinch", "seven", "46elks"),
        *("English", "Deutsch", "Français", "Español", "العربية"),
    }
)
"""What is called the same everywhere."""
FOR_RECORDS = frozenset({"ats.activity.models.ActorKind"})
"""Choices that no page shows."""
FOR_DEVELOPERS = "ats.web.styleguide"
REFUSALS = frozenset(
    {
        *("Invalid", "WrongState", "Conflict", "NotAllowed", "ValidationError", "add_error"),
        *("toast", "toast_next", "toast_now"),
    }
)
"""What is called with words for who asked."""
OTHER_READERS = re.compile(r"/(api|management|demo|migrations)(/|\.py)|^ats/api/(?!actions)")
"""Code that speaks to programs, or to who looks after the machine: they read English."""


def unmarked(words: Any) -> bool:
    return isinstance(words, str) and not isinstance(words, Promise) and words not in {"", *NAMES}


def choices() -> list[type[Choices]]:
    waiting, found = [Choices], []
    while waiting:
        for each in waiting.pop().__subclasses__():
            waiting.append(each)
            if each.__module__.startswith(HOUSE) and list(each):
                found.append(each)
    return found


def test_all_choices_are_marked() -> None:
    found = {
        f"{each.__module__}.{each.__qualname__}": [one.value for one in each if unmarked(one._label_)]
        for each in choices()
    }
    assert len(found) > 60
    assert {name: left for name, left in found.items() if left and name not in FOR_RECORDS} == {}


def said_by(field: forms.Field) -> Iterator[Any]:
    yield from (field.label, field.help_text, *field.error_messages.values())
    offered = getattr(field, "_choices", None)
    yield from (
        (words for _, words in offered if not isinstance(words, list)) if isinstance(offered, list) else ()
    )


def test_all_that_forms_say_is_marked() -> None:
    found = {
        f"{form.__qualname__}.{name}": [words for words in said_by(field) if unmarked(words)]
        for form in of_house()
        if form.__module__ != FOR_DEVELOPERS
        for name, field in getattr(form, "base_fields", {}).items()
    }
    assert len(found) > 200
    assert {name: left for name, left in found.items() if left} == {}


def test_every_sentence_of_the_feed_is_said_in_german() -> None:
    with in_language("de"):
        left = [
            verb.name
            for verb in verbs.known().values()
            if re.search("[a-z]", re.sub(r"\{\w+\}", "", verb.text)) and shipped(verb.text) == verb.text
        ]
    assert left == []


def refused_in(tree: ast.Module) -> Iterator[str]:
    """Words in a refusal that nobody marked."""
    for node in ast.walk(tree):
        if not isinstance(node, ast.Call):
            continue
        name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
        for given in node.args if name in REFUSALS else ():
            plain = given.value if isinstance(given, ast.Constant) else ""
            words = ast.unparse(given) if isinstance(given, ast.JoinedStr) else plain
            if isinstance(words, str) and re.search("[a-z]{2},? [A-Za-z{(]", words):
                yield words


def test_all_refusals_are_marked() -> None:
    left, looked_at = {}, 0
    for package in PACKAGES:
        for path in sorted((settings.ROOT / package).rglob("*.py")):
            where = path.relative_to(settings.ROOT).as_posix()
            if not OTHER_READERS.search(where):
                looked_at += 1
                left[where] = [*refused_in(ast.parse(path.read_text()))]
    assert looked_at > 500
    assert {where: words for where, words in left.items() if words} == {}


def test_an_unmarked_refusal_is_found() -> None:
    source = 'raise Invalid("Say why."); raise Conflict(f"{who} was faster."); raise Invalid(gettext("So marked."))'
    assert [*refused_in(ast.parse(source))] == ["Say why.", "f'{who} was faster.'"]
