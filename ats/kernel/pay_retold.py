"""Pay as rows keep it in English (`€68,000 to €82,000 a year`), written as the language of now does."""

import re

from django.utils.translation import gettext
from django.utils.translation import pgettext as word_of

AMOUNT = r"(?:[€$£¥₹]|zł|[A-Z]{3} )\d[\d,]*(?:\.\d\d)?"
PAY = re.compile(rf"(?P<low>{AMOUNT})(?: to (?P<high>{AMOUNT}))?(?: (?P<period>an? [a-z]+))?")
PARTS = re.compile(r"(?P<sign>\D+?) ?(?P<number>\d[\d,]*)(?P<cents>\.\d\d)?")


def pay_retold(text: str, *, thousands: str, decimals: str) -> str | None:
    """`68.000 € bis 82.000 € pro Jahr`; None where the text is no pay."""
    match = PAY.fullmatch(text)
    if match is None:
        return None

    def amount(words: str) -> str:
        parts = PARTS.fullmatch(words)
        assert parts is not None
        number = parts["number"].replace(",", thousands) + (parts["cents"] or "").replace(".", decimals)
        sign = parts["sign"]
        return (
            f"{sign} {number}" if sign.isascii() and sign.isalpha() else f"{number}\N{NO-BREAK SPACE}{sign}"
        )

    said = amount(match["low"])
    if match["high"]:
        said = gettext("%(low)s to %(high)s") % {"low": said, "high": amount(match["high"])}
    return f"{said} {word_of('pay', match['period'])}" if match["period"] else said
