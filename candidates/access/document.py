"""Which documents somebody sees."""

from django.db.models import Exists, OuterRef, Q, QuerySet

from ats.accounts.models import User
from ats.kernel.access import sees
from candidates.applications.models import Application
from candidates.documents.models import Document
from candidates.people.models import Candidate


@sees(Document)
def visible(rows: QuerySet[Document], user: User) -> QuerySet[Document]:
    """Files of people one may see, except what they gave with an application that one may not see."""
    applications = Application.objects.visible_to(user)
    return rows.filter(
        # Asked of each file: as a list, every application of the house would be read for one person's.
        Q(application__isnull=True) | Exists(applications.filter(pk=OuterRef("application"))),
        Exists(Candidate.objects.visible_to(user).filter(pk=OuterRef("candidate"))),
    )
