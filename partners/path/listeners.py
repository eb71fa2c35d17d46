"""The path listens to nothing; its panel takes its place on the page of a partnership."""

from partners.path import cards

__all__ = ["cards"]  # shown once everything is loaded
