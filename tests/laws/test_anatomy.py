"""One anatomy for every room: a file is where a newcomer looks for it, and writes are only where writes belong.

A slice holds `models`, `workflow`, `rules`, `queries`, `events`, `mails`, `tasks`, `listeners`, `api` and `actions`;
what its pages need (`views`, `forms`, `urls`, `cards`) stands beside them in a small slice, else in `pages/`. From some
six use cases on, writes are `actions/<verb>.py`, and reads of many pages are `queries/<noun>.py`: the package's
`__init__` is the face that hands them on. Pure logic is `domain/<noun>.py`; rows that the house ships are `seeds`.
"""

import ast
import re
from collections.abc import Iterator
from functools import cache, lru_cache
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings

HOLDS_FOR = ("ats", "requisitions", "candidates", "partners")
"""The packages whose rooms keep the anatomy."""

FILES = {
    "models",
    "workflow",
    "rules",
    "queries",
    "events",
    "mails",
    "tasks",
    "listeners",
    "api",
    "actions",
    "seeds",
}
PAGE_FILES = {"views", "forms", "urls", "cards"}
PAGES_BELOW = {"settings", "public", "interviews", "offers", "promises", "sms", "submissions"}
"""Rooms of pages: those in the settings, those for everybody, and the portal's of five kinds."""
BY_NAME = {"actions", "queries", "domain", "seeds"}
"""Folders whose files are named by what they do (`actions`) or are about."""

NO_SLICES = {
    "ats/kernel": "what every floor stands on; it has no tables",
    "ats/web": "what every page is drawn with",
    "ats/sandbox": "the process for strangers' files",
    "ats/activity": "the record itself",
    "ats/duework": "the engine of all due work",
    "ats/mail": "the outbox and its delivery",
    "ats/api": "the parts of REST framework, under its names",
    "ats/upkeep": "backup, restore and readiness: programs, no rooms",
    "ats/embedded": "servers for a machine that has none",
    "ats/demo": "a company to look at",
    "ats/settings": "Django's settings",
    "ats/formats": "how days are written in each language, where Django looks for it",
    "candidates/access": "who may see what: a module for each model",
    "candidates/compose": "writing to candidates: words, letters and when they may leave; it has no tables",
}
"""Folders beside the slices, each with its reason; their files go by the names of their field."""

DJANGOS = {"management", "migrations", "templatetags"}

EXTRA = {
    "ats/accounts/adapter.py": "allauth asks for it",
    "ats/accounts/middleware.py": "Django asks for it",
    "candidates/apply/closed.py": "the form once more, for a job that closed while somebody wrote",
    "candidates/apply/kept_uploads.py": "files of a form that has to be sent again, in no table",
    "candidates/people_pages/cells.py": "rows of a hot page, as text",
    "candidates/board/pages/bulk.py": "what is done with many cards at once",
    "candidates/board/pages/closing.py": "the end of a role, with an answer to everybody",
    "candidates/documents/reading/__init__.py": "asks the process for strangers' files",
    "candidates/documents/reading/child.py": "runs in the process for strangers' files",
    **{
        f"candidates/documents/reading/{name}.py": "runs in the process for strangers' files"
        for name in (
            *(
                "formats",
                "found",
                "xml",
                "hyphens",
                "asides",
                "charset",
                "markup",
                "story",
                "odt",
                "rtf",
                "txt",
            ),
            *("docx", "docx_parts", "docx_story"),
            *("active", "active_pdf", "active_docx", "active_odt", "active_rtf"),
            *("unseen", "unseen_pdf", "unseen_docx", "unseen_odt", "unseen_rtf"),
            "recognise",
            *("pdf", "pdf_page", "pdf_letters", "pdf_spacing", "pdf_right_to_left", "pdf_marks"),
            *("pdf_beside", "pdf_links", "pdf_attached"),
        )
    },
    "candidates/documents/recognising.py": "asks the process for strangers' files about the picture of a page",
    "candidates/documents/scanning.py": "asks the virus scanner",
    "candidates/resumes/child.py": "runs in the process for strangers' words",
    "candidates/resumes/figures.py": "asks the reader about files whose truth is known, for the commands",
    "candidates/promises/around.py": "what is promised around interviews, times and offers",
    "candidates/promises/deadlines.py": "what the clock does to promises",
    "candidates/promises/debts.py": "what is owed without a date, and who hears of it",
    "candidates/promises/digests.py": "what owners are told, one message for all of it",
    "candidates/promises/effects.py": "what becomes of the open promise, done",
    "candidates/promises/engine.py": "opening and settling promises",
    "candidates/promises/outer.py": "the dates that law sets, for every promise that is made",
    "candidates/promises/outcomes.py": "from a decision to the moment in which its candidate knows",
    "candidates/promises/policy.py": "what becomes of the open promise, as data",
    "candidates/scheduling/pages/availability.py": "when interviewers can: asked by one, said by another",
    "candidates/scheduling/pages/proposed.py": "another time, taken or not",
    "ats/retention/terms.py": "the one table of how long what is kept",
    "partners/checkins/pages/by_mail.py": "the page behind the link in a mail",
    "requisitions/careers/cache.py": "public pages kept ready, in no table",
    "requisitions/roles/pages/wizard.py": "the writing of a role in steps: forms, their order, and what is missing",
}
"""Single files of slices under another name, each with its reason."""

MAY_WRITE = {
    "ats/activity": "the record writes itself, in the transaction of what it is about",
    "ats/duework": "claiming and settling what is due",
    "ats/mail": "the outbox, its delivery, and what comes back",
    "candidates/promises": "what is owed is written in the transaction of what was heard, and by the clock",
    "ats/demo": "seeds",
    "ats/management/commands/demo.py": "seeds",
    "ats/api/authentication.py": "when a token was used last",
    "ats/api/idempotency.py": "an answer is kept in the transaction of the write that it answers",
    "ats/upkeep/backup.py": "all tables as they were at one moment",
    "ats/upkeep/ready.py": "a row is written to know that rows can be",
    "ats/accounts/adapter.py": "allauth tells of a failed sign-in outside of any transaction",
    "ats/accounts/models.py": "Django's manager of users",
}
"""Where rows are written or transactions opened outside of actions, seeds and migrations, each with its reason."""

ROW_WRITES = {"save", "create", "update", "delete"}
BULK_WRITES = {"bulk_create", "bulk_update", "get_or_create", "update_or_create"}
SET_WRITES = {"add", "set", "remove", "clear"}
WRITES_IN_KEPT_WORDS = {"writing.insert", "writing.update"}
READS = {
    "filter",
    "exclude",
    "annotate",
    "aggregate",
    "select_related",
    "prefetch_related",
    "values_list",
    "raw",
}
CLOCKS = {"timezone.now", "timezone.localdate", "datetime.now", "date.today", "time.time"}


def modules(package: str) -> Iterator[Path]:
    """The package's own files as paths below the root, without migrations."""
    for path in sorted((settings.ROOT / package).rglob("*.py")):
        if "migrations" not in path.parts:
            yield path.relative_to(settings.ROOT)


def _is_in(path: Path, places: dict[str, str]) -> bool:
    return any(path.as_posix() == place or Path(place) in path.parents for place in places)


def slices() -> list[Path]:
    """The folders of all slices."""
    found = {Path(*path.parts[:2]) for name in HOLDS_FOR for path in modules(name) if len(path.parts) > 2}
    return sorted(each for each in found if each.as_posix() not in NO_SLICES and each.name not in DJANGOS)


def _has_a_room(parts: tuple[str, ...]) -> bool:
    """Whether a file of a slice, given below it, is where the anatomy says; `parts` end without `.py`."""
    match parts:
        case ("__init__",):
            return True
        case (name,):
            return name in FILES | PAGE_FILES
        case ("pages", name):
            return name in PAGE_FILES | {"__init__"}
        case ("pages", below, name):
            return below in PAGES_BELOW and name in PAGE_FILES | {"__init__"}
        case (folder, _):
            return folder in BY_NAME
    return False


@pytest.mark.parametrize("place", slices(), ids=str)
def test_every_file_of_a_slice_is_where_one_looks_for_it(place: Path) -> None:
    files = [path for path in modules(place.as_posix()) if path.as_posix() not in EXTRA]
    astray = [str(path) for path in files if not _has_a_room(path.relative_to(place).with_suffix("").parts)]
    assert astray == []


@pytest.mark.parametrize("place", slices(), ids=str)
def test_pages_stand_in_one_place(place: Path) -> None:
    """Beside the slice's other files, or all in `pages/`."""
    flat = [name for name in PAGE_FILES if (settings.ROOT / place / f"{name}.py").exists()]
    assert not (flat and (settings.ROOT / place / "pages").exists())


@pytest.mark.parametrize("package", HOLDS_FOR)
def test_no_name_needs_a_prefix(package: str) -> None:
    """`settings_views` and `offer_queries` are rooms that nobody made."""
    prefixed = re.compile(r"_(views|forms|urls|queries|actions|models|rules)$")
    assert [str(path) for path in modules(package) if prefixed.search(path.stem)] == []


def test_actions_are_named_by_what_they_do() -> None:
    """`move`, `decide`, `undo`: never `moving`."""
    verbs = [path for name in HOLDS_FOR for path in modules(name) if path.parent.name == "actions"]
    assert verbs
    assert [str(path) for path in verbs if path.stem.endswith(("ing", "ed"))] == []


def test_what_is_no_slice_is_there() -> None:
    """Who goes takes the exception along."""
    named = [*NO_SLICES, *EXTRA, *MAY_WRITE]
    assert [place for place in named if not (settings.ROOT / place).exists()] == []


@lru_cache(maxsize=1)
def _tree(path: Path) -> ast.Module:
    return ast.parse((settings.ROOT / path).read_text())


def _calls(path: Path) -> Iterator[tuple[ast.Call, ast.Attribute]]:
    for node in ast.walk(_tree(path)):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            yield node, node.func


@cache
def _sets_of_rows() -> set[str]:
    """What models call the rows that they are joined with many to many, from either side."""
    fields = [
        field for model in apps.get_models() for field in model._meta.get_fields() if field.many_to_many
    ]
    return {getattr(field, "get_accessor_name", lambda field=field: field.name)() for field in fields}


def writes(path: Path) -> list[str]:
    """What of a file writes rows or opens a transaction: a dictionary's `update` has an argument, a row's has names."""
    sets = _sets_of_rows()
    found = [
        node for node in ast.walk(_tree(path)) if isinstance(node, ast.Attribute) and node.attr == "atomic"
    ]
    for call, method in _calls(path):
        if method.attr in BULK_WRITES or (method.attr in ROW_WRITES and not call.args):
            found.append(method)
        if (
            method.attr in SET_WRITES
            and isinstance(method.value, ast.Attribute)
            and method.value.attr in sets
        ):
            found.append(method)
        called = f"{method.value.id}.{method.attr}" if isinstance(method.value, ast.Name) else ""
        if called in WRITES_IN_KEPT_WORDS:
            found.append(method)
    return [f"{path}:{node.lineno} {ast.unparse(node)}" for node in found]


@pytest.mark.parametrize("package", HOLDS_FOR)
def test_rows_are_written_by_actions_alone(package: str) -> None:
    others = [
        path
        for path in modules(package)
        if path.stem not in {"actions", "seeds"}
        and not {"actions", "seeds"} & set(path.parts)
        and not _is_in(path, MAY_WRITE)
    ]
    assert [line for path in others for line in writes(path)] == []


@pytest.mark.parametrize("place", MAY_WRITE)
def test_who_may_write_does(place: str) -> None:
    """An exception that nobody needs goes."""
    root = settings.ROOT / place
    files = [Path(place)] if root.is_file() else list(modules(place))
    assert any(writes(path) for path in files)


def _runs(path: Path) -> Iterator[ast.AST]:
    """The file without what is imported for its types alone."""
    tree = _tree(path)
    for part in tree.body:
        if not (isinstance(part, ast.If) and ast.unparse(part.test) == "TYPE_CHECKING"):
            yield from ast.walk(part)


def _leaves_the_domain(path: Path) -> Iterator[str]:
    """What a pure module must not have: the database, the clock, and those who use them."""
    for node in _runs(path):
        if isinstance(node, ast.ImportFrom) and node.module:
            names = {*node.module.split("."), *(each.name for each in node.names)}
            if node.module.startswith("django.db") or names & {"actions", "queries", "views"}:
                yield f"{path}:{node.lineno} imports {node.module}"
        if isinstance(node, ast.Attribute) and (node.attr == "objects" or ast.unparse(node) in CLOCKS):
            yield f"{path}:{node.lineno} {ast.unparse(node)}"
    for _, method in _calls(path):
        if method.attr in READS:
            yield f"{path}:{method.lineno} {ast.unparse(method)}"


def test_the_domain_knows_no_database_and_no_clock() -> None:
    pure = [path for name in HOLDS_FOR for path in modules(name) if path.parent.name == "domain"]
    assert pure
    assert [line for path in pure for line in _leaves_the_domain(path)] == []


def test_what_the_map_names_is_there() -> None:
    named = re.findall(
        rf"`((?:{'|'.join(HOLDS_FOR)})/[\w/.]+)`", (settings.ROOT / "docs/architecture.md").read_text()
    )
    assert named
    assert [path for path in named if not (settings.ROOT / path).exists()] == []
