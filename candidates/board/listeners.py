"""What the board gives to the floors below, once everything is loaded."""

from candidates.board.pages import cards
from candidates.board.queries import figures

__all__ = ["cards", "figures"]
