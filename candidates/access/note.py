"""Which notes somebody sees."""

from django.db.models import QuerySet

from ats.accounts.models import User
from ats.kernel.access import sees
from candidates.applications.models import Application, Note, NoteVisibility


@sees(Note)
def visible(rows: QuerySet[Note], user: User) -> QuerySet[Note]:
    """Notes on applications that the user follows; those for recruiters only, to recruiters only."""
    mine = rows.filter(application__in=Application.objects.followed_by(user))
    return mine if user.recruits else mine.filter(visibility=NoteVisibility.TEAM)
