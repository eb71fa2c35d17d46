"""What nobody names goes: templates, static files, and what our style sheets are about.

Names are looked for as they stand: `"parts/empty.html"`, `class="chip"`, `classList.add("is-open")`. Where a part of
a name is put together (`f"candidates/portal/{name}.html"`, `class="state-{{ state }}"`), that part has to stand
somewhere in the code too.
"""

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from django.conf import settings
from django.template.utils import get_app_template_dirs

from ats.web import staticfiles

PACKAGES = ("ats", "requisitions", "candidates", "partners")
TEMPLATES, STATIC = settings.ROOT / "templates", settings.ROOT / "static"
OPEN = "\0"
"""Where a name goes on with what is put in."""
WORD = re.compile(rf"[A-Za-z_][\w-]*{OPEN}?|\d+")
CONDITIONS = (
    "@media",
    "@supports",
    "@keyframes",
    "@layer",
    "@font-face",
    "@property",
    "@starting-style",
    "@page",
)


def below(folder: Path, *suffixes: str) -> dict[str, str]:
    """The text of every file below, by its path from there."""
    paths = (path for path in sorted(folder.rglob("*")) if path.is_file() and path.suffix in suffixes)
    return {path.relative_to(folder).as_posix(): path.read_text() for path in paths}


def _strings(code: str) -> Iterator[str]:
    """The strings and numbers of a Python file; of an f-string also the whole, open where something is put in."""
    for node in ast.walk(ast.parse(code)):
        if isinstance(node, ast.JoinedStr):
            yield "".join(str(part.value) if isinstance(part, ast.Constant) else OPEN for part in node.values)
        elif isinstance(node, ast.Constant) and isinstance(node.value, str | int):
            yield str(node.value)


@cache
def strings() -> frozenset[str]:
    modules = (text for name in PACKAGES for text in below(settings.ROOT / name, ".py").values())
    return frozenset(string for code in modules for string in _strings(code))


@cache
def templates() -> dict[str, str]:
    return below(TEMPLATES, ".html", ".txt")


@cache
def scripts() -> dict[str, str]:
    return below(STATIC, ".js")


@cache
def markup() -> str:
    """What stands in the tags of the templates and in their blocks of classes, without the text between them."""
    tags = re.compile(r"<[^<>]*>|\{%.*?%\}|\{\{.*?\}\}", re.DOTALL)
    inside = re.compile(r"\{\{.*?\}\}|\{%.*?%\}", re.DOTALL)
    classes = re.compile(r"\{% block \w+_class %\}(.*?)\{% endblock")
    found: list[str] = []
    for text in templates().values():
        found += inside.findall(text) + classes.findall(text)
        found += (
            inside.sub(lambda put: OPEN if put.group().startswith("{{") else " ", tag)
            for tag in tags.findall(text)
        )
    return "\n".join(found)


@cache
def words() -> frozenset[str]:
    """Every word in markup, strings and scripts that a selector could be about."""
    script = "\n".join(scripts().values()).replace("${", OPEN)
    vendor = [path for path in staticfiles.FILES.values() if path.endswith(".js")]
    theirs = "\n".join((staticfiles.PACKAGES / path).read_text() for path in vendor)
    names = re.findall(r"dataset\.(\w+)", script)
    facts = " ".join("data-" + re.sub("([A-Z])", r"-\1", name).lower() for name in names)
    return frozenset(WORD.findall("\n".join([markup(), script, facts, theirs, *strings()])))


def _put_together(name: str, known: frozenset[str]) -> bool:
    """Whether the name begins as one that is left open, and goes on with what stands somewhere."""
    ends = (place for place in range(1, len(name)) if f"{name[:place]}{OPEN}" in known)
    return any(name[place:] in known for place in ends)


@cache
def said() -> frozenset[str]:
    """What stands in quotes, in the code and in the templates."""
    quoted = (re.findall(r"""["']([\w/.#-]+)["']""", text) for text in templates().values())
    return strings().union(*quoted)


def _filled(name: str) -> bool:
    """Whether an f-string makes this name, and what it puts in stands somewhere."""
    for string in strings():
        if OPEN in string and ".html" in string:
            path = string.removesuffix(OPEN).partition("#")[0]
            pattern = "([^/]*)".join(re.escape(part) for part in path.split(OPEN))
            match = re.fullmatch(pattern, name)
            if match and all(part in said() or _put_together(part, said()) for part in match.groups()):
                return True
    return False


def _theirs(name: str) -> bool:
    """Whether it takes the place of a template that a package brings along."""
    return any((Path(folder) / name).exists() for folder in get_app_template_dirs("templates"))


def test_every_template_is_drawn_by_something() -> None:
    named = {name.partition("#")[0] for name in said()}
    unnamed = [name for name in templates() if name not in named and not _filled(name) and not _theirs(name)]
    assert unnamed == []


def test_every_static_file_is_asked_for() -> None:
    texts = "\n".join([*templates().values(), *strings()])
    imported = set(re.findall(r"""["'](?:\./|/static/js/)([\w-]+\.js)["']""", "\n".join(scripts().values())))
    files = [path.relative_to(STATIC).as_posix() for path in sorted(STATIC.rglob("*")) if path.is_file()]
    sheets = "\n".join(below(STATIC, ".css").values())
    assert [
        name
        for name in files
        if name not in texts and Path(name).name not in imported and f"../{name}" not in sheets
    ] == []


@cache
def sheets() -> str:
    whole = "\n".join(below(STATIC, ".css").values())
    return re.sub(r"/\*.*?\*/", "", whole, flags=re.DOTALL)


def _selectors() -> str:
    heads = (head.strip() for head in re.findall(r"([^{};]+)\{", sheets()))
    return "\n".join(head for head in heads if not head.startswith(CONDITIONS))


def test_every_rule_is_about_something_on_a_page() -> None:
    named = re.findall(r"[.#\[](-?[A-Za-z_][\w-]*)", _selectors())
    missing = {name for name in named if name not in words() and not _put_together(name, words())}
    assert sorted(missing) == []


def test_every_property_and_movement_is_used() -> None:
    used = "\n".join([sheets(), markup(), *strings(), *scripts().values()])
    properties = {name for name in re.findall(r"(--[\w-]+)\s*:", sheets()) if not name.startswith("--tblr-")}
    movements = set(re.findall(r"@keyframes ([\w-]+)", sheets()))
    assert sorted(name for name in properties if not re.search(rf"var\(\s*{name}\b", used)) == []
    assert sorted(name for name in movements if len(re.findall(rf"\b{name}\b", sheets())) < 2) == []
