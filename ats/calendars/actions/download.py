"""Reading an address that somebody typed in, without becoming their hands inside our network.

The name is looked up once, every address that it stands for must be a public one, and the connection goes to
the very address that was checked: a name that answers differently the second time gains nothing. No
redirects, no cookies, no proxies of the environment, a limit to the bytes and to the whole time.
"""

import ipaddress
import socket
import ssl
import threading
import time
import zlib
from collections.abc import Callable
from dataclasses import dataclass
from email.message import Message
from typing import Any
from urllib.parse import SplitResult, quote, urlsplit

import httpcore
from django.conf import settings

from ats.kernel.staff_words import gettext_noop

SECONDS = 20
MOST_BYTES = 5 * 1024 * 1024
PORTS = (range(80, 81), range(443, 444), range(1024, 65536))
AGENT = "Accord-Calendar/1"
TOO_LARGE = gettext_noop("It is larger than 5 MB, far more than a calendar needs.")
UNTRUSTED = gettext_noop("Its certificate does not hold, so we cannot know who answers there.")
UNREADABLE = (httpcore.NetworkError, httpcore.ProtocolError, httpcore.UnsupportedProtocol)
GLOBAL_V6 = ipaddress.ip_network("2000::/3")
INDIRECT = [
    ipaddress.ip_network(each)
    for each in ("2001::/23", "2002::/16", "3fff::/20", "192.88.99.0/24", "192.0.0.0/24", "64:ff9b::/96")
]
"""Ranges that lead on to other addresses (6to4, Teredo, NAT64) or to none."""

Address = ipaddress.IPv4Address | ipaddress.IPv6Address
Resolve = Callable[..., list[tuple[Any, ...]]]


class Refused(Exception):
    """Why nothing was read, in words for whose calendar it is. `final`: trying again cannot help."""

    def __init__(self, words: str, *, final: bool = False) -> None:
        super().__init__(words)
        self.words, self.final = words, final


@dataclass(frozen=True)
class Fetched:
    content: bytes
    etag: str = ""
    unchanged: bool = False


def check(url: str) -> SplitResult:
    """The parts of an address that may be tried; `Refused` says what is wrong with it."""
    try:
        parts = urlsplit(url.strip())
        port = parts.port
    except ValueError:
        raise Refused(gettext_noop("This is not a web address."), final=True) from None
    if parts.scheme not in {"http", "https"} or not parts.hostname:
        raise Refused(gettext_noop("The address must begin with https://."), final=True)
    if parts.username is not None or parts.password is not None:
        raise Refused(gettext_noop("An address with a name and password in it cannot be read."), final=True)
    if port is not None and not any(port in few for few in PORTS):
        raise Refused(gettext_noop("Calendars are not read at this port."), final=True)
    if any(not letter.isprintable() or letter.isspace() for letter in url.strip()):
        raise Refused(gettext_noop("This is not a web address."), final=True)
    return parts


def is_public(address: Address) -> bool:
    """Whether it belongs to the open internet: one machine there, and not a way back to us."""
    if any(address in network for network in INDIRECT if network.version == address.version):
        return False
    if isinstance(address, ipaddress.IPv6Address) and address not in GLOBAL_V6:
        return False
    return address.is_global and not (address.is_multicast or address.is_reserved)


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
    found = list(dict.fromkeys(_looked_up(host, port, ends, resolve)))
    if not found:
        raise Refused(gettext_noop("There is no such name."))
    if not all(is_public(each) or str(each) in settings.CALENDAR_ALLOWED_ADDRESSES for each in found):
        raise Refused(
            gettext_noop("This address is not on the open internet; for safety it is not read."), final=True
        )
    return found


def _looked_up(host: str, port: int, ends: float, resolve: Resolve) -> list[Address]:
    """The name's addresses, within the time that there is: the system's own look-up knows no limit."""
    answers: list[Any] = []

    def ask() -> None:
        try:
            answers.extend(resolve(host, port, type=socket.SOCK_STREAM))
        except (OSError, UnicodeError):  # no such name; one that cannot be one
            return

    asking = threading.Thread(target=ask, daemon=True)
    asking.start()
    asking.join(_left(ends))
    if asking.is_alive():
        raise TimeoutError
    return [ipaddress.ip_address(str(each[4][0]).partition("%")[0]) for each in answers]


def _left(ends: float) -> float:
    left = ends - time.monotonic()
    if left <= 0:
        raise TimeoutError
    return left


class _Wire(httpcore.NetworkBackend):
    """Connects to no other address than one that was checked, and lets no wait outlast the time for the whole."""

    def __init__(self, ends: float, resolve: Resolve) -> None:
        self.ends, self.resolve = ends, resolve
        self.sockets = httpcore.SyncBackend()

    def connect_tcp(self, host: str, port: int, *_: Any, **__: Any) -> "_Stream":
        problem: httpcore.ConnectError | None = None
        for address in _checked(host, port, self.ends, self.resolve):
            try:
                connected = self.sockets.connect_tcp(str(address), port, timeout=_left(self.ends))
            except httpcore.ConnectError as error:
                problem = error
                continue
            return _Stream(connected, self.ends)
        raise problem or Refused(gettext_noop("There is no such name."))


class _Stream(httpcore.NetworkStream):
    """A connection whose every wait is cut where the time for the whole ends, however slowly bytes drip."""

    def __init__(self, stream: httpcore.NetworkStream, ends: float) -> None:
        self.stream, self.ends = stream, ends

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        return self.stream.read(max_bytes, _left(self.ends))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self.stream.write(buffer, _left(self.ends))

    def start_tls(
        self,
        ssl_context: ssl.SSLContext,
        server_hostname: str | None = None,
        timeout: float | None = None,
    ) -> "_Stream":
        try:
            return _Stream(self.stream.start_tls(ssl_context, server_hostname, _left(self.ends)), self.ends)
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
        raise Refused(f"It asks for a sign-in ({status}): give the secret address of the calendar.")
    if status in {404, 410}:
        raise Refused(f"There is no calendar at this address any more ({status}).")
    if status != 200:
        raise Refused(f"Its server answered with an error ({status}).")


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
