"""Every write to the wording rules, and to what they are said to have misread."""

from requisitions.wording.actions.change import (
    CHANGE,
    LONGEST_TEXT,
    add_rule,
    change_rule,
    remove_rule,
    switch_off,
    switch_on,
)

__all__ = [
    "CHANGE",
    "LONGEST_TEXT",
    "add_rule",
    "change_rule",
    "remove_rule",
    "switch_off",
    "switch_on",
]
