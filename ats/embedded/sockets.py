"""Where a server can listen on this machine."""

import os
import socket
from pathlib import Path

UNIX_PATH_BYTES = 103  # the shortest limit among the systems we run on (macOS); Linux has 107


def socket_fits(path: Path) -> bool:
    return len(os.fsencode(path)) <= UNIX_PATH_BYTES


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def addresses(host: str) -> list[str]:
    """Where to listen for a host name: `localhost` is both loopbacks, where the machine has both.

    Browsers try `::1` first: were it left to another program, that one would be seen instead.
    """
    if host != "localhost":
        return [host]
    return ["127.0.0.1", "::1"] if _has_ipv6_loopback() else ["127.0.0.1"]


def _has_ipv6_loopback() -> bool:
    if not socket.has_ipv6:
        return False
    try:
        with socket.socket(socket.AF_INET6) as probe:
            probe.bind(("::1", 0))
    except OSError:
        return False
    return True


def port_is_free(host: str, port: int) -> bool:
    with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError:
            return False
        return True


def greets(host: str, port: int) -> bool:
    """Whether a server is there that speaks first, as a mail server does; a frozen one is not."""
    try:
        with socket.create_connection((host, port), timeout=1) as there:
            return there.recv(3) == b"220"
    except OSError:
        return False
