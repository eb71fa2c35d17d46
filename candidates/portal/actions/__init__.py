"""What candidates do themselves, beside what the slices below do for them: links and addresses."""

from candidates.portal.actions.change import (
    CONFIRM_WITHIN,
    SALT,
    SEND_LINK,
    address_to_confirm,
    ask_for_link,
    ask_to_change_email,
    confirm_address,
    organisation_of,
    send_link,
    used,
)
from candidates.portal.actions.same_person import say_whether_same, tell_teams

__all__ = [
    "CONFIRM_WITHIN",
    "SALT",
    "SEND_LINK",
    "address_to_confirm",
    "ask_for_link",
    "ask_to_change_email",
    "confirm_address",
    "organisation_of",
    "say_whether_same",
    "send_link",
    "tell_teams",
    "used",
]
