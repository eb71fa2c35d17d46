"""PostgreSQL's own tools, and the database that they are pointed at."""

import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from django.conf import settings
from django.db import connection

from ats import embedded
from ats.embedded.postgres import programs
from ats.embedded.service import Refusal
from ats.settings import urls
from ats.upkeep.errors import Refused

# Written by newer tools, and unknown to a server of an older version that is supported all the same.
UNKNOWN_TO_OLDER = b"SET transaction_timeout"
HEAD_LINES = 40


@contextmanager
def server() -> Iterator[None]:
    """The database of this installation; the embedded one is started where `make run` is not on."""
    if "DATABASE_URL" in os.environ or settings.EMBEDDED:
        yield
        return
    if not (settings.VAR / "postgres" / "PG_VERSION").exists():
        raise Refused(f"There is no database in {settings.VAR}: set VAR, or DATABASE_URL.")
    try:
        with embedded.running(settings.VAR, valkey=False) as there, pointed_at(there["DATABASE_URL"]):
            yield
    except Refusal as problem:
        raise Refused(str(problem)) from problem


@contextmanager
def pointed_at(url: str) -> Iterator[None]:
    """Django's connection goes to this database meanwhile."""
    before = dict(connection.settings_dict)
    connection.close()
    connection.settings_dict.update(urls.database(url))
    try:
        yield
    finally:
        connection.close()
        connection.settings_dict.update(before)


def dump(target: Path, *, snapshot: str) -> None:
    """Everything as the snapshot sees it, in one compressed archive."""
    _run("pg_dump", "--format=custom", f"--snapshot={snapshot}", *PLAIN, f"--file={target}", *_where())


def load(source: Path) -> None:
    """The archive into the empty database, in one transaction: all of it or nothing."""
    reader = subprocess.Popen(
        [_tool("pg_restore"), *PLAIN, "--file=-", str(source)], stdout=subprocess.PIPE, stderr=subprocess.PIPE
    )
    writer = subprocess.Popen(
        [_tool("psql"), "--no-psqlrc", "--quiet", "--single-transaction", "--set=ON_ERROR_STOP=1", *_where()],
        stdin=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        env=_environment(),
    )
    assert reader.stdout is not None
    assert writer.stdin is not None
    try:
        _pass_on(reader.stdout, writer.stdin)
    except BrokenPipeError:  # it says why
        reader.kill()
    said = writer.communicate()[1] + reader.communicate()[1]
    if reader.returncode or writer.returncode:
        raise Refused(f"The database could not be restored: {_reason(said)}")


PLAIN = ("--no-owner", "--no-privileges", "--no-comments")


def _pass_on(source: IO[bytes], target: IO[bytes]) -> None:
    for _ in range(HEAD_LINES):
        line = source.readline()
        if not line.startswith(UNKNOWN_TO_OLDER):
            target.write(line)
    shutil.copyfileobj(source, target, 1 << 20)


def _run(name: str, *arguments: str) -> None:
    ran = subprocess.run([_tool(name), *arguments], capture_output=True, env=_environment(), check=False)
    if ran.returncode:
        raise Refused(f"{name} did not do its work: {_reason(ran.stderr)}")


def _tool(name: str) -> str:
    """The one that comes along with the embedded server, else the machine's own."""
    try:
        return str(programs() / name)
    except Refusal:
        found = shutil.which(name)
    if found is None:
        raise Refused(f"This machine has no {name}: install PostgreSQL's client programs.")
    return found


def _where() -> list[str]:
    facts = connection.settings_dict
    named = {"--host": "HOST", "--port": "PORT", "--username": "USER", "--dbname": "NAME"}
    return [f"{option}={facts[key]}" for option, key in named.items() if facts[key]]


def _environment() -> dict[str, str]:
    """What is secret, or seldom, goes along unseen."""
    facts = connection.settings_dict
    more = {
        f"PG{name.upper()}": str(value) for name, value in facts["OPTIONS"].items() if name.startswith("ssl")
    }
    if facts["PASSWORD"]:
        more["PGPASSWORD"] = facts["PASSWORD"]
    return os.environ | more


def _reason(said: bytes) -> str:
    lines = [line.strip() for line in said.decode(errors="replace").splitlines() if line.strip()]
    told = [line for line in lines if "error" in line.lower()]
    return (told or lines or ["it gave no reason"])[0]
