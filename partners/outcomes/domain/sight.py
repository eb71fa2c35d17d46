"""Whose answers about a hire somebody reads: pure. See docs/adr/0037-a-new-hires-answers.md."""

from partners.outcomes.models import AnswerSide, ReviewAnswer


def reads(answer: ReviewAnswer, *, is_manager: bool, recruits: bool) -> bool:
    """Whether somebody reads an answer: the manager's side reads a new hire's only where they said so.

    Who is on the manager's side stays there, whatever else they are in the house. `recruits` is said of the role's
    own recruiter, and of whoever oversees.
    """
    if answer.side == AnswerSide.MANAGER:
        return is_manager or recruits
    return answer.shared if is_manager else recruits
