"""Addresses as reports write them, and whether two are one.

A field names a type first (`rfc822; robin@example.com`), an address beyond ASCII comes as it is, as `\\x{E9}`
(RFC 6533) or with its domain in the `xn--` form, a plus may be written `+2B` (RFC 3461).
"""

import re
from collections.abc import Iterable, Iterator
from contextlib import suppress

ADDRESS = re.compile(
    r"(\"[^\"\r\n]{1,64}\"|[^\s<>()\[\]{}\u00ab\u00bb\u201c-\u201f,;:\"'`|/\\@]{1,64})"
    r"@(\w[\w-]{0,62}(?:\.[\w-]{1,63}){0,9}|\[[0-9A-Fa-f:.]{2,45}\])"
)
HEX = re.compile(r"\\x\{([0-9A-Fa-f]{2,6})\}")
XTEXT = re.compile(r"\+([0-9A-F]{2})")
WIDE = 0x2E80
"""From here on signs are Chinese, Japanese or Korean: they stand beside an address without a space."""


def in_text(text: str) -> Iterator[tuple[int, str]]:
    """Each address in a text with the place where it begins."""
    for found in ADDRESS.finditer(text):
        local, domain = found[1], found[2]
        if local.isascii() is False:
            local = _without_wide_beginning(local)
        if domain.isascii() is False:
            domain = _without_wide_end(domain)
        if local and domain:
            yield found.start(), f"{local}@{domain}"


def _without_wide_beginning(local: str) -> str:
    rest = local.lstrip("".join(sign for sign in local if ord(sign) >= WIDE))
    return rest if rest and rest.isascii() else local


def _without_wide_end(domain: str) -> str:
    rest = domain.rstrip("".join(sign for sign in domain if ord(sign) >= WIDE))
    last = domain.rpartition(".")[2]
    return rest if rest and ord(last[0]) < WIDE else domain


def in_field(value: str) -> tuple[str, ...]:
    """The address that a field of a report names, as it stands there, and as it may be meant."""
    kind, mark, rest = value.partition(";")
    words = rest if mark and "@" not in kind else value
    words = HEX.sub(_sign, words)
    found = next((address for _, address in in_text(words)), "")
    if not found:
        return ()
    meant = XTEXT.sub(lambda code: chr(int(code[1], 16)), found)
    return (found,) if meant == found or meant.count("@") != 1 else (found, meant)


def _sign(code: re.Match[str]) -> str:
    number = int(code[1], 16)
    return chr(number) if number < 0x110000 and not 0xD800 <= number < 0xE000 else code[0]


def in_headers(values: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(address for value in values for _, address in in_text(value)))


def key(address: str) -> str:
    """What is equal for two ways to write one address: its domain in IDNA form, all in small letters."""
    local, _, domain = address.strip().strip("<>").rpartition("@")
    domain = domain.lower().rstrip(".")
    if not domain.isascii():
        with suppress(UnicodeError):
            domain = domain.encode("idna").decode("ascii")
    return f"{local.lower()}@{domain}" if local else domain
