"""A tree for each module under `$VAR/mutants`: the code with its mutants, beside links to all that stays."""

import configparser
import subprocess
from pathlib import Path

from mutation.lowering import lowered
from mutation.modules import Module

ROOT = Path(__file__).resolve().parent.parent
PACKAGES = ("ats", "requisitions", "candidates", "partners")
PLUGINS = ("pytest_django.plugin", "pytest_socket", "_hypothesis_pytestplugin")
CONFTEST = '''
"""The database is there already, and who looks for counter-examples does not make them small."""

import pytest
from hypothesis import HealthCheck, Phase, settings

settings.register_profile(
    "mutants",
    deadline=None,
    derandomize=True,
    database=None,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=list(HealthCheck),
)


@pytest.fixture(scope="session")
def django_db_setup(django_test_environment: None) -> None:
    pass
'''
PYTEST = [
    f"-p{name}" for name in (*PLUGINS, "no:cacheprovider", "no:unraisableexception", "no:threadexception")
]
"""What begins and ends with pytest for each mutant: as little as can be. Autoloading is off (see `__main__`)."""
LEFT_ALONE = (r"\bwhy=", r"raise \w+\(")
"""What explains a rule, and what is said when something is refused; not that it is refused."""


def grow(tree: Path, module: Module) -> None:
    """Bring the tree up to date: files that did not change are not written, so their mutants' results stay."""
    copies = tree / "mutants"
    copies.mkdir(parents=True, exist_ok=True)
    mutated = {path for pattern in module.files for path in ROOT.glob(pattern)}
    tracked = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],  # noqa: S607
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    ).stdout.split("\0")
    for name in filter(None, tracked):
        if name.startswith((*(f"{package}/" for package in PACKAGES), "tests/")) and (ROOT / name).is_file():
            content = (ROOT / name).read_bytes()
            if ROOT / name in mutated:
                content = lowered(content.decode(), module.tables).encode()
            _put(tree / name, content)
    for each in ROOT.iterdir():
        link = copies / each.name
        if each.name not in {*PACKAGES, "tests", "mutation", "var", ".git"} and not link.is_symlink():
            link.symlink_to(each)
    _put(copies / "conftest.py", CONFTEST.encode())
    _configure(tree / "setup.cfg", module)


def _put(path: Path, content: bytes) -> None:
    if not path.exists() or path.read_bytes() != content:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)


def _configure(path: Path, module: Module) -> None:
    settings = configparser.RawConfigParser()
    settings["mutmut"] = {
        "source_paths": _lines(PACKAGES),
        "only_mutate": _lines(module.files),
        "do_not_mutate_patterns": _lines(LEFT_ALONE),
        "pytest_add_cli_args_test_selection": _lines(
            ["-m", "not browser and not servers and not race", module.tests]
        ),
        "pytest_add_cli_args": _lines([*PYTEST, *(f"--ignore={path}" for path in module.without)]),
        "process_isolation": "forkserver",
        "use_git_change_detection": "false",
        "use_setproctitle": "false",
        "track_dependencies": "false",
    }
    with path.open("w") as file:
        settings.write(file)


def _lines(values: object) -> str:
    return "\n" + "\n".join(values)  # type: ignore[arg-type]
