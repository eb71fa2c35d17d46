"""Messages to a candidate that did not arrive: sent again, or their fate said by who found it out."""

from datetime import datetime

from django.db import transaction

from ats.accounts.models import User
from ats.common.errors import Missing
from ats.mail.actions import note_fate, requeue
from ats.mail.models import OutgoingMail
from candidates.applications import fetching
from candidates.applications.models import Application
from candidates.experience import letters

PERMISSION = "candidates.message_candidate"


@transaction.atomic
def send_again(*, application_id: int, mail_id: int, by: User, now: datetime) -> OutgoingMail:
    """Put a message that was not sent back into the queue, to the address that the candidate has now."""
    application, mail = _locked(application_id, mail_id, by)
    if mail.to != application.candidate.email:
        mail.to = application.candidate.email
        mail.save(update_fields=["to"])
    return requeue(mail, by=by, now=now)


@transaction.atomic
def settle_fate(
    *, application_id: int, mail_id: int, was_sent: bool, by: User, now: datetime
) -> OutgoingMail:
    """Say whether a message arrived whose hand-over was cut."""
    _, mail = _locked(application_id, mail_id, by)
    return note_fate(mail, was_sent=was_sent, by=by, now=now)


def _locked(application_id: int, mail_id: int, by: User) -> tuple[Application, OutgoingMail]:
    application = fetching.locked(application_id, user=by, permission=PERMISSION)
    mail = (
        OutgoingMail.objects.select_for_update(no_key=True)
        .filter(pk=mail_id, application_id=application.pk, role__in=letters.roles_to_candidates())
        .first()
    )
    if mail is None:
        raise Missing("There is no such message to this candidate.")
    return application, mail
