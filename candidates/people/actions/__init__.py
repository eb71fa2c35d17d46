"""Adding people, each once, and changing what is known about them."""

from candidates.people.actions.change import (
    CHANGEABLE,
    change_contact,
    confirm_email,
    find_or_create,
)
from candidates.people.actions.read_phone import read_phone

__all__ = [
    "CHANGEABLE",
    "change_contact",
    "confirm_email",
    "find_or_create",
    "read_phone",
]
