"""Which signals somebody sees."""

from django.db.models import Exists, OuterRef, QuerySet

from ats.accounts.models import User
from ats.kernel.access import sees
from candidates.people.models import Candidate
from candidates.signals.models import Signal, SignalPerson


@sees(Signal)
def visible(rows: QuerySet[Signal], user: User) -> QuerySet[Signal]:
    """Whoever may know of everybody in it, and works for the whole house; of nobody, there is nothing to see."""
    if not user.is_authenticated or not user.is_active or not user.recruits or user.works_for is not None:
        return rows.none()
    people = SignalPerson.objects.filter(signal=OuterRef("pk"))
    hidden = people.exclude(candidate__in=Candidate.objects.visible_to(user))
    return rows.filter(Exists(people), ~Exists(hidden))
