"""Every write about what came of a hire."""

from partners.outcomes.actions.agree import agree, note_seen
from partners.outcomes.actions.answer import answer_as_manager, answer_as_new_hire
from partners.outcomes.actions.ask import open_review, remind
from partners.outcomes.actions.plan import begin, move, plan, take_back

__all__ = [
    "agree",
    "answer_as_manager",
    "answer_as_new_hire",
    "begin",
    "move",
    "note_seen",
    "open_review",
    "plan",
    "remind",
    "take_back",
]
