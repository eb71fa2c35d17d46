"""From where somebody comes, as the security log and the rate limits see it."""

import ipaddress

from django.conf import settings
from django.http import HttpRequest

NOWHERE = "0.0.0.0"  # noqa: S104 - the caller has no address (a socket of this machine)


def client_ip(request: HttpRequest) -> str:
    """The caller's address. Behind our proxy (TRUST_PROXY) it is the one that the proxy itself wrote last."""
    if settings.TRUST_PROXY:
        forwarded = request.META.get("HTTP_X_FORWARDED_FOR", "").rpartition(",")[2].strip()
        if forwarded:
            return forwarded
    return str(request.META.get("REMOTE_ADDR") or "")


def known_ip(request: HttpRequest) -> str | None:
    """The caller's address, from the trusted helper, if it is one: a proxy may write other things there."""
    try:
        return str(ipaddress.ip_address(client_ip(request).partition("%")[0]))
    except ValueError:
        return None


def ip_of(request: HttpRequest) -> str:
    """The caller's address; always one that can be stored."""
    return known_ip(request) or NOWHERE


def ip_and_device(request: HttpRequest | None) -> dict[str, str]:
    """For the record: address and device."""
    if request is None:
        return {}
    return {"ip": ip_of(request), "device": request.headers.get("User-Agent", "")[:200]}
