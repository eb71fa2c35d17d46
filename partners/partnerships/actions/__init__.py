"""Every write to a partnership and its agreement."""

from partners.partnerships.actions.begin import begin, close, note_intake, resume
from partners.partnerships.actions.propose import accept, propose, renew
from partners.partnerships.actions.set_grace import grace_of, set_grace

__all__ = [
    "accept",
    "begin",
    "close",
    "grace_of",
    "note_intake",
    "propose",
    "renew",
    "resume",
    "set_grace",
]
