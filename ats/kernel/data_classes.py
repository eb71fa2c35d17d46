"""Whose data a field holds. Each package classes its own in `data_classes.py`; a law test finds what is missing.

Fields that can only hold a number, a moment, a choice or a reference need no class.
"""

from enum import StrEnum


class Of(StrEnum):
    """Whose data it is, and so with whom it goes."""

    CANDIDATE = "candidate"  # erased with the candidate
    STAFF = "staff"  # of somebody who signs in
    NOBODY = "nobody"  # the organisation's own, or technical


Classes = dict[str, dict[Of, tuple[str, ...]]]
"""By model name: the fields of each class."""
