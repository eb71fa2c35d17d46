"""Forms that are sent byte by byte: they hold no thread, of the web server alone and of nginx before it."""

import contextlib
import hashlib
import http.client
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from ats.embedded.sockets import free_port
from tests.processes import ROOT, environment

pytestmark = pytest.mark.servers
CLIENTS = 50
GUNICORN = (
    "import sys; from ats import webworker; {more}; from gunicorn.app.wsgiapp import run; sys.exit(run())"
)


@contextlib.contextmanager
def served(app: str, *options: str, more: str = "pass", **env: str) -> Iterator[int]:
    """gunicorn as production starts it, on a port of its own."""
    port = free_port()
    process = subprocess.Popen(
        [sys.executable, "-c", GUNICORN.format(more=more), "-b", f"127.0.0.1:{port}", *options, app],
        cwd=ROOT,
        env=env or {name: value for name, value in os.environ.items() if not name.startswith("PYTEST")},
        start_new_session=True,
    )
    try:
        _wait_for(port)
        yield port
    finally:
        process.terminate()
        try:
            process.wait(30)
        finally:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)


def _wait_for(port: int) -> None:
    ends = time.monotonic() + 60
    while True:
        with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), 1):
            return
        assert time.monotonic() < ends
        time.sleep(0.05)


@pytest.fixture(scope="module")
def echo() -> Iterator[int]:
    """One process of one thread: what holds it holds all."""
    config = ("-c", "python:ats.webserver", "--workers", "1", "--threads", "1")
    quick = (
        "webworker.HEAD_SECONDS = 3; webworker.BODY_SECONDS = 3; webworker.BODY = webworker.HELD = 5_000_000"
    )
    hooks = "from ats import webserver as w; w.on_starting = w.when_ready = lambda server: None"
    with served("tests.deployment.echo:app", *config, more=f"{quick}; {hooks}") as port:
        yield port


def get(port: int, path: str = "/") -> tuple[int, float]:
    """The status, and the seconds until the whole answer was there."""
    began = time.monotonic()
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    connection.request("GET", path)
    answer = connection.getresponse()
    answer.read()
    connection.close()
    return answer.status, time.monotonic() - began


def line(port: int, *sent: bytes) -> socket.socket:
    connection = socket.create_connection(("127.0.0.1", port), 30)
    for piece in sent:
        connection.sendall(piece)
    return connection


def head(length: int, *fields: str, path: str = "/") -> bytes:
    lines = [f"POST {path} HTTP/1.1", "Host: jobs.example.com", f"Content-Length: {length}", *fields]
    return "\r\n".join([*lines, "", ""]).encode()


@contextlib.contextmanager
def dripping(port: int, path: str = "/") -> Iterator[list[socket.socket]]:
    clients = [line(port, head(100_000, path=path), b"first_name=") for _ in range(CLIENTS)]
    try:
        yield clients
    finally:
        for each in clients:
            each.close()


def drip(clients: list[socket.socket]) -> None:
    for each in clients:
        each.sendall(b"x")


def answers(connection: socket.socket, count: int = 1) -> list[tuple[int, str]]:
    file, found = connection.makefile("rb"), []
    for _ in range(count):
        status = int(file.readline().split()[1])
        fields = dict(
            each.decode().strip().lower().split(": ", 1) for each in iter(file.readline, b"\r\n") if each
        )
        found.append((status, file.read(int(fields.get("content-length", 0))).decode()))
    connection.close()
    file.close()
    return found


def digest(body: bytes) -> str:
    return f"{len(body)} {hashlib.sha256(body).hexdigest()} jobs.example.com - -"


@pytest.mark.django_db(transaction=True)
def test_fifty_forms_sent_byte_by_byte_hold_up_no_page() -> None:
    env = environment(DJANGO_SETTINGS_MODULE="ats.settings.test", WEB_WORKERS="2", WEB_THREADS="4")
    with (
        served("ats.wsgi", "-c", "python:ats.webserver", **env) as port,
        dripping(port, "/careers/") as clients,
    ):
        get(port, "/careers/")  # the first one loads what all need
        seconds = []
        for _ in range(5):
            drip(clients)
            status, took = get(port, "/careers/")
            seconds.append(took)
            assert status == 200
        assert min(seconds) <= 1

        clients[0].sendall(b"x" * (100_000 - len("first_name=xxxxx")))
        assert (
            clients[0].recv(10) == b"HTTP/1.1 4"
        )  # whole now, it reaches the page, which takes no such form


def test_a_body_arrives_as_it_was_sent(echo: int) -> None:
    large, small = os.urandom(3_000_000), b"name=Robin"
    for body in (large, small, b""):
        connection = line(echo, head(len(body))[:20])
        time.sleep(0.05)
        connection.sendall(head(len(body))[20:] + body[:1000])
        connection.sendall(body[1000:])
        assert answers(connection) == [(200, digest(body))]


def test_requests_one_after_the_other_on_one_line(echo: int) -> None:
    two = line(echo, head(3) + b"one" + head(3) + b"tw", b"o")
    assert answers(two, 2) == [(200, digest(b"one")), (200, digest(b"two"))]
    connection = http.client.HTTPConnection("127.0.0.1", echo, timeout=30)
    for body in (b"three", b"four"):
        connection.request("POST", "/", body, {"Host": "jobs.example.com"})
        assert connection.getresponse().read().decode() == digest(body)
    connection.close()


def test_who_asks_whether_to_go_on_is_told_to(echo: int) -> None:
    connection = line(echo, head(4, "Expect: 100-continue"))
    assert connection.recv(100) == b"HTTP/1.1 100 Continue\r\n\r\n"
    connection.sendall(b"body")
    (*_, last) = answers(connection, 2)
    assert last == (200, digest(b"body"))


@pytest.mark.parametrize(
    ("sent", "status"),
    [
        (b"POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n", 411),
        (head(5_000_001), 413),
        (b"GET / HTTP/1.1\r\nX: " + b"x" * 70_000, 431),
        (head(10) + b"half", 408),
        (b"GET / HT", 408),
        (b"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n", 400),
        (b"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: -1\r\n\r\n", 400),
    ],
)
def test_what_cannot_become_whole_is_refused(echo: int, sent: bytes, status: int) -> None:
    assert answers(line(echo, sent))[0][0] == status
    assert get(echo)[0] == 200


def test_what_is_held_for_slow_clients_has_a_bound(echo: int) -> None:
    first = line(echo, head(4_900_000), b"x" * 3_000_000)
    time.sleep(0.3)
    second = line(echo, head(4_900_000))
    with contextlib.suppress(OSError):
        second.sendall(b"x" * 3_000_000)
    status = answers(second)[0][0]
    first.close()
    assert status == 503
    assert get(echo)[0] == 200


# --- nginx before it, as docs/nginx.conf says

SHELL = """
{user} daemon off; worker_processes 1; pid {folder}/pid; error_log {folder}/error.log;
events {{ worker_connections 256; }}
http {{
    access_log off;
    client_body_temp_path {folder}/body; proxy_temp_path {folder}/proxy; fastcgi_temp_path {folder}/fastcgi;
    uwsgi_temp_path {folder}/uwsgi; scgi_temp_path {folder}/scgi;
    {sample}
}}
"""


def _sample(port: int, behind: int, folder: Path) -> str:
    """docs/nginx.conf with other ports, and without the certificate that a test has not."""
    text = (ROOT / "docs" / "nginx.conf").read_text()
    for old, new in {
        "127.0.0.1:8000": f"127.0.0.1:{behind}",
        "listen 80;": f"listen 127.0.0.1:{free_port()};",
        "listen 443 ssl http2;": f"listen 127.0.0.1:{port};",
        "/var/log/nginx/accord.log": f"{folder}/access.log",
        "/var/log/nginx/accord-error.log": f"{folder}/error.log",
        "limit_conn accord 32;": f"limit_conn accord {CLIENTS + 10};",  # all come from one address here
    }.items():
        assert text.count(old) == 1
        text = text.replace(old, new)
    return "\n".join(each for each in text.splitlines() if "ssl_certificate" not in each)


@contextlib.contextmanager
def nginx(folder: Path, behind: int) -> Iterator[int]:
    program = shutil.which("nginx", path=f"{os.environ['PATH']}:/usr/sbin")
    if program is None:
        pytest.skip("no nginx on this machine (apt-get install nginx-light)")
    folder.chmod(0o755)
    port, config = free_port(), folder / "nginx.conf"
    user = "user root;" if os.geteuid() == 0 else ""  # the folder is ours alone
    config.write_text(SHELL.format(user=user, folder=folder, sample=_sample(port, behind, folder)))
    process = subprocess.Popen(
        [program, "-p", str(folder), "-c", str(config), "-e", str(folder / "error.log")]
    )
    try:
        _wait_for(port)
        yield port
    finally:
        process.terminate()
        process.wait(30)


def test_nginx_as_in_our_sample_gives_the_server_whole_requests_only(tmp_path: Path) -> None:
    """The server behind it is plain gunicorn with one thread: what got through half would hold it."""
    options = ("-k", "gthread", "--threads", "1", "--no-control-socket")
    with (
        served("tests.deployment.echo:app", *options) as behind,
        nginx(tmp_path, behind) as port,
        dripping(port) as clients,
    ):
        for _ in range(3):
            drip(clients)
            status, seconds = get(port)
            assert (status, seconds <= 1) == (200, True)
        body = os.urandom(300_000)
        forged = "X-Forwarded-For: 203.0.113.9", "X-Forwarded-Proto: https"
        assert answers(line(port, head(len(body), *forged, "Connection: close"), body)) == [
            (200, digest(body).replace("- -", "127.0.0.1 http"))
        ]


def test_nginx_as_in_our_sample_writes_no_key_into_its_log(tmp_path: Path) -> None:
    key = "aZ_-" * 10 + "xyz"
    with served("tests.deployment.echo:app") as behind, nginx(tmp_path, behind) as port:
        for path in (
            f"/status/{key}/offers/1/",
            f"/status/address/{key}=/",
            f"/calendar/feed/{key}.ics",
            "/careers/",
        ):
            assert get(port, path)[0] == 200
    said = (tmp_path / "access.log").read_text()
    assert key not in said
    assert re.findall(r'"(.*?)"', said) == [
        "GET /status/...",
        "GET /status/address/...",
        "GET /calendar/feed/...",
        "GET /careers/",
    ]
