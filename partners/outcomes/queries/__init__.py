"""What pages show of what came of hires."""

from partners.outcomes.queries.links import by_token
from partners.outcomes.queries.page import (
    NewHiresPage,
    in_their_first_months,
    new_hires_page,
    page,
    review_to_write,
)
from partners.outcomes.queries.quality import MINIMUM, quality

__all__ = [
    "MINIMUM",
    "NewHiresPage",
    "by_token",
    "in_their_first_months",
    "new_hires_page",
    "page",
    "quality",
    "review_to_write",
]
