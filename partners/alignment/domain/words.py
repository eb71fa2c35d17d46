"""What can be read in words without understanding them: lines, what two texts share, and amounts of money."""

import re
from collections.abc import Iterable
from decimal import Decimal, InvalidOperation

WORD = re.compile(r"[^\W\d_]{5,}")
STEM = 5
"""Words that begin with the same letters are of one family, in most languages: ship, shipped; deliver, delivery."""

_GROUP = r"[.,'\u2019\u00a0\u202f ]"
"""What stands between thousands, from place to place."""
_NUMBER = rf"\d{{1,3}}(?:{_GROUP}\d{{3}})+(?:[.,]\d{{1,2}})?|\d+(?:[.,]\d{{1,2}})?"
MONEY = re.compile(
    rf"(?P<before>[€$£¥₹]|\b[A-Z]{{3}}\b)\s?(?P<a>{_NUMBER})(?P<ka>\s?[kK]\b)?"
    rf"|(?P<b>{_NUMBER})(?P<kb>\s?[kK]\b)?\s?(?P<after>[€$£¥₹]|zł|\b[A-Z]{{3}}\b)"
)
SIGNS = {"€": "EUR", "$": "USD", "£": "GBP", "¥": "JPY", "₹": "INR", "zł": "PLN"}


def lines(text: str) -> list[str]:
    """What a field of one thing a line says, without bullets."""
    found = (line.strip().lstrip("-*•· ").strip() for line in text.splitlines())
    return [line for line in found if line]


def stems(text: str) -> set[str]:
    """The beginnings of its longer words."""
    return {word.casefold()[:STEM] for word in WORD.findall(text)}


def speaks_of(line: str, texts: Iterable[str]) -> bool:
    """Whether one of the texts has a longer word in common with the line."""
    wanted = stems(line)
    return any(wanted & stems(text) for text in texts)


def amounts(text: str, currency: str) -> list[Decimal]:
    """The amounts of money of this currency that a text names, in its order."""
    found = []
    for match in MONEY.finditer(text):
        sign = match["before"] or match["after"]
        if SIGNS.get(sign, sign) == currency:
            thousands = bool(match["ka"] or match["kb"])
            value = _amount(match["a"] or match["b"])
            if value is not None:
                found.append(value * 1000 if thousands else value)
    return found


def _amount(written: str) -> Decimal | None:
    """`68,000`, `68.000`, `68 000`, `24,50`: what stands in groups of three are thousands."""
    plain = re.sub(rf"{_GROUP}(?=\d{{3}}(?!\d))", "", written).replace(",", ".")
    try:
        return Decimal(plain)
    except InvalidOperation:
        return None
