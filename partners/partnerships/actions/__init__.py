"""Every write to a partnership and its agreement."""

from partners.partnerships.actions.begin import begin, close, note_intake, resume
from partners.partnerships.actions.change_house import rules_of, set_rules
from partners.partnerships.actions.propose import accept, propose, renew
from partners.partnerships.actions.update import LONGEST_UPDATE, give_update
from partners.partnerships.actions.write_word import write_word

__all__ = [
    "LONGEST_UPDATE",
    "accept",
    "begin",
    "close",
    "give_update",
    "note_intake",
    "propose",
    "renew",
    "resume",
    "rules_of",
    "set_rules",
    "write_word",
]
