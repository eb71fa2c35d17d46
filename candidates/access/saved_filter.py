"""Which saved filters somebody sees."""

from django.db.models import Q, QuerySet

from ats.accounts.models import User
from ats.kernel.access import sees
from candidates.saved_filters.models import SavedFilter


@sees(SavedFilter)
def visible(rows: QuerySet[SavedFilter], user: User) -> QuerySet[SavedFilter]:
    """One's own, and what colleagues share. Whom it finds is another matter: that hangs on who asks."""
    if not user.is_authenticated or not user.is_active:
        return rows.none()
    return rows.filter(Q(owner=user) | Q(shared=True))
