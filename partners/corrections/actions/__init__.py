"""Every write to course corrections and what is changed in them."""

from partners.corrections.actions.change import LONGEST, Change, add_step, set_step_done
from partners.corrections.actions.look_again import LOOK_AGAIN, look_again
from partners.corrections.actions.remind import STEPS, note_near, pass_on
from partners.corrections.actions.start import Named, start
from partners.corrections.actions.stop import stop, stop_all

__all__ = [
    "LONGEST",
    "LOOK_AGAIN",
    "STEPS",
    "Change",
    "Named",
    "add_step",
    "look_again",
    "note_near",
    "pass_on",
    "set_step_done",
    "start",
    "stop",
    "stop_all",
]
