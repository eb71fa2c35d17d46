"""Reading course corrections: of one role, one of them, and those under way of many roles."""

from partners.corrections.queries.listing import Row, open_corrections
from partners.corrections.queries.page import CorrectionPage, ListPage, correction_page, list_page, to_correct

__all__ = [
    "CorrectionPage",
    "ListPage",
    "Row",
    "correction_page",
    "list_page",
    "open_corrections",
    "to_correct",
]
