"""What the pages of offers show, each with a fixed number of queries."""

from candidates.offers.queries.page import (
    VIEW,
    Close,
    OfferPage,
    application_to_offer,
    last_terms_of,
    letter_bytes,
    live_offer_of,
    offer_for,
    offer_page,
    organisations,
    sample_page,
    signed_bytes,
    templates_of,
    where,
)

__all__ = [
    "VIEW",
    "Close",
    "OfferPage",
    "application_to_offer",
    "last_terms_of",
    "letter_bytes",
    "live_offer_of",
    "offer_for",
    "offer_page",
    "organisations",
    "sample_page",
    "signed_bytes",
    "templates_of",
    "where",
]
