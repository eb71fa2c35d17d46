"""The offer letter: its placeholders, the words that ship, and filling them in for one offer."""

from ats.kernel.errors import Invalid
from ats.kernel.staff_words import gettext
from ats.mail.render import PLACEHOLDER
from ats.organisation.models import HiringOrganisation
from candidates.offers.domain import terms as terms_
from candidates.offers.models import Offer, OfferLetterTemplate, OfferTerms

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


def template_for(organisation: HiringOrganisation) -> str:
    """The organisation's own letter, else the house's, else the one that ships."""
    rows = {
        row.organisation_id: row.body
        for row in OfferLetterTemplate.objects.filter(is_default=True)
        if row.organisation_id in {None, organisation.pk}
    }
    return rows.get(organisation.pk) or rows.get(None) or SHIPPED


def values(offer: Offer, terms: OfferTerms) -> dict[str, str]:
    application = offer.application
    requisition, candidate = application.requisition, application.candidate
    return {
        "candidate.first_name": candidate.first_name,
        "candidate.name": candidate.name,
        "job.title": requisition.title,
        "organisation.name": requisition.organisation.name,
        "recruiter.name": str(requisition.recruiter),
        "manager.name": str(requisition.hiring_manager or requisition.recruiter),
        "offer.pay": terms_.said(terms, "pay"),
        "offer.first_day": terms_.said(terms, "starts_on"),
        "offer.contract": terms_.said(terms, "employment_type"),
        "offer.place": terms.place,
        "offer.way_of_working": terms_.said(terms, "remote_mode"),
        "offer.bonus": terms.bonus,
        "offer.equity": terms.equity,
        "offer.valid_days": str(offer.days_of(terms.number)),
        "terms": "\n".join(f"- {label}: {_one_block(text)}" for label, text in terms_.facts(terms)),
    }


def _one_block(text: str) -> str:
    """A term of several lines stays one item of the list."""
    return " ".join(text.split())


def filled(body: str, given: dict[str, str]) -> str:
    return PLACEHOLDER.sub(lambda match: given[match[1]], body)
