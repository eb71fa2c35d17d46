"""What the page and the exports of hires show."""

from candidates.hires.queries.hires import hire_for, hires_for, new_hires, to_export

__all__ = [
    "hire_for",
    "hires_for",
    "new_hires",
    "to_export",
]
