"""What candidates read is there in all their languages, and says the same things in each.

Texts are in `ats/locale/<language>/LC_MESSAGES/django.po`, and compiled beside it: a fresh machine compiles nothing.
What only colleagues read is in the `staff_locale` of their package. CONTRIBUTING (Languages) says how they are made.
"""

import gettext
import re
from functools import cache
from html.parser import HTMLParser

import pytest

from ats.management import texts as texts_of

TEMPLATES = texts_of.TEMPLATES
LANGUAGES = texts_of.languages_of(texts_of.CANDIDATES)
NO_WORDS = frozenset({"Accord"})
"""What stands in candidates' pages as it is, in every language."""

BLOCK = re.compile(
    r"\{%\s*blocktranslate.*?\{%\s*endblocktranslate\s*%\}|\{% block \w*class %\}.*?\{% endblock %\}",
    re.DOTALL,
)
"""What the search for words leaves out: texts that are marked, and the names of style classes in a block."""
TAGS = re.compile(r"\{#.*?#\}|\{%.*?%\}|\{\{.*?\}\}", re.DOTALL)
READ_ALOUD = ("aria-label", "title", "alt", "placeholder")


class Words(HTMLParser):
    """The words that stand in a template as they are."""

    def __init__(self, source: str) -> None:
        super().__init__()
        self.found: list[str] = []
        self.feed(TAGS.sub(" ", BLOCK.sub(" ", source)))

    def handle_data(self, data: str) -> None:
        self._note(data)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        for name, value in attrs:
            if name in READ_ALOUD:
                self._note(value or "")

    def _note(self, text: str) -> None:
        words = " ".join(text.split())
        if re.search(r"[^\W\d_]{2}", words) and words not in NO_WORDS:
            self.found.append(words)


@pytest.mark.parametrize("name", texts_of.candidates_templates())
def test_no_words_of_a_candidates_page_are_left_out(name: str) -> None:
    assert Words((TEMPLATES / name).read_text()).found == []


# --- Every text is there, and says the same

PLACEHOLDER = re.compile(r"%\(\w+\)s|\{\w+\}")
HTML = re.compile(r"<[^>]+>")


wanted = cache(texts_of.wanted)


@cache
def all_texts(of: str = texts_of.CANDIDATES) -> frozenset[texts_of.Text]:
    """What a catalog has to hold."""
    return frozenset((*key, entry.plural) for key, entry in wanted()[of].items())


def texts() -> frozenset[texts_of.Text]:
    """What candidates read."""
    return all_texts()


@cache
def catalog(language: str, of: str = texts_of.CANDIDATES) -> tuple[dict[tuple[str, str], list[str]], int]:
    """What is compiled: by context and words all forms of the translation; and how many forms the language has."""
    with texts_of.path_of(of, language).with_suffix(".mo").open("rb") as file:
        compiled = gettext.GNUTranslations(file)
    found: dict[tuple[str, str], list[str]] = {}
    for key, said in sorted(compiled._catalog.items(), key=str):
        words = key[0] if isinstance(key, tuple) else key
        context, _, plain = words.rpartition("\x04")
        if plain:
            found.setdefault((context, plain), []).append(said)
    number = re.search(r"nplurals=(\d)", compiled.info()["plural-forms"])
    assert number
    return found, int(number[1])


def written(language: str, of: str = texts_of.CANDIDATES) -> dict[tuple[str, str], list[str]]:
    """What stands in the file that people edit, in the same shape."""
    return texts_of.read(texts_of.path_of(of, language))[1]


CATALOGS = [
    (of, language)
    for of in (texts_of.CANDIDATES, *texts_of.PACKAGES)
    for language in texts_of.languages_of(of)
]
"""Every catalog: those of candidates, and those of colleagues by package (`tests/laws/test_staff_languages.py`)."""


def test_a_text_is_found_wherever_it_stands() -> None:
    assert {
        ("", "Send application", ""),  # a template
        ("people whom one meets", "with", ""),
        ("", "%(number)s job", "%(number)s jobs"),
        ("", "First answer", ""),  # a row that the house ships
        ("", "a minute", "%(minutes)s minutes"),  # Python
        ("pay", "a year", ""),
    } <= texts()


@pytest.mark.parametrize(("of", "language"), CATALOGS)
def test_every_text_is_translated_and_no_other_is_kept(of: str, language: str) -> None:
    there, forms = catalog(language, of)
    assert {key: len(said) for key, said in there.items()} == {
        (context, words): forms if plural else 1 for context, words, plural in all_texts(of)
    }
    assert [key for key, said in there.items() if not all(said)] == []


@pytest.mark.parametrize(("of", "language"), CATALOGS)
def test_what_is_compiled_is_what_is_written(of: str, language: str) -> None:
    assert "fuzzy" not in texts_of.path_of(of, language).read_text()
    assert catalog(language, of)[0] == written(language, of)


@pytest.mark.parametrize(("of", "language"), CATALOGS)
def test_a_translation_holds_the_same_facts_and_marks(of: str, language: str) -> None:
    there, _ = catalog(language, of)
    for context, words, plural in all_texts(of):
        said = there[context, words]
        whole = plural or words  # one, two or none of something may do without its number
        assert sorted(PLACEHOLDER.findall(said[-1])) == sorted(PLACEHOLDER.findall(whole)), said[-1]
        for form in said:
            assert set(PLACEHOLDER.findall(form)) <= set(PLACEHOLDER.findall(whole)), form
            assert sorted(HTML.findall(form)) == sorted(HTML.findall(whole)), form


@pytest.mark.parametrize(("of", "language"), CATALOGS)
def test_translations_are_calm(of: str, language: str) -> None:
    assert [said for forms in catalog(language, of)[0].values() for said in forms if "!" in said] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_stands_in_several_catalogs_is_said_alike(language: str) -> None:
    said: dict[tuple[str, str], set[tuple[str, ...]]] = {}
    for of, spoken in CATALOGS:
        if spoken == language:
            for key, forms in catalog(language, of)[0].items():
                said.setdefault(key, set()).add(tuple(forms))
    assert {key: found for key, found in said.items() if len(found) > 1} == {}
