"""Making an offer: its terms in versions, its approval, its way to the candidate."""

from candidates.offers.actions.make import (
    LONGEST_REASON,
    MAKE_FOR,
    approved,
    change_terms,
    draft,
    drop_next,
    end_by_us,
    extend,
    reached,
    refused,
    send,
    submit,
    withdraw,
)

__all__ = [
    "LONGEST_REASON",
    "MAKE_FOR",
    "approved",
    "change_terms",
    "draft",
    "drop_next",
    "end_by_us",
    "extend",
    "reached",
    "refused",
    "send",
    "submit",
    "withdraw",
]
