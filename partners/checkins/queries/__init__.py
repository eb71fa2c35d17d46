"""Reading check-ins: their page, their agenda, what changed since, and what partners owe."""

from partners.checkins.queries.page import Row, check_in_page, present_rhythm, rhythm_page

__all__ = [
    "Row",
    "check_in_page",
    "present_rhythm",
    "rhythm_page",
]
