"""Which sequences somebody sees. To whom they go is a question of the people (`access/candidate.py`)."""

from django.db.models import QuerySet

from ats.accounts.models import User
from ats.kernel.access import sees
from candidates.sequences.models import Sequence


@sees(Sequence)
def visible(rows: QuerySet[Sequence], user: User) -> QuerySet[Sequence]:
    """The recruiting team those of the organisations for which it works."""
    if not user.is_authenticated or not user.is_active or not user.recruits:
        return rows.none()
    return rows if user.works_for is None else rows.filter(organisation__in=list(user.works_for))
