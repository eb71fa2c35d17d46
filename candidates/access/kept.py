"""What of the ground floor is about an application that must not be known to somebody."""

from django.db.models import BigIntegerField, Exists, OuterRef, Q, QuerySet
from django.db.models.functions import Cast

from ats.accounts.models import User
from ats.approvals.models import ApprovalRequest
from ats.kernel.access import keeps
from ats.mail.models import OutgoingMail
from candidates.internal.models import KeptFrom


@keeps(ApprovalRequest)
def requests(rows: QuerySet[ApprovalRequest], user: User) -> QuerySet[ApprovalRequest]:
    about = Cast(OuterRef("about_ids__application_id"), BigIntegerField())
    return rows.filter(~Exists(KeptFrom.objects.in_force().filter(user=user, application=about)))


@keeps(OutgoingMail)
def mails(rows: QuerySet[OutgoingMail], user: User) -> QuerySet[OutgoingMail]:
    """To the candidate, and to the team: those name the role alone, and may well say whom they are about."""
    kept = KeptFrom.objects.in_force().filter(user=user)
    return rows.filter(
        ~Exists(kept.filter(application=OuterRef("application_id"))),
        ~Exists(kept.filter(application__candidate=OuterRef("candidate_id"))),
        Q(application_id__isnull=False)
        | ~Exists(kept.filter(application__requisition=OuterRef("requisition_id"))),
    )
