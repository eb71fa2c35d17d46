"""Which requests for a time somebody sees."""

from django.db.models import QuerySet

from ats.accounts.models import User
from ats.kernel.access import sees
from candidates.applications.models import Application
from candidates.scheduling.models import BookingRequest


@sees(BookingRequest)
def visible(rows: QuerySet[BookingRequest], user: User) -> QuerySet[BookingRequest]:
    return rows.filter(application__in=Application.objects.visible_to(user))
