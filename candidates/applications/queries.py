"""What somebody may do with an application."""

from dataclasses import dataclass

from ats.accounts.models import User
from candidates.applications.models import Application


@dataclass(frozen=True, kw_only=True)
class May:
    """What the viewer may do with this application."""

    move: bool = False
    decide: bool = False
    message: bool = False
    note: bool = False
    change: bool = False


def may_of(user: User, application: Application) -> May:
    return May(
        move=user.has_perm("candidates.move_application", application),
        decide=user.has_perm("candidates.decide_application", application),
        message=user.has_perm("candidates.message_candidate", application),
        note=user.has_perm("candidates.note_application", application),
        change=user.recruits and user.has_perm("candidates.message_candidate", application),
    )
