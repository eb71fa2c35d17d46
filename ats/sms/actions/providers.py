"""Which addresses belong to which provider of SMS, and how they are said to the library that speaks to it.

Of the library's hundred services only these send SMS and nothing else to the one number that they are given. What it
would do beside that is not let in: numbers in an address would get every SMS as well, a call or WhatsApp is no SMS,
and where it takes a number for none, it drops that and sends to the sender's own (`speaker_to`).
"""

import re
from dataclasses import dataclass
from typing import Any

from ats.chat.actions import wire
from ats.kernel.errors import Invalid
from ats.kernel.staff_words import gettext, gettext_lazy
from ats.sms.models import Provider

SPEAKERS = {
    Provider.TWILIO: ("twilio", "NotifyTwilio"),
    Provider.VONAGE: ("vonage", "NotifyVonage"),
    Provider.SINCH: ("sinch", "NotifySinch"),
    Provider.SEVEN: ("seven", "NotifySeven"),
    Provider.ELKS: ("fortysixelks", "Notify46Elks"),
}
"""The library's module and class that speak to it."""
SCHEMES = {
    "twilio": Provider.TWILIO,
    "vonage": Provider.VONAGE,
    "nexmo": Provider.VONAGE,
    "sinch": Provider.SINCH,
    "seven": Provider.SEVEN,
    "46elks": Provider.ELKS,
    "elks": Provider.ELKS,
}
HEARS = frozenset({Provider.TWILIO})
"""Whose calls about what came in are signed with a key that its address holds."""
LONGEST = 500
WRONG = gettext_lazy("This is no address of this provider: look at how it is put together.")
NUMBER = re.compile(r"\+[1-9]\d{6,14}")
ONE_IT_KNOWS = "+15005550001"


@dataclass(frozen=True)
class Address:
    provider: Provider
    url: str
    sender: str
    secret: str
    """What the provider signs its calls with; empty where it does not."""


def address_of(url: str) -> Address:
    """`Invalid` says what is wrong with an address that somebody typed."""
    url = url.strip()
    provider = SCHEMES.get(url.partition("://")[0].lower())
    if provider is None or "://" not in url:
        names = ", ".join(sorted(SCHEMES))
        raise Invalid(
            gettext("The address must begin with one of these and ://: %(names)s.") % {"names": names},
            field="address",
        )
    if len(url) > LONGEST or any(not letter.isprintable() or letter.isspace() for letter in url):
        raise Invalid(WRONG, field="address")
    speaker = _speaker(provider, url)
    if speaker is None:
        raise Invalid(WRONG, field="address")
    if getattr(speaker, "targets", None):
        raise Invalid(
            gettext("Leave the numbers out that it would go to: each SMS goes to one candidate."),
            field="address",
        )
    if provider == Provider.TWILIO and not _is_sms(speaker):
        raise Invalid(
            gettext("This address calls, or writes on WhatsApp: only SMS are sent."), field="address"
        )
    secret = "" if getattr(speaker, "apikey", None) else getattr(speaker, "auth_token", "")
    return Address(provider, url, str(getattr(speaker, "source", "") or "")[:40], secret or "")


def speaker_to(address: Address, number: str) -> Any:
    """The library's speaker that writes to this number, and to it alone; None where it is none.

    The library knows numbers of 10 to 14 digits, so that whoever lives on the Faroe Islands has none: it is built for
    one that it knows, whose place ours then takes, written in the same way.
    """
    speaker = _speaker(address.provider, address.url, ONE_IT_KNOWS) if NUMBER.fullmatch(number) else None
    if speaker is None or len(speaker.targets) != 1:
        return None
    target = speaker.targets[0]
    written = target[-1] if isinstance(target, tuple) else target
    ours = number if written.startswith("+") else number.lstrip("+")
    speaker.targets = [(*target[:-1], ours) if isinstance(target, tuple) else ours]
    return speaker


def _is_sms(speaker: Any) -> bool:
    return str(speaker.method) == "sms" and str(speaker.default_mode) == "T"


def _speaker(provider: Provider, url: str, number: str = "") -> Any:
    kind = wire.watched(*SPEAKERS[provider])
    facts = kind.parse_url(url)
    if not facts:
        return None
    if number:
        facts["targets"] = [number]
    try:
        return kind(**facts)
    except Exception:  # noqa: BLE001 - a part of the address cannot be one
        return None
