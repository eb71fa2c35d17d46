"""Numbers that SMS can be sent to."""

import phonenumbers
from phonenumbers import PhoneNumberFormat, PhoneNumberType

MOBILE = frozenset({PhoneNumberType.MOBILE, PhoneNumberType.FIXED_LINE_OR_MOBILE})
LONGEST = 40


def mobile(typed: str, country: str = "") -> str:
    """`+4915123456789` (E.164); empty where it is no number of a mobile telephone, or says no country.

    Numbers of services, of which some cost whoever sends to them a fortune, are none.
    """
    text = typed.strip()
    if not text or len(text) > LONGEST or any(letter.isalpha() for letter in text):
        return ""
    try:
        number = phonenumbers.parse(text, country or None)
    except phonenumbers.NumberParseException:
        return ""
    if number.extension or not phonenumbers.is_valid_number(number):
        return ""
    if phonenumbers.number_type(number) not in MOBILE:
        return ""
    return str(phonenumbers.format_number(number, PhoneNumberFormat.E164))


def in_words(number: str) -> str:
    """`+49 1512 3456789`, to be read; it stays on one line."""
    try:
        parsed = phonenumbers.parse(number)
    except phonenumbers.NumberParseException:
        return number
    shown = str(phonenumbers.format_number(parsed, PhoneNumberFormat.INTERNATIONAL))
    return shown.replace(" ", "\u00a0").replace("-", "\u2011")
