"""The story of an application, as the team reads it. Its candidate reads their own: `portal/queries/status.py`."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Prefetch, QuerySet, prefetch_related_objects

from ats.accounts.models import User
from ats.activity import describing
from ats.activity.models import Activity
from ats.kernel.kept import retold
from ats.kernel.languages import within
from ats.kernel.rows import columns, made
from ats.kernel.staff_words import gettext, gettext_lazy
from ats.mail.keys import without_keys
from ats.mail.models import MailState, OutgoingMail
from ats.sms.models import SmsMessage, SmsState
from candidates.applications.models import DECISION_MAILS, Application, Note
from candidates.applications.pages.cards import hidden
from candidates.applications.rules import sees
from candidates.compose import letters
from candidates.documents.models import Document
from candidates.follow_ups.domain.journeys import STEPS
from candidates.follow_ups.models import FollowUpState
from candidates.messages.actions import ROLE as CONVERSATION
from candidates.messages.models import Channel, Direction, Message
from candidates.sms.queries import notices_of

TOLD_ELSEWHERE = (
    "application.noted",
    "followup.sent",
    "mail.settled_by_hand",
    "message.automatic",
    "message.noted",
    "message.received",
    "message.scheduled",
    "message.sent",
    "promise.kept",
    "promise.opened",
    "promise.released",
    "scorecard.cancelled",
    "scorecard.nudged",
    "scorecard.opened",
)
"""Verbs whose story a message, a note or another entry tells better."""

ITS_WAY = ("application.received", "application.moved")
"""What somebody reads who is only asked about this one application: its way, not what was said about it."""

NEWEST = 300
"""How much of a long story is read; older entries are in the record."""


@dataclass(frozen=True, kw_only=True)
class Entry:
    """One line of a timeline. `kind`: activity, message, note, mail or planned (still to come)."""

    at: datetime
    kind: str
    text: str
    who: str = ""
    icon: str = ""
    body: str = ""
    status: str = ""
    visibility: str = ""
    href: str = ""
    by_mail: bool = False
    row: Any = None


def timeline(
    application: Application, viewer: User, *, held: Mapping[str, bool] | None = None
) -> list[Entry]:
    """What happened and what is still to come, newest first, as this viewer may see it; seven queries.

    Who is only asked about this one application sees its way, not what was said about it. `held` says of
    messages, notes and what is planned whether there are any, where that is known already.
    """
    there = held or {"messages": True, "notes": True, "planned": True, "notices": True}
    if not sees(viewer, application):
        return _sorted(_activities(application, only=ITS_WAY))
    return _sorted(
        [
            *_activities(application, without=hidden([application.pk], viewer)[application.pk]),
            *(_messages(application) if there["messages"] else ()),
            *(_notes(application, viewer) if there["notes"] else ()),
            *_mails(application),
            *(_notices(application) if there["notices"] else ()),
            *(_planned(application) if there["planned"] else ()),
        ]
    )


KINDS = ("activity", "note", "message", "mail", "sms", "planned")


def _sorted(entries: list[Entry]) -> list[Entry]:
    """Newest first; of the same moment, what followed from the other on top."""
    return sorted(entries, key=lambda entry: (entry.at, KINDS.index(entry.kind)), reverse=True)


RECORDED = f"""
    SELECT {columns("v", Activity, "verb", "occurred_at", "actor_kind", "actor_name", "data")}
    FROM ats_activity v
    WHERE v.application_id = %(application)s
      AND (v.verb = ANY(%(only)s) OR %(only)s = '{{}}' AND v.verb <> ALL(%(without)s))
    ORDER BY v.occurred_at DESC, v.id DESC LIMIT %(most)s
"""  # noqa: S608


def _activities(
    application: Application, only: Collection[str] = (), without: Iterable[str] = ()
) -> list[Entry]:
    """These verbs `only`, or all that are not told elsewhere and not among those that it is to be `without`."""
    values = {"only": list(only), "without": [*TOLD_ELSEWHERE, *without]}
    rows = made(Activity, RECORDED, values | {"application": application.pk, "most": NEWEST})
    return [
        Entry(
            at=said.at, kind="activity", icon=said.icon, who=said.who, text=said.text, body=said.body, row=row
        )
        for row in rows
        for said in [describing.entry(row, candidate_name=application.candidate.name)]
    ]


def _conversation(application: Application) -> QuerySet[Message]:
    return application.messages.select_related("author", "mail", "praise").order_by("-said_at")[:NEWEST]


def _messages(application: Application) -> list[Entry]:
    entries = []
    conversation = list(_conversation(application))
    if came_in := [message for message in conversation if _came_by_mail(message)]:
        light = Document.objects.defer("text", "unread", "unseen", "picture_pages")
        prefetch_related_objects(came_in, Prefetch("files", light.order_by("pk")))
    for message in conversation:
        ours = message.direction == Direction.OUT
        waiting = not ours and message.answered_at is None
        entries.append(
            Entry(
                at=message.said_at,
                kind="message",
                icon="mail" if ours else "mail-opened",
                who=str(message.author or "Accord") if ours else application.candidate.name,
                text=_how(message),
                body=message.body,
                status=gettext("Waiting for an answer") if waiting else delivery_status(message.mail),
                by_mail=_came_by_mail(message),
                row=message,
            )
        )
    return entries


def _came_by_mail(message: Message) -> bool:
    """Also once the message itself is kept no longer: what it brought along stays."""
    return bool(message.incoming_id or message.below or message.not_kept or message.doubt)


def _how(message: Message) -> str:
    if message.is_automatic:
        said = gettext("did not write: their mail program answered “%(subject)s”")
        return said % {"subject": message.subject}
    if message.channel == Channel.SMS:
        return gettext("answered by SMS")
    if message.channel != Channel.MAIL:
        return gettext("told them %(how)s") % {"how": within(message.get_channel_display())}
    return (
        gettext("wrote: %(subject)s") % {"subject": message.subject} if message.subject else gettext("wrote")
    )


def delivery_status(mail: OutgoingMail | None) -> str:
    """Where a message is, in words beside it."""
    if mail is None:
        return ""
    return {
        MailState.QUEUED: gettext("On its way"),
        MailState.SENDING: gettext("On its way"),
        MailState.SENT: gettext("Delivered"),
        MailState.BOUNCED: gettext("Came back"),
        MailState.WITHHELD: mail.last_error or gettext("Not sent"),
        MailState.CANCELLED: mail.last_error or str(MailState.CANCELLED.label),
    }.get(MailState(mail.state), str(MailState(mail.state).label))


def _notes(application: Application, viewer: User) -> list[Entry]:
    rows: QuerySet[Note] = application.notes.select_related("author")
    if not viewer.recruits:
        rows = rows.filter(visibility="team")
    return [
        Entry(
            at=note.written_at,
            kind="note",
            icon="note",
            who=str(note.author),
            text=gettext("wrote a note"),
            body=note.body,
            visibility=gettext("Recruiters only") if note.visibility == "recruiters" else "",
            row=note,
        )
        for note in rows.order_by("-written_at", "-id")[:NEWEST]
    ]


DONE = {
    MailState.DRAFT: gettext_lazy("began"),
    MailState.QUEUED: gettext_lazy("sends"),
    MailState.SENDING: gettext_lazy("sends"),
    MailState.UNKNOWN: gettext_lazy("may have sent"),
    MailState.FAILED: gettext_lazy("could not send"),
    MailState.WITHHELD: gettext_lazy("did not send"),
    MailState.CANCELLED: gettext_lazy("did not send"),
}
"""What was done with a message that has not left for certain."""


def _moment_of(mail: OutgoingMail) -> datetime:
    """When it left or is to leave; of what was taken back, when that was and no day that is still to come."""
    if mail.state == MailState.CANCELLED:
        return min(mail.not_before, mail.updated_at)
    return mail.sent_at or mail.not_before


SENT = f"""
    SELECT {
    columns(
        "o",
        OutgoingMail,
        "role",
        "state",
        "subject",
        "text",
        "from_name",
        "not_before",
        "sent_at",
        "updated_at",
        "last_error",
    )
}
    FROM ats_outgoingmail o
    WHERE o.application_id = %(application)s AND o.role = ANY(%(roles)s)
    ORDER BY o.not_before DESC LIMIT %(most)s
"""  # noqa: S608


def _mails(application: Application) -> list[Entry]:
    """What was sent to the candidate beside the conversation; the decision with its words."""
    roles = [role for role in letters.roles_to_candidates() if role != CONVERSATION]
    values = {"application": application.pk, "roles": roles, "most": NEWEST}
    return [
        Entry(
            at=_moment_of(mail),
            kind="mail",
            icon="send",
            who=mail.from_name.rsplit(", ", 1)[0] or "Accord",
            text=gettext("%(did)s: %(subject)s")
            % {"did": DONE.get(MailState(mail.state), gettext("sent")), "subject": mail.subject},
            body=letters.without_button(mail.text) if mail.role in DECISION_MAILS else "",
            status=delivery_status(mail),
            row=mail,
        )
        for mail in made(OutgoingMail, SENT, values)
    ]


def _notices(application: Application) -> list[Entry]:
    """What went to their telephone beside the mail."""
    return [
        Entry(
            at=sms.sent_at or sms.created_at,
            kind="sms",
            icon="device-mobile",
            who="Accord",
            text=str(SMS_DID[SmsState(sms.state)]),
            body=without_keys(sms.text),
            status=sms_status(sms),
            row=sms,
        )
        for sms in notices_of([application.pk])
    ]


SMS_DID = {
    SmsState.QUEUED: gettext_lazy("sends an SMS"),
    SmsState.SENDING: gettext_lazy("sends an SMS"),
    SmsState.SENT: gettext_lazy("sent an SMS"),
    SmsState.UNKNOWN: gettext_lazy("may have sent an SMS"),
    SmsState.FAILED: gettext_lazy("could not send an SMS"),
    SmsState.CANCELLED: gettext_lazy("did not send an SMS"),
}


def sms_status(sms: SmsMessage) -> str:
    """Where an SMS is, in words beside it; handed over is not yet read."""
    if sms.state in {SmsState.QUEUED, SmsState.SENDING}:
        return gettext("On its way")
    label = str(SmsState(sms.state).label)
    return f"{label}: {sms.last_error}" if sms.last_error else label


def _planned(application: Application) -> list[Entry]:
    rows = application.follow_ups.filter(state=FollowUpState.WAITING).order_by("due_at")
    return [
        Entry(
            at=row.due_at,
            kind="planned",
            icon="clock",
            text=gettext("Planned: %(step)s") % {"step": retold(row.label)},
            status=retold(STEPS[row.step].off) if row.step in STEPS else "",
            row=row,
        )
        for row in rows
        # A decision that waits in the outbox shows there, with its words.
        if row.mail_id is None
    ]
