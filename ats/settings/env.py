"""Reading the environment: every variable in one way, and a loud, helpful failure."""

import os
from pathlib import Path

from django.core.exceptions import ImproperlyConfigured

TRUE = {"1", "true", "yes", "on"}
FALSE = {"0", "false", "no", "off", ""}


def text(name: str, default: str | None = None) -> str:
    """The variable's value; `NAME_FILE` may name a file that holds it (container secrets)."""
    if name in os.environ:
        return os.environ[name]
    if path := os.environ.get(f"{name}_FILE"):
        return Path(path).read_text().strip()
    if default is None:
        raise ImproperlyConfigured(f"Set {name} in the environment (see README, Configuration).")
    return default


def flag(name: str, *, default: bool) -> bool:
    value = text(name, "1" if default else "0").lower()
    if value in TRUE:
        return True
    if value in FALSE:
        return False
    raise ImproperlyConfigured(f"{name} must be 1 or 0, not {value!r}.")


def number(name: str, default: int) -> int:
    value = text(name, str(default))
    try:
        return int(value)
    except ValueError:
        raise ImproperlyConfigured(f"{name} must be a whole number, not {value!r}.") from None


def words(name: str, default: str = "") -> list[str]:
    return [word.strip() for word in text(name, default).split(",") if word.strip()]


def choice(name: str, known: tuple[str, ...]) -> str:
    """One of these words, the first unless another is named."""
    value = text(name, known[0])
    if value not in known:
        raise ImproperlyConfigured(f"{name} must be {' or '.join(known)}, not {value!r}.")
    return value
