"""The inside of a sandbox: before a child looks at its input it gives up memory, time, network and other programs.

Imported by the modules that `ats.sandbox.run_child` starts; nothing here needs Django or the settings.
"""

import ctypes
import json
import resource
import signal
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

CPU_SECONDS = 30
MEMORY = 1024 * 1024 * 1024
FILE_SIZE = 16 * 1024 * 1024
PR_SET_PDEATHSIG, PR_SET_NO_NEW_PRIVS = 1, 38
CLONE_NEWUSER, CLONE_NEWNET = 0x10000000, 0x40000000
FORBIDDEN = (
    "socket.",
    "subprocess.",
    "os.exec",
    "os.fork",
    "os.posix_spawn",
    "os.spawn",
    "os.system",
    "ctypes.dlopen",
)


class Unreadable(Exception):
    """Why what a stranger sent cannot be read, in plain words."""


def shut_in(cpu_seconds: int = CPU_SECONDS) -> None:
    """Give up what a reader of files has no need of. What cannot be given up here is given up as far as it goes."""
    for what, limit in (
        (resource.RLIMIT_CPU, cpu_seconds),
        (resource.RLIMIT_AS, MEMORY),
        (resource.RLIMIT_FSIZE, FILE_SIZE),
        (resource.RLIMIT_NOFILE, 64),
        (resource.RLIMIT_CORE, 0),
    ):
        resource.setrlimit(what, (limit, limit))
    libc = ctypes.CDLL(None, use_errno=True)
    libc.prctl(PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0)
    libc.prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0)
    if hasattr(libc, "unshare") and libc.unshare(CLONE_NEWNET) != 0:
        libc.unshare(CLONE_NEWUSER | CLONE_NEWNET)


def _refuse(event: str, arguments: tuple[Any, ...]) -> None:
    if event.startswith(FORBIDDEN):
        raise PermissionError(event)


def answer(folder: Path, work: Callable[[], dict[str, Any]], *, cpu_seconds: int = CPU_SECONDS) -> None:
    """Do `work` shut in, and leave what it found, or why it could not, as FOLDER/result.json."""
    shut_in(cpu_seconds)
    sys.addaudithook(_refuse)
    result: dict[str, Any]
    try:
        result = work()
    except Unreadable as problem:
        result = {"problem": str(problem)}
    except (MemoryError, RecursionError):
        result = {"problem": "Reading it needs more memory than a document does."}
    except Exception as error:  # noqa: BLE001 - whatever the file makes a parser do, it is the file's fault
        result = {"problem": "The file is damaged.", "error": repr(error)[:500]}
    leave(folder, "result.json", json.dumps(result))


def leave(folder: Path, name: str, text: str) -> None:
    """Write a file of the answer, whole or not at all: the child may be stopped at any moment."""
    part = folder / f"{name}.part"
    part.write_text(text, "utf-8", "replace")
    part.replace(folder / name)
