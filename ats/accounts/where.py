"""From where somebody comes, as the security log and the rate limits see it."""

import ipaddress

from django.http import HttpRequest

from ats.common.middleware import client_ip

NOWHERE = "0.0.0.0"  # noqa: S104 - the caller has no address (a socket of this machine)


def known_ip(request: HttpRequest) -> str | None:
    """The caller's address, from the trusted helper, if it is one: a proxy may write other things there."""
    try:
        return str(ipaddress.ip_address(client_ip(request).partition("%")[0]))
    except ValueError:
        return None


def ip_of(request: HttpRequest) -> str:
    """The caller's address; always one that can be stored."""
    return known_ip(request) or NOWHERE


def where(request: HttpRequest | None) -> dict[str, str]:
    """For the record: address and device."""
    if request is None:
        return {}
    return {"ip": ip_of(request), "device": request.headers.get("User-Agent", "")[:200]}
