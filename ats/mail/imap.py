"""A line to the mailbox that `INBOUND_URL` names: its server is who it says it is, and no answer is waited for long."""

import imaplib
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from ssl import create_default_context

from imapclient import IMAPClient

TIMEOUT = 20
"""Seconds for each answer; a server that hangs holds nobody longer."""


@contextmanager
def opened(
    *, host: str, port: int, ssl: bool, starttls: bool, user: str, password: str, folder: str
) -> Iterator[IMAPClient]:
    """Signed in, with the folder open. Whatever goes wrong is an OSError or an `imaplib.IMAP4.error`."""
    trusted = create_default_context()
    box = IMAPClient(host, port, ssl=ssl, ssl_context=trusted, timeout=TIMEOUT)
    try:
        if starttls:
            box.starttls(trusted)
        box.login(user, password)
        box.select_folder(folder)
        yield box
    finally:
        try:
            box.logout()
        except (OSError, imaplib.IMAP4.error):
            with suppress(OSError):  # a line whose encryption was refused is gone already
                box.shutdown()
