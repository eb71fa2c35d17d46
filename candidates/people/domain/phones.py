"""Telephone numbers: kept as they were typed, and beside that as they are dialled from anywhere, if they say so.

No country is guessed: "06 12 34 56 78" is somebody's number in France or nobody's in Germany. Letters are words
of a remark ("home", "abends"), and never keys of a telephone.
"""

import re

import phonenumbers

from candidates.people.domain.keys import one_line

COUNTRY_FIRST = "With its country in front it is reached from anywhere: +49 30 901820."
EXTENSION = re.compile(
    r"[\s,;]*(?:\b(?:ext(?:ension|n)?|extn|durchwahl|dw|nebenstelle|nst|app|apparat|klappe|kl|poste|interno|int|"
    r"anexo|ramal|toestel|tst|wewn?|доб|вн)\b|(?<=\d)x|\bx|#|;ext=)[\s.:]*(?P<digits>\d{1,7})\b",
    re.IGNORECASE,
)
ABROAD = re.compile(r"(?:(?<!\d)\+|(?<![\d+])00(?=\s?[1-9]))(?P<rest>[\d\s().\-/\u2010-\u2015\u00a0]+)")
QUESTION = re.compile(r"[\d\s().\-/+\u2010-\u2015\u00a0]+")
TRUNK = "(0)"
FEWEST_DIGITS = 5
ENOUGH = 9
"""So many digits from the end are somebody's own number, whatever stands before them."""


def as_dialled(typed: str) -> str:
    """`+4930901820`, with `;ext=15` behind it; empty for a number that does not say its country, or for none."""
    text = one_line(typed).translate(str.maketrans("\uff0b", "+"))
    extension = EXTENSION.search(text)
    if extension:
        text = f"{text[: extension.start()]} {text[extension.end() :]}"
    found = ABROAD.findall(text)
    if len(found) != 1 or re.search(r"\d", ABROAD.sub("", text)):
        return ""
    number = _valid(found[0]) or _valid(found[0].replace(TRUNK, ""))
    return f"{number};ext={extension['digits']}" if number and extension else number


def link(typed: str, dialled: str) -> str:
    """What stands behind `tel:`; a number that was not understood goes as it is, without its remark."""
    if dialled:
        return dialled
    first = re.search(r"\+?[\d\s().\-/]{3,}", typed)
    number = re.sub(r"[^+\d]", "", first[0]) if first else ""
    return number if len(number) > FEWEST_DIGITS else ""


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
