"""Reading declined requests; all of it leans on `queries/sight.py`."""

from partners.declined.queries.choices import everybody, known_of, leads, named, people, roles
from partners.declined.queries.page import RecordPage, Row, listing, record_page, same_as
from partners.declined.queries.sight import case_of, office
from partners.declined.queries.support import Asked, asked_of, open_support

__all__ = [
    "Asked",
    "RecordPage",
    "Row",
    "asked_of",
    "case_of",
    "everybody",
    "known_of",
    "leads",
    "listing",
    "named",
    "office",
    "open_support",
    "people",
    "record_page",
    "roles",
    "same_as",
]
