"""Which texts are marked for translation, where, and who reads them; and the catalogs that hold them.

Found by Django's own template lexer and Python's parser, and compiled here, so that no tool has to be installed.
"""

import ast
import re
import struct
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from django.apps import apps
from django.conf import settings
from django.utils.translation.template import templatize

from ats.web.phrases import PHRASE

ROOT = settings.ROOT
TEMPLATES = ROOT / "templates"
PACKAGES = ("ats", "requisitions", "candidates", "partners")
CANDIDATES = "locale"
KEPT = "kept"
"""The catalog of what candidates read; every other one is that of a package's texts for colleagues."""

SHOWN_TO_CANDIDATES = (
    "shells/candidate.html",
    "400.html",
    "403.html",
    "403_csrf.html",
    "404.html",
    "410.html",
    "429.html",
    "500.html",
    "503.html",
    "refused.html",
    "candidates/consents/unsubscribe.html",
    "partners/outcomes/answer.html",
    "partners/outcomes/first_months.html",
    "partners/outcomes/over.html",
    *("requisitions/careers", "candidates/apply", "candidates/portal"),
    "candidates/surveys/survey.html",
    "candidates/erasure/portal.html",
    *(f"candidates/data_requests/{name}.html" for name in ("your_data", "copy", "complain")),
)
"""Templates, and folders of them, that candidates are shown; what these include belongs to them."""
DRAWN_BY_CODE = ("parts/field.html", "parts/form.html", "parts/languages.html")
"""What a form or a tag draws: nobody names it."""

NAMED = re.compile(r'\{%\s*(?:include|extends)\s+"([^"]+)"')
CALL = re.compile(r"""\b(n?p?gettext|_)\(((?:u?'(?:\\.|[^'\\])*'|u?"(?:\\.|[^"\\])*"|, |count)+)\)""")
MARKS = re.compile(r"(n?p?gettext)(?:_lazy|_noop)?")
WORTH_READING = re.compile(r"gettext|\bkept\(|\bcounted\(")
FOR_STAFF, FOR_ROWS = "ats.kernel.staff_words", "ats.kernel.kept"
PERCENT = re.compile(r"%\(\w+\)s|%%")
BRACES = re.compile(r"\{\w+\}")

Text = tuple[str, str, str]
"""Its context, the words, and the words for several; empty where there is none."""
Key = tuple[str, str]
"""Its context, and the words."""


@dataclass(frozen=True)
class Place:
    """A text where it stands, and the catalog of those who read it there."""

    text: Text
    path: str
    catalog: str


def candidates_templates() -> tuple[str, ...]:
    """The names of all templates that candidates are shown."""
    found: list[str] = []
    waiting = [*DRAWN_BY_CODE]
    for root in SHOWN_TO_CANDIDATES:
        path = TEMPLATES / root
        waiting += [each.relative_to(TEMPLATES).as_posix() for each in sorted(path.glob("*.html"))] or [root]
    while waiting:
        name = waiting.pop()
        if name not in found:
            found.append(name)
            named = NAMED.findall((TEMPLATES / name).read_text())
            waiting += [each for each in named if (TEMPLATES / each).exists()]  # else one of Django
    return tuple(sorted(found))


def _text(call: str, arguments: list[str]) -> Text:
    context = arguments.pop(0) if "p" in call else ""
    return (context, arguments[0], arguments[1] if call.startswith("n") else "")


def package_of(path: str) -> str:
    """Whose text stands in this file: that of a package, or of the house's ground floor."""
    first = path.removeprefix("templates/").partition("/")[0]
    return first if first in PACKAGES else "ats"


def in_template(source: str) -> Iterator[Text]:
    for call, arguments in CALL.findall(templatize(source)):
        given = ast.literal_eval(f"[{arguments.replace(', count', '')}]")
        yield _text(call.removesuffix("gettext").removesuffix("_"), given)


def in_templates() -> Iterator[Place]:
    shown = candidates_templates()
    for path in sorted(TEMPLATES.rglob("*.html")):
        name = path.relative_to(TEMPLATES).as_posix()
        where = f"templates/{name}"
        for text in in_template(path.read_text()):
            yield Place(text, where, CANDIDATES if name in shown else package_of(where))


def in_python() -> Iterator[Place]:
    for package in PACKAGES:
        for path in sorted((ROOT / package).rglob("*.py")):
            source, where = path.read_text(), path.relative_to(ROOT).as_posix()
            if not WORTH_READING.search(source):
                continue
            tree = ast.parse(source)
            for text in in_sentences(tree):
                yield Place(text, where, package)
            colleagues = _read_by_colleagues(tree)
            calls = [node for node in ast.walk(tree) if isinstance(node, ast.Call)]
            for node in sorted(calls, key=lambda call: (call.lineno, call.col_offset)):
                mark = MARKS.fullmatch(_name(node.func))
                given = [str(each.value) for each in node.args if isinstance(each, ast.Constant)]
                kind = mark[1].removesuffix("gettext") if mark else ""
                if mark and len(given) > len(kind):  # else it says what is marked elsewhere
                    whose = package if _called(node.func) in colleagues else CANDIDATES
                    yield Place(_text(kind, given), where, whose)


def in_constraints() -> Iterator[Place]:
    """What the database refuses, as its constraints say it (`ats.kernel.guards`): plain English, for the migrations."""
    for model in apps.get_models():
        if (package := model._meta.app_label) in PACKAGES:
            where = f"{model.__module__.replace('.', '/')}.py"
            for constraint in model._meta.constraints:
                yield Place((KEPT, str(constraint.get_violation_error_message()), ""), where, package)


def in_sentences(tree: ast.Module) -> Iterator[Text]:
    """What rows and mails keep in English (`ats.kernel.kept`), with the names of what is filled in; counts as well."""
    marks = any(isinstance(node, ast.ImportFrom) and node.module == FOR_ROWS for node in ast.walk(tree))
    for node in ast.walk(tree):
        if marks and isinstance(node, ast.Call) and _name(node.func) == "kept":
            for words in _alternatives(node.args[0]):
                yield (KEPT, words, "")
        elif isinstance(node, ast.Call) and _name(node.func) == "counted":
            for each in node.args[1:]:
                if isinstance(each, ast.Constant):
                    yield (KEPT, f"{{number}} {each.value!s}", "")


def _alternatives(node: ast.expr) -> Iterator[str]:
    """The sentences that an expression may say, and the alternatives within them."""
    if isinstance(node, ast.IfExp):
        yield from _alternatives(node.body)
        yield from _alternatives(node.orelse)
    elif isinstance(node, ast.Constant) and re.search(r"[^\W\d_]{2}", str(node.value)):
        yield str(node.value).strip().removeprefix("- ")
    elif isinstance(node, ast.JoinedStr):
        words, names = "", [""]
        for each in node.values:
            if isinstance(each, ast.FormattedValue):
                name = _place(each.value)
                names.append(name)
                words += f"{{{name}{names.count(name) if names.count(name) > 1 else ''}}}"
                yield from _alternatives(each.value)
            else:
                words += str(each.value)  # type: ignore[attr-defined]
        if re.search(r"[^\W\d_]{2}", re.sub(r"\{\w+\}", "", words)):
            yield words.strip().removeprefix("- ")


def _place(node: ast.expr) -> str:
    """What a place is called: `title` of `role.title`, `facts["title"]`, `str(title)` and `counted(title, ...)`."""
    if isinstance(node, ast.Name):
        return node.id.strip("_")
    if isinstance(node, ast.Attribute):
        return node.attr.strip("_")
    if isinstance(node, ast.Subscript):
        key = getattr(node.slice, "value", None)
        return key if isinstance(key, str) and key.isidentifier() else _place(node.value)
    if isinstance(node, ast.IfExp):
        return _place(node.test)
    if isinstance(node, ast.Call):
        return _place(node.args[0]) if node.args else _place(node.func)
    return next((_place(each) for each in ast.iter_child_nodes(node) if isinstance(each, ast.expr)), "fact")


def in_scripts() -> Iterator[Place]:
    for path in sorted((ROOT / "static" / "js").glob("*.js")):
        for words in PHRASE.findall(path.read_text()):
            yield Place(("", words, ""), path.relative_to(ROOT).as_posix(), "ats")


def _read_by_colleagues(tree: ast.Module) -> set[str]:
    """The names under which a module knows the marks of texts for staff."""
    found = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and node.module == FOR_STAFF:
            found |= {each.name for each in node.names}
        elif isinstance(node, ast.ImportFrom) and f"{node.module}.staff_words" == FOR_STAFF:
            found |= {each.name for each in node.names if each.name == "staff_words"}
    return found


def _name(node: ast.AST) -> str:
    return node.attr if isinstance(node, ast.Attribute) else getattr(node, "id", "")


def _called(node: ast.AST) -> str:
    """`gettext` of `gettext(...)`, `staff_words` of `staff_words.gettext(...)`."""
    return _name(node.value) if isinstance(node, ast.Attribute) else _name(node)


@dataclass
class Wanted:
    """What a catalog has to hold of one text."""

    plural: str = ""
    paths: list[str] = field(default_factory=list)


def wanted() -> dict[str, dict[Key, Wanted]]:
    """By catalog the texts that it holds, in the order of their first place.

    What candidates read somewhere is theirs alone: one text, one translation.
    """
    found: dict[str, dict[Key, Wanted]] = {name: {} for name in (CANDIDATES, *PACKAGES)}
    places = [*in_python(), *in_constraints(), *in_templates(), *in_scripts()]
    for place in sorted(places, key=lambda place: place.path):
        context, words, plural = place.text
        entry = found[place.catalog].setdefault((context, words), Wanted())
        entry.plural = entry.plural or plural
        if place.path not in entry.paths:
            entry.paths.append(place.path)
    for package in PACKAGES:
        for key in found[CANDIDATES].keys() & found[package].keys():
            theirs, ours = found[CANDIDATES][key], found[package].pop(key)
            theirs.plural = theirs.plural or ours.plural
    return found


def path_of(catalog: str, language: str) -> Path:
    """The file that people edit; what is compiled of it stands beside it, as `.mo`."""
    folder = ROOT / "ats" / "locale" if catalog == CANDIDATES else ROOT / catalog / "staff_locale"
    return folder / language / "LC_MESSAGES" / "django.po"


def languages_of(catalog: str) -> list[str]:
    """Those into which its texts are translated."""
    if catalog == CANDIDATES:
        return [code for code, _ in settings.LANGUAGES if code != settings.LANGUAGE_CODE]
    return ["de"]


# --- Files


def read(path: Path) -> tuple[str, dict[Key, list[str]]]:
    """The head of a catalog as it stands there, and by text the forms of its translation."""
    found: dict[Key, list[str]] = {}
    entry: dict[str, str] = {}
    name = head = ""
    for line in [*path.read_text().splitlines(), ""]:
        if not line:
            if "msgid" in entry:
                forms = [text for part, text in sorted(entry.items()) if part.startswith("msgstr")]
                if entry["msgid"]:
                    found[entry.get("msgctxt", ""), entry["msgid"]] = forms
                else:
                    head = forms[0]
            entry = {}
        elif not line.startswith("#"):
            said, _, quoted = line.partition('"')
            name = said.strip() or name
            entry[name] = entry.get(name, "") + ast.literal_eval(f'"{quoted}')
    return head, found


def _quoted(text: str) -> str:
    def line(part: str) -> str:
        escaped = part.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n").replace("\t", "\\t")
        return f'"{escaped}"'

    parts = text.splitlines(keepends=True)
    return line(text) if len(parts) < 2 else "\n".join(['""', *map(line, parts)])


def written(head: str, texts: dict[Key, Wanted], said: dict[Key, list[str]]) -> str:
    """The file that people edit."""
    blocks = [f'#\nmsgid ""\nmsgstr {_quoted(head)}']
    for (context, words), entry in texts.items():
        lines = [f"#: {path}" for path in entry.paths]
        whole = words + entry.plural
        lines += ["#, python-format"] if PERCENT.search(whole) else []
        lines += ["#, python-brace-format"] if BRACES.search(whole) and not PERCENT.search(whole) else []
        lines += [f"msgctxt {_quoted(context)}"] if context else []
        lines.append(f"msgid {_quoted(words)}")
        forms = said[context, words]
        if entry.plural:
            lines.append(f"msgid_plural {_quoted(entry.plural)}")
            lines += [f"msgstr[{number}] {_quoted(form)}" for number, form in enumerate(forms)]
        else:
            lines.append(f"msgstr {_quoted(forms[0])}")
        blocks.append("\n".join(lines))
    return "\n\n".join(blocks) + "\n"


def compiled(head: str, texts: dict[Key, Wanted], said: dict[Key, list[str]]) -> bytes:
    """The same as gettext reads it (GNU gettext, The Format of GNU MO Files): sorted, in one order of bytes."""
    pairs = [(b"", head.encode())]
    for (context, words), forms in said.items():
        key = f"{context}\x04{words}" if context else words
        plural = texts[context, words].plural
        if all(forms):
            pairs.append((f"{key}\0{plural}".encode() if plural else key.encode(), "\0".join(forms).encode()))
    pairs.sort()
    start = 28
    ids, strings = b"".join(a + b"\0" for a, _ in pairs), b"".join(b + b"\0" for _, b in pairs)
    at, first, second = start + 16 * len(pairs), [], []
    for key_bytes, _ in pairs:
        first += [len(key_bytes), at]
        at += len(key_bytes) + 1
    for _, value in pairs:
        second += [len(value), at]
        at += len(value) + 1
    numbers = [0x950412DE, 0, len(pairs), start, start + 8 * len(pairs), 0, start + 16 * len(pairs)]
    return struct.pack(f"<{len(numbers) + 4 * len(pairs)}I", *numbers, *first, *second) + ids + strings
