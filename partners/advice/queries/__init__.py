"""What pages show of advice."""

from partners.advice.queries.page import Shown, page, shown, standing_shown
from partners.advice.queries.standing import Row, standing_advice

__all__ = ["Row", "Shown", "page", "shown", "standing_advice", "standing_shown"]
