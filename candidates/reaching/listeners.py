"""When another way to reach somebody is owed, and what settles it beside a person's own click."""

from collections.abc import Sequence
from datetime import datetime

from ats.activity.models import Activity
from ats.activity.record import subscribe
from ats.mail.models import OutgoingMail
from ats.mail.settling import undelivered
from candidates.applications.models import DECISION_MAILS
from candidates.messages.models import Message, Substance
from candidates.reaching import actions
from candidates.reaching.models import AnotherWay, WayState
from candidates.reaching.pages import cards

__all__ = ["cards"]


@undelivered
def did_not_arrive(mails: Sequence[OutgoingMail], now: datetime) -> None:
    actions.owe(mails, now=now)


@subscribe("message.noted")
def told_in_person(activity: Activity) -> None:
    """Who spoke with them has reached them."""
    by, now = activity.by, activity.occurred_at
    actions.settle_open(activity.application_id or 0, WayState.TOLD, by=by, now=now)


@subscribe("application.told")
def told(activity: Activity) -> None:
    """They know how it ended, by whatever message."""
    row = _open(activity)
    if row is not None and row.mail is not None and row.mail.role in DECISION_MAILS:
        actions.settle(row, WayState.TOLD, by=activity.by, now=activity.occurred_at)


@subscribe("mail.retried")
def sent_again(activity: Activity) -> None:
    """It is on its way once more; where it fails again, another way is owed anew."""
    row = AnotherWay.objects.open().filter(mail=activity.subject_id).first()
    if row is not None:
        actions.settle(row, WayState.WRITTEN, by=activity.by, now=activity.occurred_at)


@subscribe("message.sent")
def wrote(activity: Activity) -> None:
    """Words of a person's own, to another address than the one that failed."""
    message: Message = activity.subject
    row = _open(activity)
    if row is None or message.mail is None or message.substance != Substance.OWN or not message.leaves:
        return
    if row.mail is None or message.mail.to.lower() != row.mail.to.lower():
        actions.settle(row, WayState.WRITTEN, by=activity.by, now=activity.occurred_at)


@subscribe("application.decision_undone")
def undone(activity: Activity) -> None:
    """What they do not know is not so any more."""
    row = _open(activity)
    if row is not None and row.mail is not None and row.mail.role in DECISION_MAILS:
        actions.settle(row, WayState.VOID, by=activity.by, now=activity.occurred_at)


@subscribe("application.withdrawn")
def withdrew(activity: Activity) -> None:
    """They ended it themselves."""
    number = activity.application_id or 0
    actions.settle_open(number, WayState.VOID, by=activity.by, now=activity.occurred_at)


def _open(activity: Activity) -> AnotherWay | None:
    rows = AnotherWay.objects.open().filter(application=activity.application_id or 0)
    return rows.select_related("mail").first()
