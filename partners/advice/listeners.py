"""What advice gives to the pages of other rooms, once everything is loaded."""

from partners.advice.pages import cards

__all__ = ["cards"]
