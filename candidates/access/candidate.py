"""Which people somebody sees."""

from django.db.models import Exists, OuterRef, Q, QuerySet

from ats.accounts.models import User
from ats.kernel.access import sees
from candidates.applications.models import Application
from candidates.people.models import Candidate


@sees(Candidate)
def visible(rows: QuerySet[Candidate], user: User) -> QuerySet[Candidate]:
    """Overseers and recruiters see everybody, except who is only in confidential requisitions of others.

    Everybody else sees the people whose applications they may see.
    """
    if not user.is_authenticated or not user.is_active:
        return rows.none()
    if user.oversees:
        return rows
    applications = Application.objects.visible_to(user)
    if user.recruits:
        # Nearly everybody passes by the first half; the second is only asked for the others. Among them are those
        # whose role is confidential no more, and whose address is somebody's who was known before.
        hidden = applications.filter(candidate__only_confidential=True)
        return rows.filter(Q(only_confidential=False) | Q(pk__in=hidden.values("candidate")))
    return rows.filter(Exists(applications.filter(candidate=OuterRef("pk"))))
