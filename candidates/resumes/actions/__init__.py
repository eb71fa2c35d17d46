"""Reading résumés, taking over what was read, and what comes as facts alone."""

from candidates.resumes.actions.bring_in import add_from, bring
from candidates.resumes.actions.draft import keep_draft, let_go, read_draft, settle
from candidates.resumes.actions.read import await_reading, read_one
from candidates.resumes.actions.take import forget, refuse, take

__all__ = [
    "add_from",
    "await_reading",
    "bring",
    "forget",
    "keep_draft",
    "let_go",
    "read_draft",
    "read_one",
    "refuse",
    "settle",
    "take",
]
