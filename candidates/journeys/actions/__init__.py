"""Journeys: changed, replanned, and their steps taken."""

from candidates.journeys.actions.alter import leave_out, move_step, send_now
from candidates.journeys.actions.ask_task import ask_by_hand, hand_task, reopen_task
from candidates.journeys.actions.change import (
    StepFacts,
    add_step,
    change_step,
    check_words,
    order_steps,
    remove_step,
    set_daily_cap,
    switch_step,
    with_step,
)
from candidates.journeys.actions.replan import REPLANNING, bring_up_to_date, follow, replan_next
from candidates.journeys.actions.say import say, say_no_more
from candidates.journeys.actions.settle_task import do_task, put_off_task, skip_task
from candidates.journeys.actions.take import as_here, ask
from candidates.journeys.actions.translate import translate_step

__all__ = [
    "REPLANNING",
    "StepFacts",
    "add_step",
    "as_here",
    "ask",
    "ask_by_hand",
    "bring_up_to_date",
    "change_step",
    "check_words",
    "do_task",
    "follow",
    "hand_task",
    "leave_out",
    "move_step",
    "order_steps",
    "put_off_task",
    "remove_step",
    "reopen_task",
    "replan_next",
    "say",
    "say_no_more",
    "send_now",
    "set_daily_cap",
    "skip_task",
    "switch_step",
    "translate_step",
    "with_step",
]
