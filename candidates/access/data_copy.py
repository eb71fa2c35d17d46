"""Which copies of people's data somebody sees: that they were asked for, never what stands in them."""

from django.db.models import QuerySet

from ats.accounts.models import User
from ats.kernel.access import sees
from candidates.data_requests.models import DataCopy
from candidates.people.models import Candidate


@sees(DataCopy)
def visible(rows: QuerySet[DataCopy], user: User) -> QuerySet[DataCopy]:
    """Who recruits sees those of people whom they see."""
    if not user.is_authenticated or not user.recruits:
        return rows.none()
    return rows.filter(candidate__in=Candidate.objects.visible_to(user))
