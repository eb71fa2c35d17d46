"""Whom another way is owed, and by which ways they may be reached."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import QuerySet
from django.db.models.functions import Lower

from ats.accounts.models import User
from ats.kernel.access import get_for
from ats.kernel.prepared import Prepared
from ats.mail.models import OutgoingMail, SuppressedAddress
from candidates.applications.models import DECISION_MAILS, Application, ApplicationState
from candidates.compose import letters
from candidates.internal.queries import recruiter_of
from candidates.interviews.models import Interview, InterviewState
from candidates.messages.models import Direction, Message
from candidates.portal.models import AddressChange
from candidates.promises.models import Promise
from candidates.reaching.models import AnotherWay
from candidates.sms.models import SmsAbout
from candidates.sms.queries import wants


@dataclass(frozen=True)
class Page:
    """All that somebody needs who is to reach them."""

    application: Application
    row: AnotherWay | None
    owner: User
    holds: bool
    """Whether what the message says is still true, so that it can go to another address."""
    known: Sequence[str]
    """Other addresses of theirs that we know."""
    by_sms: bool
    """Whether an SMS can tell them that there is something to read."""


def page(user: User, application_id: int, *, permission: str) -> Page:
    application = get_for(Application.objects.whole(), application_id, user=user, permission=permission)
    row = open_of(application)
    holds = row is not None and row.mail is not None and still_holds(row.mail, application)
    by_sms = row is not None and can_hear_by_sms(application, row)
    return Page(application, row, recruiter_of(application), holds, other_addresses(application, row), by_sms)


def _open(*, application: int) -> QuerySet[AnotherWay]:
    rows = AnotherWay.objects.open().filter(application=application).select_related("mail")
    return rows.defer("mail__text", "mail__html").order_by("pk")[:1]


_open_of = Prepared(_open)


def open_of(application: Application) -> AnotherWay | None:
    """The duty of this application; one query."""
    return next(iter(_open_of(application=application.pk)), None)


def can_hear_by_sms(application: Application, row: AnotherWay) -> bool:
    """They chose it, and their page says what the message said: not a decision that they have not been told."""
    if row.mail is None or row.mail.role in DECISION_MAILS:
        return False
    return wants(application, SmsAbout.NEWS)


def still_holds(mail: OutgoingMail, application: Application) -> bool:
    """Whether a message that did not arrive says what is still so."""
    if mail.role in DECISION_MAILS:
        is_so = application.state == mail.role.removeprefix("application.")
        return is_so and application.decided_at is not None and mail.not_before >= application.decided_at
    if mail.idempotency_key.startswith("interview:"):
        return _is_of_this_version(mail.idempotency_key)
    if mail.role == letters.MESSAGE:
        return True
    if application.state != ApplicationState.ACTIVE:
        return False
    # What Accord writes speaks of the date that stands: another has been given since.
    later = Promise.objects.filter(application=application.pk, opened_at__gt=mail.created_at)
    return not later.exists()


def _is_of_this_version(key: str) -> bool:
    number, sequence = key.split(":")[1:3]
    if not (number.isdecimal() and sequence.isdecimal()):
        return False
    rows = Interview.objects.filter(pk=int(number), sequence=int(sequence))
    return rows.filter(state__in=[InterviewState.BOOKED, InterviewState.CANCELLED]).exists()


def other_addresses(application: Application, row: AnotherWay | None) -> list[str]:
    """Where they wrote from, or asked us to write to; without what is known not to work."""
    whose = application.candidate_id
    changes = AddressChange.objects.filter(candidate=whose, refused_at=None).order_by("-asked_at")
    letters_ = Message.objects.filter(candidate=whose, direction=Direction.IN).exclude(sent_from="")
    found = [
        *changes.values_list("email", flat=True)[:10],
        *letters_.order_by("-said_at").values_list("sent_from", flat=True)[:20],
    ]
    tried = {application.candidate.email.lower(), row.mail.to.lower() if row and row.mail else ""}
    known = list(dict.fromkeys(each.lower() for each in found if each.lower() not in tried))
    refused = SuppressedAddress.objects.annotate(key=Lower("address")).filter(key__in=known, kind="")
    gone = set(refused.values_list("key", flat=True))
    return [each for each in known if each not in gone]
