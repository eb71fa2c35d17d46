"""Reading people: their pages, their invitations, and what they hold."""

from ats.accounts.queries.people import (
    anybody_else,
    open_invitations,
    organisations_of,
    people,
    person,
    security_log,
    session_list,
)

__all__ = [
    "anybody_else",
    "open_invitations",
    "organisations_of",
    "people",
    "person",
    "security_log",
    "session_list",
]
