"""What the board gives to the floors below, once everything is loaded."""

from candidates.board.pages import cards
from candidates.board.queries import answers, figures

__all__ = ["answers", "cards", "figures"]
