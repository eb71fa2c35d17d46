"""Going to an address that somebody typed in, without becoming their hands inside our network.

The name is looked up once, every address that it stands for must be a public one, and the connection goes to the very
address that was checked: a name that answers differently the second time gains nothing.
"""

import ipaddress
import socket
import threading
import time
from collections.abc import Callable, Collection
from typing import Any
from urllib.parse import SplitResult, urlsplit

from ats.kernel.staff_words import gettext_noop

PORTS = (range(80, 81), range(443, 444), range(1024, 65536))
GLOBAL_V6 = ipaddress.ip_network("2000::/3")
INDIRECT = [
    ipaddress.ip_network(each)
    for each in ("2001::/23", "2002::/16", "3fff::/20", "192.88.99.0/24", "192.0.0.0/24", "64:ff9b::/96")
]
"""Ranges that lead on to other addresses (6to4, Teredo, NAT64) or to none."""
NAMELESS = gettext_noop("There is no such name.")
INSIDE = gettext_noop("This address is not on the open internet; for safety it is not used.")

Address = ipaddress.IPv4Address | ipaddress.IPv6Address
Resolve = Callable[..., list[tuple[Any, ...]]]


class NotOpen(Exception):
    """Why nobody goes there, in words for who gave the address. `final`: trying again cannot help."""

    def __init__(self, words: str, *, final: bool = False) -> None:
        super().__init__(words)
        self.words, self.final = words, final


def check_address(
    url: str,
    *,
    named: str = "An address with a name and password in it is not used.",
    port_words: str = "Nothing is sent to this port.",
) -> SplitResult:
    """The parts of an address that may be tried; `NotOpen` says what is wrong with it."""
    try:
        parts = urlsplit(url.strip())
        port = parts.port
    except ValueError:
        raise NotOpen(gettext_noop("This is not a web address."), final=True) from None
    if parts.scheme not in {"http", "https"} or not parts.hostname:
        raise NotOpen(gettext_noop("The address must begin with https://."), final=True)
    if parts.username is not None or parts.password is not None:
        raise NotOpen(named, final=True)
    if port is not None and not any(port in few for few in PORTS):
        raise NotOpen(port_words, final=True)
    if any(not letter.isprintable() or letter.isspace() for letter in url.strip()):
        raise NotOpen(gettext_noop("This is not a web address."), final=True)
    return parts


def is_public(address: Address) -> bool:
    """Whether it belongs to the open internet: one machine there, and not a way back to us."""
    if any(address in network for network in INDIRECT if network.version == address.version):
        return False
    if isinstance(address, ipaddress.IPv6Address) and address not in GLOBAL_V6:
        return False
    return address.is_global and not (address.is_multicast or address.is_reserved)


def checked(
    host: str,
    port: int,
    ends: float,
    *,
    allowed: Collection[str] = (),
    inside: str = INSIDE,
    resolve: Resolve = socket.getaddrinfo,
) -> list[Address]:
    """Where the name leads: asked once, and refused if any of it is not the open internet."""
    found = list(dict.fromkeys(_looked_up(host, port, ends, resolve)))
    if not found:
        raise NotOpen(NAMELESS)
    if not all(is_public(each) or str(each) in allowed for each in found):
        raise NotOpen(inside, final=True)
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
    asking.join(left(ends))
    if asking.is_alive():
        raise TimeoutError
    return [ipaddress.ip_address(str(each[4][0]).partition("%")[0]) for each in answers]


def left(ends: float) -> float:
    """Seconds until then; `TimeoutError` where there are none."""
    seconds = ends - time.monotonic()
    if seconds <= 0:
        raise TimeoutError
    return seconds
