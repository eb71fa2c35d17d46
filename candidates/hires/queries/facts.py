"""What a personnel system gets about a hire, frozen when it is recorded."""

from typing import Any

from ats.kernel.languages import Words
from ats.kernel.staff_words import gettext_lazy
from candidates.applications.models import Application
from candidates.offers.models import Offer, OfferTerms

COLUMNS: tuple[str, ...] = (
    "first_name", "last_name", "email", "phone", "city", "country", "job_title", "requisition", "organisation",
    "department", "location", "hiring_manager", "hiring_manager_email", "recruiter", "starts_on", "ends_on",
    "employment_type", "remote_mode", "place", "pay", "pay_currency", "pay_period", "hours_a_week", "bonus",
    "equity", "further_terms", "offer", "accepted_at", "letter_sha256", "opening", "application", "source",
)  # fmt: skip
"""The facts in the order of the export."""

LABELS = {
    "first_name": gettext_lazy("First name"),
    "last_name": gettext_lazy("Last name"),
    "email": gettext_lazy("E-mail"),
    "phone": gettext_lazy("Phone"),
    "city": gettext_lazy("City"),
    "country": gettext_lazy("Country"),
    "job_title": gettext_lazy("Job title"),
    "requisition": gettext_lazy("Requisition"),
    "organisation": gettext_lazy("Organisation"),
    "department": gettext_lazy("Department"),
    "location": gettext_lazy("Location"),
    "hiring_manager": gettext_lazy("Hiring manager"),
    "hiring_manager_email": gettext_lazy("Hiring manager's e-mail"),
    "recruiter": gettext_lazy("Recruiter"),
    "starts_on": gettext_lazy("Starts on"),
    "ends_on": gettext_lazy("Ends on"),
    "employment_type": gettext_lazy("Employment type"),
    "remote_mode": gettext_lazy("Remote mode"),
    "place": gettext_lazy("Place"),
    "pay": gettext_lazy("Pay"),
    "pay_currency": gettext_lazy("Pay currency"),
    "pay_period": gettext_lazy("Pay period"),
    "hours_a_week": gettext_lazy("Hours a week"),
    "bonus": gettext_lazy("Bonus"),
    "equity": gettext_lazy("Equity"),
    "further_terms": gettext_lazy("Further terms"),
    "offer": gettext_lazy("Offer"),
    "accepted_at": gettext_lazy("Accepted at"),
    "letter_sha256": gettext_lazy("Fingerprint of the letter"),
    "opening": gettext_lazy("Opening"),
    "application": gettext_lazy("Application"),
    "source": gettext_lazy("Source"),
}


def facts_of(application: Application, *, offer: Offer | None, terms: OfferTerms | None) -> dict[str, Any]:
    """Everything that was agreed, and whom it is about; empty where it is not known."""
    candidate, requisition = application.candidate, application.requisition
    manager = requisition.hiring_manager
    facts: dict[str, Any] = dict.fromkeys(COLUMNS, "")
    facts |= {
        "first_name": candidate.first_name,
        "last_name": candidate.last_name,
        "email": candidate.email,
        "phone": candidate.phone,
        "city": candidate.city,
        "country": candidate.country,
        "job_title": requisition.title,
        "requisition": requisition.reference,
        "organisation": requisition.organisation.name,
        "department": str(requisition.department or ""),
        "location": str(requisition.location or ""),
        "hiring_manager": str(manager or ""),
        "hiring_manager_email": manager.email if manager else "",
        "recruiter": str(requisition.recruiter),
        "starts_on": str(application.starts_on or ""),
        "employment_type": requisition.employment_type,
        "remote_mode": requisition.remote_mode,
        "opening": application.opening.number if application.opening else "",
        "application": application.pk,
        "source": str(application.source or ""),
    }
    return facts | _agreed(offer, terms) if offer is not None and terms is not None else facts


def _agreed(offer: Offer, terms: OfferTerms) -> dict[str, Any]:
    signature = getattr(offer, "signature", None)
    return {
        "ends_on": str(terms.ends_on or ""),
        "employment_type": terms.employment_type,
        "remote_mode": terms.remote_mode,
        "place": terms.place,
        "pay": str(terms.pay),
        "pay_currency": terms.pay_currency,
        "pay_period": terms.pay_period,
        "hours_a_week": str(terms.hours_a_week or ""),
        "bonus": terms.bonus,
        "equity": terms.equity,
        "further_terms": "; ".join(f"{row['label']}: {row['text']}" for row in terms.custom),
        "offer": offer.pk,
        "accepted_at": signature.signed_at.isoformat() if signature else "",
        "letter_sha256": signature.document_sha256 if signature else "",
    }


def said(facts: dict[str, Any]) -> list[tuple[Words, str]]:
    """The facts that are known, with their names in words, in the order of the export."""
    rows = ((column, str(facts.get(column, ""))) for column in COLUMNS)
    return [(LABELS[name], text) for name, text in rows if text]
