"""What an application's page says of times that are asked for, to those who arrange them."""

from dataclasses import dataclass

from ats.accounts.models import User
from candidates.applications.models import Application, ApplicationState
from candidates.interviews.actions.seat import SCHEDULE
from candidates.scheduling.models import BookingRequest


@dataclass(frozen=True)
class Arranging:
    """Somebody may arrange interviews here; `asked` is the question that waits with the candidate."""

    asked: BookingRequest | None


def arranging(application: Application, user: User) -> Arranging | None:
    """Whether the candidate is asked for a time; None for who does not arrange interviews, or once it ended."""
    if application.state != ApplicationState.ACTIVE or not user.has_perm(SCHEDULE, application):
        return None
    return Arranging(application.booking_requests.live().first())
