"""Which requests to put data right somebody sees."""

from django.db.models import QuerySet

from ats.accounts.models import User
from ats.kernel.access import sees
from candidates.data_requests.models import DataCorrection
from candidates.people.models import Candidate


@sees(DataCorrection)
def visible(rows: QuerySet[DataCorrection], user: User) -> QuerySet[DataCorrection]:
    """Who recruits sees those of people whom they see."""
    if not user.is_authenticated or not user.recruits:
        return rows.none()
    return rows.filter(candidate__in=Candidate.objects.visible_to(user))
