"""The words that ship with each role of mail."""

import pytest

from ats.mail import roles
from ats.mail.render import PLACEHOLDER, check, render

ROLES = list(roles.known().values())


def used(words):
    return set(PLACEHOLDER.findall(words.subject + words.body))


@pytest.mark.parametrize("role", ROLES, ids=lambda role: role.name)
def test_every_placeholder_is_known_and_the_sample_renders(role):
    for words in role.words.values():
        check(role, words)
        message = render(role, words, role.placeholders)
        assert "{{" not in message.subject + message.text + message.html


@pytest.mark.parametrize("role", ROLES, ids=lambda role: role.name)
def test_every_language_says_the_same_things(role):
    assert "en" in role.words
    assert {frozenset(used(words)) for words in role.words.values()} == {frozenset(used(role.words["en"]))}


@pytest.mark.parametrize("role", ROLES, ids=lambda role: role.name)
def test_words_are_calm(role):
    for words in role.words.values():
        assert "!" not in words.subject + words.body
