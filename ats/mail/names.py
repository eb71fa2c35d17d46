"""What the domain names system says of the domain that mail comes from: SPF, DMARC, and the key of our signature.

Servers of many readers refuse, or sort out, what comes from a domain that says none of it.
"""

from collections.abc import Callable

from ats.mail import signing

RESERVED = (
    ".test",
    ".example",
    ".invalid",
    ".localhost",
    ".localdomain",
    "example.com",
    "example.org",
    "example.net",
)
WAIT = 3.0
"""Seconds for each question."""

Ask = Callable[[str], list[str] | None]
"""The texts that stand under a name; None where nobody can be asked."""


def texts(name: str) -> list[str] | None:
    import dns.exception
    import dns.resolver

    try:
        answer = dns.resolver.resolve(name, "TXT", lifetime=WAIT)
    except (dns.resolver.NXDOMAIN, dns.resolver.NoAnswer):
        return []
    except (dns.exception.DNSException, OSError):
        return None
    return ["".join(part.decode("utf-8", "replace") for part in record.strings) for record in answer]


def lacking(*, selector: str, has_key: bool, ask: Ask = texts) -> list[str]:
    """What the domain should say and does not, a sentence each; nothing where it cannot be asked."""
    domain = signing.domain()
    if "." not in domain or domain.endswith(RESERVED):
        return []
    wanted = [
        (domain, "v=spf1", "SPF: which servers may send its mail, such as “v=spf1 mx -all”"),
        (f"_dmarc.{domain}", "v=DMARC1", "DMARC: what becomes of the rest, such as “v=DMARC1; p=quarantine”"),
    ]
    if has_key:
        wanted.append((f"{selector}._domainkey.{domain}", "p=", "DKIM: the public half of DKIM_KEY"))
    found = []
    for name, mark, what in wanted:
        said = ask(name)
        if said is not None and not any(mark in text for text in said):
            found.append(f"{name} has no TXT record of {what}.")
    return found
