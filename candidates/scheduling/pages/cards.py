"""What an application's page says of times that are asked for, to those who arrange them."""

from dataclasses import dataclass

from ats.accounts.models import User
from ats.kernel.rows import columns, made
from candidates.applications.models import Application, ApplicationState
from candidates.interviews.actions.seat import SCHEDULE
from candidates.scheduling.models import BookingRequest

ASKED = f"""
    SELECT {columns("b", BookingRequest, "state", "expires_at")} FROM candidates_bookingrequest b
    WHERE b.application_id = %(application)s AND b.state IN ('open', 'given') ORDER BY b.id LIMIT 1
"""  # noqa: S608


@dataclass(frozen=True)
class Arranging:
    """Somebody may arrange interviews here; `asked` is the question that waits with the candidate."""

    asked: BookingRequest | None


def arranging(application: Application, user: User) -> Arranging | None:
    """Whether the candidate is asked for a time; None for who does not arrange interviews, or once it ended."""
    if application.state != ApplicationState.ACTIVE or not user.has_perm(SCHEDULE, application):
        return None
    return Arranging(next(iter(made(BookingRequest, ASKED, {"application": application.pk})), None))
