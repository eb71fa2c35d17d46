"""Reading partnerships: their agreements, and how their roles stand."""

from partners.partnerships.queries.agreement import (
    AgreementPage,
    agreement_page,
    fields_by_side,
    house_rules,
    to_propose,
    whom_to_write,
)

__all__ = [
    "AgreementPage",
    "agreement_page",
    "fields_by_side",
    "house_rules",
    "to_propose",
    "whom_to_write",
]
