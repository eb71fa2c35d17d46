"""Adding people, each once, and changing what is known about them."""

from candidates.people.actions.change import (
    CHANGEABLE,
    POOL_CONSENT,
    change_contact,
    confirm_email,
    find_or_create,
    set_pool_consent,
)
from candidates.people.actions.read_phone import read_phone

__all__ = [
    "CHANGEABLE",
    "POOL_CONSENT",
    "change_contact",
    "confirm_email",
    "find_or_create",
    "read_phone",
    "set_pool_consent",
]
