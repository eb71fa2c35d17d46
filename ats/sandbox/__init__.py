"""Work on what strangers sent: in a process of its own that may do nothing else, and not for long.

`run_child` starts a module of ours in an empty folder, without a word of our environment; the module shuts itself in
with `ats.sandbox.child` before it looks at anything. What it leaves in the folder is believed no further than its
input would be.
"""

import contextlib
import os
import signal
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def run_child(module: str, folder: str, *arguments: str, seconds: float) -> bool:
    """Let the child do its work in `folder`; False if it was stopped because its time was up."""
    child = subprocess.Popen(  # noqa: S603 - our own module; the file's name is not part of it
        [sys.executable, "-B", "-m", module, folder, *arguments],
        cwd=ROOT,
        env={"PATH": os.defpath, "LC_ALL": "C.UTF-8", "HOME": folder, "TMPDIR": folder},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        close_fds=True,
        start_new_session=True,
    )
    try:
        return child.wait(seconds) != -signal.SIGXCPU
    except subprocess.TimeoutExpired:
        return False
    finally:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(child.pid, signal.SIGKILL)
        child.wait()
