"""Every write to pools and to who is in them."""

from candidates.pools.actions.consent import ask_for_consent, follow_consent, run_out
from candidates.pools.actions.members import add, remove
from candidates.pools.actions.pass_on import pass_on
from candidates.pools.actions.pools import close, make
from candidates.pools.actions.touches import plan_touch, touched

__all__ = [
    "add",
    "ask_for_consent",
    "close",
    "follow_consent",
    "make",
    "pass_on",
    "plan_touch",
    "remove",
    "run_out",
    "touched",
]
