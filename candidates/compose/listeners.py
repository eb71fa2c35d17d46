"""Declares when candidates may be written to."""

from candidates.compose import delayed_delivery

__all__ = ["delayed_delivery"]
