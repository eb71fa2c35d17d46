"""Where somebody sits in and has still to write, and whose sitting in somebody has still to confirm."""

from datetime import datetime

from django.db.models import Exists, OuterRef, QuerySet

from ats.accounts.models import User
from candidates.applications.models import Application, ApplicationState
from candidates.internal.models import KeptFrom
from candidates.interviews.models import InterviewSeat, InterviewState, SeatKind

MOST = 30


def _of_shadows() -> QuerySet[InterviewSeat]:
    """Seats of those who sit in, where it takes place or took place, by time; with whom it is about."""
    rows = InterviewSeat.objects.filter(
        kind=SeatKind.SHADOW,
        released=False,
        interview__state__in=(InterviewState.BOOKED, InterviewState.HELD),
    )
    whole = rows.select_related(
        "user", "interview__application__candidate", "interview__application__requisition"
    )
    return whole.order_by("interview__starts_at", "pk")


def _known(user: User) -> QuerySet[InterviewSeat]:
    """Of candidates of whom this person may know."""
    kept = KeptFrom.objects.in_force().filter(user=user, application=OuterRef("interview__application"))
    return _of_shadows().filter(~Exists(kept))


def to_write(user: User) -> list[InterviewSeat]:
    """Where this person sits in, or sat in, and has written nothing yet, of those who are in play."""
    mine = _known(user).filter(user=user, shadowing__evidence="")
    return list(mine.filter(interview__application__state=ApplicationState.ACTIVE)[:MOST])


def has_still_to_write(user: User, application: Application) -> bool:
    """Whether this person sits in, or sat in, for this candidate, and has written nothing yet."""
    rows = _of_shadows().filter(user=user, shadowing__evidence="", interview__application=application)
    return rows.exists()


def to_confirm(user: User, *, now: datetime) -> list[InterviewSeat]:
    """Who sat in beside this person, and has not been told in a word what they saw."""
    beside = InterviewSeat.objects.filter(
        interview=OuterRef("interview"), user=user, kind=SeatKind.INTERVIEWER, released=False
    )
    waiting = _known(user).filter(interview__ends_at__lte=now, shadowing__word="")
    return list(waiting.filter(Exists(beside))[:MOST])
