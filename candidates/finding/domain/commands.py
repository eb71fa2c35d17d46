"""Places to go and things to begin, by words: what the palette offers beside people and roles."""

from typing import NamedTuple

from ats.kernel.languages import Words
from ats.kernel.staff_words import gettext_lazy, pgettext_lazy
from candidates.people.domain.keys import fold


class Command(NamedTuple):
    """`address` is the name of a page, `permission` what it asks for; empty: everybody who sees this shell."""

    label: Words
    icon: str
    address: str
    permission: str = ""


COMMANDS = (
    Command(gettext_lazy("Add a candidate"), "plus", "candidate_new", "candidates.add_candidate"),
    Command(gettext_lazy("Open a new role"), "plus", "requisition_new", "requisitions.add_requisition"),
    Command(gettext_lazy("My day"), "day", "my_day"),
    Command(gettext_lazy("Requisitions"), "requisition", "requisition_list"),
    Command(pgettext_lazy("the rail", "Candidates"), "people", "candidate_list"),
    Command(gettext_lazy("Pools"), "people", "talent_pools", "candidates.keep_pool"),
    Command(gettext_lazy("Sequences"), "mail", "sequences", "candidates.send_sequence"),
    Command(gettext_lazy("Who waits too long"), "clock", "waiting"),
    Command(gettext_lazy("Messages that found no place"), "mail", "inbox", "candidates.handle_inbox"),
    Command(gettext_lazy("Calendar"), "calendar", "calendar"),
    Command(gettext_lazy("Hires"), "people", "hire_list"),
    Command(gettext_lazy("Rules"), "list-check", "rules", "candidates.view_rule"),
    Command(gettext_lazy("Signals"), "eye", "signals", "candidates.see_signals"),
    Command(gettext_lazy("Settings"), "settings", "settings"),
)


def answering(question: str, commands: tuple[Command, ...] = COMMANDS) -> list[Command]:
    """Those of whose words each word of the question is the beginning; all of them where nothing is asked."""
    asked = fold(question).split()
    return [
        command
        for command in commands
        if all(any(word.startswith(each) for word in fold(str(command.label)).split()) for each in asked)
    ]
