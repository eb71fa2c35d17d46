"""PostgreSQL, Valkey and a mail catcher from wheels, for a machine that has none.

This face is imported by the settings, so it must not import Django.
"""

import json
import os
import secrets
from pathlib import Path


def service_urls(var: Path) -> dict[str, str]:
    """Addresses of the embedded servers that run for `var` now (`DATABASE_URL`, ...); empty if none do."""
    try:
        return dict(json.loads((var / "run" / "services.json").read_text()))
    except (FileNotFoundError, NotADirectoryError, ValueError):
        return {}


def secret_key(var: Path) -> str:
    """The secret of this data folder, made the first time; production sets SECRET_KEY itself."""
    path = var / "secret-key"
    try:
        return path.read_text()
    except FileNotFoundError:
        var.mkdir(parents=True, exist_ok=True)
        fresh = secrets.token_urlsafe(50)
        try:
            with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
                file.write(fresh)
        except FileExistsError:  # another process was first
            return path.read_text()
        return fresh
