"""Which bulk runs somebody sees."""

from django.db.models import QuerySet

from ats.accounts.models import User
from ats.kernel.access import sees
from candidates.bulk.models import BulkRun


@sees(BulkRun)
def visible(rows: QuerySet[BulkRun], user: User) -> QuerySet[BulkRun]:
    """One's own, as long as one recruits."""
    if not user.is_authenticated or not user.is_active or not user.recruits:
        return rows.none()
    return rows.filter(by=user)
