"""Which scorecards somebody sees."""

from django.db.models import Exists, OuterRef, Q, QuerySet

from ats.accounts.models import User
from ats.kernel.access import sees
from candidates.access.application import unkept
from candidates.applications.models import Application
from candidates.scorecards.models import Scorecard, ScorecardState, owes


@sees(Scorecard)
def visible(rows: QuerySet[Scorecard], user: User) -> QuerySet[Scorecard]:
    """One's own; others' that are in, unless one still owes one's own about the same application."""
    if not user.is_authenticated or not user.is_active:
        return rows.none()
    rows = unkept(rows, user, of="application")
    own = Q(interviewer=user)
    # For each by itself: beside an "or", a list of all known applications would be made first.
    known = Exists(Application.objects.known_to(user).filter(pk=OuterRef("application")))
    return rows.filter(own | (Q(state=ScorecardState.SUBMITTED) & known & ~owes(user)))
