"""Which complaints about data somebody sees."""

from django.db.models import Q, QuerySet

from ats.accounts.models import User
from ats.kernel.access import sees
from candidates.data_requests.models import DataComplaint
from candidates.people.models import Candidate


@sees(DataComplaint)
def visible(rows: QuerySet[DataComplaint], user: User) -> QuerySet[DataComplaint]:
    """Who leads sees all, but for those of people who are kept from them."""
    if not user.is_authenticated or not user.oversees:
        return rows.none()
    return rows.filter(Q(candidate=None) | Q(candidate__in=Candidate.objects.visible_to(user)))
