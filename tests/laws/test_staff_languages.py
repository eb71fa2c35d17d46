"""Colleagues' pages: every word of their templates is marked.

Their texts are in `<package>/staff_locale`; `tests/laws/test_languages.py` holds those catalogs to the same laws as
that of candidates.
"""

import re
from functools import cache
from itertools import pairwise

import pytest
from django.conf import settings
from django.template.base import Lexer, TokenType
from django.utils import translation
from django.utils.text import smart_split

from ats.kernel import staff_words
from ats.kernel.languages import in_language, speaking, spoken
from ats.management import texts
from tests.laws.test_languages import TEMPLATES, Words

FOR_DEVELOPERS = frozenset({"styleguide.html", "styleguide_candidate.html"})
NO_WORDS = frozenset({"Accord", "· Accord", "https://", "API", "CSV", "PDF"})
"""What stands in colleagues' pages as it is, in every language."""
OTHER_ARGUMENTS = frozenset(
    {
        *("load", "extends", "include", "url", "static", "block", "endblock", "frame", "again", "partial"),
        *("partialdef", "endpartialdef", "optional", "translate", "trans", "icon", "form_of"),
    }
)
"""Tags whose first arguments are no words."""
NAMES = re.compile(r"\b(?:cls|class|data_keeps|size|icon|href|sheet|kind|name|id|format)=")
SCRIPT = re.compile(r"<script\b.*?</script>", re.DOTALL)
LITERAL = re.compile(r"""(?P<mark>_\(|date:|time:)?(?P<quote>["'])(?P<said>.*?)(?P=quote)""")
ENGLISH_ONLY = re.compile(r"""\|(counted|pluralize|yesno|join:["'][^"']*[a-z]|date:["'][^"']*j [FM])""")
"""Filters that put sentences together as English does; days by name: `|date:"DAY"`."""
SAID = re.compile(r"^[A-Z][a-z]|[a-z]{2},? [A-Za-z(]")
"""A literal that people read, and no name of something: it begins like a sentence or has several words."""


def unmarked(source: str) -> list[str]:
    """Words in the arguments of tags and filters that stand there as they are."""
    found = []
    for token in Lexer(source).tokenize():
        if token.token_type not in {TokenType.BLOCK, TokenType.VAR}:
            continue
        found += [f"|{name}" for name in ENGLISH_ONLY.findall(token.contents)]
        bits = list(smart_split(token.contents))
        tag = bits[0] if token.token_type is TokenType.BLOCK else ""
        skipped = 2 if tag in OTHER_ARGUMENTS else 1 if tag else 0
        for before, bit in pairwise(["", *bits[skipped:]]):
            if tag in {"translate", "trans", "if", "elif"} or NAMES.match(bit) or before == "context":
                continue
            found += [
                each["said"]
                for each in LITERAL.finditer(bit)
                if not each["mark"] and SAID.search(each["said"]) and each["said"] not in NO_WORDS
            ]
    return found


@cache
def left() -> dict[str, list[str]]:
    """By template of colleagues the words in it that nobody marked."""
    theirs = set(texts.candidates_templates())
    found = {}
    for path in sorted(TEMPLATES.rglob("*.html")):
        name = path.relative_to(TEMPLATES).as_posix()
        if name not in theirs | FOR_DEVELOPERS:
            source = SCRIPT.sub(" ", path.read_text())
            words = [each for each in Words(source).found if each not in NO_WORDS]
            found[name] = [*words, *unmarked(source)]
    return found


@pytest.mark.parametrize("name", left())
def test_no_words_of_a_colleagues_page_are_left_out(name: str) -> None:
    assert left()[name] == []


def test_words_in_arguments_are_found() -> None:
    source = """{% empty "No roles yet." action=_("Open a role") href="/a b/" %}{{ n|counted:"day,days" }}
    {{ name|default:"Nobody yet" }}{% url "the name" %}{% if state == "open" %}{% translate "Marked words" %}
    {% blocktranslate with n=1 context "of a brief" %}Version {{ n }}{% endblocktranslate %}
    {% endif %}{{ names|join:" and " }}{{ at|date:"j F" }}{{ at|date:"DAY" }}"""
    assert unmarked(source) == ["No roles yet.", "|counted", "Nobody yet", '|join:" and', '|date:"j F']


def test_one_place_alone_changes_the_language_of_now() -> None:
    """What `staff_words` say follows `ats.kernel.languages.in_language`, and would not follow Django's own."""
    changes = re.compile(r"\btranslation\.(override|activate|deactivate)\b")
    found = {
        path.relative_to(settings.ROOT).as_posix()
        for package in ("ats", "candidates", "requisitions", "partners")
        for path in (settings.ROOT / package).rglob("*.py")
        if changes.search(path.read_text())
    }
    assert found == {"ats/kernel/languages.py"}


def test_words_follow_the_language_of_now() -> None:
    saving = staff_words.gettext_lazy("Save")
    assert (str(saving), staff_words.gettext("Save"), spoken()) == ("Save", "Save", "en")
    with in_language("de"):
        assert (str(saving), staff_words.gettext("Save"), spoken()) == ("Speichern", "Speichern", "de")
        with speaking("en"):
            assert (str(saving), spoken()) == ("Save", "en")
        with pytest.raises(ZeroDivisionError), in_language("fr"):
            raise ZeroDivisionError
        assert (str(saving), spoken(), translation.get_language()) == ("Speichern", "de", "de")
    with translation.override("de"):  # where nobody else has said
        assert (str(saving), spoken()) == ("Speichern", "de")
