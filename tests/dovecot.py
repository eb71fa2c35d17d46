"""Debian's Dovecot, started by the test: a real mailbox (maildir) with a real IMAP server before it."""

import contextlib
import os
import shutil
import socket
import subprocess
import time
from pathlib import Path

from ats.embedded.sockets import free_port

PROGRAM = shutil.which("dovecot", path="/usr/sbin:/usr/local/sbin:" + os.environ.get("PATH", ""))
NOBODY = 65534
"""Who holds the mail where root runs the test: Dovecot gives no mailbox to root."""
CONFIG = """
base_dir = {home}/run
state_dir = {home}/run
log_path = {home}/log
protocols = imap
listen = 127.0.0.1
ssl = no
disable_plaintext_auth = no
login_trusted_networks = 127.0.0.1
default_internal_user = {inside}
default_login_user = {login}
default_internal_group = {group}
first_valid_uid = 0
first_valid_gid = 0
mail_location = maildir:{home}/mail
mail_uid = {uid}
mail_gid = {uid}
# So soon does it say that something came.
mailbox_idle_check_interval = 1 secs
service imap-login {{
  chroot =
  inet_listener imap {{
    port = {port}
  }}
  inet_listener imaps {{
    port = 0
  }}
}}
service anvil {{
  chroot =
}}
service stats {{
  chroot =
}}
service auth {{
  user = {inside}
}}
passdb {{
  driver = static
  args = password=secret
}}
userdb {{
  driver = static
  args = uid={uid} gid={uid} home={home}
}}
"""


class Dovecot:
    """A server for one mailbox, `rae` with the password `secret`. What is `delivered` lies in `mail`."""

    def __init__(self, home: Path) -> None:
        self.home, self.port = home, free_port()
        self.mail = home / "mail"
        self.url = f"imap://rae:secret@127.0.0.1:{self.port}"
        self._uid = NOBODY if os.getuid() == 0 else os.getuid()
        self._number = 0
        self._process: subprocess.Popen[bytes] | None = None
        for folder in ("new", "cur", "tmp"):
            (self.mail / folder).mkdir(parents=True)
        is_root = os.getuid() == 0
        me = subprocess.check_output(["id", "-un"], text=True).strip()
        group = subprocess.check_output(["id", "-gn"], text=True).strip()
        inside, login = ("dovecot", "dovenull") if is_root else (me, me)
        self._config = home / "dovecot.conf"
        self._config.write_text(
            CONFIG.format(
                home=home,
                port=self.port,
                inside=inside,
                login=login,
                group="dovecot" if is_root else group,
                uid=self._uid,
            )
        )
        if is_root:
            for path in [home, *home.rglob("*")]:
                os.chown(path, self._uid, self._uid)
            for path in (home, *home.parents):  # whoever reads the mail has to come as far as here
                if path.stat().st_uid == 0 and path != Path("/"):
                    with contextlib.suppress(OSError):
                        path.chmod(path.stat().st_mode | 0o011)

    def start(self) -> None:
        assert PROGRAM
        self._process = subprocess.Popen([PROGRAM, "-F", "-c", str(self._config)], start_new_session=True)
        ends = time.monotonic() + 20
        while True:
            with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", self.port), 1) as line:
                if line.recv(100).startswith(b"* OK"):
                    return
            assert self._process.poll() is None, self._said()
            assert time.monotonic() < ends, self._said()
            time.sleep(0.05)

    def stop(self) -> None:
        """All lines break with it."""
        if self._process is not None:
            self._process.terminate()
            self._process.wait(20)
            self._process = None

    def drop(self) -> int:
        """Break all lines of those who are signed in, and go on serving; how many there were."""
        assert self._process is not None
        found = subprocess.run(
            ["pgrep", "-x", "imap", "-P", str(self._process.pid)], capture_output=True, text=True, check=False
        )
        for number in found.stdout.split():
            os.kill(int(number), 9)
        return len(found.stdout.split())

    def deliver(self, content: bytes) -> None:
        """As a mail server does: written aside, then put into place."""
        self._number += 1
        name = f"{time.time_ns()}.{self._number}.example"
        aside = self.mail / "tmp" / name
        aside.write_bytes(content)
        if os.getuid() == 0:
            os.chown(aside, self._uid, self._uid)
        aside.rename(self.mail / "new" / name)

    def forget(self) -> None:
        """What a mailbox is after its index was lost: another UIDVALIDITY, and nothing of it is marked as read."""
        self.stop()
        for path in self.mail.glob("dovecot*"):
            path.unlink()
        for path in list((self.mail / "cur").iterdir()):
            path.rename(self.mail / "new" / path.name.partition(":")[0])

    def marked(self) -> int:
        """How many of its messages are marked as read."""
        return sum("S" in path.name.partition(":2,")[2] for path in (self.mail / "cur").iterdir())

    def uid_validity(self) -> str:
        head = (self.mail / "dovecot-uidlist").read_text().splitlines()[0]
        return next(word for word in head.split() if word.startswith("V"))

    def _said(self) -> str:
        log = self.home / "log"
        return log.read_text() if log.exists() else "it said nothing"

    def __enter__(self) -> "Dovecot":
        self.start()
        return self

    def __exit__(self, *args: object) -> None:
        self.stop()
