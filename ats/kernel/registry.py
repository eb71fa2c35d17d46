"""Loading what slices declare: verbs, mail roles, permissions, tasks, listeners."""

from collections.abc import Iterable
from importlib import import_module
from importlib.util import find_spec

DECLARATIONS = ("events", "mails", "rules", "tasks", "listeners")


def load(package: str, slices: Iterable[str]) -> None:
    """Import the declaring modules that each slice has, in the order of the slices."""
    for name in slices:
        for module in DECLARATIONS:
            path = f"{package}.{name}.{module}"
            if find_spec(path) is not None:
                import_module(path)
    if find_spec(f"{package}.erased") is not None:  # what becomes of its tables when a person is erased
        import_module(f"{package}.erased")
