"""The offer letter: its placeholders, the words that ship, and filling them in for one offer."""

import re
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.conf import settings

from ats.kernel.errors import Invalid
from ats.kernel.languages import speaking
from ats.kernel.staff_words import gettext
from ats.mail import roles
from ats.mail.render import PLACEHOLDER
from ats.organisation.models import HiringOrganisation
from candidates.offers.domain import terms as terms_
from candidates.offers.models import Offer, OfferLetterTemplate, OfferTerms
from requisitions.models import EmploymentType, PayPeriod, RemoteMode

LONGEST_FILLED, MOST_LINES = 30_000, 1_000
PLACEHOLDERS: dict[str, str] = {
    "candidate.first_name": "Robin",
    "candidate.name": "Robin Example",
    "job.title": "Data engineer",
    "organisation.name": "Example Company",
    "recruiter.name": "Kim Sample",
    "manager.name": "Alex Sample",
    "offer.pay": "€72,000 a year",
    "offer.first_day": "1 March 2027",
    "offer.contract": "Full time",
    "offer.place": "Berlin office",
    "offer.way_of_working": "Hybrid",
    "offer.bonus": "Up to 10 % of the yearly pay",
    "offer.equity": "500 options over four years",
    "offer.valid_days": "5",
    "terms": "- Pay: €72,000 a year\n- First day: 1 March 2027\n- Contract: Full time",
}
"""What a letter may say, with samples for the preview of a template."""

SHIPPED = (
    "Dear {{ candidate.first_name }},\n\n"
    "we would be glad to have you with us. With this letter {{ organisation.name }} offers you the position "
    "of {{ job.title }}. You would work with {{ manager.name }}.\n\n"
    "These are the terms:\n\n"
    "{{ terms }}\n\n"
    "You have {{ offer.valid_days }} working days to think it over. Take them; ask whatever you want to know. "
    "You accept by typing your name on your page.\n\n"
    "{{ recruiter.name }}\n{{ organisation.name }}"
)

BLANKS = re.compile(r"[ \t\r\n]+")
"""Not the blank that keeps an amount and its currency on one line."""
SHIPS = "offer.letter"
"""Its name among the letters that ship in other languages than English."""


@dataclass(frozen=True)
class Template:
    """The words that a letter begins with, and the language that they are in."""

    body: str
    language: str


def check(body: str, *, field: str = "letter") -> None:
    """Raise `Invalid` for a placeholder that no letter has, or braces left over."""
    for name in PLACEHOLDER.findall(body):
        if name not in PLACEHOLDERS:
            raise Invalid(
                gettext("There is no {{ %(name)s }} in an offer letter.") % {"name": name}, field=field
            )
    rest = PLACEHOLDER.sub("", body)
    if "{{" in rest or "}}" in rest or "{%" in rest:
        raise Invalid(gettext("A placeholder is written like {{ candidate.first_name }}."), field=field)


def check_length(text: str, *, field: str = "letter") -> None:
    """Raise `Invalid` for a letter that grew beyond reading when its placeholders were filled in."""
    if len(text) > LONGEST_FILLED or text.count("\n") > MOST_LINES:
        raise Invalid(gettext("With everything filled in, this is longer than anybody reads."), field=field)


def first_of(organisation: HiringOrganisation | None) -> str:
    """The language in which this organisation says everything; the house's own without one."""
    return organisation.language if organisation else settings.LANGUAGE_CODE


def template_for(organisation: HiringOrganisation | None, language: str) -> Template:
    """The organisation's own letter, else the house's, else the one that ships.

    Each in this language where there is one, else in the organisation's first, as with mail (`outbox.words_for`).
    """
    tongues = (language, first_of(organisation))
    owners = (organisation.pk if organisation else None, None)
    rows = {
        (row.organisation_id, row.language): row.body
        for row in OfferLetterTemplate.objects.filter(is_default=True, language__in=set(tongues))
        if row.organisation_id in owners
    }
    for owner in owners:
        for tongue in tongues:
            if body := rows.get((owner, tongue)):
                return Template(body, tongue)
    ships = shipped()
    return next(Template(ships[tongue], tongue) for tongue in (*tongues, "en") if tongue in ships)


def shipped() -> dict[str, str]:
    """The letter that ships, by language."""
    return {"en": SHIPPED} | roles.bodies_of(SHIPS)


def values(offer: Offer, terms: OfferTerms) -> dict[str, str]:
    """What stands in the places of its letter, in the language of now."""
    application = offer.application
    requisition, candidate = application.requisition, application.candidate
    return {
        "candidate.first_name": candidate.greeting,
        "candidate.name": candidate.name,
        "job.title": requisition.title,
        "organisation.name": requisition.organisation.name,
        "recruiter.name": str(requisition.recruiter),
        "manager.name": str(requisition.hiring_manager or requisition.recruiter),
        "offer.valid_days": str(offer.days_of(terms.number)),
        **_of_terms(terms),
    }


def _of_terms(terms: OfferTerms) -> dict[str, str]:
    """What a letter says of the terms, in the language of now."""
    return {
        "offer.pay": terms_.said(terms, "pay"),
        "offer.first_day": terms_.said(terms, "starts_on"),
        "offer.contract": terms_.said(terms, "employment_type"),
        "offer.place": terms.place,
        "offer.way_of_working": terms_.said(terms, "remote_mode"),
        "offer.bonus": terms.bonus,
        "offer.equity": terms.equity,
        "terms": "\n".join(f"- {label}: {_one_block(text)}" for label, text in terms_.facts(terms)),
    }


def samples(language: str) -> dict[str, str]:
    """Made-up values for the preview of a template in this language."""
    terms = OfferTerms(
        pay=Decimal(72_000),
        pay_currency="EUR",
        pay_period=PayPeriod.YEAR,
        starts_on=date(2027, 3, 1),
        employment_type=EmploymentType.FULL_TIME,
        remote_mode=RemoteMode.HYBRID,
    )
    with speaking(language):
        said = {name: value for name, value in _of_terms(terms).items() if value}
    return PLACEHOLDERS | said


def _one_block(text: str) -> str:
    """A term of several lines stays one item of the list."""
    return BLANKS.sub(" ", text).strip()


def filled(body: str, given: dict[str, str]) -> str:
    return PLACEHOLDER.sub(lambda match: given[match[1]], body)


def written(offer: Offer, terms: OfferTerms) -> str:
    """The letter for these terms, filled in, all of it in its own language."""
    with speaking(terms.tongue):
        return filled(terms.letter, values(offer, terms))
