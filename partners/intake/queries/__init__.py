"""Reading briefs: what they say now, what both sides have settled, and what their pages show."""

from partners.intake.queries.brief import brief_of, said_now, settled
from partners.intake.queries.page import intake_page, revision
from partners.intake.queries.printing import history, one_page, printed

__all__ = [
    "brief_of",
    "history",
    "intake_page",
    "one_page",
    "printed",
    "revision",
    "said_now",
    "settled",
]
