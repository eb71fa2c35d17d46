"""Starts `make run` with a PORT and VAR of its own, walks the main pages, stops it, looks for leftovers.

Nothing but Python's own library: it stands outside of what it looks at.
"""

import html
import http.cookiejar
import os
import re
import signal
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.parse
import urllib.request
from pathlib import Path

PORT = int(os.environ.get("PORT", "8123"))
BASE = f"http://localhost:{PORT}"
EMAIL, PASSWORD = "recruiter@demo.test", "demo-accord-2026"
START_SECONDS = 420
PUBLIC = ("/healthz", "/readyz", "/careers/", "/accounts/login/", "/api/schema/", "/api/docs/")
STAFF = ("/", "/requisitions/", "/candidates/", "/candidates/?q=data", "/partners/", "/partners/dashboard/")


class Failed(Exception):
    """The start or the walk went wrong; the log is shown."""


class Browser:
    def __init__(self) -> None:
        jar = http.cookiejar.CookieJar()
        self.opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(jar))

    def visit(self, path: str, form: dict[str, str] | None = None) -> tuple[str, str]:
        """The address one ends at, and its text."""
        body = urllib.parse.urlencode(form).encode() if form else None
        request = urllib.request.Request(BASE + path, body, {"Referer": BASE + path})
        try:
            with self.opener.open(request, timeout=30) as answer:
                print(f"{answer.status} {path}", flush=True)
                return answer.geturl(), answer.read().decode()
        except urllib.error.HTTPError as problem:
            raise Failed(f"{path} answers {problem.code}") from None

    def sign_in(self) -> None:
        _, page = self.visit("/accounts/login/")
        token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page)
        if token is None:
            raise Failed("the sign-in page has no form")
        form = {"csrfmiddlewaretoken": html.unescape(token[1]), "login": EMAIL, "password": PASSWORD}
        address, _ = self.visit("/accounts/login/", form)
        if "/accounts/login/" in address:
            raise Failed("the demo sign-in was refused")

    def follow(self, path: str, pattern: str) -> str:
        """Visit the first page of this kind that another leads to; its path."""
        _, page = self.visit(path)
        links = re.findall(f'href="({pattern})"', page)
        if not links:
            raise Failed(f"{path} leads nowhere")
        self.visit(links[0])
        return str(links[0])


def main() -> int:
    with tempfile.TemporaryDirectory(prefix="walk-") as folder:
        var, log = Path(folder) / "var", Path(folder) / "log"
        with log.open("wb") as output:
            make = subprocess.Popen(
                ["make", "run"],
                env=os.environ | {"PORT": str(PORT), "VAR": str(var), "DEMO": "1"},
                stdout=output,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )
        try:
            wait_until_ready(make)
            walk()
            stop(make, var)
            look_for_errors(log)
        except Failed as problem:
            print(log.read_text()[-8000:], f"\nwalk: {problem}", sep="")
            return 1
        finally:
            if make.poll() is None:
                os.killpg(make.pid, signal.SIGTERM)
                make.wait(60)
    print("walked, stopped, nothing left")
    return 0


def wait_until_ready(make: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline:
        if make.poll() is not None:
            raise Failed(f"make run ended with {make.returncode}")
        try:
            with urllib.request.urlopen(f"{BASE}/readyz", timeout=5):
                return
        except OSError:
            time.sleep(1)
    raise Failed(f"not ready within {START_SECONDS} seconds")


def walk() -> None:
    browser = Browser()
    for path in PUBLIC:
        browser.visit(path)
    browser.follow("/careers/", r"/careers/[\w-]+/")
    browser.sign_in()
    for path in STAFF:
        address, _ = browser.visit(path)
        if "/accounts/login/" in address:
            raise Failed(f"{path} asks to sign in")
    requisition = browser.follow("/requisitions/", r"/requisitions/\d+/")
    browser.visit(f"{requisition}board/")  # of the newest role, on which nobody may stand yet
    candidate = browser.follow("/candidates/", r"/candidates/\d+/")
    browser.follow(candidate, r"/applications/\d+/")


def stop(make: subprocess.Popen[bytes], var: Path) -> None:
    """As a terminal does it: SIGINT to the whole foreground group."""
    os.killpg(make.pid, signal.SIGINT)
    make.wait(60)
    left = [line for line in processes() if f"VAR={var}" in line or str(var / "postgres") in line]
    if left:
        raise Failed("still running:\n" + "\n".join(left))
    if (var / "run" / "services.json").exists():
        raise Failed("services.json was left behind")


def look_for_errors(log: Path) -> None:
    errors = [line for line in log.read_text().splitlines() if "Traceback" in line or " ERROR " in line]
    if errors:
        raise Failed(f"the log tells of {len(errors)} errors")


def processes() -> list[str]:
    """Each process with its command line and environment, as far as we may read them."""
    found = []
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            words = (folder / "cmdline").read_bytes() + b" " + (folder / "environ").read_bytes()
        except OSError:
            continue
        if int(folder.name) != os.getpid():
            found.append(f"{folder.name} " + words.replace(b"\0", b" ").decode(errors="replace"))
    return found


if __name__ == "__main__":
    sys.exit(main())
