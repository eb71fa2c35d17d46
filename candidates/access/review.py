"""Which views on candidates somebody sees."""

from django.db.models import Exists, OuterRef, Q, QuerySet

from ats.accounts.models import User
from ats.kernel.access import sees
from candidates.applications.models import Application
from candidates.reviews.models import Review, ReviewState


@sees(Review)
def visible(rows: QuerySet[Review], user: User) -> QuerySet[Review]:
    """Those of applications one may see; what others answered, not while one's own answer is missing."""
    mine = Review.objects.open().filter(application=OuterRef("application"), reviewer=user)
    rows = rows.filter(application__in=Application.objects.visible_to(user))
    return rows.filter(~Q(state=ReviewState.ANSWERED) | ~Exists(mine) | Q(reviewer=user))
