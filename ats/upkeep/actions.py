"""What a person decides after a restore."""

from datetime import datetime

from django.db import transaction

from ats.accounts.models import User
from ats.activity.record import record
from ats.duework.models import Standstill
from ats.duework.tasks import hurry
from ats.kernel.errors import NotAllowed, WrongState
from ats.kernel.staff_words import gettext
from ats.mail import outbox
from ats.mail.models import MailState, OutgoingMail

HANDLE = "ats.handle_mail"


@transaction.atomic
def release(*, send: bool, by: User, now: datetime) -> int:
    """Let due work go on; the mail that waited in the backup leaves with it, or is cancelled: how many it was."""
    if not by.has_perm(HANDLE):
        raise NotAllowed(gettext("You may not do this."))
    still = Standstill.objects.select_for_update().filter(ended_at__isnull=True).first()
    if still is None:
        raise WrongState(gettext("Mail leaves again already."))
    waited = OutgoingMail.objects.filter(created_at__lte=still.since)
    number = waited.filter(state=MailState.QUEUED).count()
    if not send:
        # What was about to leave when the backup was made may have arrived: that is for a person to settle.
        waited.filter(state=MailState.SENDING).update(
            state=MailState.UNKNOWN,
            lease_token=None,
            lease_until=None,
            last_error="It was on its way when the backup was made.",
            updated_at=now,
        )
        outbox.cancel(now=now, created_at__lte=still.since)
    still.ended_at, still.ended_by = now, by
    still.save(update_fields=["ended_at", "ended_by"])
    outcome = "sent" if send else "cancelled"
    record("upkeep.released", subject=by, by=by, now=now, data={"number": number, "outcome": outcome})
    hurry(outbox.LANE)
    return number
