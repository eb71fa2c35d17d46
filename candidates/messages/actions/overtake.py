"""What people wrote for later, when a decision comes first: it does not leave, and they hear of it."""

from collections.abc import Sequence
from datetime import datetime

from ats.accounts.models import User
from ats.activity.models import Activity
from ats.activity.record import CanAct, record, subscribe
from ats.mail import outbox
from ats.mail.models import OutgoingMail
from candidates.applications.models import Application
from candidates.compose import letters
from candidates.messages.mails import NOT_SENT
from candidates.messages.models import Message


@subscribe("application.mails_taken_back")
def taken_back(activity: Activity) -> None:
    """Put on record that these wait no more; who wrote one for somebody else to decide over is told at once."""
    application, by, now = activity.subject, activity.by, activity.occurred_at
    for message in _messages(activity.data["mails"]):
        _noted("message.overtaken", message, application, by=by, now=now)
        if message.author is not None and message.author != by:
            _tell(message, application, why="the outcome was decided before its time", now=now, key="decided")


@subscribe("application.mails_put_back")
def put_back(activity: Activity) -> None:
    """The decision is no more, and these wait again for their time."""
    for message in _messages(activity.data["mails"]):
        _noted("message.put_back", message, activity.subject, by=activity.by, now=activity.occurred_at)


@subscribe("application.mails_lost")
def lost(activity: Activity) -> None:
    """The decision is no more, and these stay back all the same: who wrote them decides what is still true."""
    why, now = activity.data["why"], activity.occurred_at
    for message in _messages(activity.data["mails"]):
        _tell(message, activity.subject, why=why, now=now, key="undone")


def _messages(mails: Sequence[OutgoingMail]) -> list[Message]:
    rows = Message.objects.filter(mail__in=[mail.pk for mail in mails]).select_related("author", "mail")
    return list(rows.order_by("pk"))


def _noted(
    verb: str, message: Message, application: Application, *, by: CanAct | None, now: datetime
) -> None:
    data = {"message_id": message.pk, "subject": message.subject}
    record(verb, subject=message, by=by, now=now, data=data, **application.about())


def _tell(message: Message, application: Application, *, why: str, now: datetime, key: str) -> None:
    author = message.author
    if author is None or not author.is_active or message.mail is None:
        return
    _write(author, message, application, why=why, now=now, key=f"{message.mail.overtaken_by}:{key}")


def _write(
    author: User, message: Message, application: Application, *, why: str, now: datetime, key: str
) -> None:
    values = {
        "user.first_name": author.get_short_name(),
        "candidate.name": application.candidate.name,
        "job.title": application.requisition.title,
        "why": why,
        "subject": message.subject,
        "message": message.body,
        "link": letters.staff_link(f"/applications/{application.pk}/"),
    }
    outbox.queue(
        NOT_SENT,
        to=letters.to_user(author),
        message=outbox.write(NOT_SENT, values=values, organisation=None, language=author.language),
        key=f"not-sent:{message.pk}:{key}",
        now=now,
        about={"requisition_id": application.requisition_id},
    )
