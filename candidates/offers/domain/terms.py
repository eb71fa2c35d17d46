"""The terms of an offer: what may be given, what the role suggests, and what has changed, in words."""

from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal
from typing import Any, TypedDict

import pycountry
from django.utils.formats import date_format, number_format
from django.utils.translation import gettext, gettext_lazy

from ats.kernel import staff_words
from ats.kernel.errors import Invalid
from ats.kernel.languages import known, name_of
from candidates.compose.words import typed
from candidates.offers.domain.pay import in_words as pay_in_words
from candidates.offers.domain.pay import standing
from candidates.offers.models import OfferTerms
from candidates.people.domain.keys import one_line
from requisitions.models import EmploymentType, PayPeriod, RemoteMode, Requisition

MOST_CUSTOM = 12
LONGEST_LETTER = 20_000
MOST_VALID_DAYS = 60
FARTHEST = timedelta(days=5 * 366)


class Terms(TypedDict, total=False):
    """What an offer may be given; what is left out comes from the role, or stays as it was."""

    pay: Decimal
    pay_currency: str
    pay_period: str
    range_reason: str
    starts_on: date
    employment_type: str
    ends_on: date | None
    hours_a_week: Decimal | None
    place: str
    remote_mode: str
    bonus: str
    equity: str
    custom: list[dict[str, str]]
    letter: str
    language: str
    valid_days: int


FIELDS = tuple(name for name in Terms.__annotations__ if name != "valid_days")

LABELS: dict[str, Any] = {
    "pay": gettext_lazy("Pay"),
    "starts_on": gettext_lazy("First day"),
    "employment_type": gettext_lazy("Contract"),
    "ends_on": gettext_lazy("Last day"),
    "hours_a_week": gettext_lazy("Hours a week"),
    "place": gettext_lazy("Place"),
    "remote_mode": gettext_lazy("Way of working"),
    "bonus": gettext_lazy("Bonus"),
    "equity": gettext_lazy("Equity"),
    "custom": gettext_lazy("Further terms"),
    "range_reason": "Reason for the pay",
    "letter": gettext_lazy("The letter"),
    "language": gettext_lazy("Language of the letter"),
}
PAY = ("pay", "pay_currency", "pay_period")


def suggested(requisition: Requisition) -> dict[str, Any]:
    """What the role itself says about the terms."""
    location = requisition.location
    return {
        "pay_currency": requisition.pay_currency,
        "pay_period": requisition.pay_period,
        "employment_type": requisition.employment_type,
        "remote_mode": requisition.remote_mode,
        "place": str(location) if location else "",
        "starts_on": requisition.target_start,
    }


def values_of(terms: OfferTerms) -> dict[str, Any]:
    return {name: getattr(terms, name) for name in FIELDS} | {"language": terms.tongue}


def checked(given: dict[str, Any], *, requisition: Requisition, today: date) -> dict[str, Any]:
    """These terms, tidied; `Invalid` names the first that does not make sense."""
    terms: dict[str, Any] = dict.fromkeys(FIELDS) | given
    for name in ("place", "bonus", "equity"):
        terms[name] = _line(terms[name], name)
    terms["range_reason"] = typed(terms["range_reason"] or "")[:2000]
    terms["custom"] = _custom(terms["custom"])
    _check_choices(terms)
    _check_days(terms, today)
    _check_pay(terms, requisition)
    letter = typed(terms.get("letter") or "")
    if not letter:
        raise Invalid(staff_words.gettext("Write the letter."), field="letter")
    if len(letter) > LONGEST_LETTER:
        said = staff_words.gettext("Keep the letter under %(most)s characters.")
        raise Invalid(said % {"most": LONGEST_LETTER}, field="letter")
    terms["letter"] = letter
    return {name: terms[name] for name in FIELDS}


def valid_days(given: Any) -> int:
    days = int(given)
    if not 1 <= days <= MOST_VALID_DAYS:
        said = staff_words.gettext("Give from 1 to %(most)s working days.")
        raise Invalid(said % {"most": MOST_VALID_DAYS}, field="valid_days")
    return days


def _line(text: str | None, name: str) -> str:
    line = one_line(text or "")
    longest = 200 if name == "place" else 300
    if len(line) > longest:
        raise Invalid(
            staff_words.gettext("Keep this under %(limit)s characters.") % {"limit": longest}, field=name
        )
    return line


def _custom(rows: Any) -> list[dict[str, str]]:
    kept = []
    for row in rows or []:
        label, text = one_line(str(row.get("label", "")))[:80], typed(str(row.get("text", "")))[:1000]
        if bool(label) != bool(text):
            raise Invalid(staff_words.gettext("Give each further term a name and its words."), field="custom")
        if label:
            kept.append({"label": label, "text": text})
    if len(kept) > MOST_CUSTOM:
        said = staff_words.gettext("Keep it to %(most)s further terms.")
        raise Invalid(said % {"most": MOST_CUSTOM}, field="custom")
    return kept


def _check_choices(terms: dict[str, Any]) -> None:
    for name, choices in (
        ("pay_period", PayPeriod),
        ("employment_type", EmploymentType),
        ("remote_mode", RemoteMode),
    ):
        if terms.get(name) not in choices.values:
            raise Invalid(staff_words.gettext("Choose one of the list."), field=name)
    currency = str(terms.get("pay_currency") or "").upper()
    if pycountry.currencies.get(alpha_3=currency) is None:
        raise Invalid(
            staff_words.gettext("Give the currency by its three letters, such as EUR."), field="pay_currency"
        )
    terms["pay_currency"] = currency
    terms["language"] = terms["language"] or ""
    if terms["language"] not in {"", *known()}:
        raise Invalid(staff_words.gettext("Choose one of the list."), field="language")
    hours = terms["hours_a_week"]
    if hours is not None and not 0 < hours <= 80:
        raise Invalid(staff_words.gettext("Give the hours of one week, 80 at most."), field="hours_a_week")


def _check_days(terms: dict[str, Any], today: date) -> None:
    starts_on, ends_on = terms.get("starts_on"), terms["ends_on"]
    if starts_on is None:
        raise Invalid(staff_words.gettext("Say when they start."), field="starts_on")
    if starts_on <= today:
        raise Invalid(
            staff_words.gettext("The first day lies in the past: give one ahead."), field="starts_on"
        )
    if starts_on > today + FARTHEST:
        raise Invalid(
            staff_words.gettext("This first day is too far away to be promised."), field="starts_on"
        )
    if ends_on is not None and ends_on <= starts_on:
        raise Invalid(staff_words.gettext("The last day comes after the first one."), field="ends_on")


def _check_pay(terms: dict[str, Any], requisition: Requisition) -> None:
    pay = terms.get("pay")
    if pay is None or pay <= 0:
        raise Invalid(staff_words.gettext("Say what it pays."), field="pay")
    terms["pay"] = pay = Decimal(pay)
    if pay >= 10**10:
        raise Invalid(staff_words.gettext("This is more than can be paid."), field="pay")
    stands = standing(pay, terms["pay_currency"], terms["pay_period"], requisition=requisition)
    if stands is not None and not stands.is_within and not terms["range_reason"]:
        said = staff_words.gettext("%(stands)s Say why.") % {"stands": stands.words}
        raise Invalid(said, field="range_reason")


def said(terms: OfferTerms, name: str) -> str:
    """One of the terms as people read it; empty where there is none."""
    if name == "pay":
        return pay_in_words(terms)
    value = getattr(terms, name)
    if name in {"employment_type", "remote_mode"}:
        return str(getattr(terms, f"get_{name}_display")())
    if isinstance(value, date):
        return date_format(value, "LONG_DATE")
    if name == "custom":
        return "; ".join(f"{row['label']}: {row['text']}" for row in value)
    if isinstance(value, Decimal):
        return number_format(Decimal(f"{value.normalize():f}"), use_l10n=True)
    return name_of(str(value or "")) if name == "language" else str(value or "")


SHOWN = tuple(name for name in LABELS if name not in {"range_reason", "letter", "language", "custom"})
TYPED = frozenset({"bonus", "equity", "custom"})
"""Terms in words of our own: they are in the language of the letter, whoever reads them in which."""


def rows(terms: OfferTerms) -> Iterator[tuple[str, str, str]]:
    """The terms by name, label and text, without those that are not part of it."""
    every = [(name, str(LABELS[name]), said(terms, name)) for name in SHOWN]
    every += [("custom", row["label"], row["text"]) for row in terms.custom]
    return (row for row in every if row[2])


def facts(terms: OfferTerms) -> list[tuple[str, str]]:
    """The terms as a list of label and text."""
    return [(label, text) for _, label, text in rows(terms)]


INTERNAL = frozenset({"range_reason"})
"""What nobody outside the team reads."""


def changes(before: OfferTerms, after: OfferTerms, *, internal: bool = True) -> list[str]:
    """What is other in `after`, a sentence each; without `internal`, as the candidate may read it."""
    found = []
    for name, label in LABELS.items():
        if name in INTERNAL and not internal:
            continue
        parts = PAY if name == "pay" else (name,)
        if all(getattr(before, part) == getattr(after, part) for part in parts):
            continue
        if name == "letter":
            found.append(gettext("The words of the letter"))
            continue
        if name == "language" and not (before.language and after.language):
            continue  # of one from before this was said
        was, now = said(before, name), said(after, name)
        if was and now:
            said_so = gettext("%(what)s: %(now)s instead of %(was)s")
        else:
            said_so = "%(what)s: %(now)s" if now else gettext("%(what)s: no longer %(was)s")
        found.append(said_so % {"what": label, "now": now, "was": was})
    return found
