"""Which pools somebody sees. Whom they see in them is a question of the people (`access/candidate.py`)."""

from django.db.models import QuerySet

from ats.accounts.models import User
from ats.kernel.access import sees
from candidates.pools.models import TalentPool


@sees(TalentPool)
def visible(rows: QuerySet[TalentPool], user: User) -> QuerySet[TalentPool]:
    """The recruiting team those of the organisations for which it works."""
    if not user.is_authenticated or not user.is_active or not user.recruits:
        return rows.none()
    return rows if user.works_for is None else rows.filter(organisation__in=list(user.works_for))
