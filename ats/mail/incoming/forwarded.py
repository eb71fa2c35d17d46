"""Whom a letter passes on: who wrote what is forwarded in it, or to whom it went, where we got a copy."""

from collections.abc import Iterator
from email.message import Message
from email.utils import getaddresses

from ats.mail.incoming.addresses import in_text
from ats.mail.incoming.parsing import header, headers, own_parts
from ats.mail.incoming.quoted import inside
from ats.mail.incoming.replying import FROM, label, whole_text

MOST_LINES = 2_000
Named = tuple[str, str]
"""A name, as far as it is said, and an address."""


def passed_on(message: Message) -> list[Named]:
    """Who wrote what is forwarded here, the innermost of each; nobody where nothing is."""
    return list(dict.fromkeys([*_attached(message), *_in_words(message)]))


def written_to(message: Message) -> list[Named]:
    """To whom it went beside us."""
    return _addresses([*headers(message, "To"), *headers(message, "Cc")])


def _attached(message: Message) -> Iterator[Named]:
    for part in own_parts(message):
        for each in inside(part):
            yield from _addresses([header(each, "From")])


def _in_words(message: Message) -> Iterator[Named]:
    """`From: Ada Lovelace <ada@example.org>` above what was forwarded, in whichever language."""
    for line in whole_text(message).splitlines()[:MOST_LINES]:
        if label(line) in FROM and (found := next(in_text(line), None)):
            begins, address = found
            name = line[:begins].partition(":")[2].strip(" \t<[(\"'*:")
            yield name.removesuffix("mailto").strip(" \t<[(\"'*:"), address


def _addresses(values: list[str]) -> list[Named]:
    try:
        found = getaddresses(values)
    except RecursionError:
        return []
    return [(name.strip(), address) for name, address in found if "@" in address]
