"""What rules put on pages below, and what posts say of them."""

from candidates.automation.pages import cards
from candidates.automation.queries import declared

__all__ = ["cards", "declared"]
