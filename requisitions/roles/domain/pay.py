"""Pay in words: the range, its currency, its period."""

from decimal import Decimal

from django.utils.formats import number_format
from django.utils.translation import get_language, gettext

from requisitions.roles.models import PayPeriod, Requisition

SIGNS = {"EUR": "€", "USD": "$", "GBP": "£", "JPY": "¥", "INR": "₹", "PLN": "zł"}


def amount(value: Decimal, currency: str) -> str:
    """`€68,000`, `CHF 90,000`, `€24.50`: no decimals where there are none. In other languages: `68.000 €`."""
    value = Decimal(value)
    places = 0 if value == value.to_integral_value() else 2
    number = number_format(value, decimal_pos=places, use_l10n=True, force_grouping=True)
    sign = SIGNS.get(currency)
    if not sign or get_language() in {None, "en"}:
        return f"{sign}{number}" if sign else f"{currency} {number}"
    return f"{number}\N{NO-BREAK SPACE}{sign}"


def in_words(requisition: Requisition, *, period: bool = True) -> str:
    """`€68,000 to €82,000 a year`; empty where no range was given."""
    role = requisition
    said = role.pay_period if period else ""
    return range_in_words(role.pay_min, role.pay_max, role.pay_currency, said)


def range_in_words(low: Decimal | None, high: Decimal | None, currency: str, period: str) -> str:
    if low is None or high is None:
        return ""
    words = amount(low, currency)
    if high != low:
        words = gettext("%(low)s to %(high)s") % {"low": words, "high": amount(high, currency)}
    return f"{words} {PayPeriod(period).label}" if period else words
