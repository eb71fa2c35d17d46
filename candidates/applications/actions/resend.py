"""Messages to a candidate that did not arrive: sent again, or their fate said by who found it out."""

from datetime import datetime

from django.conf import settings
from django.db import transaction

from ats.accounts.models import User
from ats.kernel.errors import Missing, WrongState
from ats.kernel.staff_words import gettext
from ats.mail import roles
from ats.mail.actions import note_fate, requeue, send_anew
from ats.mail.models import MailState, OutgoingMail
from candidates.applications.actions import fetch
from candidates.applications.models import Application
from candidates.compose import letters
from candidates.compose.portal_links import portal_link

FORGOTTEN = f"{settings.BASE_URL}/status/…/"
"""What is left of the way to somebody's own page in a message that has left (see `ats.mail.keys`)."""

PERMISSION = "candidates.message_candidate"


@transaction.atomic
def send_again(*, application_id: int, mail_id: int, by: User, now: datetime) -> OutgoingMail:
    """Send what did not arrive, or came back, once more: to the address that the candidate has now."""
    application, mail = _locked(application_id, mail_id, by)
    if mail.to != application.candidate.email:
        mail.to = application.candidate.email
        mail.save(update_fields=["to"])
    if mail.state != MailState.BOUNCED:
        return requeue(mail, by=by, now=now)
    if roles.get(mail.role).secret:
        raise WrongState(
            gettext("It held a link for its reader alone, which is not kept: they can ask for a new one.")
        )
    # The way to their page was forgotten once the message had left: they get another.
    link = portal_link(application.candidate, now)
    text, html = (part.replace(FORGOTTEN, link) for part in (mail.text, mail.html))
    return send_anew(mail, text=text, html=html, by=by, now=now)


@transaction.atomic
def settle_fate(
    *, application_id: int, mail_id: int, was_sent: bool, by: User, now: datetime
) -> OutgoingMail:
    """Say whether a message arrived whose hand-over was cut."""
    _, mail = _locked(application_id, mail_id, by)
    return note_fate(mail, was_sent=was_sent, by=by, now=now)


def _locked(application_id: int, mail_id: int, by: User) -> tuple[Application, OutgoingMail]:
    application = fetch.locked(application_id, user=by, permission=PERMISSION)
    mail = (
        OutgoingMail.objects.select_for_update(no_key=True)
        .filter(pk=mail_id, application_id=application.pk, role__in=letters.roles_to_candidates())
        .first()
    )
    if mail is None:
        raise Missing(gettext("There is no such message to this candidate."))
    return application, mail
