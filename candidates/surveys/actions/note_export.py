"""That somebody took along who asked to hear of products and services."""

from datetime import datetime

from django.db import transaction

from ats.accounts.models import User
from ats.activity.record import record
from ats.kernel.errors import NotAllowed
from ats.kernel.staff_words import gettext
from candidates.surveys.rules import EXPORT_CUSTOMERS


@transaction.atomic
def note_export(*, number: int, by: User, now: datetime) -> None:
    if not by.has_perm(EXPORT_CUSTOMERS):
        raise NotAllowed(gettext("Only a recruiting lead or an administrator exports this."))
    record("survey.customers_exported", subject=by, by=by, now=now, data={"number": number})
