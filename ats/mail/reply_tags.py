"""Addresses to which answers go: the house's mailbox with a signed tag (RFC 5233), which says what is answered.

What a candidate gets asks for answers to its application; what nobody else is named to answer, to the message itself.
A tag holds a number and a signature over it, in small Base32: whatever folds the case of an address leaves it whole,
and nobody makes one up. Where the mailbox takes no subaddresses (`INBOUND_SUBADDRESS=`), answers go to its plain
address, and are found by the ids in their heads.
"""

import hmac
import re
from base64 import b32decode, b32encode
from binascii import Error
from collections.abc import Iterable, Iterator
from enum import Enum
from hashlib import sha256

from django.conf import settings

LONGEST_LOCAL = 64
"""RFC 5321, 4.5.3.1.1."""
SIGNED = 10
"""Bytes of the signature: guessing one takes 2^79 letters."""
TAG = re.compile(r"[amp][a-z2-7]{18,40}\Z")
SALT = "ats.mail.reply_tags"


class Answered(Enum):
    """What a tag speaks of, by its first letter."""

    APPLICATION = "a"
    MAIL = "m"
    PERSON = "p"
    """A colleague's own address, to which they pass on whom they would like to know here."""


class Forged(ValueError):
    """It looks like one of our tags, and we made none such."""


def address_for(application_id: int) -> str:
    """Where answers about this application go; empty where no mail comes in."""
    return _address(Answered.APPLICATION, application_id)


def address_of(mail_id: int) -> str:
    """Where answers to this message go; empty where no mail comes in."""
    return _address(Answered.MAIL, mail_id)


def address_for_person(user_id: int) -> str:
    """Where this colleague passes people on; empty where no mail comes in, or none with a tag."""
    found = _address(Answered.PERSON, user_id)
    return "" if found == settings.INBOUND_ADDRESS else found


def _address(what: Answered, number: int) -> str:
    if not settings.INBOUND_ADDRESS:
        return ""
    local, _, domain = settings.INBOUND_ADDRESS.rpartition("@")
    tagged = f"{local}{settings.INBOUND_SUBADDRESS}{_tag(what, number)}"
    if not settings.INBOUND_SUBADDRESS or len(tagged) > LONGEST_LOCAL:
        return settings.INBOUND_ADDRESS
    return f"{tagged}@{domain}"


def answered_in(addresses: Iterable[str]) -> tuple[Answered, int] | None:
    """What the first true tag in these addresses speaks of; `Forged` where there are only false ones."""
    is_forged = False
    for tag in _tags(addresses):
        what = Answered(tag[0])
        number = _number(what, tag[1:])
        if number is not None:
            return what, number
        is_forged = True
    if is_forged:
        raise Forged
    return None


def is_ours(address: str) -> bool:
    """Whether mail to this address comes in here."""
    own = settings.INBOUND_ADDRESS.lower()
    return bool(own) and (address.lower() == own or any(True for _ in _tags([address])))


def _tags(addresses: Iterable[str]) -> Iterator[str]:
    if not settings.INBOUND_ADDRESS or not settings.INBOUND_SUBADDRESS:
        return
    own, _, own_domain = settings.INBOUND_ADDRESS.lower().rpartition("@")
    for address in addresses:
        local, _, domain = address.strip().lower().rpartition("@")
        head, mark, tag = local.rpartition(settings.INBOUND_SUBADDRESS)
        if mark and (head, domain) == (own, own_domain) and TAG.match(tag):
            yield tag


def _tag(what: Answered, number: int) -> str:
    plain = number.to_bytes(max(1, (number.bit_length() + 7) // 8), "big")
    signed = plain + _signature(what, plain, settings.SECRET_KEY)
    return what.value + b32encode(signed).decode("ascii").rstrip("=").lower()


def _number(what: Answered, tag: str) -> int | None:
    found = tag.upper()
    try:
        signed = b32decode(found + "=" * (-len(found) % 8))
    except Error:
        return None
    plain, given = signed[:-SIGNED], signed[-SIGNED:]
    keys = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    if not plain or not any(hmac.compare_digest(given, _signature(what, plain, key)) for key in keys):
        return None
    return int.from_bytes(plain, "big")


def _signature(what: Answered, plain: bytes, key: str) -> bytes:
    said = f"{SALT}:{what.name.lower()}:".encode() + plain
    return hmac.digest(key.encode(), said, sha256)[:SIGNED]
