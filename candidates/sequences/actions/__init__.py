"""Every write to sequences, and to whom they go."""

from candidates.sequences.actions.begin import begin
from candidates.sequences.actions.dispatch import MOST_A_DAY, send
from candidates.sequences.actions.end import cancel_mail, stop, stop_by_itself
from candidates.sequences.actions.make import StepText, close, make

__all__ = [
    "MOST_A_DAY",
    "StepText",
    "begin",
    "cancel_mail",
    "close",
    "make",
    "send",
    "stop",
    "stop_by_itself",
]
