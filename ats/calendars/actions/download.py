"""Reading an address that somebody typed in: of the open internet alone (`ats.kernel.open_internet`).

No redirects, no cookies, no proxies of the environment, a limit to the bytes and to the whole time.
"""

import socket
import ssl
import time
import zlib
from dataclasses import dataclass
from email.message import Message
from typing import Any
from urllib.parse import SplitResult, quote

import httpcore
from django.conf import settings

from ats.kernel.open_internet import (
    NAMELESS,
    Address,
    NotOpen,
    Resolve,
    check_address,
    checked,
    left,
)
from ats.kernel.staff_words import gettext, gettext_noop

SECONDS = 20
MOST_BYTES = 5 * 1024 * 1024
AGENT = "Accord-Calendar/1"
TOO_LARGE = gettext_noop("It is larger than 5 MB, far more than a calendar needs.")
UNTRUSTED = gettext_noop("Its certificate does not hold, so we cannot know who answers there.")
INSIDE = gettext_noop("This address is not on the open internet; for safety it is not read.")
UNREADABLE = (httpcore.NetworkError, httpcore.ProtocolError, httpcore.UnsupportedProtocol)


class Refused(NotOpen):
    """Why nothing was read, in words for whose calendar it is."""


@dataclass(frozen=True)
class Fetched:
    content: bytes
    etag: str = ""
    unchanged: bool = False


def check(url: str) -> SplitResult:
    """The parts of an address that may be tried; `Refused` says what is wrong with it."""
    try:
        return check_address(
            url,
            named=gettext_noop("An address with a name and password in it cannot be read."),
            port_words=gettext_noop("Calendars are not read at this port."),
        )
    except NotOpen as error:
        raise Refused(error.words, final=error.final) from None


def fetch(url: str, *, etag: str = "", resolve: Resolve = socket.getaddrinfo) -> Fetched:
    """What stands at this address; `unchanged` where it is still what `etag` stood for."""
    parts = check(url)
    wire = _Wire(time.monotonic() + SECONDS, resolve)
    try:
        with httpcore.ConnectionPool(ssl_context=ssl.create_default_context(), network_backend=wire) as pool:
            return _ask(parts, pool, etag)
    except Refused:
        raise
    except (TimeoutError, httpcore.TimeoutException):
        raise Refused(gettext_noop("It did not answer in time.")) from None
    except (OSError, ValueError, zlib.error, *UNREADABLE):
        raise Refused(gettext_noop("It could not be reached, or its answer made no sense.")) from None


# --- Finding out where to connect to


def _checked(host: str, port: int, ends: float, resolve: Resolve) -> list[Address]:
    """Where the name leads: asked once, and refused if any of it is not the open internet."""
    allowed = settings.CALENDAR_ALLOWED_ADDRESSES
    try:
        return checked(host, port, ends, allowed=allowed, inside=INSIDE, resolve=resolve)
    except NotOpen as error:
        raise Refused(error.words, final=error.final) from None


class _Wire(httpcore.NetworkBackend):
    """Connects to no other address than one that was checked, and lets no wait outlast the time for the whole."""

    def __init__(self, ends: float, resolve: Resolve) -> None:
        self.ends, self.resolve = ends, resolve
        self.sockets = httpcore.SyncBackend()

    def connect_tcp(self, host: str, port: int, *_: Any, **__: Any) -> "_Stream":
        problem: httpcore.ConnectError | None = None
        for address in _checked(host, port, self.ends, self.resolve):
            try:
                connected = self.sockets.connect_tcp(str(address), port, timeout=left(self.ends))
            except httpcore.ConnectError as error:
                problem = error
                continue
            return _Stream(connected, self.ends)
        raise problem or Refused(NAMELESS)


class _Stream(httpcore.NetworkStream):
    """A connection whose every wait is cut where the time for the whole ends, however slowly bytes drip."""

    def __init__(self, stream: httpcore.NetworkStream, ends: float) -> None:
        self.stream, self.ends = stream, ends

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        return self.stream.read(max_bytes, left(self.ends))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self.stream.write(buffer, left(self.ends))

    def start_tls(
        self,
        ssl_context: ssl.SSLContext,
        server_hostname: str | None = None,
        timeout: float | None = None,
    ) -> "_Stream":
        try:
            return _Stream(self.stream.start_tls(ssl_context, server_hostname, left(self.ends)), self.ends)
        except httpcore.ConnectError as error:
            if isinstance(error.__cause__, ssl.SSLCertVerificationError):
                raise Refused(UNTRUSTED) from None
            raise

    def close(self) -> None:
        self.stream.close()


# --- Asking, and reading what is answered


def _ask(parts: SplitResult, pool: httpcore.ConnectionPool, etag: str) -> Fetched:
    host = str(parts.hostname)
    path = quote(parts.path or "/", safe="/%:=&~+!$,;'@()*[]")
    query = quote(parts.query, safe="/%:=&?~+!$,;'@()*[]")
    host_header = parts.netloc if parts.netloc.isascii() else parts.netloc.encode("idna").decode()
    headers: list[tuple[bytes | str, bytes | str]] = [
        ("Host", host_header),
        ("User-Agent", AGENT),
        ("Accept", "text/calendar"),
        ("Accept-Encoding", "gzip, identity"),
        ("Connection", "close"),
    ]
    if etag:
        headers.append(("If-None-Match", etag))
    url = httpcore.URL(
        scheme=parts.scheme,
        host=host if host.isascii() else host.encode("idna").decode(),
        port=parts.port,
        target=f"{path}?{query}" if query else path,
    )
    with pool.stream("GET", url, headers=headers) as answer:
        found = Message()
        for name, value in answer.headers:
            found[name.decode("latin-1")] = value.decode("latin-1")
        if answer.status == 304 and etag:
            return Fetched(b"", etag, unchanged=True)
        _check_status(answer.status)
        return Fetched(_content(answer, found), _fit(found.get("ETag", "")))


def _check_status(status: int) -> None:
    if 300 <= status < 400:
        raise Refused(
            gettext_noop("The address only points on to another one. Please give that one."), final=True
        )
    if status in {401, 403}:
        raise Refused(
            gettext("It asks for a sign-in (%(status)s): give the secret address of the calendar.")
            % {"status": status}
        )
    if status in {404, 410}:
        raise Refused(
            gettext("There is no calendar at this address any more (%(status)s).") % {"status": status}
        )
    if status != 200:
        raise Refused(gettext("Its server answered with an error (%(status)s).") % {"status": status})


def _content(answer: httpcore.Response, headers: Message) -> bytes:
    """The body, unpacked, and no more of it than a calendar has."""
    packed = headers.get("Content-Encoding", "identity").strip().lower()
    if packed not in {"identity", "gzip"}:
        raise Refused(gettext_noop("It answers in a form that we do not read."))
    raw = bytearray()
    for piece in answer.iter_stream():
        raw += piece
        if len(raw) > MOST_BYTES:
            raise Refused(TOO_LARGE)
    if packed == "gzip":
        raw = bytearray(zlib.decompressobj(wbits=31).decompress(raw, MOST_BYTES + 1))
    if len(raw) > MOST_BYTES:
        raise Refused(TOO_LARGE)
    return bytes(raw)


def _fit(etag: str) -> str:
    """A tag that can be sent back in a header, and kept."""
    return etag if etag.isascii() and etag.isprintable() and len(etag) <= 200 else ""
