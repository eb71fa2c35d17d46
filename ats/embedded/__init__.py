"""PostgreSQL, Valkey and a mail catcher from wheels, for a machine that has none.

This face is imported by the settings, so it must not import Django.
"""

import json
import os
import secrets
from contextlib import AbstractContextManager, suppress
from pathlib import Path
from tempfile import NamedTemporaryFile

SECRET_KEY, OLDER_KEYS = "secret-key", "secret-key-fallbacks"
DEMO_PASSWORD = "demo-accord-2026"  # noqa: S105 - of the demo company only, and shown on its sign-in page


def service_urls(var: Path) -> dict[str, str]:
    """Addresses of the embedded servers that run for `var` now (`DATABASE_URL`, ...); empty if none do."""
    try:
        urls = dict(json.loads((var / "run" / "services.json").read_text()))
    except (FileNotFoundError, NotADirectoryError, ValueError):
        return {}
    # A supervisor that was killed could not take its note away.
    return urls if _alive(int(urls.pop("PID", 0))) else {}


def secret_key(var: Path) -> str:
    """The secret of this data folder, made the first time; production sets SECRET_KEY itself."""
    path = var / SECRET_KEY
    try:
        return path.read_text()
    except FileNotFoundError:
        var.mkdir(parents=True, exist_ok=True)
        # Several processes start at once: it gets its name when it is whole, and the first one's stays.
        with NamedTemporaryFile("w", dir=var, prefix=f"{SECRET_KEY}.") as file:
            file.write(secrets.token_urlsafe(50))
            file.flush()
            with suppress(FileExistsError):
                os.link(file.name, path)
        return path.read_text()


def older_keys(var: Path) -> str:
    """Secrets that signed links before, with commas: a restore leaves them here beside the newest one."""
    try:
        return (var / OLDER_KEYS).read_text()
    except OSError:
        return ""


def running(
    var: Path, *, postgres: bool = True, valkey: bool = True, mail: bool = False, fsync: bool = True
) -> AbstractContextManager[dict[str, str]]:
    """`with running(var) as urls:` starts embedded servers and stops them at the end (see `servers`)."""
    from ats.embedded import servers

    return servers.running(var, postgres=postgres, valkey=valkey, mail=mail, fsync=fsync)


def _alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return pid > 0
