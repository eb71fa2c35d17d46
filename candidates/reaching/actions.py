"""Every write on other ways to reach somebody: owed when a message did not arrive, settled when they know."""

import re
from collections.abc import Iterable
from datetime import datetime

from django.db import transaction

from ats.accounts.models import User
from ats.activity.record import CanAct, record
from ats.kernel.access import lock
from ats.kernel.errors import Invalid, NotAllowed, WrongState
from ats.kernel.languages import ours
from ats.kernel.staff_words import gettext
from ats.mail import roles
from ats.mail.models import MailKind, MailState, OutgoingMail
from ats.organisation.domain import working_time
from candidates.applications.actions import fetch, resend
from candidates.applications.models import DECISION_MAILS, Application
from candidates.compose import words
from candidates.messages import actions as messages
from candidates.messages.models import Channel, Message
from candidates.people.actions import change_contact
from candidates.reaching import queries, workflow
from candidates.reaching.models import AnotherWay, Trouble, WayState
from candidates.sms import actions as sms

PERMISSION = messages.PERMISSION
CHANGE = "candidates.change_candidate"
DAYS = 2
"""Working days within which they are to be reached."""
LONGEST_REASON = 300
FILTER = re.compile(r"\b5\.7\.\d{1,3}\b")
"""RFC 3463: what somebody's own rules refuse."""


def owe(mails: Iterable[OutgoingMail], *, now: datetime) -> None:
    """These did not reach their readers: whoever is owed what stood in them is to be reached another way."""
    owing = [mail for mail in mails if _is_owed(mail)]
    rows = Application.objects.whole().filter(pk__in=[mail.application_id for mail in owing])
    applications = {application.pk: application for application in rows} if owing else {}
    for mail in owing:
        if application := applications.get(mail.application_id or 0):
            _owe(mail, application, now=now)


def _is_owed(mail: OutgoingMail) -> bool:
    """Neither a link that somebody asked for this minute, nor what nobody owes, nor what is about nobody."""
    role = roles.known().get(mail.role)
    if role is None or role.secret or mail.kind != MailKind.TRANSACTIONAL or mail.application_id is None:
        return False
    return mail.role in roles.to_candidates()


def _owe(mail: OutgoingMail, application: Application, *, now: datetime) -> None:
    trouble, detail = _trouble(mail), mail.last_error[:500]
    with transaction.atomic():
        row, is_new = AnotherWay.objects.get_or_create(
            application=application,
            state=WayState.OPEN,
            defaults={
                "mail": mail,
                "trouble": trouble,
                "detail": detail,
                "opened_at": now,
                "due_at": working_time.after_days(application.calendar, now, DAYS),
            },
        )
        if is_new:
            label = ours(str)(Trouble(trouble).label)
            said = f"{label[0].lower()}{label[1:]}"
            record("another_way.owed", subject=row, by=None, now=now, data={"trouble": said})
        elif mail.role in DECISION_MAILS or not _is_of_decision(row):
            row.mail, row.trouble, row.detail = mail, trouble, detail
            row.save(update_fields=["mail", "trouble", "detail"])


def _trouble(mail: OutgoingMail) -> Trouble:
    if mail.state == MailState.WITHHELD:
        return Trouble.SUPPRESSED if mail.to else Trouble.NO_ADDRESS
    if FILTER.search(mail.last_error):
        return Trouble.FILTERED
    return Trouble.CAME_BACK if mail.state == MailState.BOUNCED else Trouble.NOT_SENT


def _is_of_decision(row: AnotherWay) -> bool:
    return row.mail is not None and row.mail.role in DECISION_MAILS


@transaction.atomic
def note_called(*, application_id: int, note: str, by: User, now: datetime) -> Message:
    """They were reached by telephone: noted with what was said, which counts as told wherever telling counts."""
    _open(application_id, by)
    return messages.note_told(application_id=application_id, channel=Channel.CALL, body=note, by=by, now=now)


@transaction.atomic
def write_to(*, application_id: int, email: str, by: User, now: datetime) -> bool:
    """They have another address: kept, and the message goes there if what it says still holds.

    Where it does not hold, somebody has to write to them: False, and the duty stays.
    """
    application, row = _open(application_id, by)
    if not by.has_perm(CHANGE, application.candidate):
        raise NotAllowed(gettext("Another address is for the recruiting team to keep."))
    email = email.strip()
    if not email:
        raise Invalid(gettext("Write the address."), field="email")
    if row.mail is not None and email.lower() == row.mail.to.lower():
        raise Invalid(gettext("This is the address that the message did not reach."), field="email")
    change_contact(candidate=application.candidate, by=by, now=now, email=email)
    if row.mail is None or not queries.still_holds(row.mail, application):
        return False
    settle(row, WayState.WRITTEN, by=by, now=now)
    record("another_way.written", subject=row, by=by, now=now, data={})
    resend.send_again(application_id=application_id, mail_id=row.mail.pk, by=by, now=now)
    return True


@transaction.atomic
def send_sms(*, application_id: int, by: User, now: datetime) -> None:
    """They chose to hear by SMS that there is something to read: it goes once, and the duty stays until they know."""
    application, row = _open(application_id, by)
    if not queries.can_hear_by_sms(application, row):
        raise WrongState(gettext("They did not choose SMS, or their page does not show it yet."))
    if not sms.offer_news(application=application, key=f"way:{row.pk}", now=now):
        raise WrongState(gettext("As many SMS as a day may bring have gone to them, or this one has."))
    record("another_way.sms", subject=row, by=by, now=now, data={})


@transaction.atomic
def set_aside(*, application_id: int, reason: str, by: User, now: datetime) -> AnotherWay:
    """They are not reached another way; why is on record. What they have not been told they still do not know."""
    _, row = _open(application_id, by)
    said = words.typed(reason)
    if not said:
        raise Invalid(gettext("Say why: somebody may ask."), field="reason")
    if len(said) > LONGEST_REASON:
        raise Invalid(
            gettext("Keep the reason under %(most)s characters.") % {"most": LONGEST_REASON}, field="reason"
        )
    row.reason = said
    settle(row, WayState.ASIDE, by=by, now=now)
    record("another_way.set_aside", subject=row, by=by, now=now, data={"reason": said})
    return row


def settle(row: AnotherWay, state: WayState, *, by: CanAct | None, now: datetime) -> None:
    workflow.check(row.state, state)
    row.state, row.settled_at = state, now
    row.settled_by = by if isinstance(by, User) else None
    row.save(update_fields=["state", "settled_at", "settled_by", "reason"])


def settle_open(application_id: int, state: WayState, *, by: CanAct | None, now: datetime) -> None:
    """The duty of this application, if it has one."""
    row = AnotherWay.objects.open().filter(application=application_id).first()
    if row is not None:
        settle(row, state, by=by, now=now)


def _open(application_id: int, by: User) -> tuple[Application, AnotherWay]:
    application = fetch.locked(application_id, user=by, permission=PERMISSION)
    row = AnotherWay.objects.open().filter(application=application.pk).first()
    if row is None:
        raise WrongState(workflow.OVER)
    lock(AnotherWay, row.pk)
    row = AnotherWay.objects.select_related("mail").get(pk=row.pk)
    workflow.check(row.state, WayState.ASIDE)
    row.application = application
    return application, row
