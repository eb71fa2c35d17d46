"""What is booked: for messages that would come too late, and for who leaves the house."""

from collections.abc import Collection, Iterable
from datetime import datetime

from ats.accounts.models import User
from ats.accounts.queries.succession import Held, holder
from ats.kernel.staff_words import gettext, ngettext
from candidates.compose import delayed_delivery
from candidates.interviews.models import Interview, InterviewSeat, InterviewState, SeatKind


@holder
def interviews_held(user: User) -> list[Held]:
    """What they would miss; their seats count as given up at once (`pools.wanting_substitutes`)."""
    seats = InterviewSeat.objects.filter(user=user, released=False, kind=SeatKind.INTERVIEWER)
    number = seats.filter(interview__state=InterviewState.BOOKED).count()
    said = ngettext("%(number)s interview to hold", "%(number)s interviews to hold", number)
    what = said % {"number": number}
    return (
        [Held(what, goes=gettext("need somebody else; the roles' recruiters see it on their day"))]
        if number
        else []
    )


@delayed_delivery.meeting
def interviews_between(
    application_ids: Collection[int], after: datetime, before: datetime
) -> Iterable[tuple[int, datetime]]:
    """For messages that would come too late: whatever became of an interview, its reader may come."""
    rows = Interview._base_manager.filter(application__in=application_ids)
    return rows.filter(starts_at__gt=after, starts_at__lt=before).values_list("application_id", "starts_at")
