"""Which messages that came in somebody sees."""

from django.db.models import Exists, OuterRef, Q, QuerySet

from ats.accounts.models import User
from ats.kernel.access import sees
from ats.mail.models import IncomingMail, IncomingState, Why
from candidates.applications.models import Application
from candidates.internal.models import KeptFrom
from candidates.people.models import Candidate
from requisitions.models import Requisition


@sees(IncomingMail)
def visible(rows: QuerySet[IncomingMail], user: User) -> QuerySet[IncomingMail]:
    """Those of which nobody knows yet what they are about, and those about applications, people and roles one may see.

    Mail is for who recruits: what a stranger wrote to the house is nobody else's. What nobody could read may be about
    a role that few may know, whatever its head says: it is for who oversees.
    """
    if not user.is_authenticated or not (user.recruits or user.oversees):
        return rows.none()
    if not user.oversees:
        rows = rows.exclude(
            Q(why=Why.UNREADABLE) | Q(state=IncomingState.WAITING),
            application_id=None,
            candidate_id=None,
            requisition_id=None,
        )
    kept = KeptFrom.objects.in_force().filter(user=user, application__requisition=OuterRef("requisition_id"))
    applications, people = Application.objects.known_to(user), Candidate.objects.visible_to(user)
    return rows.filter(
        Q(application_id__isnull=True) | Exists(applications.filter(pk=OuterRef("application_id"))),
        Q(candidate_id__isnull=True) | Exists(people.filter(pk=OuterRef("candidate_id"))),
        Q(requisition_id__isnull=True)
        | Q(application_id__isnull=False)
        | Exists(Requisition.objects.visible_to(user).filter(pk=OuterRef("requisition_id"))),
        # An answer to what names the role alone may well say whom it is about.
        Q(application_id__isnull=False) | ~Exists(kept),
    )
