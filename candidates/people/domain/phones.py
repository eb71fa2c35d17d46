"""Telephone numbers: kept as they were typed, and beside that as they are dialled from anywhere, if they say so.

No country is guessed: "06 12 34 56 78" is somebody's number in France or nobody's in Germany. Letters are words
of a remark ("home", "abends"), and never keys of a telephone.
"""

import re
from functools import lru_cache

import phonenumbers
from django.utils.translation import gettext_lazy

from candidates.people.domain.keys import one_line

COUNTRY_FIRST = gettext_lazy("With its country in front it is reached from anywhere: +49 30 901820.")
EXTENSION = re.compile(
    r"[\s,;]*(?:\b(?:ext(?:ension|n)?|extn|durchwahl|dw|nebenstelle|nst|app|apparat|klappe|kl|poste|interno|int|"
    r"anexo|ramal|toestel|tst|wewn?|доб|вн)\b|(?<=\d)x|\bx|#|;ext=)[\s.:]*(?P<digits>\d{1,7})\b",
    re.IGNORECASE,
)
ABROAD = re.compile(r"(?:(?<!\d)\+|(?<![\d+])00(?=\s?[1-9]))(?P<rest>[\d\s().\-/\u2010-\u2015\u00a0]+)")
NATIONAL = re.compile(r"\d[\d\s().\-/\u2010-\u2015\u00a0]+\d|\(\d[\d\s().\-/\u2010-\u2015\u00a0]+\d")
QUESTION = re.compile(r"[\d\s().\-/+\u2010-\u2015\u00a0]+")
TRUNK = "(0)"
FEWEST_DIGITS, LONGEST = 5, 40
ENOUGH = 9
"""So many digits from the end are somebody's own number, whatever stands before them."""

END = 7
"""By so many digits from the end two numbers are held beside each other (`is_one`)."""


@lru_cache(maxsize=32)  # asked by the form, and again by the row
def as_dialled(typed: str) -> str:
    """`+4930901820`, with `;ext=15` behind it; empty for a number that does not say its country, or for none."""
    text, extension = _without_extension(typed)
    found = ABROAD.findall(text)
    if len(found) != 1 or re.search(r"\d", ABROAD.sub("", text)):
        return ""
    number = _valid(found[0]) or _valid(found[0].replace(TRUNK, ""))
    return f"{number};ext={extension}" if number and extension else number


def _without_extension(typed: str) -> tuple[str, str]:
    text = one_line(typed).translate(str.maketrans("\uff0b", "+"))
    extension = EXTENSION.search(text)
    if extension is None:
        return text, ""
    return f"{text[: extension.start()]} {text[extension.end() :]}", extension["digits"]


def in_country(typed: str, country: str) -> str:
    """How a number without its country is dialled, if it is of this one ("DE"); empty if it cannot be."""
    text, extension = _without_extension(typed)
    found = NATIONAL.findall(text)
    if as_dialled(typed) or len(found) != 1 or re.search(r"\d", NATIONAL.sub("", text)) or "+" in text:
        return ""
    try:
        number = phonenumbers.parse(re.sub(r"\D", "", found[0].replace(TRUNK, "0")), country or None)
    except phonenumbers.NumberParseException:
        return ""
    if not phonenumbers.is_valid_number_for_region(number, country):
        return ""
    dialled = phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)
    return f"{dialled};ext={extension}" if extension else dialled


def says_no_country(typed: str) -> bool:
    """It is somebody's number, and nobody abroad could dial it."""
    digits = re.sub(r"\D", "", _without_extension(typed)[0])
    return len(digits) >= FEWEST_DIGITS and not as_dialled(typed)


def is_reading(dialled: str, typed: str) -> bool:
    """Whether this is what was typed, read as a number of its country; nobody need choose that again."""
    try:
        country = phonenumbers.region_code_for_number(phonenumbers.parse(dialled))
    except phonenumbers.NumberParseException:
        return False
    return in_country(typed, country or "") == dialled


def in_words(dialled: str) -> str:
    """`+49 30 901820`, to be read."""
    try:
        number = phonenumbers.parse(dialled)
    except phonenumbers.NumberParseException:
        return dialled
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.INTERNATIONAL)


def link(typed: str, dialled: str) -> str:
    """What stands behind `tel:`; a number that was not understood goes as it is, without its remark."""
    if dialled:
        return dialled
    first = re.search(r"\+?[\d\s().\-/]{3,}", typed)
    number = re.sub(r"[^+\d]", "", first[0]) if first else ""
    return number if len(number) > FEWEST_DIGITS else ""


def is_one(digits: str, other: str) -> bool:
    """Whether these may be one number, written with its country or without: `4930901820` and `030901820`."""
    shorter, longer = sorted((digits.lstrip("0"), other.lstrip("0")), key=len)
    return len(shorter) >= END and longer.endswith(shorter)


def digits_of(typed: str) -> str:
    """As the database has them of the first number (`models.phone_digits`)."""
    return re.sub(r"\(0\)|\D", "", typed)


def asked_digits(question: str) -> list[str]:
    """What of the digits of somebody's number has to be there, one of these; none if it is no such question."""
    text = question.strip()
    if not QUESTION.fullmatch(text):
        return []
    digits = re.sub(r"\D", "", text.replace(TRUNK, "")).lstrip("0")
    if len(digits) < FEWEST_DIGITS:
        return []
    wanted = [digits]
    if number := _parsed(digits):
        wanted.append(str(number.national_number))
    if len(digits) > ENOUGH:
        wanted.append(digits[-ENOUGH:])
    return list(dict.fromkeys(wanted))


def _parsed(digits: str) -> phonenumbers.PhoneNumber | None:
    try:
        number = phonenumbers.parse(f"+{digits}")
    except phonenumbers.NumberParseException:
        return None
    return number if phonenumbers.is_valid_number(number) else None


def _valid(rest: str) -> str:
    number = _parsed(re.sub(r"\D", "", rest))
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164) if number else ""
