"""Every write to rules, and all that they do."""

from candidates.automation.actions.choose import choose
from candidates.automation.actions.hear import hear
from candidates.automation.actions.stop import stop_no
from candidates.automation.actions.switch import switch_off, switch_on
from candidates.automation.actions.try_out import try_out
from candidates.automation.actions.wait import look_at_waiting
from candidates.automation.actions.work import work
from candidates.automation.actions.write import change, remove, write

__all__ = [
    "change",
    "choose",
    "hear",
    "look_at_waiting",
    "remove",
    "stop_no",
    "switch_off",
    "switch_on",
    "try_out",
    "work",
    "write",
]
