"""From where somebody comes, as the security log and the rate limits see it."""

import ipaddress

from django.http import HttpRequest

from ats.common.middleware import client_ip

NOWHERE = "0.0.0.0"  # noqa: S104 - the caller has no address (a socket of this machine)


def ip_of(request: HttpRequest) -> str:
    """The caller's address, from the trusted helper; always one that can be stored."""
    address = client_ip(request)
    try:
        return str(ipaddress.ip_address(address.partition("%")[0]))
    except ValueError:
        return NOWHERE


def where(request: HttpRequest | None) -> dict[str, str]:
    """For the record: address and device."""
    if request is None:
        return {}
    return {"ip": ip_of(request), "device": request.headers.get("User-Agent", "")[:200]}
