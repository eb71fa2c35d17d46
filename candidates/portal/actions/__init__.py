"""What candidates do themselves, beside what the slices below do for them: links and addresses."""

from candidates.portal.actions.change import SEND_LINK, ask_for_link, organisation_of, send_link, used
from candidates.portal.actions.change_address import (
    OLD,
    agree_for_them,
    ask_to_change_email,
    asked_by,
    refuse_for_them,
    say_no,
    say_yes,
)
from candidates.portal.actions.same_person import say_whether_same, tell_teams, untold

__all__ = [
    "OLD",
    "SEND_LINK",
    "agree_for_them",
    "ask_for_link",
    "ask_to_change_email",
    "asked_by",
    "organisation_of",
    "refuse_for_them",
    "say_no",
    "say_whether_same",
    "say_yes",
    "send_link",
    "tell_teams",
    "untold",
    "used",
]
