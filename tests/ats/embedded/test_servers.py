"""PostgreSQL, Valkey and the mail catcher out of their wheels."""

import os
import smtplib
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Barrier

import psutil
import psycopg2
import pytest
import redis

from ats import embedded
from ats.embedded.service import Refusal, end_leftovers
from ats.settings.urls import database

pytestmark = pytest.mark.servers

HOLD = """
import sys, time
from pathlib import Path
from threading import Barrier
from ats import embedded
with embedded.running(Path(sys.argv[1]), fsync=False) as urls:
    print(urls["DATABASE_URL"], flush=True)
    time.sleep(600)
"""


@pytest.fixture
def var(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("v")


@pytest.fixture
def holder(var: Path) -> Iterator[subprocess.Popen[str]]:
    """Another process that keeps the servers of `var` running."""
    process = subprocess.Popen(
        [sys.executable, "-c", HOLD, str(var)],
        stdout=subprocess.PIPE,
        text=True,
        env=os.environ | {"PYTHONPATH": str(Path.cwd())},
    )
    assert process.stdout is not None
    process.stdout.readline()
    yield process
    process.kill()
    process.wait()
    process.stdout.close()


def _ask(url: str, sql: str) -> object:
    connection = psycopg2.connect(url)
    connection.autocommit = True
    with connection.cursor() as cursor:
        cursor.execute(sql)
        answer = cursor.fetchone() if cursor.description else None
    connection.close()
    return answer


def test_they_run_keep_their_data_and_leave_nothing_running(var: Path) -> None:
    with embedded.running(var, mail=True) as urls:
        assert embedded.service_urls(var) == urls
        _ask(urls["DATABASE_URL"], "CREATE TABLE kept AS SELECT 1 AS one")
        with redis.from_url(urls["REDIS_URL"]) as client:
            client.set("kept", "one")
        port = int(urls["EMAIL_URL"].rpartition(":")[2])
        with smtplib.SMTP("127.0.0.1", port) as mail:
            mail.sendmail("a@example.com", ["b@example.com"], "Subject: Hello\r\n\r\nyou")
        children = psutil.Process().children(recursive=True)
    assert embedded.service_urls(var) == {}
    assert [child for child in children if child.is_running() and str(var) in " ".join(child.cmdline())] == []

    with embedded.running(var) as urls:
        assert _ask(urls["DATABASE_URL"], "SELECT one FROM kept") == (1,)
        with redis.from_url(urls["REDIS_URL"]) as client:
            assert client.get("kept") == b"one"
    (message,) = (var / "mail").glob("*.eml")
    assert message.read_text().splitlines()[:3] == [
        "X-Envelope-From: a@example.com",
        "X-Envelope-To: b@example.com",
        "Subject: Hello",
    ]


def test_the_server_is_tuned_and_safe(var: Path) -> None:
    with embedded.running(var, valkey=False) as urls:
        asked = ("shared_buffers", "work_mem", "random_page_cost", "max_connections", "jit", "fsync")
        answers = [_ask(urls["DATABASE_URL"], f"SHOW {name}") for name in asked]

        assert answers == [("256MB",), ("32MB",), ("1.1",), ("100",), ("off",), ("on",)]
        assert _ask(urls["DATABASE_URL"], "SELECT lower('ÄÖÜ'), 'ä' > 'z'") == ("äöü", True)


def test_where_a_path_is_too_long_for_a_socket_a_password_guards_the_port(var: Path) -> None:
    deep = var / ("long" * 25)

    with embedded.running(deep) as urls:
        assert _ask(urls["DATABASE_URL"], "SELECT 1") == (1,)
        with redis.from_url(urls["REDIS_URL"]) as client:
            assert client.ping()
        address = urls["DATABASE_URL"].rpartition("@")[2]
        with pytest.raises(psycopg2.OperationalError, match="password authentication failed"):
            psycopg2.connect(f"postgresql://accord:guessed@{address}")
        port = urls["REDIS_URL"].rpartition(":")[2]
        with (
            redis.from_url(f"redis://127.0.0.1:{port}") as client,
            pytest.raises(redis.AuthenticationError),
        ):
            client.ping()


def test_a_folder_may_have_spaces_and_signs_in_its_name(var: Path) -> None:
    with embedded.running(var / "my jobs & böard %41", fsync=False) as urls:
        assert _ask(urls["DATABASE_URL"], "SELECT 1") == (1,)
        with redis.from_url(urls["REDIS_URL"]) as client:
            assert client.ping()
        configured = database(urls["DATABASE_URL"])
        assert configured["HOST"] == str(var / "my jobs & böard %41" / "postgres")


def test_one_folder_has_one_owner(var: Path, holder: subprocess.Popen[str]) -> None:
    with pytest.raises(Refusal) as refusal, embedded.running(var):
        pass

    assert str(refusal.value) == f"Accord already runs with the data of {var} (process {holder.pid})."


def test_it_starts_after_its_owner_was_killed(var: Path, holder: subprocess.Popen[str]) -> None:
    url = embedded.service_urls(var)["DATABASE_URL"]
    _ask(url, "CREATE TABLE kept AS SELECT 1 AS one")
    holder.kill()
    holder.wait()
    assert embedded.service_urls(var) == {}

    with embedded.running(var, fsync=False) as urls:
        assert _ask(urls["DATABASE_URL"], "SELECT one FROM kept") == (1,)


def _orphan() -> psutil.Process:
    """A program whose parent is gone, as after a supervisor was killed."""
    said = subprocess.run(
        ["sh", "-c", "sleep 20 >/dev/null 2>&1 & echo $!"], capture_output=True, text=True, check=True
    )
    return psutil.Process(int(said.stdout))


def _is_alive(process: psutil.Process) -> bool:
    """Also not a zombie that only waits to be collected by the machine's first process."""
    return process.is_running() and process.status() != psutil.STATUS_ZOMBIE


def test_it_ends_what_a_killed_owner_left_running_and_nobody_else(tmp_path: Path) -> None:
    left, stranger = _orphan(), _orphan()
    created = left.create_time()
    record = tmp_path / "children"
    # The stranger has come to an id that was a worker's before.
    record.write_text(f"{left.pid} {created} web\n{stranger.pid} {created - 60} worker\n999999 1.0 beat\n")

    found = end_leftovers(record)

    assert found == ["web"]
    assert [_is_alive(process) for process in (left, stranger)] == [False, True]
    assert not record.exists()
    stranger.kill()


def test_the_secret_of_a_folder_stays(var: Path) -> None:
    first = embedded.secret_key(var)

    assert embedded.secret_key(var) == first
    assert len(first) > 50
    assert (var / "secret-key").stat().st_mode & 0o077 == 0


def test_processes_that_start_at_once_have_one_secret(tmp_path: Path) -> None:
    with ThreadPoolExecutor(8) as several:
        for number in range(100):
            together = Barrier(8)

            def secret(folder: Path = tmp_path / str(number), together: Barrier = together) -> str:
                together.wait()
                return embedded.secret_key(folder)

            found = {each.result() for each in [several.submit(secret) for _ in range(8)]}
            assert found == {(tmp_path / str(number) / "secret-key").read_text()}
            assert [each.name for each in (tmp_path / str(number)).iterdir()] == ["secret-key"]
