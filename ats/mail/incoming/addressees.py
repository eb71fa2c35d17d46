"""Whom a report without fields for machines speaks of, by where an address stands in its words."""

import re

from ats.mail.incoming import addresses
from ats.mail.incoming.quoted import Original

NO_PERSON = re.compile(r"mailer-?daemon|post_?master|mail-?daemon|no-?reply|noreply", re.IGNORECASE)
TO_BEFORE = re.compile(
    r"(?:rcpt to:?|to:|recipients?:?|expanded from|generated from|address:?)\s{0,20}[<\"(]{0,2}$",
    re.IGNORECASE,
)
FROM_BEFORE = re.compile(
    r"(?:mail from:?|\bfrom:?|sender:?|mailto:|sent by|reply to|contact)\s{0,20}[<\"(]{0,2}$", re.IGNORECASE
)
AT_THE_BEGINNING = re.compile(r"(?:^|\n)[ \t>*\-]{0,20}[<\"(]{0,2}$")
LONGEST = 20_000
MOST = 60
SELF = 6


def in_words(text: str, original: Original, mine: tuple[str, ...]) -> tuple[str, ...]:
    """The addresses of which a text may speak, the likeliest first; `mine` are those that it was sent to."""
    known = {addresses.key(each) for each in original.to}
    own = {addresses.key(each) for each in (*original.sender, *mine)} - known
    best: dict[str, tuple[int, int, str]] = {}
    for number, (place, address) in enumerate(addresses.in_text(text[:LONGEST])):
        if number == MOST:
            break
        name = addresses.key(address)
        rank = (
            -_weight(text[max(0, place - 40) : place], address, name in known, name in own),
            number,
            address,
        )
        best[name] = min(best.get(name, rank), rank)
    ranked = sorted(best.values())
    likely = [address for cost, _, address in ranked if cost <= 0]
    # Who writes to themselves is the one whom their message did not reach.
    return tuple(likely or [address for cost, _, address in ranked if cost <= SELF])


def _weight(before: str, address: str, is_known: bool, is_own: bool) -> int:
    weight = 8 * is_known - 10 * is_own
    if NO_PERSON.match(address) and not is_known:
        weight -= 10
    if TO_BEFORE.search(before):
        weight += 6
    elif FROM_BEFORE.search(before):
        weight -= 8
    if AT_THE_BEGINNING.search(before):
        weight += 4
    return weight + (before.endswith("<"))
