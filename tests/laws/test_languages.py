"""What candidates read is there in all their languages, and says the same things in each.

Texts are in `ats/locale/<language>/LC_MESSAGES/django.po`, and compiled beside it: a fresh machine compiles nothing.
CONTRIBUTING (Languages) says how they are made.
"""

import ast
import gettext
import re
from collections.abc import Iterator
from functools import cache
from html.parser import HTMLParser

import pytest
from django.conf import settings
from django.utils.translation.template import templatize

TEMPLATES, LOCALE = settings.ROOT / "templates", settings.ROOT / "ats" / "locale"
LANGUAGES = [code for code, _ in settings.LANGUAGES if code != settings.LANGUAGE_CODE]
ROOTS = (
    "shells/candidate.html",
    "400.html",
    "403_csrf.html",
    "404.html",
    "410.html",
    "429.html",
    "500.html",
    "503.html",
    "refused.html",
    "candidates/consents/unsubscribe.html",
    *("requisitions/careers", "candidates/apply", "candidates/portal"),
)
"""Templates, and folders of them, that candidates are shown; what these include belongs to them."""
ALSO = ("parts/field.html", "parts/form.html", "parts/languages.html")
"""What is drawn by a form and by a tag: nobody names it."""
NO_WORDS = frozenset({"Accord"})
"""What stands in candidates' pages as it is, in every language."""

NAMED = re.compile(r'\{%\s*(?:include|extends)\s+"([^"]+)"')
BLOCK = re.compile(r"\{%\s*blocktranslate.*?\{%\s*endblocktranslate\s*%\}", re.DOTALL)
TAGS = re.compile(r"\{#.*?#\}|\{%.*?%\}|\{\{.*?\}\}", re.DOTALL)
READ_ALOUD = ("aria-label", "title", "alt", "placeholder")


@cache
def templates() -> tuple[str, ...]:
    """The names of all templates that candidates are shown."""
    found: list[str] = []
    waiting = [*ALSO]
    for root in ROOTS:
        path = TEMPLATES / root
        waiting += [each.relative_to(TEMPLATES).as_posix() for each in sorted(path.glob("*.html"))] or [root]
    while waiting:
        name = waiting.pop()
        if name not in found:
            found.append(name)
            named = NAMED.findall((TEMPLATES / name).read_text())
            waiting += [each for each in named if (TEMPLATES / each).exists()]  # else one of Django
    return tuple(sorted(found))


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


@pytest.mark.parametrize("name", templates())
def test_no_words_of_a_candidates_page_are_left_out(name: str) -> None:
    assert Words((TEMPLATES / name).read_text()).found == []


# --- Every text is there, and says the same

CALL = re.compile(r"""\b(n?p?gettext)\(((?:u?'(?:\\.|[^'\\])*'|u?"(?:\\.|[^"\\])*"|, |count)+)\)""")
MARKS = re.compile(r"(n?p?gettext)(?:_lazy|_noop)?")
PLACEHOLDER = re.compile(r"%\(\w+\)s|\{\w+\}")
HTML = re.compile(r"<[^>]+>")
Text = tuple[str, str, str]
"""Its context, the words, and the words for several; empty where there is none."""


def _text(call: str, arguments: list[str]) -> Text:
    context = arguments.pop(0) if "p" in call else ""
    return (context, arguments[0], arguments[1] if call.startswith("n") else "")


def in_templates() -> Iterator[Text]:
    for path in TEMPLATES.rglob("*.html"):
        for call, arguments in CALL.findall(templatize(path.read_text())):
            given = ast.literal_eval(f"[{arguments.replace(', count', '')}]")
            yield _text(call.removesuffix("gettext"), given)


def in_python() -> Iterator[Text]:
    for package in ("ats", "requisitions", "candidates", "partners"):
        for path in sorted((settings.ROOT / package).rglob("*.py")):
            source = path.read_text()
            if "gettext" not in source:
                continue
            for node in ast.walk(ast.parse(source)):
                if isinstance(node, ast.Call) and (mark := MARKS.fullmatch(_name(node.func))):
                    given = [each.value for each in node.args if isinstance(each, ast.Constant)]
                    if given:
                        yield _text(mark[1].removesuffix("gettext"), [str(each) for each in given])


def _name(node: ast.AST) -> str:
    return node.attr if isinstance(node, ast.Attribute) else getattr(node, "id", "")


@cache
def texts() -> frozenset[Text]:
    return frozenset([*in_templates(), *in_python()])


@cache
def catalog(language: str) -> tuple[dict[tuple[str, str], list[str]], int]:
    """What is compiled: by context and words all forms of the translation; and how many forms the language has."""
    path = LOCALE / language / "LC_MESSAGES" / "django.mo"
    with path.open("rb") as file:
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


def written(language: str) -> dict[tuple[str, str], list[str]]:
    """What stands in the file that people edit, in the same shape."""
    found: dict[tuple[str, str], list[str]] = {}
    entry: dict[str, str] = {}
    field = ""
    for line in [*(LOCALE / language / "LC_MESSAGES" / "django.po").read_text().splitlines(), ""]:
        if not line:
            if entry.get("msgid"):
                forms = [text for name, text in sorted(entry.items()) if name.startswith("msgstr")]
                found[entry.get("msgctxt", ""), entry["msgid"]] = forms
            entry = {}
        elif not line.startswith("#"):
            name, _, quoted = line.partition('"')
            field = name.strip() or field
            entry[field] = entry.get(field, "") + ast.literal_eval(f'"{quoted}')
    return found


def test_a_text_is_found_wherever_it_stands() -> None:
    assert {
        ("", "Send application", ""),  # a template
        ("people whom one meets", "with", ""),
        ("", "%(number)s job", "%(number)s jobs"),
        ("", "First answer", ""),  # a row that the house ships
        ("", "a minute", "%(minutes)s minutes"),  # Python
        ("pay", "a year", ""),
    } <= texts()


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_text_is_translated_and_no_other_is_kept(language: str) -> None:
    there, forms = catalog(language)
    wanted = {(context, words): forms if plural else 1 for context, words, plural in texts()}
    assert {key: len(said) for key, said in there.items()} == wanted
    assert [key for key, said in there.items() if not all(said)] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_is_compiled_is_what_is_written(language: str) -> None:
    path = LOCALE / language / "LC_MESSAGES" / "django.po"
    assert "fuzzy" not in path.read_text()
    assert catalog(language)[0] == written(language)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_translation_holds_the_same_facts_and_marks(language: str) -> None:
    there, _ = catalog(language)
    for context, words, plural in texts():
        said = there[context, words]
        whole = plural or words  # one, two or none of something may do without its number
        assert sorted(PLACEHOLDER.findall(said[-1])) == sorted(PLACEHOLDER.findall(whole)), said[-1]
        for form in said:
            assert set(PLACEHOLDER.findall(form)) <= set(PLACEHOLDER.findall(whole)), form
            assert sorted(HTML.findall(form)) == sorted(HTML.findall(whole)), form


@pytest.mark.parametrize("language", LANGUAGES)
def test_translations_are_calm(language: str) -> None:
    assert [said for forms in catalog(language)[0].values() for said in forms if "!" in said] == []
