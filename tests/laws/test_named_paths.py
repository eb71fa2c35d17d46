"""What words point to is there: a path in a docstring, a comment or a page for developers leads somewhere."""

import re
from pathlib import Path

from django.apps import apps
from django.conf import settings

ROOT = Path(settings.ROOT)
PACKAGES = ("ats", "requisitions", "candidates", "partners", "benchmarks", "mutation")
MODULE = re.compile(r"(?<![\w./-])(?:[a-z_]+/)*[a-z_]+\.py\b")
BY_NAME = {
    "ats/retention/actions.py": "the one table of terms speaks of all floors, and names models by label",
    "candidates/data_requests/queries/reading.py": "a copy of somebody's data holds rows of all floors, by label",
}


def test_modules_that_are_named_are_there() -> None:
    code = [path for package in PACKAGES for path in (ROOT / package).rglob("*.py")]
    others = [*(ROOT / "tests").rglob("*.py"), *(ROOT / ".ci").glob("*.py"), *ROOT.glob("*.py")]
    known = [f"/{path.relative_to(ROOT)}" for path in [*code, *others]]
    pages = [*(ROOT / "docs").glob("*.md"), ROOT / "CONTRIBUTING.md", ROOT / "README.md"]
    missing = [
        (str(path.relative_to(ROOT)), named)
        for path in [*code, *pages]
        if "migrations" not in path.parts
        for named in MODULE.findall(path.read_text())
        if not any(each.endswith(f"/{named}") for each in known)
    ]
    assert missing == []


def test_no_model_is_fetched_by_its_name() -> None:
    """An arrow that the imports do not show: `.importlinter` could not hold it."""
    fetching = [
        str(path.relative_to(ROOT))
        for config in apps.get_app_configs()
        if config.name in PACKAGES
        for path in Path(config.path).rglob("*.py")
        if "migrations" not in path.parts and re.search(r"\bget_model\(", path.read_text())
    ]
    assert fetching == list(BY_NAME)


def test_decisions_have_numbers_of_their_own() -> None:
    pages = sorted((ROOT / "docs" / "adr").glob("*.md"))
    heads = [re.match(r"# (\d+)\.", page.read_text()) for page in pages]
    assert [int(head[1]) if head else 0 for head in heads] == [int(page.name[:4]) for page in pages]
    assert len({page.name[:4] for page in pages}) == len(pages)
