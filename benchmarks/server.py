"""The web server as production runs it, and a client that keeps its connection."""

import contextlib
import http.client
import os
import re
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlencode


@contextlib.contextmanager
def running(var: Path, *, tree: Path | None = None, env: Mapping[str, str] | None = None) -> Iterator[str]:
    """gunicorn on a free loopback port, for as long as the block lasts; its host:port.

    `tree` is another checkout whose server it is, with its own Python; this one otherwise.
    """
    with started(var, tree=tree, env=env) as (address, _):
        yield address


@contextlib.contextmanager
def started(
    var: Path, *, tree: Path | None = None, env: Mapping[str, str] | None = None
) -> Iterator[tuple[str, int]]:
    """The same, with the number of its first process."""
    python = str(tree / ".venv" / "bin" / "python") if tree else sys.executable
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    env = {**(os.environ if env is None else env)} | {
        "BASE_URL": f"http://127.0.0.1:{port}",
        "PORT": str(port),
        "HOST": "127.0.0.1",
    }
    subprocess.run(
        [python, "manage.py", "collectstatic", "--noinput", "-v", "0"], env=env, cwd=tree, check=True
    )
    command = [python, "-m", "gunicorn", "-c", "python:ats.webserver", "ats.wsgi"]
    with (var / "web.log").open("w") as log:
        process = subprocess.Popen(command, env=env, cwd=tree, stdout=log, stderr=log)
        try:
            _wait(port, process)
            yield f"127.0.0.1:{port}", process.pid
        finally:
            process.terminate()
            process.wait(20)


def memory(pid: int) -> float:
    """What a process and its children hold, in MB; what several share counts once (PSS)."""
    children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    said = Path(f"/proc/{pid}/smaps_rollup").read_text()
    own = re.search(r"^Pss:\s+(\d+) kB", said, re.MULTILINE)
    assert own is not None
    return int(own[1]) / 1024 + sum(memory(int(child)) for child in children)


def _wait(port: int, process: "subprocess.Popen[bytes]") -> None:
    for _ in range(300):
        if process.poll() is not None:
            raise RuntimeError("the web server did not start; see web.log")
        with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=1):
            return
        time.sleep(0.1)
    raise RuntimeError("the web server did not come up in 30 s; see web.log")


@dataclass
class Answer:
    status: int
    body: bytes
    wire: int
    location: str
    server_ms: float
    queries: int


@dataclass
class Client:
    """One browser: it keeps its connection and its cookies, and sends forms as a browser does."""

    address: str
    cookies: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._connection = http.client.HTTPConnection(self.address, timeout=300)

    def get(self, path: str, headers: Mapping[str, str] | None = None) -> Answer:
        return self._ask("GET", path, None, headers or {})

    def post(
        self, path: str, fields: Mapping[str, object], headers: Mapping[str, str] | None = None
    ) -> Answer:
        body = urlencode({**fields, "csrfmiddlewaretoken": self._csrf()}, doseq=True).encode()
        kind = {"Content-Type": "application/x-www-form-urlencoded"}
        return self._ask("POST", path, body, {**(headers or {}), **kind})

    def upload(self, path: str, fields: Mapping[str, str], files: Mapping[str, tuple[str, bytes]]) -> Answer:
        edge, parts = "benchmark-edge", []
        for name, value in {**fields, "csrfmiddlewaretoken": self._csrf()}.items():
            parts.append(
                f'--{edge}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'.encode()
            )
        for name, (filename, content) in files.items():
            head = f'--{edge}\r\nContent-Disposition: form-data; name="{name}"; filename="{filename}"\r\n\r\n'
            parts.append(head.encode() + content + b"\r\n")
        body = b"".join(parts) + f"--{edge}--\r\n".encode()
        return self._ask("POST", path, body, {"Content-Type": f"multipart/form-data; boundary={edge}"})

    def _csrf(self) -> str:
        return next((value for name, value in self.cookies.items() if name.endswith("csrf")), "")

    def _answer(
        self, method: str, path: str, body: bytes | None, headers: Mapping[str, str]
    ) -> http.client.HTTPResponse:
        self._connection.request(method, path, body, headers)
        return self._connection.getresponse()

    def _ask(self, method: str, path: str, body: bytes | None, extra: Mapping[str, str]) -> Answer:
        headers = {"Referer": f"http://{self.address}/", "Accept-Encoding": "gzip", **extra}
        if self.cookies:
            headers["Cookie"] = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        try:
            response = self._answer(method, path, body, headers)
        except (http.client.RemoteDisconnected, ConnectionError):
            # The server ended a connection that had nothing to do for a while; a browser asks again as well.
            self._connection.close()
            response = self._answer(method, path, body, headers)
        content = response.read()
        for header in response.headers.get_all("Set-Cookie") or []:
            name, _, value = header.split(";")[0].partition("=")
            self.cookies[name] = value
        timing = response.headers.get("Server-Timing", "")
        took, queries = re.search(r"app;dur=([\d.]+)", timing), re.search(r'db;desc="(\d+)"', timing)
        return Answer(
            status=response.status,
            body=content,
            wire=len(content),
            location=response.headers.get("Location", ""),
            server_ms=float(took[1]) if took else 0.0,
            queries=int(queries[1]) if queries else 0,
        )
