"""Declares when candidates may be written to."""

from candidates.compose import nights

__all__ = ["nights"]
