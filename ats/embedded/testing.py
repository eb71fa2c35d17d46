"""Servers for the tests: started once by the process that runs pytest, shared with its xdist workers.

The test settings call `start()` while they are loaded, which is before Django asks for its database.
Workers inherit the addresses through the environment.
"""

import atexit
import contextlib
import os
import shutil
from pathlib import Path

from ats.embedded import running
from ats.embedded.service import Refusal

OWNER = "ACCORD_TEST_SERVERS"  # set while the servers run: a child process must not start a second set
OURS = "ACCORD_TEST_POSTGRES"  # set where PostgreSQL is one of them


def start() -> None:
    if OWNER in os.environ:
        return
    base = Path(os.environ.get("VAR") or Path(__file__).resolve().parent.parent.parent / "var").resolve()
    stack = contextlib.ExitStack()
    wanted = {
        "postgres": "DATABASE_URL" not in os.environ,
        "valkey": "REDIS_URL" not in os.environ,
    }
    try:
        var = base / "test"
        urls = stack.enter_context(running(var, fsync=False, **wanted))
    except Refusal:  # another test run has that folder: this one gets its own, and leaves nothing
        var = base / f"test-{os.getpid()}"
        stack.callback(shutil.rmtree, var, ignore_errors=True)
        urls = stack.enter_context(running(var, fsync=False, **wanted))
    for leftover in ("files", "mail"):
        shutil.rmtree(var / leftover, ignore_errors=True)
    (var / "static").mkdir(exist_ok=True)  # nothing is collected for tests; the finders serve
    os.environ.update(urls, VAR=str(var), **{OWNER: str(os.getpid())})
    if wanted["postgres"]:
        os.environ[OURS] = "1"
    atexit.register(stack.close)


def are_ours() -> bool:
    """Whether the tests' PostgreSQL is ours alone, and not one that was named to us."""
    return OURS in os.environ


def own_redis_database(url: str) -> str:
    """Each xdist worker has a database of its own in the one server."""
    number = int(os.environ.get("PYTEST_XDIST_WORKER", "gw-1").removeprefix("gw")) + 1
    return url.replace("?db=0", f"?db={number}") if "?db=" in url else url.removesuffix("/0") + f"/{number}"
