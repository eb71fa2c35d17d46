"""Domains of addresses that are made to be thrown away; the list and its source: `data/README.md`."""

from functools import cache
from pathlib import Path

LIST = Path(__file__).parent / "data" / "disposable_domains.txt"


@cache
def domains() -> frozenset[str]:
    return frozenset(LIST.read_text(encoding="ascii").split())


def is_disposable(email: str) -> bool:
    """Whether its domain, or one above it, is on the list."""
    _, _, domain = email.rpartition("@")
    parts = domain.lower().rstrip(".").split(".")
    return any(".".join(parts[at:]) in domains() for at in range(len(parts) - 1))
