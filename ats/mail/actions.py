"""What people do with messages and with their words."""

from collections.abc import Callable
from datetime import datetime
from uuid import uuid4

from django.db import transaction

from ats.accounts.models import User
from ats.activity.record import record
from ats.duework.tasks import hurry
from ats.kernel import lawful
from ats.kernel.access import get_for
from ats.kernel.errors import Invalid, Missing, NotAllowed, WrongState
from ats.kernel.lawful import WRITTEN, Place
from ats.kernel.staff_words import gettext
from ats.mail import forgetting, refusals, roles, settling
from ats.mail.incoming import Incoming
from ats.mail.message import number_in
from ats.mail.models import (
    MailState,
    MailTemplate,
    OutgoingMail,
    SuppressedAddress,
    SuppressionReason,
)
from ats.mail.outbox import LANE, fate
from ats.mail.render import check
from ats.mail.roles import Reader, Words
from ats.organisation.models import HiringOrganisation

HANDLE = "ats.handle_mail"
FILTERED = "5.7."
"""RFC 3463: how the codes of what somebody's own rules refuse begin."""
AGAIN = {MailState.FAILED, MailState.WITHHELD, MailState.BOUNCED}
"""What a person can send once more."""


@transaction.atomic
def settle_unknown(*, mail_id: int, was_sent: bool, by: User, now: datetime) -> OutgoingMail:
    """A person has found out whether a message of unknown fate arrived, and says so."""
    mail = get_for(OutgoingMail.objects.all(), mail_id, user=by, permission=HANDLE, for_update=True)
    return note_fate(mail, was_sent=was_sent, by=by, now=now)


def note_fate(mail: OutgoingMail, *, was_sent: bool, by: User, now: datetime) -> OutgoingMail:
    """`settle_unknown` for a caller who has locked the message and asked for permission in its own way."""
    if mail.state != MailState.UNKNOWN:
        raise WrongState(gettext("The fate of this message is known."))
    mail.state = MailState.SENT if was_sent else MailState.FAILED
    mail.sent_at = (mail.begun_at or now) if was_sent else None
    mail.save(update_fields=["state", "sent_at"])
    outcome = "arrived" if was_sent else "did not arrive"
    record(
        "mail.settled_by_hand",
        subject=mail,
        by=by,
        now=now,
        data={"subject": mail.subject, "outcome": outcome},
    )
    settling.tell(mail, now)
    return mail


Way = Callable[[OutgoingMail, User, datetime], OutgoingMail | None]
_ways: list[Way] = []


def sends_again(way: Way) -> Way:
    """Let the decorated function send messages of its own kind once more; it leaves the others with None."""
    _ways.append(way)
    return way


@transaction.atomic
def retry(*, mail_id: int, by: User, now: datetime) -> OutgoingMail:
    """Send what did not leave, was withheld or came back once more, in the way of whoever wrote it."""
    seen = get_for(OutgoingMail.objects.all(), mail_id, user=by, permission=HANDLE)
    for way in _ways:
        if (sent := way(seen, by, now)) is not None:
            return sent
    mail = get_for(OutgoingMail.objects.all(), mail_id, user=by, permission=HANDLE, for_update=True)
    if mail.state != MailState.BOUNCED:
        return requeue(mail, by=by, now=now)
    if is_lost(mail):
        raise WrongState(gettext("It held a link for its reader alone, which is not kept."))
    return send_anew(mail, text=mail.text, html=mail.html, by=by, now=now)


def requeue(mail: OutgoingMail, *, by: User, now: datetime) -> OutgoingMail:
    """`retry` for a caller who has locked the message and asked for permission in its own way."""
    if mail.state not in {MailState.FAILED, MailState.WITHHELD}:
        raise WrongState(gettext("Only a message that was not sent can be sent again."))
    if mail.text == forgetting.PURGED:
        raise WrongState(gettext("Its words are kept no longer: write a new message."))
    state, problem = fate(mail.to, mail.kind)
    if state != MailState.QUEUED:
        raise WrongState(problem)
    mail.state, mail.attempts, mail.retry_at, mail.begun_at = MailState.QUEUED, 0, None, None
    mail.last_error, mail.not_before, mail.not_after = "", now, None
    mail.cuts, mail.breaks, mail.delayed_at = 0, 0, None
    mail.save(
        update_fields=[
            "state",
            "attempts",
            "retry_at",
            "begun_at",
            "last_error",
            "not_before",
            "not_after",
            "cuts",
            "breaks",
            "delayed_at",
        ]
    )
    record("mail.retried", subject=mail, by=by, now=now, data={"subject": mail.subject})
    hurry(LANE)
    return mail


def is_lost(mail: OutgoingMail) -> bool:
    """Whether a message that came back held a link for its reader alone, and cannot be sent as it was."""
    return mail.state == MailState.BOUNCED and forgetting.holds_forgotten(mail)


def note_bounce(mail: OutgoingMail, *, report: Incoming, now: datetime) -> bool:
    """A server reports that this message of ours (`reported`) did not arrive after all; whether that is news.

    An address that does not exist is not written to again until a person says that it is right. One that waits to be
    sent once more, because the connection broke when a server may have had it, did have it: it is not sent again.
    """
    failure = report.about(mail.to)
    had_left = mail.state in {MailState.SENT, MailState.UNKNOWN}
    may_have_left = mail.state == MailState.QUEUED and mail.cuts > 0
    if failure is None or not (had_left or may_have_left):
        return False
    reason = failure.reason or "The mail server of the reader could not deliver it."
    if failure.status.startswith(FILTERED) and failure.status not in reason:
        reason = f"{reason} ({failure.status})"  # it says whose doing it was, where the words do not
    mail.state, mail.last_error = MailState.BOUNCED, reason
    mail.sent_at = mail.sent_at or mail.begun_at or now
    mail.save(update_fields=["state", "last_error", "sent_at"])
    if failure.no_such_address:
        refusals.suppress(mail.to, detail=reason, now=now)
    record("mail.bounced", subject=mail, by=None, now=now, data={"subject": mail.subject, "reason": reason})
    settling.tell(mail, now)
    return True


def note_delay(mail: OutgoingMail, *, report: Incoming, now: datetime) -> None:
    """A server has the message and could not hand it on yet: it stands in the history, and changes nothing."""
    failure = report.about(mail.to)
    if failure is None or mail.state != MailState.SENT:
        return
    reason = failure.reason or "The mail server of the reader does not take it yet."
    record("mail.slow", subject=mail, by=None, now=now, data={"subject": mail.subject, "reason": reason})


def note_complaint(mail: OutgoingMail, *, now: datetime) -> None:
    """Its reader calls it unwanted: no more relationship mail; what they are owed still reaches them."""
    refusals.complained(mail.to, detail=mail.subject, now=now)
    record("mail.complained", subject=mail, by=None, now=now, data={"subject": mail.subject})


def reported(report: Incoming) -> OutgoingMail | None:
    """The message of ours that something which came in is about, locked."""
    number = number_in(report.message_id)
    if number is None:
        return None
    return OutgoingMail.objects.select_for_update(no_key=True).filter(uuid=number).first()


def send_anew(mail: OutgoingMail, *, text: str, html: str, by: User, now: datetime) -> OutgoingMail:
    """Send once more what came back, with these words; for a caller who has locked and permitted it.

    Under a new Message-ID: a report about the first one that is read again is not about this one.
    """
    if mail.state != MailState.BOUNCED:
        raise WrongState(gettext("Only a message that came back can be sent anew."))
    mail.uuid, mail.text, mail.html = uuid4(), text, html
    mail.state, mail.sent_at, mail.response = MailState.FAILED, None, ""
    mail.save(update_fields=["uuid", "text", "html", "state", "sent_at", "response"])
    return requeue(mail, by=by, now=now)


@transaction.atomic
def cancel(*, mail_id: int, by: User, now: datetime) -> OutgoingMail:
    """Take back a message that has not begun to leave."""
    mail = get_for(OutgoingMail.objects.all(), mail_id, user=by, permission=HANDLE, for_update=True)
    if mail.state not in {MailState.QUEUED, MailState.DRAFT, MailState.WITHHELD}:
        raise WrongState(
            gettext("The message is %(get_state_display)s: it cannot be taken back.")
            % {"get_state_display": mail.get_state_display().lower()}
        )
    mail.state = MailState.CANCELLED
    mail.save(update_fields=["state"])
    record("mail.cancelled", subject=mail, by=by, now=now, data={"subject": mail.subject})
    settling.tell(mail, now)
    return mail


@transaction.atomic
def lift_suppression(*, suppression_id: int, by: User, now: datetime) -> None:
    """Allow mail to an address again, because a person knows that it is right."""
    _permit(by, HANDLE)
    row = SuppressedAddress.objects.select_for_update().filter(pk=suppression_id).first()
    if row is None:
        raise Missing(gettext("No such address."))
    if row.reason == SuppressionReason.UNSUBSCRIBED:
        raise WrongState(gettext("Only the reader can take this back."))
    record("mail.suppression_lifted", subject=by, by=by, now=now, data={"address": row.address})
    row.delete()


@transaction.atomic
def change_template(
    *,
    role_name: str,
    organisation: HiringOrganisation | None,
    language: str,
    words: Words,
    by: User,
    now: datetime,
) -> MailTemplate:
    """Give a role of mail an organisation's own words (None: the house's)."""
    _permit(by, "ats.edit_mail_templates")
    role = roles.known().get(role_name)
    if role is None or not role.editable:
        raise Missing(gettext("There is no such message."))
    check(role, words)
    place = Place(name=f"words:{role.name}", what=f"The words of “{role.label}”")
    if role.reader is Reader.CANDIDATE:
        lawful.check({"subject": words.subject, "body": words.body}, place=place, uses=WRITTEN)
    if words.claims and not (role.is_end and role.decision):
        raise Invalid(gettext("Only a letter that says no makes such claims."), field="claims")
    if len(words.subject) > 300:
        raise Invalid(gettext("A subject has at most 300 characters."), field="subject")
    template, _ = MailTemplate.objects.update_or_create(
        role=role.name,
        organisation=organisation,
        language=language,
        defaults={
            "subject": words.subject,
            "body": words.body,
            "claims": sorted(words.claims),
            "updated_by": by,
        },
    )
    record("mail_template.changed", subject=template, by=by, now=now, data={"label": role.label})
    return template


@transaction.atomic
def reset_template(
    *, role_name: str, organisation: HiringOrganisation | None, language: str, by: User, now: datetime
) -> None:
    """Go back to the words that ship (or, for an organisation, to the house's)."""
    _permit(by, "ats.edit_mail_templates")
    template = (
        MailTemplate.objects.select_for_update()
        .filter(role=role_name, organisation=organisation, language=language)
        .first()
    )
    if template is None:
        return
    label = roles.get(role_name).label
    record("mail_template.reset", subject=template, by=by, now=now, data={"label": label})
    template.delete()


def _permit(user: User, permission: str) -> None:
    if not user.has_perm(permission):
        raise NotAllowed(gettext("You may not do this."))
