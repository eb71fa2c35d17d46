"""The door to every write on times for interviews: asked for, booked, changed, called off."""

from candidates.scheduling.actions.book_times import book, book_row, pick, say_needs
from candidates.scheduling.actions.change_times import (
    CHANGE_HOURS,
    call_off,
    cancel,
    changeable_until,
    replace_interviewer,
    reschedule,
)
from candidates.scheduling.actions.refuse import Taken

__all__ = [
    "CHANGE_HOURS",
    "Taken",
    "book",
    "book_row",
    "call_off",
    "cancel",
    "changeable_until",
    "pick",
    "replace_interviewer",
    "reschedule",
    "say_needs",
]
