"""Domains of addresses that are made to be thrown away, as the package `disposable-email-domains` lists them."""

from functools import cache


@cache
def domains() -> frozenset[str]:
    from disposable_email_domains import blocklist  # ten thousand names that only a worker needs

    return frozenset(blocklist)


def is_disposable(email: str) -> bool:
    """Whether its domain, or one above it, is on the list."""
    _, _, domain = email.rpartition("@")
    parts = domain.lower().rstrip(".").split(".")
    return any(".".join(parts[at:]) in domains() for at in range(len(parts) - 1))
