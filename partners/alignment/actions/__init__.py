"""Every write to what functions sign, and to what contradicts itself."""

from partners.alignment.actions.ask import ask
from partners.alignment.actions.decide import WAYS, decide
from partners.alignment.actions.look import hurry, look, watch
from partners.alignment.actions.name_signers import name_signers
from partners.alignment.actions.remind import remind_decider, remind_signer
from partners.alignment.actions.serve import serve
from partners.alignment.actions.sign import sign
from partners.alignment.actions.stop import resume, stop

__all__ = [
    "WAYS",
    "ask",
    "decide",
    "hurry",
    "look",
    "name_signers",
    "remind_decider",
    "remind_signer",
    "resume",
    "serve",
    "sign",
    "stop",
    "watch",
]
