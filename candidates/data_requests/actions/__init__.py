"""What becomes of requests about data: the only door to them."""

from candidates.data_requests.actions.answer import answer_complaint, answer_correction
from candidates.data_requests.actions.ask import ask_for_correction, complain
from candidates.data_requests.actions.ask_copy import BUILD, ask_for_copy, ask_for_them
from candidates.data_requests.actions.make_copy import make_copy
from candidates.data_requests.actions.remind import remind_due
from candidates.data_requests.actions.take_copy import by_token, take

__all__ = [
    "BUILD",
    "answer_complaint",
    "answer_correction",
    "ask_for_copy",
    "ask_for_correction",
    "ask_for_them",
    "by_token",
    "complain",
    "make_copy",
    "remind_due",
    "take",
]
