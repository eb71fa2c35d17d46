"""Every write on who is put forward: begun, asked, answered, noted, taken back; and from whom it is kept meanwhile."""

from candidates.submissions.actions.answer import answer, take_back
from candidates.submissions.actions.ask import ask, end_after_no, note_answer, put_forward
from candidates.submissions.actions.begin import begin
from candidates.submissions.actions.hold import follow_person, follow_stand_in, follow_team

__all__ = [
    "answer",
    "ask",
    "begin",
    "end_after_no",
    "follow_person",
    "follow_stand_in",
    "follow_team",
    "note_answer",
    "put_forward",
    "take_back",
]
