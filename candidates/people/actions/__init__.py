"""Adding people, each once, and changing what is known about them."""

from candidates.people.actions.change import (
    CHANGEABLE,
    change_contact,
    confirm_email,
    find_or_create,
)
from candidates.people.actions.further import add_address, make_first, remove_address
from candidates.people.actions.read_phone import read_phone

__all__ = [
    "CHANGEABLE",
    "add_address",
    "change_contact",
    "confirm_email",
    "find_or_create",
    "make_first",
    "read_phone",
    "remove_address",
]
