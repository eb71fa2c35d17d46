"""Asking ClamAV's daemon about a file, where one is set (CLAMD_URL): it is sent the bytes and opens nothing of ours."""

from typing import IO, BinaryIO, cast

from clamav_client.clamd import BufferTooLongError, ClamdNetworkSocket, ClamdUnixSocket
from django.conf import settings

SECONDS = 30


class ScannerError(Exception):
    """The scanner looked and could not say."""


def scan(file: IO[bytes]) -> tuple[str, str]:
    """`clean`, `infected` with what it is called there, or `too_large`. Raises where nobody can be asked."""
    try:
        state, words = _daemon().instream(cast(BinaryIO, file))["stream"]
    except BufferTooLongError:
        return "too_large", ""
    if state == "OK":
        return "clean", ""
    if state == "FOUND":
        return "infected", words or "something harmful"
    raise ScannerError(words or state)


def _daemon() -> ClamdNetworkSocket:
    """By the socket of this machine, or over the network."""
    where = settings.CLAMD
    if where is None:
        raise ScannerError("No scanner is set any more.")
    if isinstance(where, str):
        return ClamdUnixSocket(where, timeout=SECONDS)
    return ClamdNetworkSocket(*where, timeout=SECONDS)
