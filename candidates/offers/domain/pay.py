"""Where an offered pay stands in the range that was approved for the role; pure."""

from dataclasses import dataclass
from decimal import Decimal
from enum import Enum

from ats.kernel.staff_words import gettext
from candidates.offers.models import OfferTerms
from requisitions.models import PayPeriod, Requisition
from requisitions.roles.domain.pay import amount

A_YEAR: dict[str, int] = {PayPeriod.YEAR: 1, PayPeriod.MONTH: 12}
"""Periods that can be told in one another without asking how long somebody works."""


class Place(Enum):
    WITHIN = "within"
    BELOW = "below"
    ABOVE = "above"
    OTHER = "other"
    """In another currency, or for a period that cannot be compared."""


@dataclass(frozen=True)
class Standing:
    """`share`: how far up the range it lies, from 0 at its foot to 100 at its top; beyond it, outside."""

    place: Place
    share: int | None
    words: str

    @property
    def is_within(self) -> bool:
        return self.place is Place.WITHIN


def in_words(terms: OfferTerms) -> str:
    """`€72,000 a year`."""
    return f"{amount(terms.pay, terms.pay_currency)} {terms.get_pay_period_display()}"


def standing(pay: Decimal, currency: str, period: str, *, requisition: Requisition) -> Standing | None:
    """Where this pay stands in the role's range; None where the role has none."""
    low, high = requisition.pay_min, requisition.pay_max
    if low is None or high is None:
        return None
    factor = _factor(period, requisition.pay_period)
    if currency != requisition.pay_currency or factor is None:
        return Standing(Place.OTHER, None, gettext("It cannot be compared with the approved range."))
    paid = pay * factor
    if paid > high:
        above = gettext("%(amount)s above the approved range.") % {"amount": amount(paid - high, currency)}
        return Standing(Place.ABOVE, 100, above)
    if paid < low:
        below = gettext("%(amount)s below the approved range.") % {"amount": amount(low - paid, currency)}
        return Standing(Place.BELOW, 0, below)
    share = 50 if high == low else int((paid - low) * 100 / (high - low))
    return Standing(Place.WITHIN, share, _where(share))


def _factor(period: str, wanted: str) -> Decimal | None:
    if period == wanted:
        return Decimal(1)
    if period in A_YEAR and wanted in A_YEAR:
        return Decimal(A_YEAR[period]) / A_YEAR[wanted]
    return None


def _where(share: int) -> str:
    if share < 34:
        return gettext("In the lower third of the approved range.")
    return (
        gettext("In the middle of the approved range.")
        if share < 67
        else gettext("In the upper third of the approved range.")
    )
