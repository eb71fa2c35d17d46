"""Sitting in: let somebody in, write down what was seen, confirm it, and confirm who interviews alone anyway."""

from candidates.shadowing.actions.arrange import confirm_alone, confirm_planned, leave, let_in, let_out
from candidates.shadowing.actions.change_number import set_needed
from candidates.shadowing.actions.learn import LONGEST_EVIDENCE, confirm, write

__all__ = [
    "LONGEST_EVIDENCE",
    "confirm",
    "confirm_alone",
    "confirm_planned",
    "leave",
    "let_in",
    "let_out",
    "set_needed",
    "write",
]
