"""What rooms above say that somebody owes their partner, beside commitments."""

from dataclasses import dataclass
from datetime import datetime

from ats.accounts.models import User


@dataclass(frozen=True)
class Asked:
    """Something that this person took on for a role, by then; `is_past`: it was missed and is still open."""

    role: str
    what: str
    owner: User
    due_at: datetime
    is_past: bool
