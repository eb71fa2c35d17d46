"""Asking, answering, and counting what was answered."""

from candidates.surveys.actions.answer import Said, answer
from candidates.surveys.actions.configure import set_asking
from candidates.surveys.actions.note_export import note_export
from candidates.surveys.actions.plan import (
    as_they_stand,
    ask_how_it_ended,
    ask_on_the_way,
    do_not_ask_yet,
    remind,
)
from candidates.surveys.actions.tag import tag

__all__ = [
    "Said",
    "answer",
    "as_they_stand",
    "ask_how_it_ended",
    "ask_on_the_way",
    "do_not_ask_yet",
    "note_export",
    "remind",
    "set_asking",
    "tag",
]
