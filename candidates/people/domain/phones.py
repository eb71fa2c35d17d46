"""Telephone numbers: written in one way where they can be understood, kept as typed where not."""

import phonenumbers

from candidates.people.domain.keys import one_line


def tidy_phone(typed: str, *, country: str = "") -> str:
    """The number as it is dialled from abroad; `country` (ISO 3166) is where it is from if it does not say."""
    text = one_line(typed)
    try:
        number = phonenumbers.parse(text, country or None)
    except phonenumbers.NumberParseException:
        return text
    if not phonenumbers.is_valid_number(number):
        return text
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.INTERNATIONAL)
