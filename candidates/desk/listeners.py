"""What the desk gives to the floors below, once everything is loaded."""

from candidates.desk import figures, panels

__all__ = ["figures", "panels"]
