"""Pay in words: the range, its currency, its period."""

from decimal import Decimal

from django.utils.formats import number_format

from requisitions.roles.models import Requisition

SIGNS = {"EUR": "€", "USD": "$", "GBP": "£", "JPY": "¥", "INR": "₹", "PLN": "zł"}


def amount(value: Decimal, currency: str) -> str:
    """`€68,000`, `CHF 90,000`, `€24.50`: no decimals where there are none."""
    places = 0 if value == value.to_integral_value() else 2
    number = number_format(value, decimal_pos=places, use_l10n=True, force_grouping=True)
    sign = SIGNS.get(currency)
    return f"{sign}{number}" if sign else f"{currency} {number}"


def in_words(requisition: Requisition, *, period: bool = True) -> str:
    """`€68,000 to €82,000 a year`; empty where no range was given."""
    low, high = requisition.pay_min, requisition.pay_max
    if low is None or high is None:
        return ""
    words = amount(low, requisition.pay_currency)
    if high != low:
        words += f" to {amount(high, requisition.pay_currency)}"
    return f"{words} {requisition.get_pay_period_display()}" if period else words
