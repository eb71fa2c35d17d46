"""The words that ship with each role of mail."""

import pytest

from ats.mail import roles
from ats.mail.render import BUTTON, PLACEHOLDER, check, render
from candidates.compose.letters import WAYS

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


LETTERS = ("en", "de", "fr", "es")
"""The languages of letters; who reads Arabic gets the organisation's first, and a word about it."""


@pytest.mark.parametrize("role", ROLES, ids=lambda role: role.name)
def test_what_people_get_is_there_in_every_language_of_theirs(role):
    is_a_letter = role.reader is roles.Reader.CANDIDATE
    assert set(role.words) == (set(LETTERS) if is_a_letter else {"en", "de"})
    assert {language: words.language for language, words in role.words.items()} == {
        language: language for language in role.words
    }


@pytest.mark.parametrize("role", [each for each in ROLES if len(each.words) > 1], ids=lambda role: role.name)
def test_every_language_has_the_same_places_lines_and_buttons(role):
    """The button to the portal says in each language what `letters` takes for it."""

    def shape(words):
        blocks = [block.strip() for block in words.body.split("\n\n")]
        lines = [line for line in words.body.split("\n") if line.startswith("-")]
        places = (PLACEHOLDER.findall(words.subject), sorted(PLACEHOLDER.findall(words.body)))
        return places, len(lines), [bool(BUTTON.match(block)) for block in blocks].count(True)

    assert {language: shape(words) for language, words in role.words.items()} == dict.fromkeys(
        role.words, shape(role.words["en"])
    )
    for place, english in enumerate(WAYS["en"]):
        stands = f"[{english}]" in role.words["en"].body
        assert {f"[{WAYS[language][place]}]" in words.body for language, words in role.words.items()} == {
            stands
        }


@pytest.mark.parametrize("role", ROLES, ids=lambda role: role.name)
def test_words_are_calm(role):
    for words in role.words.values():
        assert "!" not in words.subject + words.body
