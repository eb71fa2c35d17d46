"""What has moved, under the name that the measured side knows it by: an older one has the older."""

from importlib import import_module
from typing import Any


def either(*names: str) -> Any:
    """The first of these that is there: `package/module`, or `package/module:name`."""
    for name in names:
        module, _, attribute = name.partition(":")
        try:
            found = import_module(module.replace("/", "."))
        except ModuleNotFoundError:
            continue
        return getattr(found, attribute) if attribute else found
    raise ModuleNotFoundError(f"None of {', '.join(names)} is here.")
